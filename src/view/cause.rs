//! The chain of causes as a tree: each under what it explains (E9).

use crate::incident::id::EventId;
use crate::incident::state::Cause;
use std::collections::{HashMap, HashSet};

/// The causes, each after the one that it explains, with how far down it stands. One whose upper link is gone stands at
/// the top; of a chain that bites its tail, which only a damaged log holds, the first link does.
pub fn cause_tree(causes: &[Cause]) -> Vec<(usize, &Cause)> {
    let known: HashSet<EventId> = causes.iter().map(|cause| cause.id).collect();
    let mut below: HashMap<Option<EventId>, Vec<&Cause>> = HashMap::new();
    for cause in causes {
        below.entry(cause.because.filter(|above| known.contains(above))).or_default().push(cause);
    }
    let mut seen: HashSet<EventId> = HashSet::new();
    let mut tree = Vec::with_capacity(causes.len());
    let tops = below.get(&None).into_iter().flatten().copied();
    for top in tops.chain(causes) {
        let mut open = vec![(0, top)];
        while let Some((depth, cause)) = open.pop() {
            if seen.insert(cause.id) {
                tree.push((depth, cause));
                let next = below.get(&Some(cause.id)).into_iter().flatten();
                open.extend(next.rev().map(|cause| (depth + 1, *cause)));
            }
        }
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::cause_tree;
    use crate::incident::id::{BatchId, EventId, uuid_v7};
    use crate::incident::state::Cause;

    fn id(number: usize) -> EventId {
        BatchId(uuid_v7(1_795_000_000_000, [3; 10])).event(number)
    }

    fn cause(number: usize, because: Option<usize>) -> Cause {
        Cause {
            id: id(number),
            because: because.map(id),
            factor: None,
            evidence: Vec::new(),
            text: number.to_string(),
            by: "aki".to_owned(),
        }
    }

    fn drawn(causes: &[(usize, Option<usize>)]) -> Vec<(usize, String)> {
        let causes: Vec<Cause> = causes.iter().map(|(number, because)| cause(*number, *because)).collect();
        cause_tree(&causes).into_iter().map(|(depth, cause)| (depth, cause.text.clone())).collect()
    }

    fn at(depth: usize, text: &str) -> (usize, String) {
        (depth, text.to_owned())
    }

    #[test]
    fn each_stands_below_what_it_explains_in_the_order_found() {
        let found = drawn(&[(1, None), (2, Some(1)), (3, None), (4, Some(2)), (5, Some(1))]);
        assert_eq!(found, [at(0, "1"), at(1, "2"), at(2, "4"), at(1, "5"), at(0, "3")]);
    }

    #[test]
    fn none_is_lost_where_a_link_is_gone_or_goes_round() {
        assert_eq!(drawn(&[(2, Some(9)), (3, Some(2))]), [at(0, "2"), at(1, "3")]);
        assert_eq!(drawn(&[(1, Some(2)), (2, Some(1)), (3, Some(3))]), [at(0, "1"), at(1, "2"), at(0, "3")]);
    }
}
