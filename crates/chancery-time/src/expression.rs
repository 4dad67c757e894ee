//! What a temporal expression says, before a calendar is laid beside it.

use crate::calendar::{DayPart, Season, Unit};
use crate::holiday::Rule;
use std::ops::Range;

/// The TIMEX3 type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A day or a coarser period of the calendar, or past, present and future as such.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A temporal expression in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Where it stands: bytes of the text, on character boundaries.
    pub range: Range<usize>,
    /// Its TIMEX3 type.
    pub kind: Kind,
    /// What it says.
    pub form: Form,
    /// "Early", "the end of", "about", "more than".
    pub modifier: Option<Modifier>,
    /// The preposition or conjunction before it.
    pub signal: Option<Signal>,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A date with at least one of its parts: "April 7", "7 April 2006", "Friday", "1994".
    Calendar(Calendar),
    /// Two dates that share words: "March 3-5", "1996-98".
    Interval {
        /// The first date.
        from: Calendar,
        /// The last date.
        to: Calendar,
    },
    /// "The 1990s", by the first year.
    Decade(i16),
    /// "The 20th century"; the number of the century, negative before the common era.
    Century(i16),
    /// A season, a quarter or a half of a year.
    YearPart {
        /// Which part.
        part: YearPart,
        /// The year, where named.
        year: Option<i16>,
    },
    /// A day with a name.
    Holiday {
        /// How it is found.
        rule: Rule,
        /// The year, where named.
        year: Option<i16>,
    },
    /// "This week", "last year", "the same month", "the following day".
    Unit {
        /// The unit.
        unit: Unit,
        /// Which one.
        deictic: Deictic,
    },
    /// A date placed against the report's day: "last Friday", "next February", "this spring".
    Deictic {
        /// The date.
        inner: Box<Form>,
        /// Which one.
        deictic: Deictic,
    },
    /// A date inside a named period: "June of last year", "the first quarter of 2006", "Monday this week".
    Within {
        /// The date.
        part: Box<Form>,
        /// The period.
        whole: Box<Form>,
    },
    /// "Three days ago", "two weeks later", "the day before Christmas".
    Offset {
        /// How many units, backwards if negative; none if vague.
        count: Option<i32>,
        /// The unit.
        unit: Unit,
        /// Counted from where.
        from: Reference,
    },
    /// "The week of March 6".
    WeekOf(Box<Form>),
    /// A time of day, and its day where named.
    Clock {
        /// The day.
        day: Option<Box<Form>>,
        /// The time.
        clock: Clock,
    },
    /// Past, present or future as such.
    Vague(Vague),
    /// A length of time.
    Duration {
        /// How long: amounts with their units, the largest first.
        lengths: Vec<Length>,
        /// "The last 15 years" ends at the report's day, "the next two weeks" begins there.
        extent: Option<Deictic>,
    },
    /// A recurring time; the TIMEX3 value.
    Set(String),
}

/// Parts of a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Astronomical year (0 is 1 BC).
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// Day of the month.
    pub day: Option<i8>,
    /// 1 is Monday.
    pub weekday: Option<i8>,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearPart {
    /// A season.
    Season(Season),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half, 1 or 2.
    Half(i8),
}

/// Where an offset is counted from.
#[derive(Debug, Clone, PartialEq)]
pub enum Reference {
    /// The day of the report: "ago", "from now".
    Anchor,
    /// The time that the text speaks of: "later", "earlier".
    Narrative,
    /// A named date.
    Date(Box<Form>),
}

/// An amount of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// How many whole units; none if vague ("several").
    pub count: Option<u32>,
    /// And a half.
    pub half: bool,
    /// The unit.
    pub unit: Unit,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Hours and minutes.
    At {
        /// 0 to 24.
        hour: i8,
        /// 0 to 59, where said.
        minute: Option<i8>,
        /// Minutes east of Greenwich, where a zone is named that the tables know.
        zone: Option<i16>,
    },
    /// A part of the day.
    Part(DayPart),
}

