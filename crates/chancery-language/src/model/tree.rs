//! From arc scores to a tree: the best single-rooted one.
//!
//! The best head of every word is nearly always a tree already; where it is not, the maximum spanning
//! tree is found (Chu & Liu 1965, Edmonds 1967), once for each root that is worth trying.

/// Heads of a sentence of `n` words from scores (n rows, n + 1 columns, column 0 the root).
///
/// The result has one value a word, 0 for the root and otherwise 1 + the head's index, and is always a
/// tree with exactly one root word.
pub fn best_tree(scores: &[f32], n: usize) -> Vec<usize> {
    if n == 0 {
        return Vec::new();
    }
    let row = |d: usize| &scores[d * (n + 1)..(d + 1) * (n + 1)];
    let heads: Vec<usize> = (0..n).map(|d| best(row(d), |h| h != d + 1)).collect();
    if heads.iter().filter(|h| **h == 0).count() == 1 && find_cycle(&heads).is_none() {
        return heads;
    }
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by(|a, b| row(*b)[0].total_cmp(&row(*a)[0]).then(a.cmp(b)));
    let mut found: Option<(f32, Vec<usize>)> = None;
    for root in roots.into_iter().take(3) {
        let mut fixed = scores.to_vec();
        for d in 0..n {
            fixed[d * (n + 1)] = if d == root { 0.0 } else { f32::NEG_INFINITY };
            fixed[d * (n + 1) + d + 1] = f32::NEG_INFINITY;
            if d == root {
                fixed[d * (n + 1) + 1..(d + 1) * (n + 1)].fill(f32::NEG_INFINITY);
            }
        }
        let tree = spanning_tree(&fixed, n);
        let total: f32 = tree.iter().enumerate().map(|(d, h)| row(d)[*h]).sum();
        if found.as_ref().is_none_or(|(best, _)| total > *best) {
            found = Some((total, tree));
        }
    }
    found.map(|(_, tree)| tree).unwrap_or(heads)
}

fn best(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut top: Option<usize> = None;
    for h in (0..row.len()).filter(|h| allowed(*h)) {
        if top.is_none_or(|t| row[h] > row[t]) {
            top = Some(h);
        }
    }
    top.unwrap_or(0)
}

/// The words of one cycle among the heads, if there is any.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0u32; heads.len()];
    for start in 0..heads.len() {
        let stamp = start as u32 + 1;
        let mut at = start;
        while state[at] == 0 {
            state[at] = stamp;
            match heads[at] {
                0 => break,
                h => at = h - 1,
            }
        }
        if state[at] == stamp && heads[at] != 0 {
            let mut cycle = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                cycle.push(next);
                match heads[next] {
                    0 => return None,
                    h => next = h - 1,
                }
            }
            return Some(cycle);
        }
    }
    None
}

