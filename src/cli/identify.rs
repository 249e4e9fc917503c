//! `identify`: what is broken is known.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Identify};

/// Say that what is broken is known
///
/// Found after the workaround, the cause is taken and the status stays where it is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The cause as understood; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The cause, as an option
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "identify", question: ("cause", "原因") };
    let cause = freetext::either(desk, &args.text, args.cause, (purpose, "--cause"))?;
    let cause = match cause {
        None => desk.ask_once("what is broken?", "何が壊れていますか")?,
        given => given,
    };
    super::contradiction::record(desk, Command::Identify(Identify { cause }), &args.recording, Reach::NotOver)
}
