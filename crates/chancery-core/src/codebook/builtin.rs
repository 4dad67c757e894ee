//! The tables inside the binary.

/// Includes a table of `knowledge/codebook/` under its name.
macro_rules! table {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../knowledge/codebook/", $name)))
    };
}

/// Every table: its name in the folder and its text.
pub(super) const TABLES: &[(&str, &str)] = &[
    table!("acts.tsv"),
    table!("modes.tsv"),
    table!("cameo.tsv"),
    table!("content.tsv"),
    table!("derivation.tsv"),
    table!("contexts.tsv"),
    table!("word_lists.tsv"),
    table!("default_slots.tsv"),
    table!("triggers/agree.tsv"),
    table!("triggers/consult.tsv"),
    table!("triggers/support.tsv"),
    table!("triggers/concede.tsv"),
    table!("triggers/cooperate.tsv"),
    table!("triggers/aid.tsv"),
    table!("triggers/retreat.tsv"),
    table!("triggers/request.tsv"),
    table!("triggers/accuse.tsv"),
    table!("triggers/reject.tsv"),
    table!("triggers/threaten.tsv"),
    table!("triggers/protest.tsv"),
    table!("triggers/sanction.tsv"),
    table!("triggers/mobilize.tsv"),
    table!("triggers/coerce.tsv"),
    table!("triggers/assault.tsv"),
    table!("triggers/statement.tsv"),
    table!("light_verbs.tsv"),
    table!("reporting_verbs.tsv"),
    table!("status_cues.tsv"),
    table!("decisions.tsv"),
    table!("outcomes.tsv"),
];
