//! `cancel`: it was no incident of its own.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::{Exit, Failure};
use crate::incident::command::{Cancel, CancelCause, Command};
use crate::say;
use crate::slug_parser;
use crate::text::one_line;

/// Say that it was no incident, a duplicate, or superseded
///
/// A duplicate's entries show in the other's timeline.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What kind of ending it is
    #[arg(long, value_name = "CAUSE", value_parser = slug_parser!(CancelCause))]
    because: Option<CancelCause>,
    /// The incident that stands for it
    #[arg(long, value_name = "REF")]
    of: Option<String>,
    /// Why, as bare words; `-` reads standard input
    #[arg(value_name = "REASON")]
    words: Vec<String>,
    /// Why, as an option
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "cancel", question: ("reason", "理由") };
    let reason = freetext::either(desk, &args.words, args.reason, (purpose, "--reason"))?;
    let reason = freetext::reason(desk, reason, "cancel")?;
    if desk.ui.interactive {
        somebody_elses(desk)?;
    }
    let command = Command::Cancel(Cancel { because: args.because, of: args.of, reason });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}

/// Asks once before an incident goes away that another person leads.
fn somebody_elses(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let id = desk.incident(&reader, Reach::NotOver)?;
    let incident = desk.load(&reader, id)?;
    let Some(leader) = incident.leader().filter(|leader| !desk.is_actor(leader)) else { return Ok(()) };
    let target = desk.page().target(&incident);
    let leader = one_line(leader);
    let question = say!(
        desk.lang,
        "{target} is led by {leader}: cancel it all the same?",
        "{target} の指揮は {leader} です。それでも取り消しますか"
    );
    if desk.is_meant(&question)? {
        return Ok(());
    }
    let message = say!(desk.lang, "not cancelled: {leader} leads it", "取り消していません（指揮: {leader}）");
    Err(Failure::new(Exit::Refused, "not-meant", message)
        .hint(format!("hikeshi -i {} note --kind question …", incident.number)))
}
