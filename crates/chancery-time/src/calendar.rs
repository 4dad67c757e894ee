//! Periods of the calendar: days, weeks, months, seasons, years, decades,
//! centuries, each with its TIMEX3 value, its first and last day and its
//! neighbours. Years are astronomical inside (0 is 1 BC).

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Week, from Monday.
    Week,
    /// Two weeks.
    Fortnight,
    /// Month.
    Month,
    /// Quarter of a year.
    Quarter,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }

    /// How fine a statement in this unit is.
    #[must_use]
    pub fn precision(self) -> Precision {
        match self {
            Self::Second | Self::Minute | Self::Hour => Precision::Time,
            Self::Day => Precision::Day,
            Self::Weekend | Self::Week | Self::Fortnight => Precision::Week,
            Self::Month => Precision::Month,
            Self::Quarter => Precision::Season,
            Self::Year => Precision::Year,
            Self::Decade => Precision::Decade,
            Self::Century => Precision::Century,
        }
    }
}

/// A season of the northern half of the world, by whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December of the year named to February of the next.
    Winter,
}

impl Season {
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    /// The TIMEX3 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// Morning.
    Morning,
    /// Midday.
    Midday,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
}

impl DayPart {
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "MO" => Self::Morning,
            "MI" => Self::Midday,
            "AF" => Self::Afternoon,
            "EV" => Self::Evening,
            "NI" => Self::Night,
            _ => return None,
        })
    }

    /// The TIMEX3 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

/// How fine a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A clock time or a part of a day.
    Time,
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// A part of a month, "the end of April".
    MonthPart,
    /// A month.
    Month,
    /// A quarter, a half or a season of a year.
    Season,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// A century.
    Century,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Day(Date),
    /// The week of its Monday.
    Week(Date),
    /// The weekend of the week of its Monday.
    Weekend(Date),
    Month(i16, i8),
    /// Year and number, 1 to 4.
    Quarter(i16, i8),
    /// Year and number, 1 or 2.
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// The decade of its first year.
    Decade(i16),
    /// The century's TIMEX3 number: 19 is the twentieth.
    Century(i16),
}

