//! `check`: a step is done, left out, or open again.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext;
use crate::error::Failure;
use crate::incident::command::{Check, Command};

/// Tick a step, leave it out with a reason, or take that back
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The step: its name, or its number
    #[arg(value_name = "STEP", add = super::complete::steps())]
    step: String,
    /// Leave it out; needs a reason
    #[arg(long, conflicts_with_all = ["undo", "result"])]
    skip: bool,
    /// Why it is left out
    #[arg(long, value_name = "TEXT", requires = "skip")]
    reason: Option<String>,
    /// Open it again
    #[arg(long, conflicts_with = "result")]
    undo: bool,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let skip = if args.skip { Some(freetext::reason(desk, args.reason, "check --skip")?) } else { None };
    let command = Command::Check(Check { step: args.step, skip, undo: args.undo, result: args.result });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}
