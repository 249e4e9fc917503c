//! `cause`: the cause–effect chain, each link with what shows it (E9).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{AddCause, Command, RemoveCause, SupportCause};
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::slug::CauseKind;
use crate::render::causes;
use crate::render::json::{CauseDoc, CausesDoc, SCHEMA};
use crate::slug_parser;

/// Write down why it happened: a chain of causes, each link with its evidence
///
/// A cause stands at the top, or says with --because which one it explains. Systems and conditions, not people.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add a link to the chain
    Add {
        /// What caused it; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        /// The cause that this one explains
        #[arg(long, value_name = "ID")]
        because: Option<String>,
        /// What kind of factor it is
        #[arg(long, value_name = "KIND", value_parser = slug_parser!(CauseKind))]
        kind: Option<CauseKind>,
        /// An entry or evidence that shows it; may be repeated
        #[arg(long, value_name = "ID")]
        evidence: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Show the chain as a tree
    List,
    /// Say what shows a cause
    Support {
        /// The cause
        #[arg(value_name = "ID")]
        cause: String,
        /// An entry or evidence that shows it; may be repeated
        #[arg(long, value_name = "ID", required = true)]
        evidence: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Take a link out of the chain; what explained it then explains what it explained
    Remove {
        /// The cause
        #[arg(value_name = "ID")]
        cause: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action.unwrap_or(Action::List) {
        Action::Add { text, because, kind, evidence, recording } => {
            let text = freetext::required(desk, &text, Purpose { verb: "cause add", question: ("cause", "原因") })?;
            let command = Command::AddCause(AddCause { text, because, factor: kind, evidence });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
        Action::List => list(desk),
        Action::Support { cause, evidence, recording } => {
            let command = Command::SupportCause(SupportCause { cause, evidence });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
        Action::Remove { cause, reason, recording } => {
            let command = Command::RemoveCause(RemoveCause { cause, reason });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
    }
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let short = |id: EventId| reader.short(id).unwrap_or_else(|_| id.tag().chars().take(TAG_SHORTEST).collect());
    desk.print(
        || CausesDoc {
            schema: SCHEMA,
            incident: incident.number,
            causes: CauseDoc::all(&incident.lessons.causes, short),
        },
        |page| causes(page, incident.number, &incident.lessons, short),
    );
    Ok(())
}