/// Chu-Liu-Edmonds by contraction. Nodes are 1..=n, 0 is the root; the graph shrinks at every step.
fn spanning_tree(scores: &[f32], n: usize) -> Vec<usize> {
    let mut weight: Vec<Vec<f32>> = (0..n).map(|d| scores[d * (n + 1)..(d + 1) * (n + 1)].to_vec()).collect();
    // For every edge of the current graph, the edge of the sentence that it stands for.
    let mut origin: Vec<Vec<(usize, usize)>> = (0..n).map(|d| (0..=n).map(|h| (d, h)).collect()).collect();
    // The words of the sentence inside every node of the current graph.
    let mut contents: Vec<Vec<usize>> = (0..n).map(|d| vec![d]).collect();
    let mut steps: Vec<Vec<(usize, usize, Vec<usize>)>> = Vec::new();
    loop {
        let size = weight.len();
        let heads: Vec<usize> = (0..size).map(|d| best(&weight[d], |h| h != d + 1)).collect();
        let Some(cycle) = find_cycle(&heads) else {
            let mut edges: Vec<(usize, usize)> = (0..size).map(|d| origin[d][heads[d]]).collect();
            // Undo the contractions: inside a cycle all edges stay but the one that the entering edge replaces.
            while let Some(inside) = steps.pop() {
                let members: Vec<usize> = inside.iter().flat_map(|(_, _, m)| m.iter().copied()).collect();
                let entered = edges.iter().map(|(d, _)| *d).find(|d| members.contains(d));
                for (d, h, nodes) in inside {
                    if !entered.is_some_and(|e| nodes.contains(&e)) {
                        edges.push((d, h));
                    }
                }
            }
            let mut tree = vec![0; n];
            for (d, h) in edges {
                tree[d] = h;
            }
            return tree;
        };
        let rest: Vec<usize> = (0..size).filter(|d| !cycle.contains(d)).collect();
        let edge_inside = |d: &usize| {
            let (word, head) = origin[*d][heads[*d]];
            (word, head, contents[*d].clone())
        };
        steps.push(cycle.iter().map(edge_inside).collect());
        let joined: Vec<usize> = cycle.iter().flat_map(|d| contents[*d].iter().copied()).collect();
        contents = rest.iter().map(|d| contents[*d].clone()).chain(std::iter::once(joined)).collect();
        let old_columns: Vec<usize> = std::iter::once(0).chain(rest.iter().map(|d| d + 1)).collect();
        let mut next_weight = Vec::with_capacity(rest.len() + 1);
        let mut next_origin = Vec::with_capacity(rest.len() + 1);
        for d in &rest {
            let mut w: Vec<f32> = old_columns.iter().map(|h| weight[*d][*h]).collect();
            let mut o: Vec<(usize, usize)> = old_columns.iter().map(|h| origin[*d][*h]).collect();
            let from = cycle
                .iter()
                .copied()
                .reduce(|a, b| if weight[*d][b + 1] > weight[*d][a + 1] { b } else { a });
            let from = from.unwrap_or(0);
            w.push(weight[*d][from + 1]);
            o.push(origin[*d][from + 1]);
            next_weight.push(w);
            next_origin.push(o);
        }
        let (mut w, mut o) = (Vec::new(), Vec::new());
        for h in &old_columns {
            let gain = |c: usize| weight[c][*h] - weight[c][heads[c]];
            let into =
                cycle.iter().copied().reduce(|a, b| if gain(b) > gain(a) { b } else { a }).unwrap_or(0);
            w.push(gain(into));
            o.push(origin[into][*h]);
        }
        w.push(f32::NEG_INFINITY);
        o.push(origin[cycle[0]][cycle[0] + 1]);
        next_weight.push(w);
        next_origin.push(o);
        weight = next_weight;
        origin = next_origin;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|h| **h == 0).count() == 1 && find_cycle(heads).is_none()
    }

    /// All single-rooted trees of n words, by trying every assignment.
    fn brute(scores: &[f32], n: usize) -> f32 {
        let mut top = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|d| code / (n + 1).pow(d as u32) % (n + 1)).collect();
            if is_tree(&heads) && heads.iter().enumerate().all(|(d, h)| *h != d + 1) {
                top = top.max(heads.iter().enumerate().map(|(d, h)| scores[d * (n + 1) + h]).sum());
            }
        }
        top
    }

    #[test]
    fn a_cycle_is_broken() {
        // Both words prefer each other; the first is the better root.
        let scores = [1.0, f32::MIN, 5.0, 0.0, 5.0, f32::MIN];
        assert_eq!(best_tree(&scores, 2), [0, 1]);
        assert_eq!(best_tree(&[], 0), Vec::<usize>::new());
        assert_eq!(best_tree(&[0.5, 0.1], 1), [0]);
    }

    proptest! {
        #[test]
        fn always_a_tree_and_the_best_of_small_ones(n in 1usize..5, seed in prop::collection::vec(-4.0f32..4.0, 30)) {
            let scores = &seed[..n * (n + 1)];
            let heads = best_tree(scores, n);
            prop_assert!(is_tree(&heads));
            if n <= 3 {
                let total: f32 = heads.iter().enumerate().map(|(d, h)| scores[d * (n + 1) + h]).sum();
                prop_assert!(total >= brute(scores, n) - 1e-4);
            }
        }

        #[test]
        fn long_sentences_too(seed in prop::collection::vec(-1.0f32..1.0, 40 * 41)) {
            prop_assert!(is_tree(&best_tree(&seed, 40)));
        }
    }
}
