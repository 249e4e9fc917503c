//! `monitor`: service looks restored and is being watched.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Watch};

/// Say that service looks restored and is being watched
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is watched, and for how long; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "monitor", question: ("what is watched", "経過観察の内容") };
    let text = match freetext::optional(desk, &args.text, purpose)? {
        None => desk.ask_once("what is watched, and for how long?", "何をいつまで経過観察しますか")?,
        given => given,
    };
    let command = match text {
        Some(text) => Command::Watch(Watch { text }),
        None => Command::Monitor,
    };
    desk.record(command, &args.recording, Reach::Unresolved).map(drop)
}
