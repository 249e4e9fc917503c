//! `deescalate`: the severity goes down, with a reason.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::escalate::severity;
use super::freetext;
use crate::error::Failure;
use crate::incident::command::{Command, Deescalate};

/// Lower the severity
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new severity: sev0 (worst) to sev4
    #[arg(value_name = "SEV")]
    severity: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let to = severity(desk, &args.severity)?;
    let reason = freetext::reason(desk, args.reason, "deescalate SEV")?;
    desk.record(Command::Deescalate(Deescalate { to, reason }), &args.recording, Reach::NotOver).map(drop)
}
