//! The best one-to-one matching of two lists.

/// Pairs items of the left with items of the right so that the sum of weights is greatest. `weights[l][r]` is
/// the weight of a pair; pairs of weight 0 are not made. Returns for each of the left its partner.
///
/// The Hungarian method in its O(n^3) form with potentials (Kuhn 1955, Munkres 1957).
pub fn best_matching(weights: &[Vec<u32>], right: usize) -> Vec<Option<usize>> {
    let n = weights.len().max(right);
    let cost = |l: usize, r: usize| -> i64 {
        -weights.get(l).and_then(|row| row.get(r)).map_or(0, |weight| i64::from(*weight))
    };
    // Row and column 0 stand for "none yet".
    let mut row_potential = vec![0i64; n + 1];
    let mut column_potential = vec![0i64; n + 1];
    let mut row_of = vec![0usize; n + 1];
    for row in 1..=n {
        let mut way = vec![0usize; n + 1];
        let mut slack = vec![i64::MAX; n + 1];
        let mut used = vec![false; n + 1];
        row_of[0] = row;
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let from = row_of[column];
            let (mut delta, mut next) = (i64::MAX, 0);
            for c in (1..=n).filter(|c| !used[*c]).collect::<Vec<_>>() {
                let reduced = cost(from - 1, c - 1) - row_potential[from] - column_potential[c];
                if reduced < slack[c] {
                    slack[c] = reduced;
                    way[c] = column;
                }
                if slack[c] < delta {
                    delta = slack[c];
                    next = c;
                }
            }
            for c in 0..=n {
                if used[c] {
                    row_potential[row_of[c]] += delta;
                    column_potential[c] -= delta;
                } else if slack[c] != i64::MAX {
                    slack[c] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = way[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    let mut partner = vec![None; weights.len()];
    for (column, row) in row_of.iter().enumerate().skip(1) {
        if let Some(slot) = row.checked_sub(1).and_then(|row| partner.get_mut(row))
            && cost(row - 1, column - 1) < 0
        {
            *slot = Some(column - 1);
        }
    }
    partner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_counts_not_the_single_pair() {
        assert_eq!(best_matching(&[vec![9, 8], vec![8, 0]], 2), [Some(1), Some(0)]);
        assert_eq!(best_matching(&[vec![5, 0, 0], vec![0, 0, 0]], 3), [Some(0), None]);
        assert_eq!(best_matching(&[vec![1], vec![2], vec![3]], 1), [None, None, Some(0)]);
        assert_eq!(best_matching(&[], 0), []);
    }

    #[test]
    fn it_is_as_good_as_trying_everything() {
        // A small linear congruential generator makes varied weights without a dependency.
        let mut state = 7u64;
        for _ in 0..200 {
            let weights: Vec<Vec<u32>> = (0..4)
                .map(|_| {
                    (0..4)
                        .map(|_| {
                            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                            (state >> 40) as u32 % 10
                        })
                        .collect()
                })
                .collect();
            let found: u32 = best_matching(&weights, 4)
                .iter()
                .enumerate()
                .filter_map(|(l, r)| Some(weights[l][(*r)?]))
                .sum();
            assert_eq!(found, tried(&weights, 0, &mut [false; 4]));
        }
    }

    fn tried(weights: &[Vec<u32>], row: usize, used: &mut [bool; 4]) -> u32 {
        if row == weights.len() {
            return 0;
        }
        let mut best = 0;
        for column in 0..4 {
            if !used[column] {
                used[column] = true;
                best = best.max(weights[row][column] + tried(weights, row + 1, used));
                used[column] = false;
            }
        }
        best
    }
}
