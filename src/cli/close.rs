//! `close`: nothing is left to do (D5).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Close, Command};

/// Say that nothing is left to do
///
/// Refuses while something keeps it open, naming each with the command that settles it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Close in spite of what is open
    #[arg(long)]
    force: bool,
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
    let purpose = Purpose { verb: "close", question: ("reason", "理由") };
    let reason = freetext::either(desk, &args.words, args.reason, (purpose, "--reason"))?;
    let reason = match (args.force, reason) {
        (true, reason) => Some(freetext::reason(desk, reason, "close --force")?),
        (false, reason) => reason,
    };
    desk.record(Command::Close(Close { force: args.force, reason }), &args.recording, Reach::NotOver).map(drop)
}
