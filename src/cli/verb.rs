//! The verbs, and the way from the command line to the one that was meant.

use super::arguments::{Global, join_times};
use super::desk::{Desk, warn_about_configuration};
use super::{
    ack, action, amend, backup, brief, cancel, cause, check, checklist, close, complete, completions, contact, declare,
    deescalate, demo, doctor, drill, due, escalate, evidence, export, fix, followup, handoff, help, identify, impact,
    import, inbox, init, legal, link, list, man, metrics, misuse, mitigate, monitor, note, playbook, postmortem,
    prompt, reach, redact, reopen, resolve, roles, run, schema, seal, search, service, set, show, similar, switch,
    tick, timeline, undo, update, verify, words,
};
use crate::env;
use crate::error::{Exit, Failure};
use crate::ui::{Color, Ui};
use clap::builder::Resettable;
use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches};
use std::ffi::OsString;
use std::process::ExitCode;

/// Lists the verbs once: their names, what they take, and what runs them.
///
/// Each verb's own arguments are built only when it is the one that was typed: building them all would take longer
/// than most commands do.
macro_rules! verbs {
    ($($name:literal $module:ident :: $args:ident $run:ident;)*) => {
        /// The whole command line, for help, completions and manual pages.
        pub fn command() -> clap::Command {
            command_with(|_| true)
        }

        /// The command line with these verbs alone.
        fn command_with(wanted: impl Fn(&str) -> bool) -> clap::Command {
            let command = clap::Command::new("hikeshi")
                .version(env!("CARGO_PKG_VERSION"))
                .about("Run an incident from the terminal, from declare to postmortem")
                .disable_help_subcommand(true)
                .subcommand_required(true)
                .arg_required_else_help(true)
                .max_term_width(100);
            // The options' own comment would stand in for the program's.
            let about = command.get_about().cloned().unwrap_or_default();
            let command = without_blanks(Global::augment_args(command).about(about));
            $(let command = if wanted($name) {
                command.subcommand(clap::Command::new($name).defer($module::$args::augment_args))
            } else {
                command
            };)*
            command
        }

        /// What a verb takes, without what every verb takes.
        pub fn arguments_of(name: &str) -> Option<clap::Command> {
            match name {
                $($name => Some($module::$args::augment_args(clap::Command::new($name))),)*
                _ => None,
            }
        }

        /// Runs the verb that was typed.
        fn dispatch(desk: &Desk, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
            match name {
                $($name => {
                    let args = $module::$args::from_arg_matches(matches).map_err(|error| misuse::failure(&error, &[], desk.lang))?;
                    $module::$run(desk, args)
                })*
                _ => Err(Failure::usage(format!("there is no command `{name}`"))),
            }
        }
    };
}

verbs! {
    "declare" declare::Args run;
    "escalate" escalate::Args run;
    "deescalate" deescalate::Args run;
    "ack" ack::Args run;
    "assign-role" roles::Assign assign;
    "unassign-role" roles::Unassign unassign;
    "note" note::Args run;
    "check" check::Args run;
    "impact" impact::Args run;
    "update" update::Args run;
    "identify" identify::Args run;
    "mitigate" mitigate::Args run;
    "fix" fix::Args run;
    "monitor" monitor::Args run;
    "resolve" resolve::Args run;
    "set" set::Args run;
    "link" link::Args run;
    "undo" undo::Args run;
    "use" switch::Args run;
    "list" list::Args run;
    "show" show::Args run;
    "timeline" timeline::Args run;
    "checklist" checklist::Args run;
    "roles" roles::Roles show;
    "due" due::Args run;
    "brief" brief::Args run;
    "handoff" handoff::Args run;
    "inbox" inbox::Args run;
    "prompt" prompt::Args run;
    "postmortem" postmortem::Args run;
    "cause" cause::Args run;
    "action" action::Args run;
    "followup" followup::Args run;
    "reach" reach::Args run;
    "close" close::Args run;
    "reopen" reopen::Args run;
    "cancel" cancel::Args run;
    "search" search::Args run;
    "metrics" metrics::Args run;
    "drill" drill::Args run;
    "similar" similar::Args run;
    "amend" amend::Args run;
    "redact" redact::Args run;
    "evidence" evidence::Args run;
    "run" run::Args run;
    "verify" verify::Args run;
    "export" export::Args run;
    "seal" seal::Args run;
    "backup" backup::Backup backup;
    "restore" backup::Restore restore;
    "doctor" doctor::Args run;
    "import" import::Args run;
    "init" init::Args run;
    "playbook" playbook::Args run;
    "service" service::Args run;
    "contact" contact::Args run;
    "legal" legal::Args run;
    "demo" demo::Args run;
    "completions" completions::Args run;
    "man" man::Args run;
    "schema" schema::Args run;
    "tick" tick::Args run;
}

/// An empty variable counts as absent, as everywhere; for a path the parser would take it as one that lacks its value.
fn without_blanks(command: clap::Command) -> clap::Command {
    let blank =
        [("db", "HIKESHI_DB"), ("config", "HIKESHI_CONFIG")].into_iter().filter(|(_, name)| env::is_blank(name));
    blank.fold(command, |command, (option, _)| command.mut_arg(option, |arg| arg.env(Resettable::Reset)))
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    complete::answer();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(code) = update::filling::answer(&arguments) {
        return code;
    }
    let line = words::read(join_times(arguments));
    if let Some(doubt) = &line.doubt {
        return ExitCode::from(words::refuse(&line.arguments, doubt) as u8);
    }
    let code = match parse(&line.arguments) {
        Ok(matches) => start(&matches, line.literal),
        Err(code) => code as u8,
    };
    ExitCode::from(code)
}

