//! `completions`: a script for the shell, which then asks hikeshi itself.

use super::arguments::one_of;
use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::render::json::SCHEMA;
use clap_complete::env::Shells;

/// Print a completion script; incident numbers, roles and steps complete from the store
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = one_of(["bash", "zsh", "fish"]))]
    shell: String,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    let written = shells
        .completer(&args.shell)
        .map(|completer| completer.write_registration("COMPLETE", "hikeshi", "hikeshi", "hikeshi", &mut script));
    match written {
        Some(Ok(())) => {
            let script = String::from_utf8_lossy(&script).into_owned();
            desk.print(|| serde_json::json!({ "schema": SCHEMA, "script": script }), |_| script.clone());
            Ok(())
        }
        Some(Err(error)) => Err(Failure::new(Exit::Refused, "completions", error.to_string())),
        None => Err(Failure::usage(format!("no completions for `{}`", args.shell))),
    }
}
