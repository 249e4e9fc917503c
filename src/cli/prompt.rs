//! `prompt`: a segment for the shell's prompt or starship.

use super::desk::Desk;
use crate::error::Failure;
use crate::render::json::{ListedDoc, PromptDoc, SCHEMA, line};
use crate::render::{Page, segment};

/// Print a short segment for the shell prompt; nothing when nothing is unresolved
///
/// Whatever stands in a title, no shell finds anything in the segment to run or to expand.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(desk: &Desk, _args: Args) -> Result<(), Failure> {
    let store = desk.store()?;
    let (unresolved, worst) = store.reader().unresolved().map_err(|error| desk.failed(&error.into(), None))?;
    // A shell counts the letters of its prompt: colours in it would be counted too.
    let page = Page { colored: desk.ui.colored && desk.ui.terminal, ..desk.page() };
    if desk.ui.json {
        let worst = worst.as_ref().map(ListedDoc::new);
        desk.ui.out(&line(&PromptDoc { schema: SCHEMA, unresolved, worst }));
    } else if let Some(segment) = segment(&page, unresolved, worst.as_ref()) {
        desk.ui.out(&segment);
    }
    Ok(())
}
