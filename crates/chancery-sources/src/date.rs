//! Dates of publication as sources write them, read strictly.
//!
//! A form is read only if it can mean one day, month or year alone. "07/04/2006" is refused: a batch in which
//! some dates are read the wrong way round is worse than one that says which dates it could not read.

use chancery_core::DateRange;
use jiff::civil::{Date, Weekday};

/// Why a date could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// No form of a date.
    #[error("{0:?} is not a date; write it as 2006-04-07")]
    NotADate(String),
    /// Day and month cannot be told apart.
    #[error("{0:?} does not say which number is the day and which the month; write it as 2006-04-07")]
    Ambiguous(String),
    /// A day that no calendar has, or that no report can have.
    #[error("{0:?} is a day that there is not; write it as 2006-04-07")]
    NoSuchDay(String),
    /// The day of the week is not that of the date.
    #[error("{0:?} names a day of the week that does not fall on this date; correct one of them")]
    Weekday(String),
    /// The end of a range lies before its start.
    #[error("{0:?} ends before it starts; write it as 2006-04-07..2006-04-18")]
    Reversed(String),
}

/// Reports older or younger than this are mistakes or placeholders ("0001-01-01").
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2199;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Words that may stand with a time of day; the day is taken as the source writes it, whatever the zone.
const TIME_WORDS: [&str; 30] = [
    "at", "am", "pm", "a.m", "p.m", "noon", "gmt", "utc", "z", "et", "est", "edt", "ct", "cst", "cdt", "mt",
    "mst", "mdt", "pt", "pst", "pdt", "bst", "cet", "cest", "eet", "eest", "msk", "ist", "local", "time",
];

/// Reads a date of publication: ISO 8601 ("2006-04-07", with or without time and zone, "20060407", "2006-04",
/// "2006"), RFC 2822 ("Fri, 07 Apr 2006 12:30:00 +0200") and English ("April 7, 2006", "7 April 2006",
/// "Friday, April 7th, 2006, 3:15 PM ET", "April 2006"). A month or a year is the range of its days.
///
/// # Errors
/// A [`DateError`] that says why this is not one clear date.
pub fn parse_date(text: &str) -> Result<DateRange, DateError> {
    let shown: String = text.trim().chars().take(60).collect();
    let trimmed = text.trim();
    if trimmed.len() > 80 {
        return Err(DateError::NotADate(shown));
    }
    match numeric(trimmed) {
        Some(Numeric::Parts(year, month, day)) => range(year, month, day).ok_or(DateError::NoSuchDay(shown)),
        Some(Numeric::Ambiguous) => Err(DateError::Ambiguous(shown)),
        None => in_words(trimmed, shown),
    }
}

/// Reads a date as [`parse_date`] does, or a range of two, "2006-04-12..2006-04-18" or with a slash.
///
/// # Errors
/// A [`DateError`] that says why this is not one clear date or range.
pub fn parse_date_range(text: &str) -> Result<DateRange, DateError> {
    let ends = text.split_once("..").or_else(|| {
        // A slash also separates the parts of "2006/04/07", which the form with two whole dates has more of.
        text.split_once('/').filter(|(start, _)| start.trim().len() >= 7)
    });
    let Some((start, end)) = ends else { return parse_date(text) };
    let (start, end) = (parse_date(start)?, parse_date(end)?);
    if end.end < start.start {
        return Err(DateError::Reversed(text.trim().chars().take(60).collect()));
    }
    Ok(DateRange { start: start.start, end: end.end })
}

enum Numeric {
    Parts(i16, Option<i8>, Option<i8>),
    Ambiguous,
}

