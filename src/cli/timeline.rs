//! `timeline`: what happened, in the order in which it happened.

use super::arguments::limit;
use super::desk::{Desk, Reach};
use super::kinds::known;
use crate::engine::named_incident;
use crate::error::Failure;
use crate::incident::command::Bridge;
use crate::render::json::{EntryDoc, SCHEMA, TimelineDoc};
use crate::render::timeline;
use crate::slug_parser;
use crate::store::Filter;

/// Show what happened, in the order in which it happened
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The incident; the same as -i
    #[arg(value_name = "REF", add = super::complete::incidents())]
    reference: Option<String>,
    /// Only of this kind: note, role, incident.resolved, decision, hypothesis …
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only what this person did
    #[arg(long = "actor", value_name = "NAME")]
    by: Option<String>,
    /// Not before
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Not after
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only what is pinned
    #[arg(long)]
    pinned: bool,
    /// Only what was said on this bridge
    #[arg(long, value_name = "BRIDGE", value_parser = slug_parser!(Bridge))]
    bridge: Option<Bridge>,
    /// Also what corrected entries said at first, and every correction
    #[arg(long)]
    full: bool,
    /// Only the last so many
    #[arg(long, value_name = "N", value_parser = limit())]
    limit: Option<usize>,
}

/// Kinds that follow from another entry.
const CONSEQUENCES: &[&str] = &["step.activated", "clock.started", "clock.met", "clock.ended", "message.queued"];

/// Those, and what is shown in the place that it corrects.
const SPARED: &[&str] =
    &["step.activated", "clock.started", "clock.met", "clock.ended", "message.queued", "entry.amended"];

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    for kind in &args.kind {
        known(desk, kind)?;
    }
    // What follows from another entry people are spared, unless they ask.
    let without = match (args.kind.is_empty() && !desk.ui.json, args.full) {
        (false, _) => &[][..],
        (true, true) => CONSEQUENCES,
        (true, false) => SPARED,
    };
    let filter = Filter {
        without_ended: args.kind.is_empty() && !desk.ui.json && !args.full,
        kinds: args.kind,
        without,
        actor: args.by,
        since: desk.maybe_day(args.since.as_ref())?,
        until: desk.maybe_day(args.until.as_ref())?,
        pinned: args.pinned,
        bridge: args.bridge,
        limit: args.limit,
    };
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let id = match &args.reference {
        Some(typed) => named_incident(&reader, typed).map_err(|error| desk.failed(&error.into(), None))?,
        None => desk.incident(&reader, Reach::NotOver)?,
    };
    let incident = desk.load(&reader, id)?;
    let entries = reader.timeline(id, &filter).map_err(|error| desk.failed(&error.into(), None))?;
    desk.print(
        || TimelineDoc {
            schema: SCHEMA,
            entries: entries.iter().map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
        },
        |page| timeline(page, &entries, &incident, args.full),
    );
    Ok(())
}
