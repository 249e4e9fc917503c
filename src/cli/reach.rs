//! `reach`: how many of its people a channel reached (B7).

use super::arguments::{Recording, figure};
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::{Command, MeasureReach};

/// Record how many of its people a channel reached
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The channel: status-page, mail, phone
    #[arg(value_name = "CHANNEL")]
    channel: String,
    /// How many were reached
    #[arg(value_name = "N", value_parser = figure())]
    reached: u64,
    /// Of how many
    #[arg(long, value_name = "M", value_parser = figure())]
    of: Option<u64>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let command = Command::MeasureReach(MeasureReach { channel: args.channel, reached: args.reached, of: args.of });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}
