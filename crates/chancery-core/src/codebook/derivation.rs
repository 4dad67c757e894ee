//! From act and status to PLOVER and CAMEO.

use super::Codebook;
use crate::act::{Act, Mode, Quad};
use crate::status::{Modality, Status, StatusParts};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What CAMEO makes of an act that is only the content of another, or only tried.
    ContentForm, "form of content" {
        /// The content is intended (CAMEO 03).
        Intent = "intent",
        /// The content is appealed for (02).
        Appeal = "appeal",
        /// The content is demanded (10).
        Demand = "demand",
        /// The content is refused (12).
        Refusal = "refusal",
        /// The content is threatened (13).
        Threat = "threat",
        /// The act is tried.
        Attempt = "attempt",
    }
}

impl ContentForm {
    /// The form of what is content of an act with this CAMEO code; none where the codebook does not refine it.
    #[must_use]
    pub fn of_code(code: &str) -> Option<ContentForm> {
        match code.get(..2)? {
            "03" => Some(ContentForm::Intent),
            "02" => Some(ContentForm::Appeal),
            "10" => Some(ContentForm::Demand),
            "12" => Some(ContentForm::Refusal),
            "13" => Some(ContentForm::Threat),
            _ => None,
        }
    }
}

/// The codes of an act as content, in the order of [`ContentForm::ALL`]; none: as the shorter code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ContentCodes {
    pub codes: [Option<String>; 6],
}

/// The PLOVER event of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventRule {
    Same,
    None,
    Act(Act),
}

/// The mode of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ModeRule {
    Same,
    None,
    OfCode,
}

/// The CAMEO code of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CameoRule {
    Same,
    None,
    Content(ContentForm),
    Code(String),
}

/// One row of the derivation table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The acts; empty: any.
    pub acts: Vec<Act>,
    /// The statuses; empty: any.
    pub statuses: Vec<Status>,
    /// The modalities; empty: any.
    pub modalities: Vec<Modality>,
    pub(super) event: EventRule,
    pub(super) mode: ModeRule,
    pub(super) cameo: CameoRule,
    /// The line of the row in the table.
    pub line: usize,
}

impl Derivation {
    pub(super) fn fits(&self, act: Act, status: Status, modality: Modality) -> bool {
        (self.acts.is_empty() || self.acts.contains(&act))
            && (self.statuses.is_empty() || self.statuses.contains(&status))
            && (self.modalities.is_empty() || self.modalities.contains(&modality))
    }

    /// Named status before named act before named modality.
    pub(super) fn rank(&self) -> (bool, bool, bool) {
        (!self.statuses.is_empty(), !self.acts.is_empty(), !self.modalities.is_empty())
    }
}

/// What strict formats hold of an act.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Derived<'c> {
    /// The PLOVER event; none where PLOVER counts none.
    pub event: Option<Act>,
    /// Its mode.
    pub mode: Option<Mode>,
    /// The CAMEO code; none where nothing is to be coded.
    pub cameo: Option<&'c str>,
    /// The quad class of what is coded.
    pub quad: Option<Quad>,
    /// PLOVER intensity of what is coded, -10 to 10.
    pub intensity: Option<f32>,
    /// Goldstein's value of the code, -10 to 10.
    pub goldstein: Option<f32>,
}

impl Codebook {
    /// Derives the PLOVER event and the CAMEO code of an act by its status.
    ///
    /// `mode` and `cameo` are what the trigger says of the act itself; `cameo`
    /// falls back to the act's default code. STATEMENT, which PLOVER lacks,
    /// has a code, a quad class and an intensity but no event.
    #[must_use]
    pub fn derive<'c>(
        &'c self,
        act: Act,
        mode: Option<Mode>,
        cameo: Option<&str>,
        parts: &StatusParts,
    ) -> Derived<'c> {
        let nothing =
            Derived { event: None, mode: None, cameo: None, quad: None, intensity: None, goldstein: None };
        let Some(row) = self.derivation_of(act, parts.status(), parts.modality) else {
            return nothing;
        };
        let own = cameo
            .and_then(|code| self.cameo(code))
            .or_else(|| self.act(act).and_then(|entry| self.cameo(&entry.cameo_default)));
        let code = match &row.cameo {
            CameoRule::None => None,
            CameoRule::Same => own,
            CameoRule::Content(form) => own.and_then(|own| self.as_content(*form, &own.code).or(Some(own))),
            CameoRule::Code(code) => self.cameo(code),
        };
        let event = match row.event {
            EventRule::None => None,
            EventRule::Same => Some(act),
            EventRule::Act(act) => Some(act),
        };
        let mode = match row.mode {
            ModeRule::None => None,
            ModeRule::Same => mode,
            ModeRule::OfCode => code.and_then(|code| code.mode),
        };
        let mode = mode.filter(|mode| event.is_some_and(|event| self.mode(event, *mode).is_some()));
        // STATEMENT is no event of PLOVER's and is coded all the same.
        let coded = event.or_else(|| (code.is_some() && act == Act::Statement).then_some(act));
        let intensity = coded.and_then(|coded| {
            mode.and_then(|mode| self.mode(coded, mode).map(|entry| entry.intensity))
                .or_else(|| self.act(coded).map(|entry| entry.intensity))
        });
        Derived {
            event,
            mode,
            cameo: code.map(|code| code.code.as_str()),
            quad: coded.and_then(|coded| self.act(coded).map(|entry| entry.quad)),
            intensity,
            goldstein: code.map(|code| code.goldstein),
        }
    }

    /// The row of the derivation table that decides; none only in a table with problems.
    #[must_use]
    pub fn derivation_of(&self, act: Act, status: Status, modality: Modality) -> Option<&Derivation> {
        self.derivation.iter().filter(|row| row.fits(act, status, modality)).max_by_key(|row| row.rank())
    }

    /// The mode and code of an outer act (an appeal, a demand, an intent, a
    /// refusal, a threat) whose content is another act: a request (020) for a
    /// release (0841) is 0253 `yield`. None where the outer code is of another
    /// kind or says more already than its root.
    #[must_use]
    pub fn refine(
        &self,
        outer: &str,
        content: Act,
        content_code: Option<&str>,
    ) -> Option<(Option<Mode>, &str)> {
        if !outer.get(2..)?.trim_end_matches('0').is_empty() {
            return None;
        }
        let own = content_code
            .and_then(|code| self.cameo(code))
            .or_else(|| self.act(content).and_then(|entry| self.cameo(&entry.cameo_default)))?;
        let entry = self.as_content(ContentForm::of_code(outer)?, &own.code)?;
        Some((entry.mode, &entry.code))
    }

    /// What a code becomes as content, by its longest prefix that has a row.
    fn as_content(&self, form: ContentForm, code: &str) -> Option<&super::CameoEntry> {
        let column = ContentForm::ALL.iter().position(|known| *known == form)?;
        (2..=code.len())
            .rev()
            .filter_map(|length| self.content.get(code.get(..length)?))
            .find_map(|codes| codes.codes.get(column)?.as_deref())
            .and_then(|code| self.cameo(code))
    }
}
