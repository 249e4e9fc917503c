//! `cancel`: it was no incident of its own.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Cancel, CancelCause, Command};
use crate::slug_parser;

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
    let command = Command::Cancel(Cancel { because: args.because, of: args.of, reason });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}
