//! `inbox`: words that could not be placed, kept until somebody says where they belong.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext;
use crate::engine::Subject;
use crate::error::Failure;
use crate::incident::command::Command;
use crate::incident::fact::Fact;
use crate::render::json::{InboxDoc, InboxItemDoc, SCHEMA};
use crate::render::{inbox, kept_words};
use crate::say;

/// Show words that could not be placed, and file them
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// File kept words to an incident, at the time they were typed
    File {
        /// Their id
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Throw kept words away, with a reason
    Discard {
        /// Their id
        #[arg(value_name = "ID")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        None => show(desk),
        Some(Action::File { id }) => file(desk, &id),
        Some(Action::Discard { id, reason }) => discard(desk, &id, reason),
    }
}

fn show(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let items = store.reader().inbox().map_err(|error| desk.failed(&error.into(), None))?;
    let document = || {
        let item = |item: &crate::store::KeptItem| {
            let entry = &item.entry;
            let Fact::InboxKept(kept) = &entry.fact else { return None };
            Some(InboxItemDoc {
                id: entry.short.clone(),
                at: entry.header.at.to_string(),
                actor: entry.header.actor.clone(),
                verb: kept.verb.clone(),
                text: kept_words(&kept.command),
            })
        };
        InboxDoc { schema: SCHEMA, items: items.iter().filter_map(item).collect() }
    };
    desk.print(document, |page| inbox(page, &items));
    Ok(())
}

fn file(desk: &Desk, id: &str) -> Result<(), Failure> {
    let mut session = desk.open()?;
    let target = desk.incident(&session.reader(), Reach::NotOver)?;
    let receipt = session.file(id, target, &desk.stamp()?).map_err(|error| desk.failed(&error, None))?;
    desk.confirm(&receipt, Vec::new());
    desk.deliver(&receipt);
    Ok(())
}

fn discard(desk: &Desk, id: &str, reason: Option<String>) -> Result<(), Failure> {
    let reason = freetext::reason(desk, reason, "inbox discard")?;
    let mut session = desk.open()?;
    let request = desk.request(Subject::Store, Command::Undo, &Recording::default())?;
    let entry = session.discard(id, &reason, &request).map_err(|error| desk.failed(&error, None))?;
    desk.print(
        || crate::render::json::RecordedDoc {
            schema: SCHEMA,
            incident: None,
            entries: vec![crate::render::json::EntryDoc::new(&entry, desk.lang)],
            duplicate: false,
            warnings: Vec::new(),
        },
        |_| say!(desk.lang, "discarded [{}]", "破棄しました [{}]", entry.short),
    );
    Ok(())
}
