//! `deescalate`: the severity goes down, with a reason.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::escalate::severity;
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Deescalate};

/// Lower the severity
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new severity: sev0 (worst) to sev4
    #[arg(value_name = "SEV")]
    severity: String,
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
    let to = severity(desk, &args.severity)?;
    let purpose = Purpose { verb: "deescalate SEV", question: ("reason", "理由") };
    let reason = freetext::either(desk, &args.words, args.reason, (purpose, "--reason"))?;
    let reason = freetext::reason(desk, reason, "deescalate SEV")?;
    desk.record(Command::Deescalate(Deescalate { to, reason }), &args.recording, Reach::NotOver).map(drop)
}
