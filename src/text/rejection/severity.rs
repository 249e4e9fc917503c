//! Why a severity can't be changed as asked.

use crate::incident::localized::Lang;
use crate::incident::rejection::Rejection;
use crate::say;

/// What was wrong, and the command to run next; `on` is the program with the incident.
pub(super) fn refusal(rejection: &Rejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        Rejection::NotWorse { from, to } => (
            say!(
                lang,
                "{to} is not worse than {from}, which the incident has",
                "{to} は現在の {from} より重くありません"
            ),
            Some(say!(
                lang,
                "to call people in: {on} escalate --to NAME; to lower it: {on} deescalate {to} --reason …",
                "人を呼ぶ: {on} escalate --to 名前　下げる: {on} deescalate {to} --reason …"
            )),
        ),
        Rejection::NotBetter { from, to } if from == to => (
            say!(lang, "the incident is {to} already", "すでに {to} です"),
            Some(say!(
                lang,
                "a less severe one, such as {on} deescalate sev3 --reason …",
                "より軽い重大度を指定する: {on} deescalate sev3 --reason …"
            )),
        ),
        Rejection::NotBetter { from, to } => (
            say!(
                lang,
                "{to} is not less severe than {from}, which the incident has",
                "{to} は現在の {from} より軽くありません"
            ),
            Some(say!(lang, "to raise it: {on} escalate {to}", "上げる: {on} escalate {to}")),
        ),
        Rejection::NothingToEscalate => (
            say!(lang, "neither a severity nor anybody to call was given", "重大度も呼び出す相手も指定されていません"),
            Some(format!("{on} escalate sev1 --to NAME")),
        ),
        other => (other.to_string(), None),
    }
}
