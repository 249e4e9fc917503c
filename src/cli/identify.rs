//! `identify`: what is broken is known.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::{Command, Identify};

/// Say that what is broken is known
///
/// Found after the workaround, the cause is taken and the status stays where it is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The cause as understood
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    super::contradiction::record(
        desk,
        Command::Identify(Identify { cause: args.cause }),
        &args.recording,
        Reach::NotOver,
    )
}
