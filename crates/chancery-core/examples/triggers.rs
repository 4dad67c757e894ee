//! Prints the triggers that the builtin codebook finds in the gold parses of a CoNLL-U file:
//! `cargo run -p chancery-core --example triggers -- FILE.conllu`.
//!
//! It serves whoever edits the tables: run it before and after a change and look at the difference.

use chancery_core::codebook::{Codebook, Node, PartOfSpeech};

/// Form, lemma, universal tag, Penn tag, head (from 1), relation.
type Row = (String, String, String, String, usize, String);

#[derive(Clone, Copy)]
struct Word<'s> {
    rows: &'s [Row],
    row: &'s Row,
    at: usize,
}

impl<'s> Word<'s> {
    fn new(rows: &'s [Row], at: usize) -> Option<Word<'s>> {
        rows.get(at).map(|row| Word { rows, row, at })
    }
}

impl Node for Word<'_> {
    fn form(&self) -> &str {
        &self.row.0
    }
    fn lemma(&self) -> &str {
        &self.row.1
    }
    fn tag(&self) -> &str {
        &self.row.3
    }
    fn relation(&self) -> &str {
        &self.row.5
    }
    fn head(&self) -> Option<Self> {
        Word::new(self.rows, self.row.4.checked_sub(1)?)
    }
    fn children(&self) -> impl Iterator<Item = Self> {
        let (rows, head) = (self.rows, self.at + 1);
        (0..rows.len()).filter_map(move |at| Word::new(rows, at)).filter(move |word| word.row.4 == head)
    }
}

fn main() -> std::io::Result<()> {
    let book = Codebook::builtin();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        for block in text.split("\n\n") {
            let rows: Vec<Row> = block
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| {
                    let cells: Vec<&str> = line.split('\t').collect();
                    let cell = |at: usize| cells.get(at).map(|cell| (*cell).to_owned());
                    cell(0)?.parse::<usize>().ok()?;
                    Some((cell(1)?, cell(2)?, cell(3)?, cell(4)?, cell(6)?.parse().ok()?, cell(7)?))
                })
                .collect();
            print_sentence(book, &rows);
        }
    }
    Ok(())
}

fn print_sentence(book: &Codebook, rows: &[Row]) {
    let mut found = Vec::new();
    for word in (0..rows.len()).filter_map(|at| Word::new(rows, at)) {
        let Some(pos) = PartOfSpeech::of_universal_tag(&word.row.2) else { continue };
        let Some(trigger) = book.trigger(word, pos) else { continue };
        let fill = |slots: &[chancery_core::codebook::Slot]| {
            let filled = slots.iter().map(|slot| slot.fill(word)).find(|heads| !heads.is_empty());
            filled.unwrap_or_default().iter().map(|head| head.row.0.clone()).collect::<Vec<_>>().join("+")
        };
        found.push(format!(
            "  {} {}{} {} [{}] {} -> {}   {}:{}",
            word.row.0,
            trigger.act,
            trigger.mode.map(|mode| format!("/{mode}")).unwrap_or_default(),
            trigger.cameo.as_deref().unwrap_or("-"),
            trigger.strength,
            fill(book.actor_slots(trigger)),
            fill(book.recipient_slots(trigger)),
            trigger.file,
            trigger.line
        ));
    }
    if !found.is_empty() {
        println!("{}", rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>().join(" "));
        println!("{}", found.join("\n"));
    }
}
