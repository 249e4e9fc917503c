//! What of a line could be read in two ways, and both readings as lines to run.

use super::scan::{Kind, Piece, Scan};
use crate::incident::when::narrow;
use std::ffi::OsString;

/// A line that could be read in two ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// What makes it doubtful.
    pub why: Why,
    /// The words as they were typed, all of them taken as text.
    pub words: Option<String>,
    /// The line in which they are text, without the program's name.
    pub as_text: Option<Vec<String>>,
    /// The line in which what is doubtful acts, without the program's name.
    pub acting: Option<Vec<String>>,
    /// The options before the verb.
    pub before: Vec<String>,
    /// The verb.
    pub verb: String,
}

/// What makes a line doubtful.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// An option of every verb among or behind several words.
    Option(String),
    /// Nearly an option of the verb, and which.
    Nearly(String, Option<String>),
    /// A dash that is none, and the option that it looks like.
    Dash(String, String),
    /// A number before words, where it may be the incident.
    Number(String),
}

/// Verbs that end or go back, whose words a number seldom begins.
const ENDING: [&str; 4] = ["cancel", "reopen", "close", "monitor"];

/// Verbs that only look something up: no words of theirs are lost.
const LOOKING: [&str; 2] = ["search", "similar"];

impl Doubt {
    /// What is doubtful about a line, if anything is.
    pub fn about(scan: &Scan<'_>) -> Option<Self> {
        let why = why(scan)?;
        let keeps = scan.takes_text && !LOOKING.contains(&scan.line[scan.verb].as_str());
        let words = text_of(scan);
        Some(Self {
            as_text: words.as_ref().map(|words| as_text(scan, words)),
            acting: acting(scan, &why).filter(|line| is_plain(line)),
            words: words.filter(|_| keeps),
            before: scan.line[1..scan.verb].to_vec(),
            verb: scan.line[scan.verb].clone(),
            why,
        })
    }
}

fn why(scan: &Scan<'_>) -> Option<Why> {
    let shown = |piece: &Piece| scan.line[piece.at].clone();
    for piece in &scan.pieces {
        match &piece.kind {
            Kind::Smart(meant) => return Some(Why::Dash(shown(piece), meant.clone())),
            Kind::Like(meant) if scan.takes_text => return Some(Why::Nearly(shown(piece), meant.clone())),
            _ => {}
        }
    }
    if !scan.takes_text {
        return None;
    }
    let alone = scan.text_words();
    let first_word = scan.pieces.iter().find(|piece| piece.kind == Kind::Text).map(|piece| piece.at);
    let leads = |piece: &&Piece| piece.kind == Kind::Unknown && first_word.is_none_or(|text| piece.at < text);
    if let Some(foreign) = scan.pieces.iter().find(leads).filter(|piece| is_known_elsewhere(&scan.line[piece.at])) {
        return Some(Why::Nearly(shown(foreign), None));
    }
    if let Some(help) = scan.pieces.iter().find(|piece| piece.kind == Kind::Help)
        && alone > usize::from(shown(help) == "--help")
    {
        return Some(Why::Option(shown(help)));
    }
    let text = scan.text_begins()?;
    // Words with a dash that are no options are words of the text, too.
    let words = alone + scan.pieces.iter().filter(|piece| piece.kind == Kind::Unknown).count();
    if words > 1
        && let Some(global) = scan.pieces[text..].iter().find(|piece| piece.kind == Kind::Global)
    {
        return Some(Why::Option(shown(global)));
    }
    let first = &scan.line[scan.pieces[text].at];
    let names = names_incident(scan);
    let hash = first.starts_with(['#', '＃', '[']);
    let ending = ENDING.contains(&scan.line[scan.verb].as_str());
    let number = (ending || hash && is_transition(&scan.line[scan.verb])) && is_reference(first);
    (number && words > 1 && !names && !scan.is_literal()).then(|| Why::Number(first.clone()))
}

/// Whether the line says which incident it is about.
pub fn names_incident(scan: &Scan<'_>) -> bool {
    let names = |word: &String| {
        word == "--incident" || word.starts_with("--incident=") || word.starts_with("-i") || word.starts_with("-qi")
    };
    let global = scan.pieces.iter().filter(|piece| piece.kind == Kind::Global).map(|piece| &scan.line[piece.at]);
    scan.line[..scan.verb].iter().chain(global).any(names)
}

fn is_transition(verb: &str) -> bool {
    matches!(verb, "identify" | "mitigate" | "fix" | "resolve")
}

/// Whether a word is the number of an incident as it is printed anywhere: `12`, `#12`, `[12]`.
pub fn is_reference(word: &str) -> bool {
    let narrow = narrow(word);
    let bare = narrow.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&narrow);
    let digits = bare.strip_prefix('#').unwrap_or(bare);
    let space = |space: &str| !space.is_empty() && !space.contains(['/', ':', '.']);
    let digits = digits.rsplit_once('/').filter(|(before, _)| space(before)).map_or(digits, |(_, number)| number);
    !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether another verb has an option that is typed like this.