/// Forms in figures alone. None if the text is of no such form.
fn numeric(text: &str) -> Option<Numeric> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(digits)?;
    match (digits, rest.chars().next()) {
        (4, None) => Some(Numeric::Parts(head.parse().ok()?, None, None)),
        (8 | 14, _) if rest.is_empty() || (digits == 8 && is_time(rest)) => Some(Numeric::Parts(
            head.get(..4)?.parse().ok()?,
            Some(head.get(4..6)?.parse().ok()?),
            Some(head.get(6..8)?.parse().ok()?),
        )),
        (4, Some(separator @ ('-' | '/' | '.'))) => {
            let mut parts = rest.get(1..)?.splitn(2, separator);
            let month = parts.next()?;
            if !(1..=2).contains(&month.len()) || !month.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let month = Some(month.parse().ok()?);
            let Some(tail) = parts.next() else {
                return (separator == '-').then_some(Numeric::Parts(head.parse().ok()?, month, None));
            };
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            let (day, time) = tail.split_at_checked(digits)?;
            if !(1..=2).contains(&digits) || !(time.is_empty() || is_time(time)) {
                return None;
            }
            Some(Numeric::Parts(head.parse().ok()?, month, Some(day.parse().ok()?)))
        }
        (1 | 2, Some(separator @ ('/' | '.' | '-'))) => {
            let date = rest.split([' ', 'T']).next()?;
            let parts: Vec<&str> = date.split(separator).skip(1).collect();
            (parts.len() == 2 && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())))
                .then_some(Numeric::Ambiguous)
        }
        _ => None,
    }
}

/// A time of day behind an ISO date, with or without zone.
fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', 't', ' ', ',']) else { return false };
    let zone = time
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' ')))
        .unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let is_offset = zone.starts_with(['+', '-', '−', '[', 'Z', 'z'])
        && zone.len() <= 40
        && zone.chars().all(|c| c.is_ascii_alphanumeric() || "+-−:/_[] ".contains(c));
    let is_name =
        zone.split_whitespace().all(|word| is_time_token(&word.trim_end_matches('.').to_lowercase()));
    clock.trim().starts_with(|c: char| c.is_ascii_digit()) && (is_offset || is_name)
}

fn range(year: i16, month: Option<i8>, day: Option<i8>) -> Option<DateRange> {
    if !YEARS.contains(&year) {
        return None;
    }
    let start = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let end = match (month, day) {
        (_, Some(_)) => start,
        (Some(_), None) => start.last_of_month(),
        (None, None) => start.last_of_year(),
    };
    Some(DateRange { start, end })
}

/// Forms with the name of a month.
fn in_words(text: &str, shown: String) -> Result<DateRange, DateError> {
    let (mut year, mut month, mut day, mut weekday) = (None, None, None, None);
    for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|')) {
        let word = token.trim_end_matches('.').to_lowercase();
        if word.is_empty()
            || is_time_token(&word)
            || matches!(word.as_str(), "of" | "the" | "on" | "-" | "–" | "—")
        {
            continue;
        }
        let fresh = if let Some(number) = month_number(&word) {
            month.replace(number).is_none()
        } else if let Some(name) = weekday_of(&word) {
            weekday.replace(name).is_none()
        } else if let Some(number) = year_number(&word) {
            year.replace(number).is_none()
        } else if let Some(number) = day_number(&word) {
            (year.is_none() || month.is_some()) && day.replace(number).is_none()
        } else {
            false
        };
        if !fresh {
            return Err(DateError::NotADate(shown));
        }
    }
    let (Some(year), Some(month)) = (year, month) else { return Err(DateError::NotADate(shown)) };
    let Some(range) = range(year, Some(month), day) else { return Err(DateError::NoSuchDay(shown)) };
    match weekday {
        Some(_) if day.is_none() => Err(DateError::NotADate(shown)),
        Some(weekday) if range.start.weekday() != weekday => Err(DateError::Weekday(shown)),
        _ => Ok(range),
    }
}

/// The number of a month, 1 to 12, by its English name or an abbreviation of three letters or more.
pub(crate) fn month_number(word: &str) -> Option<i8> {
    let position = MONTHS.iter().position(|name| is_abbreviation(word, name))?;
    i8::try_from(position + 1).ok()
}

fn weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| is_abbreviation(word, name)).map(|(_, day)| *day)
}

/// Whether a word is the English name of a day of the week, or an abbreviation of it.
pub(crate) fn is_weekday(word: &str) -> bool {
    weekday_of(word).is_some()
}

fn is_abbreviation(word: &str, name: &str) -> bool {
    word == name || ((3..=5).contains(&word.len()) && name.starts_with(word))
}

fn year_number(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}

/// The number of a day of a month, 1 to 31, with or without the ending of an ordinal.
pub(crate) fn day_number(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let number =
        (digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())??;
    (1..=31).contains(&number).then_some(number)
}

