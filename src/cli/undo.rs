//! `undo`: one's own last command is taken back, as a new fact.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::Command;

/// Take back your own last command on an incident; it stays readable
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    desk.record(Command::Undo, &args.recording, Reach::NotOver).map(drop)
}
