//! What is done so that it does not happen again (E10), and what is still open.

use super::outline::Source;
use super::page::{Block, Cell, Row, Table, first_line};
use super::{causes, remedies};
use crate::incident::state::{Action, Progress};
use crate::text::label;
use crate::text::postmortem::{Heading, Label};

/// How many rows people find empty to write measures in.
const EMPTY_ROWS: usize = 3;

/// The section on prevention.
pub fn prevention(source: &Source<'_>) -> Vec<Block> {
    let mut blocks = vec![source.heading(2, Heading::Prevention, "prevention")];
    blocks.extend(source.human("prevention"));
    blocks.push(actions(source));
    if !source.facts.waiting.is_empty() {
        blocks.push(Block::Heading(3, Heading::Waiting));
        blocks.push(remedies::waiting(source));
    }
    blocks
}

/// The measures; where there is none yet, room for some.
pub fn actions(source: &Source<'_>) -> Block {
    if source.facts.actions.is_empty() {
        let head = source.head(&[Label::Action, Label::Owner, Label::Due]);
        let empty = || Row::new([(); 3].map(|()| Cell::default()));
        let rows = std::iter::repeat_with(empty).take(EMPTY_ROWS).collect();
        return Block::Table(Table { name: "actions", wordy: 0, head, rows });
    }
    let head =
        source.head(&[Label::Action, Label::Owner, Label::Due, Label::Priority, Label::Prevents, Label::Progress]);
    let rows = source.facts.actions.iter().map(|action| row(source, action)).collect();
    Block::Table(Table { name: "actions", wordy: 0, head, rows })
}

fn row(source: &Source<'_>, action: &Action) -> Row {
    let (text, full) = first_line(&source.words(&action.text));
    let unknown = || source.label(Label::NotRecorded).into();
    let due = action.due_at.map_or_else(unknown, |at| source.times.cell(at, false));
    let prevents = action.prevents.and_then(|id| causes::number(source, id));
    let cells = [
        text.into(),
        action.owner.clone().map_or_else(unknown, Cell::from),
        due,
        action.priority.map(|priority| label::priority(priority, source.lang)).unwrap_or_default().into(),
        prevents.unwrap_or_default().into(),
        progress(action.progress(), source).into(),
    ];
    Row::new(cells).with_full(full)
}

/// How far a measure has come.
pub fn progress(progress: Progress, source: &Source<'_>) -> &'static str {
    crate::text::postmortem::progress(progress, source.lang)
}
