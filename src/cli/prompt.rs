//! `prompt`: a segment for the shell's prompt or starship.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::render::json::{ListedDoc, PromptDoc, SCHEMA, line};
use crate::render::{Page, segment, shown_title};
use crate::store::Row;
use crate::text::in_prompt;

/// Print a short segment for the shell prompt; nothing when nothing is unresolved
///
/// It shows the incident that commands act on: the one that HIKESHI_INCIDENT names, or the only unresolved one; of
/// several the worst, with how many others. Whatever stands in a title, no shell finds anything in the segment to run
/// or to expand.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(desk: &Desk, _args: Args) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let (unresolved, worst) = reader.unresolved().map_err(|error| desk.failed(&error.into(), None))?;
    let in_force = match desk.in_force(&reader) {
        Ok(found) => found.filter(|row| desk.names_incident() || row.status.is_unresolved()),
        // Every other command says why; here it must be seen that the name leads nowhere.
        Err(failure) if failure.exit == Exit::Storage || desk.ui.json => return Err(failure),
        Err(_) => {
            desk.ui.out(&format!("#{}?", in_prompt(desk.named().unwrap_or_default().trim_start_matches(['#', '＃']))));
            return Ok(());
        }
    };
    // A shell counts the letters of its prompt: colours in it would be counted too.
    let page = Page { colored: desk.ui.colored && desk.ui.terminal, ..desk.page() };
    if desk.ui.json {
        let listed = |row: &Row| ListedDoc { title: shown_title(row, desk.lang), ..ListedDoc::new(row) };
        let (worst, incident) = (worst.as_ref().map(listed), in_force.as_ref().map(listed));
        desk.ui.out(&line(&PromptDoc { schema: SCHEMA, unresolved, worst, incident }));
        return Ok(());
    }
    let shown = in_force.or(worst);
    let others = shown.as_ref().map_or(0, |row| {
        let among = row.status.is_unresolved() && !row.drill;
        unresolved.saturating_sub(usize::from(among))
    });
    if let Some(segment) = shown.as_ref().map(|row| segment(&page, row, others)) {
        desk.ui.out(&segment);
    }
    Ok(())
}
