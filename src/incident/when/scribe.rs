//! Lines a scribe kept elsewhere, each beginning with its time.

use super::clock::{Clock, clock};
use super::error::Typed;
use super::moment::{about_marked, leading_about};
use super::width::{folded, strip_any};
use super::zone::evident;

/// How many characters of a line are searched for its time.
const SEARCHED: usize = 80;

/// Splits a pasted line into the time of day it begins with, for [`parse`](super::parse), and its text.
///
/// The time has at least hours and minutes, and keeps what belongs to its meaning: a `~` or `頃`, `PM`, a zone. It
/// may follow a bullet, be in brackets, and be set off by a dash, a colon or the like. `None` when the line begins
/// with anything else, or has no text after its time.
#[must_use]
pub fn leading_time(line: &str) -> Option<(&str, &str)> {
    let head: String = line.chars().take(SEARCHED).collect();
    let head = folded(&head);
    let text = head.trim_start();
    let text = strip_any(text, &["- ", "* ", "• ", "・"]).unwrap_or(text).trim_start();
    let (close, time) = match opened(text) {
        Some((close, inside)) => (Some(close), inside.trim_start()),
        None => (None, text),
    };
    let after = after_time(time)?;
    let spaced = match close {
        Some(close) => after.trim_start().strip_prefix(close)?,
        None => Some(after).filter(|after| after.starts_with([' ', '、']) || set_off(after).is_some())?,
    };
    let spaced = spaced.trim_start();
    let rest = set_off(spaced).unwrap_or(spaced);
    if rest.is_empty() {
        return None;
    }
    let typed = line.get(place(line, &head, time)..place(line, &head, after))?;
    Some((typed, line.get(place(line, &head, rest)..)?.trim_end()))
}

fn opened(text: &str) -> Option<(char, &str)> {
    [('[', ']'), ('(', ')'), ('【', '】')].into_iter().find_map(|(open, close)| Some((close, text.strip_prefix(open)?)))
}

/// What follows a time of day with its marks; `None` when the text begins with none.
fn after_time(text: &str) -> Option<&str> {
    let (_, text) = leading_about(text);
    let rest = to_the_minute(text)?.rest;
    let rest = about_marked(rest).unwrap_or(rest);
    Some(evident(rest.trim_start()).unwrap_or(rest))
}

fn to_the_minute(text: &str) -> Option<Clock<'_>> {
    clock(text, Typed(text)).ok().filter(|clock| clock.to_the_minute)
}

/// What follows a mark between a time and its text; `None` for a mark between two times, which says how long.
fn set_off(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('、').or_else(|| {
        let rest = strip_any(text, &["-", "–", "—", "―", ":", ",", "|"])?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    });
    let rest = rest?.trim_start();
    to_the_minute(rest).is_none().then_some(rest)
}

/// Where in `line` the `tail` of its folded `head` begins: folding keeps the number of characters.
fn place(line: &str, head: &str, tail: &str) -> usize {
    let before = head.chars().count() - tail.chars().count();
    line.char_indices().nth(before).map_or(line.len(), |(index, _)| index)
}
