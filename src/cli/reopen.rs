//! `reopen`: it was not over after all.

use super::arguments::{Recording, one_of};
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Reopen};
use crate::incident::status::Status;
use clap::builder::TypedValueParser;

/// Go back to work on it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The status to go back to
    #[arg(long, value_name = "STATUS", value_parser = statuses())]
    to: Option<Status>,
    /// Why, as bare words; `-` reads standard input
    #[arg(value_name = "REASON")]
    words: Vec<String>,
    /// Why, as an option
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

/// The statuses by their slugs.
pub fn statuses() -> impl TypedValueParser<Value = Status> {
    let slugs = one_of(Status::ALL.map(Status::as_str));
    slugs.try_map(|word| Status::parse(&word).ok_or("no such status"))
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "reopen", question: ("reason", "理由") };
    let reason = freetext::either(desk, &args.words, args.reason, (purpose, "--reason"))?;
    let reason = freetext::reason(desk, reason, "reopen")?;
    desk.record(Command::Reopen(Reopen { to: args.to, reason }), &args.recording, Reach::NotOver).map(drop)
}
