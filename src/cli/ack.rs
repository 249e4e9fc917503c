//! `ack`: the answer to a call (D3).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Ack, Command};

/// Answer a call, or note somebody's answer
///
/// Stops the wait: nobody else is called. With --decline the next tier of the ladder is called at the next tick.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What they said; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Whose answer it is, when noted for them
    #[arg(long = "for", value_name = "NAME")]
    person: Option<String>,
    /// They can't come
    #[arg(long)]
    decline: bool,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "ack", question: ("answer", "応答") };
    let text = freetext::optional(desk, &args.text, purpose)?;
    let command = Command::Ack(Ack { person: args.person, decline: args.decline, text });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}
