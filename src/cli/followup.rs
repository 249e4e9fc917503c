//! `followup`: customers who were promised news (B7).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{AddFollowUp, Command, EndFollowUp};
use crate::render::follow_ups;
use crate::render::json::{FollowUpDoc, FollowUpsDoc, SCHEMA};

/// Promise customers news, and tick the promise off
///
/// While a promise is open the incident waits, and can't be closed without force.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Promise somebody news
    Add {
        /// Who was promised it
        #[arg(value_name = "WHO")]
        who: String,
        /// What was promised; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        /// How long it may take: 2h
        #[arg(long, value_name = "DURATION")]
        due: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Show whom news was promised
    List,
    /// Say that somebody has the news that was promised
    Done {
        /// The promise's id, or who it was made to
        #[arg(value_name = "ID|WHO")]
        follow_up: String,
        /// What they were told, or said; `-` reads standard input
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action.unwrap_or(Action::List) {
        Action::Add { who, text, due, recording } => {
            let purpose = Purpose { verb: "followup add", question: ("promise", "約束の内容") };
            let text = freetext::optional(desk, &text, purpose)?;
            let due = due.as_deref().map(|typed| desk.span(typed)).transpose()?;
            let command = Command::AddFollowUp(AddFollowUp { who, text, due });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
        Action::List => list(desk),
        Action::Done { follow_up, text, recording } => {
            let purpose = Purpose { verb: "followup done", question: ("result", "結果") };
            let result = freetext::optional(desk, &text, purpose)?;
            let command = Command::EndFollowUp(EndFollowUp { follow_up, result });
            desk.record(command, &recording, Reach::NotOver).map(drop)
        }
    }
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let now = desk.env.now();
    let open = &incident.promises.follow_ups;
    desk.print(
        || FollowUpsDoc {
            schema: SCHEMA,
            incident: incident.number,
            followups: open.iter().map(|one| FollowUpDoc::new(one, now)).collect(),
        },
        |page| follow_ups(page, open),
    );
    Ok(())
}
