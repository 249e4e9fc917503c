//! `prompt`: a segment for the shell's prompt or starship.

use super::desk::Desk;
use crate::error::Failure;
use crate::render::json::{ListedDoc, PromptDoc, SCHEMA, line};
use crate::render::segment;

/// Print a short segment for the shell prompt; nothing when nothing is unresolved
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(desk: &Desk, _args: Args) -> Result<(), Failure> {
    let store = desk.store()?;
    let (unresolved, worst) = store.reader().unresolved().map_err(|error| desk.failed(&error.into(), None))?;
    if desk.ui.json {
        let worst = worst.as_ref().map(ListedDoc::new);
        desk.ui.out(&line(&PromptDoc { schema: SCHEMA, unresolved, worst }));
    } else if let Some(segment) = segment(&desk.page(), unresolved, worst.as_ref()) {
        desk.ui.out(&segment);
    }
    Ok(())
}
