//! CoNLL-U files as gold: words, sentences, documents and the text they stand in.

use super::{EvalError, lines};

/// A syntactic word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Form.
    pub form: String,
    /// Lemma.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Number of the head within the sentence, from 1; 0 for the root.
    pub head: usize,
    /// Relation with its subtype.
    pub relation: String,
}

/// A surface token: one word, or several that are written as one ("don't").
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// As it is written.
    pub form: String,
    /// Indexes of its words within the sentence.
    pub words: std::ops::Range<usize>,
    /// Whether white space follows it.
    pub space_after: bool,
}

/// A sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sentence {
    /// Its words.
    pub words: Vec<Word>,
    /// Its tokens.
    pub surface: Vec<Surface>,
    /// Whether it begins a paragraph.
    pub new_paragraph: bool,
    /// Line of the file that it begins on.
    pub line: usize,
}

impl Sentence {
    /// The text of the sentence without what follows it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (i, token) in self.surface.iter().enumerate() {
            text.push_str(&token.form);
            if token.space_after && i + 1 < self.surface.len() {
                text.push(' ');
            }
        }
        text
    }
}

/// The sentences of one document.
pub type Document = Vec<Sentence>;

/// Reads a file.
///
/// # Errors
/// [`EvalError`] that names the line, where a line is no CoNLL-U.
pub fn read(path: &str) -> Result<Vec<Document>, EvalError> {
    parse(path, &lines::read_text(path)?)
}

fn parse(path: &str, text: &str) -> Result<Vec<Document>, EvalError> {
    let mut documents: Vec<Document> = Vec::new();
    let mut sentence = Sentence::default();
    let mut new_document = true;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        let fault = |problem: String| EvalError::Form { path: path.to_owned(), line: at + 1, problem };
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            new_document |= comment.starts_with("newdoc");
            sentence.new_paragraph |= comment.starts_with("newpar") || comment.starts_with("newdoc");
        } else if line.trim().is_empty() {
            finish(&mut documents, &mut sentence, &mut new_document);
        } else {
            if sentence.words.is_empty() && sentence.surface.is_empty() {
                sentence.line = at + 1;
            }
            token(&mut sentence, line).map_err(fault)?;
        }
    }
    finish(&mut documents, &mut sentence, &mut new_document);
    if documents.is_empty() {
        return Err(EvalError::Nothing { path: path.to_owned(), expected: "CoNLL-U" });
    }
    for sentence in documents.iter().flatten() {
        if let Some(word) = sentence.words.iter().find(|word| word.head > sentence.words.len()) {
            let problem = format!("the head {} of {:?} is not in the sentence", word.head, word.form);
            return Err(EvalError::Form { path: path.to_owned(), line: sentence.line, problem });
        }
    }
    Ok(documents)
}

fn finish(documents: &mut Vec<Document>, sentence: &mut Sentence, new_document: &mut bool) {
    if sentence.words.is_empty() {
        return;
    }
    let sentence = std::mem::take(sentence);
    match documents.last_mut() {
        Some(document) if !*new_document => document.push(sentence),
        _ => documents.push(vec![sentence]),
    }
    *new_document = false;
}

fn token(sentence: &mut Sentence, line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, relation, _, misc] = fields[..] else {
        return Err(format!("has {} columns, not 10", fields.len()));
    };
    let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
    if id.contains('.') {
        return Ok(());
    }
    if let Some((first, last)) = id.split_once('-') {
        let number = |text: &str| text.parse::<usize>().map_err(|_| format!("{id:?} is no range of words"));
        let (first, last) = (number(first)?, number(last)?);
        if first != sentence.words.len() + 1 || last < first {
            return Err(format!("the range {id} does not begin at the next word"));
        }
        sentence.surface.push(Surface { form: form.to_owned(), words: first - 1..last, space_after });
        return Ok(());
    }
    if id.parse() != Ok(sentence.words.len() + 1) {
        return Err(format!("the word has number {id:?}, expected {}", sentence.words.len() + 1));
    }
    if sentence.surface.last().is_none_or(|token| token.words.end <= sentence.words.len()) {
        let words = sentence.words.len()..sentence.words.len() + 1;
        sentence.surface.push(Surface { form: form.to_owned(), words, space_after });
    }
    sentence.words.push(Word {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: xpos.to_owned(),
        head: head.parse().map_err(|_| format!("{head:?} is no number of a head"))?,
        relation: relation.to_owned(),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = a\n# text = Don't go.\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
        3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n# newdoc id = b\n1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\t_\n";

    #[test]
    fn words_tokens_and_documents_are_told_apart() {
        let documents = parse("gold", SAMPLE).unwrap();
        assert_eq!(documents.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
        let first = &documents[0][0];
        assert_eq!(first.text(), "Don't go.");
        assert_eq!(first.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>(), ["Do", "n't", "go", "."]);
        assert_eq!(first.surface[0].words, 0..2);
        assert!(first.new_paragraph);
    }

    #[test]
    fn a_broken_line_is_named() {
        let fault = parse("gold", "1\tStay\tstay\n").unwrap_err().to_string();
        assert!(fault.contains("gold, line 1") && fault.contains("3 columns"), "{fault}");
        let fault = parse("gold", "1\tStay\tstay\tVERB\tVB\t_\t7\troot\t_\t_\n").unwrap_err().to_string();
        assert!(fault.contains("head 7"), "{fault}");
    }
}
