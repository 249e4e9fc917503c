//! What was wrong with a command line: the value, the rule, and the line to type instead.

use super::suggestion;
use super::words::{self, Grammar};
use crate::error::Failure;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::one_line;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;

/// A line that the parser refused, in words; every hint is a line that can be run, or lists what is possible.
pub fn failure(error: &clap::Error, arguments: &[OsString], lang: Lang) -> Failure {
    let typed = Typed::new(arguments);
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(one_line(text).into_owned()),
        Some(ContextValue::Strings(texts)) => Some(one_line(&texts.join(", ")).into_owned()),
        Some(ContextValue::StyledStr(text)) => Some(one_line(&text.to_string()).into_owned()),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let valid = text(ContextKind::ValidValue).filter(|valid| !valid.is_empty());
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            if typed.verb().and_then(super::verb::arguments_of).is_none() {
                no_verb(&word, &typed, lang)
            } else {
                no_part(&word, &typed, lang)
            }
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => no_option(&argument, &typed, lang),
        ErrorKind::UnknownArgument => stray(&argument, &typed, lang),
        ErrorKind::InvalidValue if value.is_empty() => {
            let message = say!(lang, "`{argument}` needs a value", "`{argument}` には値が必要です");
            let hint = match valid {
                Some(valid) => say!(lang, "one of: {valid}", "使える値: {valid}"),
                None => typed.with_value(&argument),
            };
            Failure::usage(message).hint(hint)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let message =
                say!(lang, "`{value}` is no value for `{argument}`", "「{value}」は `{argument}` に使えません");
            let suggested = valid.as_ref().and_then(|valid| words::nearest(&value, valid.split(", ")));
            let hint = match (suggested, valid) {
                (Some(meant), Some(valid)) => {
                    say!(lang, "did you mean `{meant}`? one of: {valid}", "もしかして: `{meant}`　使える値: {valid}")
                }
                (_, Some(valid)) => say!(lang, "one of: {valid}", "使える値: {valid}"),
                (_, None) => typed.in_place_of(&value, &argument),
            };
            Failure::usage(message).hint(hint)
        }
        ErrorKind::MissingRequiredArgument => {
            Failure::usage(say!(lang, "missing: {argument}", "不足しています: {argument}"))
                .hint(typed.completed(&argument))
        }
        ErrorKind::ArgumentConflict => {
            let prior = text(ContextKind::PriorArg).unwrap_or_default();
            let message =
                say!(lang, "`{argument}` can't be used with `{prior}`", "`{argument}` は `{prior}` と併用できません");
            Failure::usage(message).hint(typed.help())
        }
        _ => {
            let rendered = error.render().to_string();
            let first = rendered.lines().next().unwrap_or_default();
            Failure::usage(one_line(first.trim_start_matches("error: ")).into_owned()).hint(typed.help())
        }
    }
}

/// `help` was asked about something that there isn't.
pub fn no_topic(verb: Option<&str>, word: &str, lang: Lang) -> Failure {
    let typed = Typed { words: std::iter::once("hikeshi").chain(verb).map(str::to_owned).collect() };
    let word = one_line(word).into_owned();
    if verb.is_some() {
        return no_part(&word, &typed, lang);
    }
    let message = say!(lang, "there is no command `{word}`", "「{word}」というコマンドはありません");
    let hint = match suggestion::verb(&word) {
        Some(meant) => {
            let meant = meant.split(' ').next().unwrap_or_default().to_owned();
            say!(lang, "did you mean `{meant}`? hikeshi help {meant}", "もしかして: `{meant}`　hikeshi help {meant}")
        }
        None => say!(lang, "every command: hikeshi help", "コマンドの一覧: hikeshi help"),
    };
    Failure::usage(message).hint(hint)
}