impl Period {
    /// The period of a unit that holds a day; none for units below a day.
    pub(crate) fn containing(unit: Unit, day: Date) -> Option<Self> {
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Self::Day(day),
            Unit::Weekend => Self::Weekend(monday(day)?),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)?),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year().div_euclid(10) * 10),
            Unit::Century => Self::Century(day.year().div_euclid(100)),
        })
    }

    /// The first day.
    pub(crate) fn start(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Week(day) => Some(day),
            Self::Weekend(monday) => monday.checked_add(5.days()).ok(),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season(year, season) => Date::new(year, season.first_month(), 1).ok(),
            Self::Year(year) | Self::Decade(year) => Date::new(year, 1, 1).ok(),
            Self::Century(century) => Date::new(century.checked_mul(100)?, 1, 1).ok(),
        }
    }

    /// The last day.
    pub(crate) fn end(self) -> Option<Date> {
        let start = self.start()?;
        let next = match self {
            Self::Day(day) => return Some(day),
            Self::Week(_) => start.checked_add(7.days()),
            Self::Weekend(_) => start.checked_add(2.days()),
            Self::Month(..) => start.checked_add(1.month()),
            Self::Quarter(..) | Self::Season(..) => start.checked_add(3.months()),
            Self::Half(..) => start.checked_add(6.months()),
            Self::Year(_) => start.checked_add(1.year()),
            Self::Decade(_) => start.checked_add(10.years()),
            Self::Century(_) => start.checked_add(100.years()),
        };
        next.ok()?.checked_sub(1.day()).ok()
    }

    /// The period `by` places later, of the same kind.
    pub(crate) fn shifted(self, by: i32) -> Option<Self> {
        let small = || i16::try_from(by).ok();
        let turn = |year: i16, number: i8, parts: i32| -> Option<(i16, i8)> {
            let place = (i32::from(year) * parts + i32::from(number) - 1).checked_add(by)?;
            Some((
                i16::try_from(place.div_euclid(parts)).ok()?,
                i8::try_from(place.rem_euclid(parts) + 1).ok()?,
            ))
        };
        let shifted = match self {
            Self::Day(day) => Self::Day(day.checked_add(jiff::Span::new().try_days(by).ok()?).ok()?),
            Self::Week(day) => Self::Week(day.checked_add(jiff::Span::new().try_weeks(by).ok()?).ok()?),
            Self::Weekend(day) => Self::Weekend(day.checked_add(jiff::Span::new().try_weeks(by).ok()?).ok()?),
            Self::Month(year, month) => turn(year, month, 12).map(|(y, m)| Self::Month(y, m))?,
            Self::Quarter(year, quarter) => turn(year, quarter, 4).map(|(y, q)| Self::Quarter(y, q))?,
            Self::Half(year, half) => turn(year, half, 2).map(|(y, h)| Self::Half(y, h))?,
            Self::Season(year, season) => Self::Season(year.checked_add(small()?)?, season),
            Self::Year(year) => Self::Year(year.checked_add(small()?)?),
            Self::Decade(year) => Self::Decade(year.checked_add(small()?.checked_mul(10)?)?),
            Self::Century(century) => Self::Century(century.checked_add(small()?)?),
        };
        shifted.start().map(|_| shifted)
    }

    /// The TIMEX3 value.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Day(day) => format!("{}-{:02}-{:02}", year_value(day.year()), day.month(), day.day()),
            Self::Week(monday) => week_value(monday),
            Self::Weekend(monday) => format!("{}-WE", week_value(monday)),
            Self::Month(year, month) => format!("{}-{month:02}", year_value(year)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_value(year)),
            Self::Half(year, half) => format!("{}-H{half}", year_value(year)),
            Self::Season(year, season) => format!("{}-{}", year_value(year), season.code()),
            Self::Year(year) => year_value(year),
            Self::Decade(year) if year >= 0 => format!("{:03}", year / 10),
            Self::Century(century) if century >= 0 => format!("{century:02}"),
            // TIMEX3 counts backwards before the common era: the years 99 to 0 BC are century BC00.
            Self::Decade(year) => format!("BC{:03}", -(i32::from(year) + 9) / 10),
            Self::Century(century) => format!("BC{:02}", -(i32::from(century) + 1)),
        }
    }

    /// How fine the period is.
    pub(crate) fn precision(self) -> Precision {
        match self {
            Self::Day(_) => Precision::Day,
            Self::Week(_) | Self::Weekend(_) => Precision::Week,
            Self::Month(..) => Precision::Month,
            Self::Quarter(..) | Self::Half(..) | Self::Season(..) => Precision::Season,
            Self::Year(_) => Precision::Year,
            Self::Decade(_) => Precision::Decade,
            Self::Century(_) => Precision::Century,
        }
    }

    /// Reads a value that [`Period::value`] wrote; a clock time after it is left out.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let day = value.split('T').next()?;
        let (sign, digits) = match day.strip_prefix("BC") {
            Some(rest) => (-1, rest),
            None => (1, day),
        };
        let (year, rest) = digits.split_once('-').map_or((digits, None), |(year, rest)| (year, Some(rest)));
        let number: i16 = year.parse().ok()?;
        let Some(rest) = rest else {
            return match (year.len(), sign) {
                (4, 1) => Some(Self::Year(number)),
                (4, _) => Some(Self::Year(1 - number)),
                (3, 1) => Some(Self::Decade(number * 10)),
                (2, 1) => Some(Self::Century(number)),
                _ => None,
            };
        };
        let year = if sign == 1 { number } else { 1 - number };
        if let Some(week) = rest.strip_prefix('W') {
            let (week, weekend) = week.strip_suffix("-WE").map_or((week, false), |week| (week, true));
            let monday = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date();
            return Some(if weekend { Self::Weekend(monday) } else { Self::Week(monday) });
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            return quarter.parse().ok().filter(|q| (1..=4).contains(q)).map(|q| Self::Quarter(year, q));
        }
        if let Some(half) = rest.strip_prefix('H') {
            return half.parse().ok().filter(|h| (1..=2).contains(h)).map(|h| Self::Half(year, h));
        }
        if let Some(season) = Season::parse(rest) {
            return Some(Self::Season(year, season));
        }
        match rest.split_once('-') {
            Some((month, day)) => Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Self::Day),
            None => rest.parse().ok().filter(|m| (1..=12).contains(m)).map(|m| Self::Month(year, m)),
        }
    }
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn year_value(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

fn week_value(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-W{:02}", year_value(week.year()), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_can_be_read_back() {
        let day = date(2006, 4, 7);
        for unit in
            [Unit::Day, Unit::Week, Unit::Weekend, Unit::Month, Unit::Quarter, Unit::Year, Unit::Decade]
        {
            let period = Period::containing(unit, day).unwrap();
            assert_eq!(Period::parse(&period.value()), Some(period));
            let again = period.shifted(-7).and_then(|p| p.shifted(7));
            assert_eq!(again, Some(period));
        }
        assert_eq!(Period::parse("2006-04-07T15:30"), Some(Period::Day(day)));
        assert_eq!(Period::parse("P3D"), None);
    }

    #[test]
    fn weeks_and_ends() {
        let week = Period::containing(Unit::Week, date(2006, 4, 7)).unwrap();
        assert_eq!(week.value(), "2006-W14");
        assert_eq!(week.end(), Some(date(2006, 4, 9)));
        assert_eq!(Period::Month(2004, 2).end(), Some(date(2004, 2, 29)));
        assert_eq!(Period::Season(1994, Season::Winter).end(), Some(date(1995, 2, 28)));
        assert_eq!(Period::Year(-498).value(), "BC0499");
    }
}