/// Words that place a unit or a date against the report's day or the time spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deictic {
    /// "Last": the one before the report's.
    Last,
    /// "The past": up to the report's day.
    Past,
    /// "This", "current".
    This,
    /// "Next".
    Next,
    /// "Coming": the first one after the report's day.
    Coming,
    /// "Previous": before the time spoken of.
    Previous,
    /// "The same", "that": the time spoken of.
    Same,
    /// "The following", "the next day": after the time spoken of.
    Following,
    /// "The first two weeks".
    Initial,
    /// "The final two weeks".
    Closing,
}

/// The TIMEX3 modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// "Early", "the beginning of": the first third.
    Start,
    /// "Mid": the middle third.
    Mid,
    /// "Late", "the end of": the last third.
    End,
    /// "About".
    Approx,
    /// "Earlier this week": the part of it before the report's day; "more than two years ago".
    Before,
    /// "Later this week": the part of it after the report's day; "less than two years ago".
    After,
    /// "Nearly", "less than".
    LessThan,
    /// "More than".
    MoreThan,
    /// "At most", "up to".
    EqualOrLess,
    /// "At least".
    EqualOrMore,
}

/// Past, present and future without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vague {
    /// `PAST_REF`.
    Past,
    /// `PRESENT_REF`.
    Present,
    /// `FUTURE_REF`.
    Future,
}

/// The word before an expression that ties an act to it (TimeML SIGNAL).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// "Since": begins then and goes on.
    Since,
    /// "Until": ends then.
    Until,
    /// "By": not later.
    By,
    /// "Before".
    Before,
    /// "After".
    After,
    /// "From": the first end of a range.
    From,
    /// "To", "through": the last end of a range.
    To,
    /// "Between": the first end of a range.
    Between,
    /// "During", "over".
    During,
    /// "Within".
    Within,
    /// "For".
    For,
    /// "In".
    In,
    /// "On".
    On,
    /// "At".
    At,
}

impl Deictic {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "last" => Self::Last,
            "past" => Self::Past,
            "this" => Self::This,
            "next" => Self::Next,
            "coming" => Self::Coming,
            "previous" => Self::Previous,
            "same" => Self::Same,
            "following" => Self::Following,
            "initial" => Self::Initial,
            "closing" => Self::Closing,
            _ => return None,
        })
    }
}

impl Modifier {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "START" => Self::Start,
            "MID" => Self::Mid,
            "END" => Self::End,
            "APPROX" => Self::Approx,
            "BEFORE" => Self::Before,
            "AFTER" => Self::After,
            "LESS_THAN" => Self::LessThan,
            "MORE_THAN" => Self::MoreThan,
            "EQUAL_OR_LESS" => Self::EqualOrLess,
            "EQUAL_OR_MORE" => Self::EqualOrMore,
            _ => return None,
        })
    }
}

impl Vague {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "PAST_REF" => Self::Past,
            "PRESENT_REF" => Self::Present,
            "FUTURE_REF" => Self::Future,
            _ => return None,
        })
    }

    /// The TIMEX3 value.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

impl Signal {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "since" => Self::Since,
            "until" => Self::Until,
            "by" => Self::By,
            "before" => Self::Before,
            "after" => Self::After,
            "from" => Self::From,
            "to" => Self::To,
            "between" => Self::Between,
            "during" => Self::During,
            "within" => Self::Within,
            "for" => Self::For,
            "in" => Self::In,
            "on" => Self::On,
            "at" => Self::At,
            _ => return None,
        })
    }
}

impl Form {
    /// The TIMEX3 type that the form has.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Clock { .. } => Kind::Time,
            Self::Duration { .. } => Kind::Duration,
            Self::Set(_) => Kind::Set,
            Self::Within { part, .. } | Self::Deictic { inner: part, .. } => part.kind(),
            Self::Offset { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => Kind::Time,
            _ => Kind::Date,
        }
    }
}

impl Calendar {
    pub(crate) fn of_year(year: i16) -> Self {
        Self { year: Some(year), ..Self::default() }
    }
}