fn no_verb(word: &str, typed: &Typed, lang: Lang) -> Failure {
    let message = say!(lang, "there is no command `{word}`", "「{word}」というコマンドはありません");
    let hint = match suggestion::verb(word) {
        Some(meant) => {
            let name = meant.split(' ').next().unwrap_or_default();
            let line =
                typed.replacing(word, &[name]).filter(|_| name == meant).unwrap_or_else(|| format!("hikeshi {meant}"));
            say!(lang, "did you mean `{name}`? {line}", "もしかして: `{name}`　{line}")
        }
        None => say!(lang, "every command: hikeshi help", "コマンドの一覧: hikeshi help"),
    };
    Failure::usage(message).hint(hint)
}

fn no_part(word: &str, typed: &Typed, lang: Lang) -> Failure {
    let verb = typed.verb().unwrap_or_default();
    let parts = typed.parts();
    let message = say!(lang, "`{verb}` has no `{word}`", "`{verb}` に「{word}」はありません");
    let line = suggestion::part(word, &parts).map(|meant| {
        let line = typed.replacing(word, &[&meant]).unwrap_or_else(|| format!("hikeshi help {verb} {meant}"));
        say!(lang, "did you mean `{meant}`? {line}", "もしかして: `{meant}`　{line}")
    });
    // Words behind a verb with parts are meant for the part that adds.
    let added = || typed.adding(word);
    let listed = || say!(lang, "one of: {}", "使えるもの: {}", parts.join(", "));
    Failure::usage(message).hint(line.or_else(added).unwrap_or_else(listed))
}

fn no_option(argument: &str, typed: &Typed, lang: Lang) -> Failure {
    let message =
        say!(lang, "there is no option `{argument}` here", "ここに「{argument}」というオプションはありません");
    let grammar = typed.grammar();
    let meant = grammar.and_then(|grammar| suggestion::option(argument, grammar.longs()));
    let hint = match meant {
        Some(meant) => {
            let line = typed.replacing(argument, &[&meant]).unwrap_or_else(|| typed.help());
            say!(lang, "did you mean `{meant}`? {line}", "もしかして: `{meant}`　{line}")
        }
        None => typed.help(),
    };
    Failure::usage(message).hint(hint)
}

/// A word too many: it belongs to what stands before it, or names the incident.
fn stray(word: &str, typed: &Typed, lang: Lang) -> Failure {
    let message = say!(lang, "`{word}` has no place here", "ここに「{word}」は指定できません");
    let about = || words::is_reference(word).then(|| typed.about(word)).flatten();
    let hint = typed.joining(word).or_else(about).unwrap_or_else(|| typed.help());
    Failure::usage(message).hint(hint)
}

/// What was typed, the program's name first.
struct Typed {
    words: Vec<String>,
}

impl Typed {
    fn new(arguments: &[OsString]) -> Self {
        Self { words: arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect() }
    }

    fn verb(&self) -> Option<&str> {
        words::verb_of_words(&self.words).map(|at| self.words[at].as_str())
    }

    /// What the verb, or the part of it that was named, takes.
    fn grammar(&self) -> Option<Grammar> {
        let at = words::verb_of_words(&self.words)?;
        let command = super::verb::arguments_of(&self.words[at])?;
        Some(words::descend(command, &self.words, at + 1).0)
    }

    fn parts(&self) -> Vec<String> {
        let command = self.verb().and_then(super::verb::arguments_of);
        command.iter().flat_map(clap::Command::get_subcommands).map(|part| part.get_name().to_owned()).collect()
    }

    /// The help of the verb.
    fn help(&self) -> String {
        match self.verb().filter(|verb| super::verb::arguments_of(verb).is_some()) {
            Some(verb) => format!("hikeshi help {verb}"),
            None => "hikeshi help".to_owned(),
        }
    }

    /// A line as it can be copied, where the parser takes it.
    fn line(words: &[String]) -> Option<String> {
        let whole: Vec<OsString> = words.iter().map(Into::into).collect();
        let read = words::read(whole);
        let taken = read.doubt.is_none() && super::verb::can_be_read(&read.arguments);
        let rest = words.iter().skip(1).map(String::as_str);
        taken.then(|| one_line(&shell_words::join(std::iter::once("hikeshi").chain(rest))).into_owned())
    }

