//! `note`: words onto the timeline (D4).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::scribe;
use crate::error::Failure;
use crate::incident::command::{Bridge, Command, Note, NoteKind};
use crate::slug_parser;
use clap::FromArgMatches;

/// Write something down
///
/// `note -` on a terminal is the scribe's prompt: one line, one entry. In a pipe, --each-line makes every line an
/// entry as it arrives; without it the whole input is one entry.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// What kind of remark it is; a change is what someone did to a system
    #[arg(long, value_name = "KIND", default_value = "observation", hide_default_value = true, value_parser = slug_parser!(NoteKind))]
    kind: NoteKind,
    /// Keep it in sight
    #[arg(long)]
    pin: bool,
    /// The bridge on which it was said
    #[arg(long, value_name = "BRIDGE", value_parser = slug_parser!(Bridge))]
    bridge: Option<Bridge>,
    /// An entry a line, as it arrives
    #[arg(long)]
    each_line: bool,
    /// The hypothesis that this confirms
    #[arg(long, value_name = "ID", conflicts_with = "refutes")]
    confirms: Option<String>,
    /// The hypothesis that this refutes
    #[arg(long, value_name = "ID")]
    refutes: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let from_stdin = args.text.iter().map(String::as_str).eq(["-"]);
    let template = Note {
        text: String::new(),
        kind: args.kind,
        pin: args.pin,
        bridge: args.bridge,
        confirms: args.confirms,
        refutes: args.refutes,
    };
    if args.each_line {
        if !from_stdin && !args.text.is_empty() {
            return Err(Failure::usage(crate::say!(
                desk.lang,
                "--each-line reads standard input and takes no text",
                "--each-line は標準入力を読むため、本文は指定できません"
            ))
            .hint("… | hikeshi note --each-line -"));
        }
        return scribe::each_line(desk, &template, &args.recording);
    }
    if from_stdin && desk.ui.interactive {
        return scribe::converse(desk, &template);
    }
    let purpose = Purpose { verb: "note", question: ("note", "記録") };
    let text = freetext::required(desk, &args.text, purpose)?;
    desk.record(Command::Note(Note { text, ..template }), &args.recording, Reach::NotOver).map(drop)
}

/// A note of words that are kept; what kind it is, where the line says so.
pub fn kept(line: Option<(&str, &clap::ArgMatches)>, words: &str) -> Note {
    let args = line.filter(|(verb, _)| *verb == "note").and_then(|(_, matches)| Args::from_arg_matches(matches).ok());
    let kind = args.as_ref().map_or(NoteKind::Observation, |args| args.kind);
    let (pin, bridge) = args.map_or((false, None), |args| (args.pin, args.bridge));
    Note { text: words.to_owned(), kind, pin, bridge, confirms: None, refutes: None }
}
