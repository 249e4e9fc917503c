//! `mitigate`: a workaround holds until the permanent fix (B3).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Mitigate};

/// Say what workaround is in place, and when the permanent fix is due
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The workaround; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The workaround, as an option
    #[arg(long, value_name = "TEXT")]
    workaround: Option<String>,
    /// How long the permanent fix may take: 3d, 12h
    #[arg(long, value_name = "LENGTH")]
    fix_due: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "mitigate", question: ("workaround", "ワークアラウンド") };
    let workaround = match freetext::either(desk, &args.text, args.workaround, (purpose, "--workaround"))? {
        Some(workaround) => workaround,
        None => freetext::required(desk, &[], purpose)?,
    };
    let fix_due = args.fix_due.as_deref().map(|typed| desk.span(typed)).transpose()?;
    let command = Command::Mitigate(Mitigate { workaround, fix_due });
    super::contradiction::record(desk, command, &args.recording, Reach::Unresolved)
}
