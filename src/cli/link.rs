//! `link`: where to join and where to look, shown first in `show`.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Link, LinkKind};
use crate::slug_parser;

/// Add a place to join or to look
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add a bridge, chat, ticket, dashboard or document
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// What kind of place it is
    #[arg(value_name = "KIND", value_parser = slug_parser!(LinkKind))]
    kind: LinkKind,
    /// Its address, or words that lead there
    #[arg(value_name = "URL|TEXT")]
    target: Vec<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let Action::Add(add) = args.action;
    let purpose = Purpose { verb: "link add", question: ("address", "アドレス") };
    let target = freetext::required(desk, &add.target, purpose)?;
    desk.record(Command::Link(Link { kind: add.kind, target }), &add.recording, Reach::NotOver).map(drop)
}
