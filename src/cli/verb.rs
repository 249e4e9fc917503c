//! The verbs, and the way from the command line to the one that was meant.

use super::arguments::{Global, join_times};
use super::desk::Desk;
use super::{
    cancel, check, checklist, close, complete, completions, declare, deescalate, demo, escalate, fix, help, identify,
    inbox, init, link, list, man, mitigate, monitor, note, playbook, postmortem, prompt, reopen, resolve, roles,
    schema, set, show, switch, timeline, undo,
};
use crate::env;
use crate::error::{Exit, Failure};
use crate::ui::{Color, Ui};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser};
use std::ffi::OsString;
use std::process::ExitCode;

/// Run an incident from the terminal, from declare to postmortem
#[derive(Debug, Parser)]
#[command(name = "hikeshi", version, propagate_version = false, disable_help_subcommand = false, max_term_width = 100)]
struct Line {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    Declare(declare::Args),
    Escalate(escalate::Args),
    Deescalate(deescalate::Args),
    AssignRole(roles::Assign),
    UnassignRole(roles::Unassign),
    Note(note::Args),
    Check(check::Args),
    Identify(identify::Args),
    Mitigate(mitigate::Args),
    Fix(fix::Args),
    Monitor(monitor::Args),
    Resolve(resolve::Args),
    Set(set::Args),
    Link(link::Args),
    Undo(undo::Args),
    Use(switch::Args),
    List(list::Args),
    Show(show::Args),
    Timeline(timeline::Args),
    Checklist(checklist::Args),
    Roles(roles::Roles),
    Inbox(inbox::Args),
    Prompt(prompt::Args),
    Postmortem(postmortem::Args),
    Close(close::Args),
    Reopen(reopen::Args),
    Cancel(cancel::Args),
    Init(init::Args),
    Playbook(playbook::Args),
    Demo(demo::Args),
    Completions(completions::Args),
    Man(man::Args),
    Schema(schema::Args),
}

/// The whole command line, for help, completions and manual pages.
pub fn command() -> clap::Command {
    Line::command()
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    complete::answer();
    let arguments = join_times(std::env::args_os().collect());
    let code = match parse(&arguments) {
        Ok(line) => run(line),
        Err(code) => code,
    };
    ExitCode::from(code as u8)
}

fn run(line: Line) -> Exit {
    let outcome = Desk::new(&line.global).map_err(|failure| (failure, bare_ui(&line.global)));
    let outcome = outcome.and_then(|desk| dispatch(&desk, line.verb).map_err(|failure| (failure, desk.ui)));
    match outcome {
        Ok(()) => Exit::Done,
        Err((failure, ui)) => {
            ui.failure(&failure);
            failure.exit
        }
    }
}

/// A terminal for a desk that could not be set up.
fn bare_ui(global: &Global) -> Ui {
    let lang = env::lang(global.lang.as_deref().and_then(env::parse_lang), None);
    Ui::new(lang, global.json, global.quiet, global.no_input, global.color)
}

fn dispatch(desk: &Desk, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Declare(args) => declare::run(desk, args),
        Verb::Escalate(args) => escalate::run(desk, args),
        Verb::Deescalate(args) => deescalate::run(desk, args),
        Verb::AssignRole(args) => roles::assign(desk, args),
        Verb::UnassignRole(args) => roles::unassign(desk, args),
        Verb::Note(args) => note::run(desk, args),
        Verb::Check(args) => check::run(desk, args),
        Verb::Identify(args) => identify::run(desk, args),
        Verb::Mitigate(args) => mitigate::run(desk, args),
        Verb::Fix(args) => fix::run(desk, args),
        Verb::Monitor(args) => monitor::run(desk, args),
        Verb::Resolve(args) => resolve::run(desk, args),
        Verb::Set(args) => set::run(desk, args),
        Verb::Link(args) => link::run(desk, args),
        Verb::Undo(args) => undo::run(desk, args),
        Verb::Use(args) => switch::run(desk, &args),
        Verb::List(args) => list::run(desk, args),
        Verb::Show(args) => show::run(desk, &args),
        Verb::Timeline(args) => timeline::run(desk, args),
        Verb::Checklist(args) => checklist::run(desk, args),
        Verb::Roles(args) => roles::show(desk, &args),
        Verb::Inbox(args) => inbox::run(desk, args),
        Verb::Prompt(args) => prompt::run(desk, &args),
        Verb::Postmortem(args) => postmortem::run(desk, args),
        Verb::Close(args) => close::run(desk, args),
        Verb::Reopen(args) => reopen::run(desk, args),
        Verb::Cancel(args) => cancel::run(desk, args),
        Verb::Init(args) => init::run(desk, &args),
        Verb::Playbook(args) => playbook::run(desk, args),
        Verb::Demo(args) => demo::run(desk, &args),
        Verb::Completions(args) => completions::run(desk, &args),
        Verb::Man(args) => man::run(desk, &args),
        Verb::Schema(args) => schema::run(desk, &args),
    }
}

/// Reads the command line; help, version and slips of the fingers end here.
fn parse(arguments: &[OsString]) -> Result<Line, Exit> {
    let ui = || {
        let json = arguments.iter().any(|word| word == "--json");
        let lang = help::lang(arguments);
        Ui::new(lang, json, false, true, Color::Auto)
    };
    if let Some(bad) = arguments.iter().find(|word| word.to_str().is_none()) {
        let shown = bad.to_string_lossy().into_owned();
        let ui = ui();
        let message = crate::say!(ui.lang, "`{}` is not UTF-8", "「{}」は UTF-8 ではありません", crate::text::one_line(&shown));
        ui.failure(&Failure::usage(message));
        return Err(Exit::Usage);
    }
    let parsed = command().try_get_matches_from(arguments).and_then(|matches| Line::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let missing = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            ui().out(&help::page(arguments));
            if missing { Exit::Usage } else { Exit::Done }
        }
        ErrorKind::DisplayVersion => {
            ui().out(&format!("hikeshi {}", env!("CARGO_PKG_VERSION")));
            Exit::Done
        }
        _ => {
            let ui = ui();
            ui.failure(&help::usage_failure(&error, ui.lang));
            Exit::Usage
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