fn is_known_elsewhere(word: &str) -> bool {
    fn has(command: &clap::Command, name: &str) -> bool {
        command.get_arguments().any(|arg| arg.get_long() == Some(name))
            || command.get_subcommands().any(|one| has(one, name))
    }
    let Some(name) = word.strip_prefix("--").map(|rest| rest.split('=').next().unwrap_or(rest)) else { return false };
    let mut all = super::verb::command();
    all.build();
    has(&all, name)
}

/// Everything that is no option before the text, and none of the verb's own, as one text.
fn text_of(scan: &Scan<'_>) -> Option<String> {
    if !scan.takes_text {
        return None;
    }
    let words = scan.pieces.iter().filter(|piece| is_text(scan, piece));
    let words = words.flat_map(|piece| scan.line[piece.at..piece.at + piece.words].iter().map(String::as_str));
    let text = words.collect::<Vec<_>>().join(" ");
    (!text.trim().is_empty()).then_some(text)
}

fn is_text(scan: &Scan<'_>, piece: &Piece) -> bool {
    match piece.kind {
        Kind::Text | Kind::Like(_) | Kind::Smart(_) | Kind::Unknown | Kind::Help => true,
        Kind::Global => scan.text_begins().is_some_and(|text| scan.pieces[text].at < piece.at),
        Kind::Own | Kind::Name => false,
    }
}

/// The line in which all of it is text.
fn as_text(scan: &Scan<'_>, words: &str) -> Vec<String> {
    let mut line = scan.head()[1..].to_vec();
    let rest = scan.pieces.iter().filter(|piece| !is_text(scan, piece));
    line.extend(rest.flat_map(|piece| scan.words(piece)));
    if words.starts_with('-') || is_reference(words) {
        line.push("--".to_owned());
    }
    line.push(words.to_owned());
    line
}

/// The line in which what is doubtful acts: global options go before the verb, the text is one argument.
fn acting(scan: &Scan<'_>, why: &Why) -> Option<Vec<String>> {
    let before = scan.line[1..scan.verb].to_vec();
    let verb = scan.line[scan.verb..scan.from].to_vec();
    match why {
        Why::Option(option)
            if matches!(option.as_str(), "-h" | "--help") || option.contains('h') && !option.starts_with("--") =>
        {
            Some([before, verb, vec!["--help".to_owned()]].concat())
        }
        Why::Option(_) => {
            let all = |kind: fn(&Kind) -> bool| -> Vec<String> {
                scan.pieces.iter().filter(|piece| kind(&piece.kind)).flat_map(|piece| scan.words(piece)).collect()
            };
            let text: Vec<String> = all(|kind| matches!(kind, Kind::Text | Kind::Unknown));
            let global = all(|kind| *kind == Kind::Global);
            let rest = all(|kind| matches!(kind, Kind::Own | Kind::Name));
            let text = text.join(" ");
            let apart = text.starts_with('-') || is_reference(&text);
            let separator = if apart { vec!["--".to_owned()] } else { Vec::new() };
            Some([before, global, verb, rest, separator, vec![text]].concat())
        }
        Why::Nearly(typed, Some(meant)) | Why::Dash(typed, meant) => Some(replaced(scan, typed, meant)),
        Why::Nearly(_, None) => None,
        Why::Number(number) => {
            let rest = scan.pieces.iter().filter(|piece| scan.line[piece.at] != *number || piece.kind != Kind::Text);
            let (text, rest): (Vec<&Piece>, Vec<&Piece>) = rest.partition(|piece| is_text(scan, piece));
            let rest: Vec<String> = rest.into_iter().flat_map(|piece| scan.words(piece)).collect();
            let text = text.into_iter().map(|piece| scan.line[piece.at].as_str()).collect::<Vec<_>>().join(" ");
            let number = narrow(number).trim_matches(['#', '[', ']']).to_owned();
            Some([vec!["-i".to_owned(), number], before, verb, rest, vec![text]].concat())
        }
    }
}

/// The line with a word of it as it was meant.
fn replaced(scan: &Scan<'_>, typed: &str, meant: &str) -> Vec<String> {
    let value = typed.split_once('=').filter(|_| !meant.contains('=')).map(|(_, value)| value);
    let meant = value.map_or_else(|| meant.to_owned(), |value| format!("{meant}={value}"));
    let word = |word: &String| if word == typed { meant.clone() } else { word.clone() };
    scan.line[1..].iter().map(word).collect()
}

/// Whether a line leaves no doubt and is one that the parser takes.
fn is_plain(line: &[String]) -> bool {
    let whole: Vec<OsString> =
        std::iter::once("hikeshi").chain(line.iter().map(String::as_str)).map(Into::into).collect();
    let read = super::read(whole);
    read.doubt.is_none() && super::verb::can_be_read(&read.arguments)
}
