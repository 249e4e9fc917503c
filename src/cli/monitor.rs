//! `monitor`: service looks restored and is being watched.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::Command;

/// Say that service looks restored and is being watched
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    desk.record(Command::Monitor, &args.recording, Reach::Unresolved).map(drop)
}
