//! `fix`: the permanent fix, a fact of its own beside the workaround (B3).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Fix};

/// Say what the permanent fix is, and whether it took the workaround back
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The fix; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The fix took the workaround back
    #[arg(long)]
    reverts_workaround: bool,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "fix", question: ("permanent fix", "恒久的処置") };
    let text = freetext::required(desk, &args.text, purpose)?;
    let command = Command::Fix(Fix { text, reverts_workaround: args.reverts_workaround });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}
