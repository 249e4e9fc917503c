//! `undo`: one's own last command is taken back, as a new fact.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::fact::Fact;
use crate::render::told;
use crate::say;

/// Take back your own last command on an incident; it stays readable
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let Some(receipt) = desk.record(Command::Undo, &args.recording, Reach::NotOver)? else { return Ok(()) };
    if desk.ui.json || desk.ui.quiet {
        return Ok(());
    }
    // What was taken back is said in full: whoever undoes too much notices now.
    let store = desk.store()?;
    for entry in &receipt.entries {
        let Fact::EntryUndone(undone) = &entry.fact else { continue };
        let gone = store.reader().batch(undone.batch, receipt.incident.id);
        for was in gone.map_err(|error| desk.failed(&error.into(), None))? {
            let text = told(&was.fact, &receipt.incident, desk.lang);
            desk.ui.show(&say!(desk.lang, "was: {text} [{}]", "取り消した記録: {text} [{}]", was.short));
        }
    }
    Ok(())
}
