//! Days with a name: the rules by which they are found in a year.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The same day every year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
    },
    /// One day of history.
    Once(Date),
    /// Days from Easter Sunday of the western churches.
    Easter(i32),
    /// Days from Easter Sunday of the eastern churches.
    OrthodoxEaster(i32),
    /// The first such weekday on or after a day of the year.
    WeekdayFrom {
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
    },
}

impl Rule {
    /// Reads the rule column of `data/holidays.tsv`.
    pub(crate) fn parse(rule: &str) -> Option<Self> {
        if let Some(offset) = rule.strip_prefix("orthodox-easter") {
            return Some(Self::OrthodoxEaster(offset.parse().ok()?));
        }
        if let Some(offset) = rule.strip_prefix("easter") {
            return Some(Self::Easter(offset.parse().ok()?));
        }
        if let Some((weekday, day)) = rule.split_once(" on-or-after ") {
            let weekday = match weekday {
                "monday" => Weekday::Monday,
                "tuesday" => Weekday::Tuesday,
                "thursday" => Weekday::Thursday,
                "friday" => Weekday::Friday,
                "sunday" => Weekday::Sunday,
                _ => return None,
            };
            let (month, day) = month_and_day(day)?;
            return Some(Self::WeekdayFrom { weekday, month, day });
        }
        if rule.len() == 10 {
            return rule.parse().ok().map(Self::Once);
        }
        month_and_day(rule).map(|(month, day)| Self::Fixed { month, day })
    }

    /// The day in a year; `None` where the calendar has none.
    #[must_use]
    pub fn in_year(&self, year: i16) -> Option<Date> {
        match *self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Once(date) => Some(date),
            Self::Easter(offset) => western_easter(year)?.checked_add(offset.days()).ok(),
            Self::OrthodoxEaster(offset) => eastern_easter(year)?.checked_add(offset.days()).ok(),
            Self::WeekdayFrom { weekday, month, day } => {
                let first = Date::new(year, month, day).ok()?;
                first.checked_add(i32::from(first.weekday().until(weekday)).days()).ok()
            }
        }
    }
}

fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Date::new(2000, month, day).ok().map(|_| (month, day))
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
fn western_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the Julian calendar by the method of Meeus, as a Gregorian date.
fn eastern_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(4), y.rem_euclid(7), y.rem_euclid(19));
    let d = (19 * c + 15).rem_euclid(30);
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    let lag = y.div_euclid(100) - y.div_euclid(400) - 2;
    julian.checked_add(lag.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_of_both_churches() {
        assert_eq!(western_easter(2006), Some(date(2006, 4, 16)));
        assert_eq!(western_easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(eastern_easter(2006), Some(date(2006, 4, 23)));
        assert_eq!(eastern_easter(2021), Some(date(2021, 5, 2)));
    }

    #[test]
    fn rules_of_the_table() {
        let thanksgiving = Rule::parse("thursday on-or-after 11-22").unwrap();
        assert_eq!(thanksgiving.in_year(1999), Some(date(1999, 11, 25)));
        assert_eq!(Rule::parse("easter-2").unwrap().in_year(2006), Some(date(2006, 4, 14)));
        assert_eq!(Rule::parse("13-40"), None);
    }
}
