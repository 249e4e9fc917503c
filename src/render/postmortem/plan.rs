//! What was planned and what it took: a table, and a drawing where the format has pictures (E11).

use super::outline::Source;
use super::page::{Block, Picture, Row, Table};
use crate::text::postmortem::{self as say, Heading, Label};
use crate::view::postmortem::{Planned, PlannedWork};

/// The section on plans; only where something had a due time.
pub fn plan(source: &Source<'_>) -> Vec<Block> {
    let all = &source.facts.plan;
    if all.is_empty() {
        return Vec::new();
    }
    let head = source.head(&[Label::What, Label::From, Label::Planned, Label::Took, Label::Remarks]);
    let rows = all.iter().map(|one| row(source, one)).collect();
    vec![
        Block::Heading(3, Heading::Plan),
        Block::Picture(Picture::Plan),
        Block::Table(Table { name: "plan", wordy: 0, head, rows }),
    ]
}

/// How many were done in time, of how many.
pub fn kept(all: &[Planned]) -> (usize, usize) {
    (all.iter().filter(|one| one.is_in_time()).count(), all.len())
}

/// What had a due time, in words.
pub fn name(source: &Source<'_>, one: &Planned) -> String {
    match &one.what {
        PlannedWork::Step(slug, _) => slug.clone(),
        PlannedWork::Update(Some(audience)) => say::of(source.label(Label::Updates), audience, source.lang),
        PlannedWork::Update(None) => source.label(Label::Updates).to_owned(),
        PlannedWork::Fix => source.label(Label::Fix).to_owned(),
    }
}

fn row(source: &Source<'_>, one: &Planned) -> Row {
    let span = |span| source.times.span(span);
    let took = match one.took() {
        Some(took) => span(took).into(),
        None => source.label(Label::Open).into(),
    };
    let late = one.done_at.filter(|_| !one.is_in_time()).and_then(|done| done.since(one.due_at));
    let remark = late.map(|late| say::late_by(&span(late), source.lang)).unwrap_or_default();
    Row::new([
        name(source, one).into(),
        source.times.cell(one.from, false),
        one.planned().map(span).unwrap_or_default().into(),
        took,
        remark.into(),
    ])
}
