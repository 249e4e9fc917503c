//! `amend`: an entry is corrected by a new one; both stay (E6).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::engine::{Subject, named_entry};
use crate::error::Failure;
use crate::incident::command::{Amend, Command, NoteKind};
use crate::incident::fact::TextMut;
use crate::incident::localized::Lang;
use crate::slug_parser;

/// Correct an entry: its text, its time or its kind; what it said before stays readable
///
/// `timeline --full` shows both, with who corrected it and when. Lists and postmortems use the correction.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entry, four letters or more of its id
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// What it says after all; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// When it happened after all: 14:05, 5m ago, yesterday 14:05, 5分前, ~02:10
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// What kind of remark it is after all
    #[arg(long, value_name = "KIND", value_parser = slug_parser!(NoteKind))]
    kind: Option<NoteKind>,
    /// The same key again records nothing and prints the first result
    #[arg(long, value_name = "KEY", help_heading = "Recording")]
    key: Option<String>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "amend", question: ("correct text", "正しい本文") };
    let missing = args.text.is_empty() && args.at.is_none() && args.kind.is_none();
    let text = if missing && desk.ui.interactive {
        Some(corrected(desk, &args.entry, purpose)?)
    } else {
        freetext::optional(desk, &args.text, purpose)?
    };
    let command = Command::Amend(Amend {
        entry: args.entry.clone(),
        text,
        at: desk.maybe_when(args.at.as_ref())?,
        kind: args.kind,
    });
    let recording = Recording { at: None, key: args.key };
    if desk.names_incident() {
        return desk.record(command, &recording, Reach::NotOver).map(drop);
    }
    // An entry belongs to one incident, open or not: nobody need say which.
    let mut session = desk.open()?;
    let entry = named_entry(&session.reader(), &args.entry).map_err(|error| desk.failed(&error.into(), None))?;
    let request = desk.request(Subject::Incident(entry.header.subject), command, &recording)?;
    let receipt = session.record(&request).map_err(|error| desk.failed(&error, None))?;
    desk.confirm(&receipt, Vec::new());
    Ok(())
}

/// Asks for the text, beginning with the one that is to be corrected.
fn corrected(desk: &Desk, entry: &str, purpose: Purpose<'_>) -> Result<String, Failure> {
    let store = desk.store()?;
    let mut entry = named_entry(&store.reader(), entry).map_err(|error| desk.failed(&error.into(), None))?;
    let Some(old) = entry.fact.text_mut().map(TextMut::take) else {
        return freetext::required(desk, &[], purpose);
    };
    let question = match desk.lang {
        Lang::En => purpose.question.0,
        Lang::Ja => purpose.question.1,
    };
    let answer = desk.ui.ask(question, Some(&old)).map_err(|error| freetext::interrupted(&error))?;
    match answer {
        Some(text) => Ok(text),
        None => freetext::required(desk, &[], purpose),
    }
}
