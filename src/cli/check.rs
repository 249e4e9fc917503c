//! `check`: a step is done, left out, or open again.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext;
use crate::error::Failure;
use crate::incident::command::{Check, Command};
use crate::incident::when::narrow;
use crate::text::one_line;

/// Tick a step, leave it out with a reason, or take that back
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The step: its name, or its number; several for several
    #[arg(value_name = "STEP", required = true, add = super::complete::steps())]
    step: Vec<String>,
    /// Leave it out; needs a reason
    #[arg(long, conflicts_with_all = ["undo", "result"])]
    skip: bool,
    /// Why it is left out
    #[arg(long, value_name = "TEXT", requires = "skip")]
    reason: Option<String>,
    /// Open it again
    #[arg(long, conflicts_with = "result")]
    undo: bool,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let skip = if args.skip { Some(freetext::reason(desk, args.reason, "check --skip")?) } else { None };
    let typed: Vec<String> = args.step.iter().flat_map(|typed| typed.split([',', '、'])).map(narrow).collect();
    let mut steps = typed.into_iter().filter(|step| !step.is_empty());
    let first = steps.next().unwrap_or_default();
    let more: Vec<String> = steps.collect();
    let command = Command::Check(Check { step: first.clone(), more, skip, undo: args.undo, result: args.result });
    let recorded = desk.record(command, &args.recording, Reach::NotOver).map(drop);
    recorded.map_err(|failure| match args.step.as_slice() {
        [_, words @ ..] if failure.kind == "unknown-step" && !words.is_empty() => meant(desk, &first, words, failure),
        _ => failure,
    })
}

/// Words behind a step are what came of it: `check restart-db done by ann`.
fn meant(desk: &Desk, first: &str, words: &[String], failure: Failure) -> Failure {
    let knows = |step: &String| {
        let store = desk.store().ok()?;
        let reader = store.reader();
        let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver).ok()?).ok()?;
        incident.find_step(step).ok().map(|_| ())
    };
    let first = first.to_owned();
    if knows(&first).is_none() || words.iter().all(|word| knows(&narrow(word)).is_some()) {
        return failure;
    }
    let line = shell_words::join(["check", &first, "--result", &words.join(" ")]);
    failure.hint(format!("hikeshi {}{}", desk.named_option(), one_line(&line)))
}
