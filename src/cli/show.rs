//! `show`: the one screen for somebody who just joined.

use super::desk::{Desk, Reach};
use super::sheets::{self, Format};
use crate::engine::named_incident;
use crate::error::Failure;
use crate::incident::id::SubjectId;
use crate::render::json::{EntryDoc, IncidentDoc, SCHEMA, ShowDoc};
use crate::render::{show, show_in_chat};
use crate::store::Reader;
use crate::view::Shown;

/// Show an incident: where to join, what, how bad, who does what, what is next
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The incident; the same as -i
    #[arg(value_name = "REF", add = super::complete::incidents())]
    reference: Option<String>,
    /// For reading here, or for pasting into a chat
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let id = match &args.reference {
        Some(typed) => named_incident(&reader, typed).map_err(|error| desk.failed(&error.into(), None))?,
        None => desk.incident(&reader, Reach::NotOver)?,
    };
    match args.format {
        Some(Format::Chat) => in_chat(desk, &reader, id),
        _ => present(desk, &reader, id),
    }
}

fn in_chat(desk: &Desk, reader: &Reader<'_>, id: SubjectId) -> Result<(), Failure> {
    sheets::is_no_json(desk)?;
    let incident = desk.load(reader, id)?;
    let shown = Shown::gather(reader, incident).map_err(|error| desk.failed(&error.into(), None))?;
    desk.ui.out(&show_in_chat(&sheets::plain(desk), &shown).chat());
    Ok(())
}

/// Shows an incident.
pub fn present(desk: &Desk, reader: &Reader<'_>, id: SubjectId) -> Result<(), Failure> {
    let incident = desk.load(reader, id)?;
    let shown = Shown::gather(reader, incident).map_err(|error| desk.failed(&error.into(), None))?;
    if desk.ui.quiet && !desk.ui.json {
        desk.ui.out(&shown.incident.number.to_string());
        return Ok(());
    }
    desk.print(
        || ShowDoc {
            schema: SCHEMA,
            incident: IncidentDoc::new(&shown.incident, desk.env.now()),
            entries: shown.last.iter().map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
        },
        |page| show(page, &shown),
    );
    Ok(())
}
