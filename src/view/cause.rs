//! The cause–effect chain as a tree: each cause below what it explains (E9).

use crate::incident::id::EventId;
use crate::incident::state::Cause;
use std::collections::HashSet;

/// A cause and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch<'a> {
    /// The cause.
    pub cause: &'a Cause,
    /// Whether each of the causes above it, from the top down, and then it itself, is the last below its own.
    pub last: Vec<bool>,
    /// Whether nothing explains it further: a root cause, as far as people have come.
    pub is_root: bool,
}

impl Branch<'_> {
    /// How deep it stands; 0 at the top.
    pub const fn depth(&self) -> usize {
        self.last.len().saturating_sub(1)
    }
}

/// The causes from the top down, each followed by those that explain it. Total: what explains a cause that is not
/// there stands at the top, and so does one of a ring.
pub fn tree(causes: &[Cause]) -> Vec<Branch<'_>> {
    let known: HashSet<EventId> = causes.iter().map(|cause| cause.id).collect();
    let below = |id: EventId| causes.iter().filter(move |cause| cause.because == Some(id) && cause.id != id);
    let mut told: HashSet<EventId> = HashSet::new();
    let mut branches = Vec::with_capacity(causes.len());
    let at_the_top = |cause: &&Cause| cause.because.is_none_or(|above| !known.contains(&above) || above == cause.id);
    let mut tops: Vec<&Cause> = causes.iter().filter(at_the_top).collect();
    loop {
        let mut open: Vec<(&Cause, Vec<bool>)> = Vec::new();
        let end = tops.len().saturating_sub(1);
        for (place, top) in tops.iter().enumerate().rev() {
            open.push((*top, vec![place == end]));
        }
        while let Some((cause, last)) = open.pop() {
            if !told.insert(cause.id) {
                continue;
            }
            let inner: Vec<&Cause> = below(cause.id).filter(|inner| !told.contains(&inner.id)).collect();
            let end = inner.len().saturating_sub(1);
            for (place, one) in inner.iter().enumerate().rev() {
                let mut path = last.clone();
                path.push(place == end);
                open.push((*one, path));
            }
            branches.push(Branch { cause, last, is_root: inner.is_empty() });
        }
        match causes.iter().find(|cause| !told.contains(&cause.id)) {
            Some(of_a_ring) => tops = vec![of_a_ring],
            None => return branches,
        }
    }
}

/// The tree in letters, a line for each cause: `label` gives its words, the guides before them show what it explains.
///
/// ```text
/// checkout answered 500
/// ├─ the pool was empty
/// │  └─ a release halved it
/// └─ no alert watched the pool
/// ```
pub fn tree_lines(causes: &[Cause], label: impl Fn(&Cause) -> String) -> Vec<String> {
    tree(causes).iter().map(|branch| format!("{}{}", guides(branch), label(branch.cause))).collect()
}

fn guides(branch: &Branch<'_>) -> String {
    let Some((own, above)) = branch.last.get(1..).and_then(<[bool]>::split_last) else { return String::new() };
    let through: String = above.iter().map(|last| if *last { "   " } else { "│  " }).collect();
    through + if *own { "└─ " } else { "├─ " }
}

#[cfg(test)]
mod tests {
    use super::{tree, tree_lines};
    use crate::incident::id::EventId;
    use crate::incident::state::Cause;
    use uuid::Uuid;

    fn id(number: u128) -> EventId {
        EventId(Uuid::from_u128(number))
    }

    fn cause(number: u128, because: Option<u128>, text: &str) -> Cause {
        Cause {
            id: id(number),
            because: because.map(id),
            factor: None,
            evidence: Vec::new(),
            text: text.to_owned(),
            by: "aki".to_owned(),
        }
    }

    fn lines(causes: &[Cause]) -> Vec<String> {
        tree_lines(causes, |cause| cause.text.clone())
    }

    #[test]
    fn each_stands_below_what_it_explains() {
        let causes = [
            cause(1, None, "500s"),
            cause(2, Some(1), "pool empty"),
            cause(3, Some(1), "no alert"),
            cause(4, Some(2), "release halved it"),
            cause(5, None, "slow repair"),
        ];
        assert_eq!(lines(&causes), ["500s", "├─ pool empty", "│  └─ release halved it", "└─ no alert", "slow repair"]);
        let roots: Vec<&str> =
            tree(&causes).iter().filter(|branch| branch.is_root).map(|branch| branch.cause.text.as_str()).collect();
        assert_eq!(roots, ["release halved it", "no alert", "slow repair"]);
        assert_eq!(tree(&causes).iter().map(super::Branch::depth).max(), Some(2));
    }

    #[test]
    fn a_ring_and_a_lost_cause_lose_nobody() {
        let causes =
            [cause(1, Some(2), "a"), cause(2, Some(1), "b"), cause(3, Some(3), "itself"), cause(4, Some(99), "lost")];
        assert_eq!(lines(&causes), ["itself", "lost", "a", "└─ b"]);
        assert!(lines(&[]).is_empty());
    }
}
