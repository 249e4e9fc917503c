//! What of a command line is text and what is an option: words stay words, and where nobody can tell, it is asked.
//!
//! The verb's own long options may follow a text, and after a text that is one argument the global ones. Once several
//! bare words have begun a text, a global option among or behind them is never acted upon in silence.

mod doubt;
mod grammar;
mod lead;
mod refusal;
mod scan;
#[cfg(test)]
mod tests;

pub use doubt::{Doubt, is_reference};
pub use grammar::{Grammar, LOOSENING, nearest};
pub use refusal::refuse;

use super::verb;
use grammar::begins_with_dash;
use scan::Scan;
use std::ffi::OsString;

/// A command line as it is to be understood.
#[derive(Debug)]
pub struct Line {
    /// The arguments, the program's name first, with what is text behind a `--` where a dash begins it.
    pub arguments: Vec<OsString>,
    /// Whether the text stood behind `--`: it is meant as it stands.
    pub literal: bool,
    /// What could be read in two ways.
    pub doubt: Option<Doubt>,
}

impl Line {
    const fn plain(arguments: Vec<OsString>) -> Self {
        Self { arguments, literal: false, doubt: None }
    }
}

/// Reads a command line. What has no dash, and nothing that could be a number of an incident, stays as it is.
pub fn read(arguments: Vec<OsString>) -> Line {
    let Some(at) = verb_of(&arguments) else { return Line::plain(arguments) };
    let behind = &arguments[at + 1..];
    let Some(name) = arguments[at].to_str() else { return Line::plain(arguments) };
    let dashed = behind.iter().any(|word| word.to_str().is_some_and(begins_with_dash));
    if name == "run" || !(dashed || lead::concerns(name, behind)) {
        return Line::plain(arguments);
    }
    let words: Option<Vec<String>> = arguments.iter().map(|word| word.to_str().map(str::to_owned)).collect();
    // Words that are no text are refused where they are read.
    let Some(mut words) = words else { return Line::plain(arguments) };
    let Some(command) = verb::arguments_of(name) else { return Line::plain(arguments) };
    lead::complete(&mut words, at, &command);
    let at = verb_of_words(&words).unwrap_or(at);
    let (grammar, from) = descend(command, &words, at + 1);
    let scan = Scan::of(&words, at, from, &grammar);
    if let Some(doubt) = Doubt::about(&scan) {
        return Line { doubt: Some(doubt), ..Line::plain(arguments) };
    }
    let literal = scan.is_literal();
    Line { arguments: scan.arguments().into_iter().map(Into::into).collect(), literal, doubt: None }
}

/// The part of the verb that is meant (`action add`), and where its arguments begin.
pub fn descend(mut command: clap::Command, words: &[String], mut from: usize) -> (Grammar, usize) {
    while command.has_subcommands() {
        let Some(at) = first_word(words, from, &command) else { break };
        let Some(below) = command.find_subcommand(&words[at]).cloned() else { break };
        command = below;
        from = at + 1;
    }
    (Grammar::of(command), from)
}

/// Where the first word stands that is neither an option nor the value of one.
fn first_word(words: &[String], from: usize, command: &clap::Command) -> Option<usize> {
    let grammar = Grammar::of(command.clone());
    Scan::of(words, from.saturating_sub(1), from, &grammar).first_word()
}

/// Where the verb stands.
fn verb_of(arguments: &[OsString]) -> Option<usize> {
    position(arguments.iter().map(|word| word.to_str()))
}

/// Where the verb stands in words.
pub fn verb_of_words(words: &[String]) -> Option<usize> {
    position(words.iter().map(|word| Some(word.as_str())))
}

fn position<'a>(words: impl Iterator<Item = Option<&'a str>>) -> Option<usize> {
    const VALUED: [&str; 7] = ["-i", "--incident", "--as", "--db", "--config", "--color", "--lang"];
    let mut words = words.enumerate().skip(1);
    while let Some((at, word)) = words.next() {
        match word {
            Some(option) if VALUED.contains(&option) => drop(words.next()),
            Some(option) if option.starts_with('-') => {}
            _ => return Some(at),
        }
    }
    None
}
