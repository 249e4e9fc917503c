//! `resolve`: service is restored.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, Resolve};
use crate::incident::state::Waiting;
use crate::say;

/// Say that service is restored
///
/// Open required steps are listed: they keep the incident from closing, not from being resolved.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What happened and what ended it; `-` reads standard input
    #[arg(value_name = "SUMMARY")]
    summary: Vec<String>,
    /// The cause as understood
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "resolve", question: ("summary", "概要") };
    let summary = match freetext::optional(desk, &args.summary, purpose)? {
        None if args.cause.is_none() => desk.ask_once("what ended it?", "何で復旧しましたか")?,
        given => given,
    };
    let command = Command::Resolve(Resolve { summary, cause: args.cause });
    let Some(receipt) = desk.record_silently(command, &args.recording, Reach::Unresolved)? else { return Ok(()) };
    let open = receipt.incident.open_required_steps();
    let mut warnings: Vec<String> = Vec::new();
    if !open.is_empty() && !receipt.duplicate {
        let named = |one: &Waiting| match one {
            Waiting::Step { number, slug, .. } => format!("{number} {slug}"),
            other => other.name(),
        };
        let list = open.iter().map(named).collect::<Vec<_>>().join(", ");
        warnings.push(say!(
            desk.lang,
            "{} required steps are open, before it can be closed: {list}",
            "必須の手順が{}件未完了です（クローズ前に必要）: {list}",
            open.len()
        ));
    }
    if let Some((left, total)) = receipt.incident.promises.impact.units_left() {
        warnings.push(say!(
            desk.lang,
            "{left} of {total} units are not mended yet: hikeshi impact --units {total}/{total}",
            "未復旧が {left}/{total} 残っています: hikeshi impact --units {total}/{total}"
        ));
    }
    warnings.extend(super::contradiction::warnings(desk, &receipt));
    desk.confirm(&receipt, warnings);
    Ok(())
}
