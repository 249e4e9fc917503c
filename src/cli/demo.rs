//! `demo`: a real outage, replayed in a throwaway store.

use super::desk::Desk;
use crate::env;
use crate::error::{Exit, Failure};
use crate::incident::localized::Lang;
use crate::transcript::{Line, Transcript};
use crate::{say, text};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The pause between two commands when somebody watches.
const PAUSE: Duration = Duration::from_millis(900);

/// Replay a real outage in a throwaway store, and leave its postmortem
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Don't pause between commands
    #[arg(long)]
    fast: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let source = match desk.lang {
        Lang::En => include_str!("../../examples/fastly-2021-06-08.md"),
        Lang::Ja => include_str!("../../examples/line-2020-11-09.md"),
    };
    let failed = |error: &std::io::Error| Failure::new(Exit::Refused, "demo", error.to_string());
    let transcript = Transcript::parse(source).map_err(|reason| Failure::new(Exit::Refused, "demo", reason))?;
    // Its postmortem is what the demo leaves, so the folder stays.
    let folder = tempfile::Builder::new().prefix("hikeshi-demo-").tempdir().map_err(|error| failed(&error))?.keep();
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    if !desk.ui.json {
        desk.ui.out(&format!("{}\n", transcript.title));
    }
    for line in &transcript.lines {
        match line {
            Line::Say(text) if !desk.ui.json => desk.ui.out(&format!("{}\n", desk.page().dim(text))),
            Line::Say(_) => {}
            Line::Run(step) => {
                if !desk.ui.json {
                    desk.ui.out(&format!("{}$ {}", desk.page().bold(&step.prompt()), step.command));
                }
                play(desk, &program, &folder, step).map_err(|error| failed(&error))?;
                if desk.ui.terminal && !args.fast {
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }
    let postmortem = folder.join("postmortem.html");
    let store = folder.join("hikeshi.db");
    desk.print(
        || serde_json::json!({ "schema": 1, "store": store.display().to_string(), "postmortem": postmortem.display().to_string() }),
        |_| {
            say!(
                desk.lang,
                "\nThe postmortem: {}\nLook around: hikeshi --db {} list --all",
                "\nポストモーテム: {}\n見てみる: hikeshi --db {} list --all",
                text::path(&postmortem),
                text::path(&store)
            )
        },
    );
    Ok(())
}

/// Runs one command of the transcript as its actor, at its time.
fn play(desk: &Desk, program: &Path, folder: &Path, step: &crate::transcript::Step) -> std::io::Result<()> {
    let Some(arguments) = step.arguments() else { return Ok(()) };
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["HIKESHI_INCIDENT", "HIKESHI_SEED"] {
        command.env_remove(name);
    }
    command
        .env("HIKESHI_DB", folder.join("hikeshi.db"))
        .env("HIKESHI_CONFIG", folder.join("config"))
        .env("HIKESHI_NOW", &step.now)
        .env("HIKESHI_ACTOR", &step.actor)
        .env("HIKESHI_LANG", if desk.lang == Lang::Ja { "ja" } else { "en" });
    if let Some(zone) = &step.zone {
        command.env("TZ", zone);
    }
    if desk.ui.colored && env::var("NO_COLOR").is_none() {
        command.env("CLICOLOR_FORCE", "1");
    }
    if desk.ui.json {
        command.stdout(Stdio::null());
    }
    let status = command.status()?;
    // A refusal is part of the story; anything worse is not.
    match status.code() {
        Some(0 | 1 | 3) => Ok(()),
        _ => Err(std::io::Error::other(format!("`{}` failed: {status}", step.command))),
    }
}
