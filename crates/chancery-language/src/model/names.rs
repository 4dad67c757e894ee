//! From probabilities of BIO tags to names: the best path on which every `I` continues its own kind.

use super::analysis::Name;

/// A name whose weakest tag is less probable than this is none.
const LEAST_SCORE: f32 = 0.52;

/// Names of a sentence from probabilities (words x tags); `first` is the index of its first word.
pub(super) fn decode(probabilities: &[f32], tags: &[String], first: usize) -> Vec<Name> {
    let width = tags.len();
    if width == 0 {
        return Vec::new();
    }
    let follows = |before: usize, tag: usize| match tags[tag].strip_prefix("I-") {
        Some(kind) => tags[before].get(2..) == Some(kind),
        None => true,
    };
    let n = probabilities.len() / width;
    let log = |word: usize, tag: usize| probabilities[word * width + tag].max(1e-12).ln();
    let mut score: Vec<f32> = (0..width)
        .map(|t| if n == 0 || tags[t].starts_with("I-") { f32::NEG_INFINITY } else { log(0, t) })
        .collect();
    let mut back = Vec::with_capacity(n);
    for word in 1..n {
        let mut next = vec![f32::NEG_INFINITY; width];
        let mut from = vec![0usize; width];
        for tag in 0..width {
            for (before, so_far) in score.iter().enumerate() {
                if follows(before, tag) && *so_far > next[tag] {
                    next[tag] = *so_far;
                    from[tag] = before;
                }
            }
            next[tag] += log(word, tag);
        }
        score = next;
        back.push(from);
    }
    if n == 0 {
        return Vec::new();
    }
    let mut tag = (0..width).reduce(|a, b| if score[b] > score[a] { b } else { a }).unwrap_or(0);
    let mut path = vec![tag];
    for from in back.iter().rev() {
        tag = from[tag];
        path.push(tag);
    }
    path.reverse();
    let mut names: Vec<Name> = Vec::new();
    for (word, tag) in path.iter().enumerate() {
        let p = probabilities[word * width + tag];
        if let Some(kind) = tags[*tag].strip_prefix("B-") {
            names.push(Name { words: first + word..first + word + 1, kind: kind.to_owned(), score: p });
        } else if tags[*tag].starts_with("I-")
            && let Some(name) = names.last_mut()
        {
            name.words.end = first + word + 1;
            name.score = name.score.min(p);
        }
    }
    names.retain(|name| name.score >= LEAST_SCORE);
    names
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn an_inside_tag_never_stands_alone() {
        let tags: Vec<String> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(str::to_owned).to_vec();
        #[rustfmt::skip]
        let p = [
            0.0, 0.7, 0.1, 0.1, 0.1,
            0.0, 0.0, 0.54, 0.03, 0.56,
            0.8, 0.0, 0.1, 0.1, 0.0,
        ];
        let names = decode(&p, &tags, 7);
        assert_eq!(names.len(), 1);
        assert_eq!((names[0].words.clone(), names[0].kind.as_str()), (7..9, "PER"));
        assert!(decode(&[], &tags, 0).is_empty());
    }
}
