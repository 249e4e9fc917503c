//! Refusing a line that could be read in two ways: both readings as lines to run, and the words kept in the inbox.

use super::doubt::{Doubt, Why};
use crate::cli::arguments::Global;
use crate::cli::desk::Desk;
use crate::cli::{help, note, verb};
use crate::error::{Exit, Failure};
use crate::incident::localized::Lang;
use crate::say;
use crate::text::one_line;
use crate::ui::{Color, Ui};
use clap::{ArgMatches, FromArgMatches};
use std::ffi::OsString;

/// Refuses a doubtful line and keeps its words.
pub fn refuse(arguments: &[OsString], doubt: &Doubt) -> Exit {
    let json = arguments.iter().any(|word| word == "--json");
    let matches = understood(doubt);
    let desk = matches.as_ref().and_then(|matches| Global::from_arg_matches(matches).ok()).and_then(|global| {
        // Whoever reads documents gets one, whatever the line means.
        Desk::new(&Global { json: global.json || json, ..global }).ok()
    });
    let Some(desk) = desk else {
        let ui = Ui::new(help::lang(arguments), json, false, true, Color::Auto);
        ui.failure(&failure(doubt, ui.lang, None));
        return Exit::Usage;
    };
    let kept = doubt.words.as_deref().and_then(|words| {
        let below = matches.as_ref().and_then(ArgMatches::subcommand);
        desk.keep_words(note::kept(below, words), below.and_then(|(_, below)| typed_at(below)))
    });
    desk.ui.failure(&failure(doubt, desk.lang, kept));
    desk.ui.release();
    Exit::Usage
}

/// The line in which all of it is text, as far as the parser takes it.
fn understood(doubt: &Doubt) -> Option<ArgMatches> {
    let whole = |line: &[String]| -> Vec<OsString> {
        std::iter::once("hikeshi").chain(line.iter().map(String::as_str)).map(Into::into).collect()
    };
    let line = doubt.as_text.as_ref().or(doubt.acting.as_ref());
    line.and_then(|line| verb::matches_of(&whole(line)))
        .or_else(|| verb::matches_of(&whole(&[&doubt.before[..], &["list".to_owned()]].concat())))
}

/// When it happened, where that was said.
fn typed_at(matches: &ArgMatches) -> Option<String> {
    matches.try_get_one::<String>("at").ok().flatten().cloned()
}

fn failure(doubt: &Doubt, lang: Lang, kept: Option<String>) -> Failure {
    let shown = |text: &str| one_line(text).into_owned();
    let message = match &doubt.why {
        Why::Option(option) => {
            let option = shown(option);
            say!(
                lang,
                "`{option}` among the words of a text: is it one of them, or an option?",
                "本文の途中の `{option}` が、本文の一部かオプションか判断できません"
            )
        }
        Why::Nearly(typed, Some(meant)) => {
            let typed = shown(typed);
            say!(
                lang,
                "there is no option `{typed}` here; did you mean `{meant}`?",
                "ここに「{typed}」というオプションはありません。もしかして: `{meant}`"
            )
        }
        Why::Nearly(typed, None) => {
            let typed = shown(typed);
            say!(lang, "there is no option `{typed}` here", "ここに「{typed}」というオプションはありません")
        }
        Why::Dash(typed, meant) => {
            let typed = shown(typed);
            say!(lang, "`{typed}` looks like `{meant}`", "「{typed}」は `{meant}` のことですか")
        }
        Why::Number(number) => {
            let number = shown(number);
            say!(
                lang,
                "`{number}`: is it the incident, or does the text begin with it?",
                "「{number}」がインシデント番号か、本文の先頭か判断できません"
            )
        }
    };
    let line = |line: &Vec<String>| {
        shown(&shell_words::join(std::iter::once("hikeshi").chain(line.iter().map(String::as_str))))
    };
    let acting = match doubt.why {
        Why::Number(_) => say!(lang, "about that incident", "そのインシデントなら"),
        _ => say!(lang, "as an option", "オプションなら"),
    };
    let mut readings: Vec<String> = Vec::new();
    if let Some(text) = &doubt.as_text {
        readings.push(format!("{}: {}", say!(lang, "as text", "本文なら"), line(text)));
    }
    if let Some(meant) = &doubt.acting {
        readings.push(format!("{acting}: {}", line(meant)));
    }
    if doubt.acting.is_none() && !matches!(doubt.why, Why::Option(_)) {
        readings.push(format!("hikeshi help {}", shown(&doubt.verb)));
    }
    let kept = kept.map(|id| {
        say!(
            lang,
            "the words are kept: hikeshi inbox file {id} -i NUMBER",
            "入力内容は保管しました: hikeshi inbox file {id} -i 番号"
        )
    });
    Failure::usage(message).details(kept.into_iter().collect()).hint(readings.join("\n  "))
}
