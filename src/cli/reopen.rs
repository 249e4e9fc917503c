//! `reopen`: it was not over after all.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext;
use crate::error::Failure;
use crate::incident::command::{Command, Reopen};
use crate::incident::status::Status;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Go back to work on it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The status to go back to
    #[arg(long, value_name = "STATUS", value_parser = statuses())]
    to: Option<Status>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

/// The statuses by their slugs.
pub fn statuses() -> impl TypedValueParser<Value = Status> {
    let slugs = PossibleValuesParser::new(Status::ALL.map(Status::as_str));
    slugs.try_map(|word| Status::parse(&word).ok_or("no such status"))
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let reason = freetext::reason(desk, args.reason, "reopen")?;
    desk.record(Command::Reopen(Reopen { to: args.to, reason }), &args.recording, Reach::NotOver).map(drop)
}