/// Whether a text is a time of day and nothing else: "3:15 p.m. EDT".
pub(crate) fn is_time_of_day(text: &str) -> bool {
    text.contains(':')
        && text.split_whitespace().all(|word| is_time_token(&word.trim_end_matches('.').to_lowercase()))
}

fn is_time_token(word: &str) -> bool {
    let signed = word.strip_prefix(['+', '-']).unwrap_or_default();
    let clock = ["am", "pm", "a.m", "p.m", "z"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    TIME_WORDS.contains(&word)
        || (!signed.is_empty() && signed.bytes().all(|b| b.is_ascii_digit() || b == b':'))
        || (clock.contains(':') && clock.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> (String, String) {
        let range = parse_date(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (range.start.to_string(), range.end.to_string())
    }

    #[test]
    fn one_day_in_many_forms() {
        for text in [
            "2006-04-07",
            "2006-4-7",
            "2006/04/07",
            "20060407",
            "20060407T101500Z",
            "20060407101500",
            "2006-04-07T22:14:56+00:00",
            "2006-04-07T22:14:56.123Z",
            "2006-04-07 22:14",
            "2006-04-07 22:14:56 UTC",
            "2006-04-07T22:14:56-05:00[America/New_York]",
            "Fri, 07 Apr 2006 12:30:00 +0200",
            "Fri, 7 Apr 2006 12:30:00 GMT",
            "April 7, 2006",
            "Apr. 7, 2006",
            "7 April 2006",
            "7th of April, 2006",
            "Friday, April 7, 2006",
            "  April 7, 2006, 3:15 PM ET ",
            "April 7, 2006 at 3:15pm",
            "FRIDAY 7 APRIL 2006",
            "2006 Apr 7",
            "April 7, 2006 - 23:28",
            "2006-04-07 18:38 ET",
            "2006-04-07 6:38 p.m. GMT",
            "2006-04-07 12:24:52.002364-05",
        ] {
            assert_eq!(days(text), ("2006-04-07".into(), "2006-04-07".into()), "{text}");
        }
    }

    #[test]
    fn months_and_years_are_ranges() {
        assert_eq!(days("2006-02"), ("2006-02-01".into(), "2006-02-28".into()));
        assert_eq!(days("February 2004"), ("2004-02-01".into(), "2004-02-29".into()));
        assert_eq!(days("2006"), ("2006-01-01".into(), "2006-12-31".into()));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let refused = |text: &str| parse_date(text).expect_err(text);
        for text in [
            "",
            "yesterday",
            "April 7",
            "7",
            "April 7-9, 2006",
            "7 8 April 2006",
            "2006 7 April",
            "Baku, April 7, 2006",
            "1144368000",
            "2006-04-07 foo",
            "n/a",
            "12:30",
        ] {
            assert!(matches!(refused(text), DateError::NotADate(_)), "{text}");
        }
        for text in ["07/04/2006", "17/04/2006", "7.4.2006", "07-04-06", "4/7/2006 10:15"] {
            assert!(matches!(refused(text), DateError::Ambiguous(_)), "{text}");
        }
        for text in ["2006-02-30", "20061301", "February 29, 2005", "0001-01-01", "0000-00-00", "9999-12-31"]
        {
            assert!(matches!(refused(text), DateError::NoSuchDay(_)), "{text}");
        }
        assert!(matches!(refused("Monday, April 7, 2006"), DateError::Weekday(_)));
        assert!(refused("07/04/2006").to_string().contains("2006-04-07"));
    }

    #[test]
    fn ranges_for_the_command_line() {
        for text in ["2006-04-12..2006-04-18", "2006-04-12/2006-04-18", "April 12, 2006 .. April 18, 2006"] {
            let range = parse_date_range(text).unwrap();
            assert_eq!(
                (range.start.to_string(), range.end.to_string()),
                ("2006-04-12".into(), "2006-04-18".into())
            );
        }
        assert_eq!(parse_date_range("2006/04/07").unwrap().start.to_string(), "2006-04-07");
        assert!(matches!(parse_date_range("2006-04-18..2006-04-12"), Err(DateError::Reversed(_))));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,90}") {
            let _ = parse_date(&text);
            let _ = parse_date_range(&text);
        }
    }
}