    /// The line with other words in the place of one.
    fn replacing(&self, word: &str, meant: &[&str]) -> Option<String> {
        let at = self.words.iter().position(|typed| typed == word || typed.starts_with(&format!("{word}=")))?;
        let mut words = self.words.clone();
        let value = words[at].split_once('=').map(|(_, value)| value.to_owned());
        words.splice(
            at..=at,
            meant.iter().map(|meant| match &value {
                Some(value) => format!("{meant}={value}"),
                None => (*meant).to_owned(),
            }),
        );
        Self::line(&words)
    }

    /// The line with everything from a word on behind the part that adds.
    fn adding(&self, word: &str) -> Option<String> {
        let at = self.words.iter().position(|typed| typed == word)?;
        let mut words = self.words[..at].to_vec();
        words.push("add".to_owned());
        words.push(self.words[at..].join(" "));
        Self::line(&words)
    }

    /// The line about the incident with this number.
    fn about(&self, number: &str) -> Option<String> {
        let mut words: Vec<String> = self.words.iter().filter(|word| *word != number).cloned().collect();
        let number = crate::incident::when::narrow(number);
        words.splice(1..1, ["-i".to_owned(), number.trim_matches(['#', '[', ']']).to_owned()]);
        Self::line(&words)
    }

    /// The line with a word, and those behind it up to an option, joined to what stands before them.
    fn joining(&self, word: &str) -> Option<String> {
        let at = self.words.iter().position(|typed| typed == word)?;
        let verb = words::verb_of_words(&self.words)?;
        if at <= verb + 1 {
            return None;
        }
        let end =
            self.words[at..].iter().position(|word| word.starts_with('-')).map_or(self.words.len(), |more| at + more);
        let mut words = self.words.clone();
        let whole = self.words[at - 1..end].join(" ");
        words.splice(at - 1..end, [whole]);
        Self::line(&words).filter(|_| !self.words[at - 1].starts_with('-'))
    }

    /// The line with a value behind the option that lacks one.
    fn with_value(&self, argument: &str) -> String {
        let (option, example) = example(argument);
        let at = self.words.iter().rposition(|word| *word == option);
        let mut words = self.words.clone();
        words.insert(at.map_or(words.len(), |at| at + 1), example);
        Self::line(&words).unwrap_or_else(|| self.help())
    }

    /// The line with an example in the place of a value.
    fn in_place_of(&self, value: &str, argument: &str) -> String {
        let (option, example) = example(argument);
        let behind = self.words.windows(2).position(|pair| pair[0] == option && pair[1] == value).map(|at| at + 1);
        let mut words = self.words.clone();
        match behind.or_else(|| self.words.iter().rposition(|word| word == value)) {
            Some(at) => words[at] = example,
            None => words
                .iter_mut()
                .filter(|word| **word == format!("{option}={value}"))
                .for_each(|word| *word = format!("{option}={example}")),
        }
        Self::line(&words).unwrap_or_else(|| self.help())
    }

    /// The line with what is missing.
    fn completed(&self, missing: &str) -> String {
        let mut words = self.words.clone();
        for one in missing.split(", ") {
            let (option, example) = example(one);
            words.extend(option.starts_with('-').then_some(option));
            words.push(example);
        }
        Self::line(&words).unwrap_or_else(|| self.help())
    }
}

/// An option and a value that it could have, told by what the parser calls it: `--limit <N>`.
fn example(argument: &str) -> (String, String) {
    let (option, value) = argument.split_once('<').unwrap_or((argument, "VALUE>"));
    let value = value.split('>').next().unwrap_or_default();
    let first = value.split('|').next().unwrap_or_default();
    let example = match first {
        "N" | "M" => "10",
        "TIME" | "WHEN" => "14:05",
        "DURATION" | "LENGTH" => "30m",
        "SEV" => "sev2",
        "REF" | "NUMBER" => "1",
        "YES" => "yes",
        other => other,
    };
    (option.trim().trim_end_matches('=').to_owned(), example.to_owned())
}
