//! Options that several verbs share.

use crate::incident::when::{figure as figure_of, narrow};
use crate::ui::Color;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command};
use std::ffi::OsStr;
use std::ops::RangeBounds;
use std::path::PathBuf;

/// Options of every verb.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Which incident: its number; left out, the only one that is open
    #[arg(short, long, global = true, env = "HIKESHI_INCIDENT", value_name = "REF", hide_env_values = true, allow_hyphen_values = true, add = super::complete::incidents())]
    pub incident: Option<String>,
    /// Who is acting; default: the configured name, $SUDO_USER, $USER
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub actor: Option<String>,
    /// The store; default: $XDG_DATA_HOME/hikeshi/hikeshi.db
    #[arg(long, global = true, env = "HIKESHI_DB", value_name = "PATH", hide_env_values = true)]
    pub db: Option<PathBuf>,
    /// The folder with policy and playbooks; nothing in it is needed
    #[arg(long, global = true, env = "HIKESHI_CONFIG", value_name = "DIR", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Print only the reference or id
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Never ask a question
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Refuse words that look like a password or a token, instead of warning
    #[arg(
        long,
        global = true,
        env = "HIKESHI_STRICT_SECRETS",
        hide_env_values = true,
        value_parser = clap::builder::FalseyValueParser::new()
    )]
    pub strict_secrets: bool,
    /// Record words that look like a secret all the same, without a warning
    #[arg(long, global = true)]
    pub allow_secrets: bool,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true, value_parser = colors(), hide_possible_values = false)]
    pub color: Color,
    /// Language of playbooks, reports and messages
    #[arg(long, global = true, value_name = "LANG", value_parser = one_of(["en", "ja"]))]
    pub lang: Option<String>,
    /// Whether the text stood behind `--`
    #[arg(skip)]
    pub literal: bool,
}

/// Options of every verb that records a fact.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Recording {
    /// When it happened: 14:05, 5m ago, yesterday 14:05, 5分前, ~02:10
    #[arg(long, value_name = "TIME", help_heading = "Recording", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// The same key again records nothing and prints the first result
    #[arg(long, value_name = "KEY", help_heading = "Recording")]
    pub key: Option<String>,
}

/// Reads a value that isn't free text, whatever the width of its letters.
#[derive(Debug, Clone)]
struct Folded<P> {
    parser: P,
    fold: fn(&str) -> String,
}

impl<P: TypedValueParser> TypedValueParser for Folded<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, clap::Error> {
        match value.to_str().filter(|value| !value.is_ascii() || value.contains(',')) {
            Some(typed) => self.parser.parse_ref(command, arg, OsStr::new(&(self.fold)(typed))),
            None => self.parser.parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.parser.possible_values()
    }
}

/// One of several words.
pub fn one_of<I: Into<PossibleValue>>(words: impl IntoIterator<Item = I>) -> impl TypedValueParser<Value = String> {
    Folded { parser: PossibleValuesParser::new(words), fold: narrow }
}

/// A figure as people write it: `1200`, `1,200`, `１２００`.
pub fn figure() -> impl TypedValueParser<Value = u64> {
    Folded { parser: clap::value_parser!(u64), fold: figure_of }
}

/// A whole number within bounds.
pub fn number(bounds: impl RangeBounds<i64>) -> impl TypedValueParser<Value = u32> {
    Folded { parser: clap::value_parser!(u32).range(bounds), fold: figure_of }
}

/// How many are shown: one at least.
pub fn limit() -> impl TypedValueParser<Value = usize> {
    let parser = Folded { parser: clap::value_parser!(u64).range(1..), fold: figure_of };
    parser.map(|most| usize::try_from(most).unwrap_or(usize::MAX))
}

fn colors() -> impl TypedValueParser<Value = Color> {
    one_of(["auto", "always", "never"]).map(|word| match word.as_str() {
        "always" => Color::Always,
        "never" => Color::Never,
        _ => Color::Auto,
    })
}

/// A value parser for an enum of slugs.
#[macro_export]
macro_rules! slug_parser {
    ($name:ty) => {
        clap::builder::TypedValueParser::try_map(
            $crate::cli::one_of(<$name>::ALL.iter().map(|value| value.as_str())),
            |word: String| <$name>::parse(&word).ok_or("no such value"),
        )
    };
}

/// Joins what an unquoted time left over: `--at 5m ago`, `--at 5分 前`.
pub fn join_times(arguments: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    const TIMED: [&str; 7] = ["--at", "--aware-at", "--started-at", "--detected-at", "--since", "--until", "--due"];
    let mut joined: Vec<std::ffi::OsString> = Vec::with_capacity(arguments.len());
    let mut literal = false;
    for argument in arguments {
        let left_over = argument.to_str().is_some_and(|word| matches!(word, "ago" | "前"));
        if left_over && !literal && follows_time(&joined, &TIMED) {
            if let Some(last) = joined.last_mut() {
                if argument != "前" {
                    last.push(" ");
                }
                last.push(argument);
            }
            continue;
        }
        literal |= argument == "--";
        joined.push(argument);
    }
    joined
}

fn follows_time(so_far: &[std::ffi::OsString], timed: &[&str]) -> bool {
    let is_option = |word: &std::ffi::OsString| word.to_str().is_some_and(|word| timed.contains(&word));
    let [.., option, value] = so_far else { return so_far.last().is_some_and(starts_inline(timed)) };
    is_option(option) && !value.to_str().is_some_and(|word| word.starts_with("--")) || starts_inline(timed)(value)
}

/// Whether a word is `--at=5m`.
fn starts_inline<'a>(timed: &'a [&'a str]) -> impl Fn(&std::ffi::OsString) -> bool + 'a {
    move |word| word.to_str().is_some_and(|word| timed.iter().any(|option| word.starts_with(&format!("{option}="))))
}

#[cfg(test)]
mod tests {
    use super::join_times;

    fn join(line: &str) -> Vec<String> {
        let words = line.split(' ').map(Into::into).collect();
        join_times(words).into_iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_word_left_over_from_not_quoting_is_taken_along() {
        assert_eq!(join("note --at 5m ago db slow"), ["note", "--at", "5m ago", "db", "slow"]);
        assert_eq!(join("note db slow --at=5m ago"), ["note", "db", "slow", "--at=5m ago"]);
        assert_eq!(join("note --at 5分 前 重い"), ["note", "--at", "5分前", "重い"]);
        assert_eq!(join("note it broke long ago"), ["note", "it", "broke", "long", "ago"]);
        assert_eq!(join("note --at 5m -- ago"), ["note", "--at", "5m", "--", "ago"]);
    }
}
