//! What a word of the command line is to a verb: an option of its own, one of every verb's, nearly one, or a word.

use super::super::arguments::Global;
use crate::incident::when::narrow;
use clap::{Arg, ArgAction, Args, Command};

/// Names under which verbs take people's own words.
pub const TEXTS: [&str; 7] = ["TEXT", "TITLE", "SUMMARY", "QUERY", "URL|TEXT", "REASON", "REF|TEXT"];

/// Options that loosen a rule or leave something out: nobody is led to one by a slip of the fingers.
pub const LOOSENING: [&str; 4] = ["allow-secrets", "force", "skip", "restricted"];

/// Dashes that editors and keyboards put in the place of `-`.
const DASHES: [char; 9] = ['–', '—', '―', '‐', '‑', '‒', '−', '－', 'ー'];

/// What a verb takes, beside what every verb takes.
#[derive(Debug)]
pub struct Grammar {
    own: Command,
    global: Command,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// No dash before it.
    Word,
    /// An option of this verb.
    Own(Takes),
    /// An option of every verb.
    Global(Takes),
    /// A question for help; `-h` or `--help`.
    Help,
    /// Nearly an option; which one, where it may be said.
    Like(Option<String>),
    /// An option written with another dash, as it is written here.
    Smart(String),
    /// It begins with a dash and can be no option.
    Unknown,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// How many of the words behind it are its values, at the most.
    pub values: usize,
    /// Whether such a value may begin with a dash.
    pub hyphens: bool,
}

impl Takes {
    const NOTHING: Self = Self { values: 0, hyphens: false };

    fn of(arg: &Arg, inline: bool) -> Self {
        if inline || !arg.get_action().takes_values() {
            return Self::NOTHING;
        }
        let values = arg.get_num_args().map_or(1, |range| range.max_values());
        Self { values, hyphens: arg.is_allow_hyphen_values_set() }
    }
}

impl Grammar {
    /// What a verb, or one of its parts, takes.
    pub fn of(own: Command) -> Self {
        Self { own, global: Global::augment_args(Command::new("hikeshi")) }
    }

    /// How many arguments stand before the text, where there is one.
    pub fn before_text(&self) -> Option<usize> {
        let takes_text = |arg: &Arg| {
            let named = arg.get_value_names().and_then(<[_]>::first);
            matches!(arg.get_action(), ArgAction::Append) && named.is_some_and(|name| TEXTS.contains(&name.as_str()))
        };
        self.own.get_positionals().position(takes_text)
    }

    /// Whether it takes nothing but options.
    pub fn takes_options_alone(&self) -> bool {
        self.own.get_positionals().next().is_none()
    }

    /// What a word is here.
    pub fn token(&self, word: &str) -> Token {
        if let Some(meant) = self.smart(word) {
            return Token::Smart(meant);
        }
        match word.strip_prefix('-') {
            None | Some("") => Token::Word,
            Some(rest) => rest.strip_prefix('-').map_or_else(|| self.short(rest), |long| self.long(long)),
        }
    }

    fn long(&self, word: &str) -> Token {
        let (name, inline) = word.split_once('=').map_or((word, false), |(name, _)| (name, true));
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Token::Unknown;
        }
        if let Some(arg) = named(&self.own, name) {
            return Token::Own(Takes::of(arg, inline));
        }
        if let Some(arg) = named(&self.global, name) {
            return Token::Global(Takes::of(arg, inline));
        }
        if name == "help" {
            return Token::Help;
        }
        self.near(name)
    }

    fn short(&self, letters: &str) -> Token {
        let first = letters.chars().next();
        if let Some(arg) = self.own.get_arguments().find(|arg| arg.get_short().is_some() && arg.get_short() == first) {
            let inline = letters.chars().count() > 1;
            return if inline && !arg.get_action().takes_values() {
                Token::Unknown
            } else {
                Token::Own(Takes::of(arg, inline))
            };
        }
        let rest = letters.trim_start_matches(['q', 'h']);
        let flags = &letters[..letters.len() - rest.len()];
        let number = |text: &str| narrow(text).parse::<u32>().is_ok();
        let incident = rest.strip_prefix('i');
        match incident {
            _ if rest.is_empty() && flags.contains('h') => Token::Help,
            _ if rest.is_empty() => Token::Global(Takes::NOTHING),
            Some("") => Token::Global(Takes { values: 1, hyphens: true }),
            Some(value) if value.starts_with(['=', '#']) && !value.contains(char::is_whitespace) || number(value) => {
                Token::Global(Takes::NOTHING)
            }
            _ => Token::Unknown,
        }
    }

    /// Whether an option that doesn't exist is a slip of the fingers for one that does.
    fn near(&self, name: &str) -> Token {
        let Some(meant) = nearest(name, self.longs()) else { return Token::Unknown };
        let said = !LOOSENING.contains(&meant.as_str());
        Token::Like(said.then(|| format!("--{meant}")))
    }

    /// The names of the options that can stand here.
    pub fn longs(&self) -> impl Iterator<Item = &str> {
        self.own.get_arguments().chain(self.global.get_arguments()).filter_map(Arg::get_long)
    }

    fn smart(&self, word: &str) -> Option<String> {
        let rest = word.trim_start_matches(|letter| letter == '-' || DASHES.contains(&letter));
        let dashes = &word[..word.len() - rest.len()];
        if dashes.is_ascii() || rest.contains(char::is_whitespace) {
            return None;
        }
        let rest = narrow(rest);
        let name = rest.split_once('=').map_or(rest.as_str(), |(name, _)| name);
        if matches!(rest.as_str(), "i" | "q" | "h") {
            return Some(format!("-{rest}"));
        }
        (name == "help" || self.longs().any(|long| long == name)).then(|| format!("--{rest}"))
    }
}

/// Whether a word begins with a dash of any kind.
pub fn begins_with_dash(word: &str) -> bool {
    match word.as_bytes() {
        [b'-', _, ..] => true,
        [first, ..] if *first >= 0x80 => word.starts_with(DASHES),
        _ => false,
    }
}

/// The name that a mistyped one comes nearest to, where it is near: a letter or two, or its beginning.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let most = match typed.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let begins = |name: &str| typed.len() >= 3 && name.starts_with(typed);
    let scored = names.filter_map(|name| {
        let distance = if begins(name) { 0 } else { strsim::osa_distance(typed, name) };
        (distance <= most).then_some((distance, name))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, name)| name.to_owned())
}

fn named<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    command.get_arguments().find(|arg| {
        arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|aliases| aliases.contains(&name))
    })
}
