//! Whether it happened: the parts of a status and the one word that sums them up.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Whether the text says that it is so or that it is not.
    Polarity, "polarity" {
        /// It is so.
        Affirmed = "affirmed",
        /// It is, was or will be not so.
        Negated = "negated",
    }
}

vocabulary! {
    /// In which world the act stands.
    Modality, "modality" {
        /// In the world of facts.
        Actual = "actual",
        /// It is to come: scheduled, intended, announced.
        Planned = "planned",
        /// Its actor offers it.
        Offered = "offered",
        /// Somebody asks for it.
        Requested = "requested",
        /// Its actor threatens it.
        Threatened = "threatened",
        /// It was tried; whether it succeeded is not said, or it failed.
        Attempted = "attempted",
        /// It is only imagined: a condition, a possibility, a fear.
        Hypothetical = "hypothetical",
    }
}

vocabulary! {
    /// How the act lies in time.
    Aspect, "aspect" {
        /// It occurs.
        Event = "event",
        /// It is a standing state.
        Situation = "situation",
        /// It begins or resumes.
        Start = "start",
        /// It ends or pauses.
        End = "end",
        /// It recurs.
        Habitual = "habitual",
    }
}

vocabulary! {
    /// What became of an announced act.
    Disposition, "disposition" {
        /// It took place as announced.
        Kept = "kept",
        /// It was put off.
        Postponed = "postponed",
        /// It was cancelled.
        CalledOff = "called_off",
    }
}

vocabulary! {
    /// The summary of the parts, see [`StatusParts::status`].
    Status, "status" {
        /// It took place.
        Happened = "happened",
        /// A situation that lasts.
        Ongoing = "ongoing",
        /// It took place before the report's own story.
        Historical = "historical",
        /// It is to come, offered or threatened by its actor.
        Planned = "planned",
        /// Somebody asks for it.
        Requested = "requested",
        /// The text says that it is not so.
        Denied = "denied",
        /// It was announced and cancelled.
        CalledOff = "called_off",
        /// It is only imagined.
        Hypothetical = "hypothetical",
    }
}

/// The parts of a status, each told by the text on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusParts {
    /// Whether it is so.
    pub polarity: Polarity,
    /// In which world.
    pub modality: Modality,
    /// How in time.
    pub aspect: Aspect,
    /// Whether it lies before the report's own story.
    pub background: bool,
    /// What became of it, where it was announced before.
    pub disposition: Option<Disposition>,
}

impl Default for StatusParts {
    /// The plain case: affirmed, actual, an event, of the report's own story.
    fn default() -> Self {
        StatusParts {
            polarity: Polarity::Affirmed,
            modality: Modality::Actual,
            aspect: Aspect::Event,
            background: false,
            disposition: None,
        }
    }
}

impl StatusParts {
    /// Sums the parts up in one word by the published precedence:
    /// hypothetical, denied, called off, requested, planned, ongoing,
    /// historical, happened.
    ///
    /// An offered or threatened act is to come, hence planned. So is a
    /// postponed one, unless somebody only asks for it. An attempt is
    /// something that happened; [`Modality::Attempted`] stays beside it and
    /// the derivation table treats it apart. A situation or habit that belongs
    /// to the background is historical, since nothing says that it lasts.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.modality == Modality::Hypothetical {
            Status::Hypothetical
        } else if self.polarity == Polarity::Negated {
            Status::Denied
        } else if self.disposition == Some(Disposition::CalledOff) {
            Status::CalledOff
        } else if self.modality == Modality::Requested {
            Status::Requested
        } else if matches!(self.modality, Modality::Planned | Modality::Offered | Modality::Threatened)
            || self.disposition == Some(Disposition::Postponed)
        {
            Status::Planned
        } else if matches!(self.aspect, Aspect::Situation | Aspect::Habitual) && !self.background {
            Status::Ongoing
        } else if self.background {
            Status::Historical
        } else {
            Status::Happened
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> StatusParts {
        StatusParts::default()
    }

    #[test]
    fn the_plain_case_happened() {
        assert_eq!(parts().status(), Status::Happened);
        assert_eq!(StatusParts { aspect: Aspect::End, ..parts() }.status(), Status::Happened);
        assert_eq!(StatusParts { modality: Modality::Attempted, ..parts() }.status(), Status::Happened);
    }

    #[test]
    fn what_is_imagined_outranks_every_other_part() {
        let imagined = StatusParts {
            modality: Modality::Hypothetical,
            polarity: Polarity::Negated,
            disposition: Some(Disposition::CalledOff),
            background: true,
            aspect: Aspect::Situation,
        };
        assert_eq!(imagined.status(), Status::Hypothetical);
    }

    #[test]
    fn each_step_of_the_precedence_outranks_the_next() {
        let denied = StatusParts { polarity: Polarity::Negated, modality: Modality::Requested, ..parts() };
        assert_eq!(denied.status(), Status::Denied);
        let called_off = StatusParts {
            disposition: Some(Disposition::CalledOff),
            modality: Modality::Requested,
            ..parts()
        };
        assert_eq!(called_off.status(), Status::CalledOff);
        let requested = StatusParts {
            modality: Modality::Requested,
            disposition: Some(Disposition::Postponed),
            aspect: Aspect::Situation,
            ..parts()
        };
        assert_eq!(requested.status(), Status::Requested);
        for modality in [Modality::Planned, Modality::Offered, Modality::Threatened] {
            let planned = StatusParts { modality, aspect: Aspect::Situation, background: true, ..parts() };
            assert_eq!(planned.status(), Status::Planned);
        }
        let postponed = StatusParts { disposition: Some(Disposition::Postponed), ..parts() };
        assert_eq!(postponed.status(), Status::Planned);
        assert_eq!(StatusParts { aspect: Aspect::Situation, ..parts() }.status(), Status::Ongoing);
        assert_eq!(StatusParts { background: true, ..parts() }.status(), Status::Historical);
    }

    #[test]
    fn a_situation_of_the_background_is_history() {
        let former = StatusParts { aspect: Aspect::Situation, background: true, ..parts() };
        assert_eq!(former.status(), Status::Historical);
    }

    #[test]
    fn the_texts_read_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse::<Status>(), Ok(*status));
            let json = serde_json::to_string(status).unwrap();
            assert_eq!(json, format!("\"{}\"", status.as_str()));
        }
        assert!("maybe".parse::<Polarity>().unwrap_err().to_string().contains("affirmed, negated"));
    }
}
