//! The cause–effect chain: a tree in letters, and a drawing of it where the format has pictures (E9).

use super::outline::Source;
use super::page::{Block, Row, Table, first_line};
use crate::incident::id::EventId;
use crate::incident::state::Cause;
use crate::text::label;
use crate::text::postmortem::{Heading, Label};
use crate::view::{tree, tree_lines};

/// The chain, and a table that says of each cause what kind of factor it is and what shows it.
pub fn chain(source: &Source<'_>) -> Vec<Block> {
    let causes = &source.facts.causes;
    if causes.is_empty() {
        return Vec::new();
    }
    let rows = tree(causes).into_iter().map(|branch| row(source, branch.cause)).collect();
    let head = source.head(&[Label::Number, Label::Cause, Label::Factor, Label::Evidence]);
    vec![
        Block::Heading(3, Heading::Chain),
        Block::Causes(tree_lines(causes, |cause| told(source, cause)).join("\n")),
        Block::Table(Table { name: "causes", wordy: 1, head, rows }),
    ]
}

/// A cause on one line: its number, its first words.
fn told(source: &Source<'_>, cause: &Cause) -> String {
    let words = crate::text::first_line(&source.words(&cause.text));
    format!("{} {words}", number(source, cause.id).unwrap_or_default())
}

/// The number by which the document speaks of a cause: its place in the tree.
pub fn number(source: &Source<'_>, id: EventId) -> Option<String> {
    let place = tree(&source.facts.causes).iter().position(|branch| branch.cause.id == id)?;
    Some(format!("C{}", place + 1))
}

fn row(source: &Source<'_>, cause: &Cause) -> Row {
    let (text, full) = first_line(&source.words(&cause.text));
    let factor = cause.factor.map(|factor| label::cause_kind(factor, source.lang)).unwrap_or_default();
    let evidence: Vec<String> = cause.evidence.iter().map(|id| source.facts.short(*id)).collect();
    let evidence = if evidence.is_empty() {
        source.label(Label::NotRecorded).to_owned()
    } else {
        crate::text::postmortem::listed(&evidence, source.lang)
    };
    let number = number(source, cause.id).unwrap_or_default();
    Row::new([number.into(), text.into(), factor.into(), evidence.into()]).with_full(full)
}