/// Verbs that show no time and touch no folder, or whose every word is read by another program.
const TIMELESS: [&str; 7] = ["prompt", "use", "demo", "completions", "man", "schema", "doctor"];

/// Verbs that say nothing of a scheduler that has stopped: the scheduler itself, a shell's prompt, and what is about
/// no store at all.
const UNWATCHED: [&str; 8] = ["tick", "prompt", "use", "demo", "completions", "man", "schema", "run"];

fn start(matches: &ArgMatches, literal: bool) -> u8 {
    let global = match Global::from_arg_matches(matches) {
        Ok(global) => Global { literal, ..global },
        Err(error) => {
            let lang = env::lang(None, None);
            return failed(&Ui::new(lang, false, false, true, Color::Auto), &misuse::failure(&error, &[], lang));
        }
    };
    let desk = match Desk::new(&global) {
        Ok(desk) => desk,
        Err(failure) => return failed(&bare_ui(&global), &failure),
    };
    let (name, below) = matches.subcommand().unwrap_or(("help", matches));
    if !TIMELESS.contains(&name) {
        desk.warn_about_environment();
    }
    let outcome = dispatch(&desk, name, below).map_err(|failure| desk.rescue(failure));
    if !UNWATCHED.contains(&name) {
        desk.warn_about_tick();
    }
    warn_about_configuration(&desk.ui, desk.engine.problems());
    desk.warn_about_place();
    if let (Ok(()), Some(lost)) = (&outcome, desk.ui.lost()) {
        if desk.has_recorded() && name != "doctor" {
            // Whoever is told that it failed does it again.
            desk.ui.rescue(&lost);
        } else if !lost.gone {
            let reason = lost.reason;
            let message =
                crate::say!(desk.lang, "the result could not be printed: {reason}", "結果を出力できません: {reason}");
            return failed(&desk.ui, &Failure::new(Exit::Storage, "not-printed", message).hint("df -h"));
        }
    }
    match outcome {
        Ok(()) => {
            desk.ui.release();
            desk.code().unwrap_or(Exit::Done as u8)
        }
        Err(failure) => failed(&desk.ui, &failure),
    }
}

fn failed(ui: &Ui, failure: &Failure) -> u8 {
    ui.failure(failure);
    failure.exit as u8
}

/// A terminal for a desk that could not be set up.
fn bare_ui(global: &Global) -> Ui {
    let lang = env::lang(global.lang.as_deref().and_then(env::parse_lang), None);
    Ui::new(lang, global.json, global.quiet, global.no_input, global.color)
}

/// What a line says, where the parser takes it.
pub fn matches_of(arguments: &[OsString]) -> Option<ArgMatches> {
    command_with(|name| arguments.iter().any(|word| word == name)).try_get_matches_from(arguments).ok()
}

/// Whether the parser takes a line, or it asks for help.
pub fn can_be_read(arguments: &[OsString]) -> bool {
    let read = command_with(|name| arguments.iter().any(|word| word == name)).try_get_matches_from(arguments);
    read.map_or_else(|error| error.kind() == ErrorKind::DisplayHelp, |_| true)
}

/// Reads the command line; help, version and slips of the fingers end here.
fn parse(arguments: &[OsString]) -> Result<ArgMatches, Exit> {
    let ui = || {
        let json = arguments.iter().any(|word| word == "--json");
        let lang = help::lang(arguments);
        Ui::new(lang, json, false, true, Color::Auto)
    };
    if let Some(bad) = arguments.iter().find(|word| word.to_str().is_none()) {
        let shown = bad.to_string_lossy().into_owned();
        let ui = ui();
        let message =
            crate::say!(ui.lang, "`{}` is not UTF-8", "「{}」は UTF-8 ではありません", crate::text::one_line(&shown));
        ui.failure(&Failure::usage(message));
        return Err(Exit::Usage);
    }
    if help::is_asked_by_name(arguments) {
        if let Some((verb, word)) = help::unknown_topic(arguments) {
            let ui = ui();
            ui.failure(&misuse::no_topic(verb.as_deref(), &word, ui.lang));
            return Err(Exit::Usage);
        }
        ui().out(&help::page(arguments));
        return Err(Exit::Done);
    }
    // Every verb gets a copy of the global options, so only those whose names stand somewhere in the line are made; what
    // that can't make sense of is looked at again with all of them.
    let typed = command_with(|name| arguments.iter().any(|word| word == name)).try_get_matches_from(arguments);
    let matches = match typed {
        Err(error) if error.kind() != ErrorKind::DisplayVersion => command().try_get_matches_from(arguments),
        typed => typed,
    };
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp => {
            ui().out(&help::page(arguments));
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            ui().remark(&help::page(arguments));
            Exit::Usage
        }
        ErrorKind::DisplayVersion => {
            ui().out(&format!("hikeshi {}", env!("CARGO_PKG_VERSION")));
            Exit::Done
        }
        _ => {
            let ui = ui();
            ui.failure(&misuse::failure(&error, arguments, ui.lang));
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
