//! Why an entry can't be referred to, corrected or removed.

use crate::incident::localized::Lang;
use crate::incident::rejection::Rejection;
use crate::say;
use crate::text::one_line;

/// What was wrong, and the command to run next; `on` is the program with the incident.
pub(super) fn refusal(rejection: &Rejection, on: &str, lang: Lang) -> (String, Option<String>) {
    match rejection {
        Rejection::NoHypothesis { entry, kind } => (
            say!(lang, "{} is no hypothesis but {}", "{} は仮説ではなく {} です", one_line(entry), one_line(kind)),
            Some(format!("{on} timeline --kind hypothesis")),
        ),
        Rejection::ForeignEntry { entry } => (
            say!(lang, "{entry} belongs to another incident", "{entry} は別のインシデントの記録です"),
            Some(format!("{on} timeline")),
        ),
        Rejection::NotAmendable { entry, kind } => (
            say!(lang, "{entry} is {kind} and has no such thing to correct", "{entry}（{kind}）にその訂正はできません"),
            Some(match kind.as_str() {
                "incident.declared" | "incident.changed" => format!("{on} set --title TEXT --summary TEXT"),
                _ => format!("{on} note TEXT"),
            }),
        ),
        Rejection::NoEvidence { entry, kind } => (
            say!(lang, "{entry} is {kind}, and no evidence", "{entry}（{kind}）は証拠ではありません"),
            Some(format!("{on} evidence list")),
        ),
        Rejection::AlreadyHolds { entry, name } => {
            let name = one_line(name);
            (
                say!(lang, "{name} has {entry} already", "{entry} はすでに {name} が持っています"),
                Some(format!("{on} evidence show {entry}")),
            )
        }
        Rejection::NothingToAmend => (
            say!(lang, "correct what: the text, the time or the kind?", "本文・時刻・種別のどれを訂正しますか"),
            Some(format!("{on} amend ENTRY TEXT  |  --at TIME  |  --kind KIND")),
        ),
        Rejection::NoWords { entry } => (
            say!(
                lang,
                "{entry} has no words, or none any more: names, keys and role holders can't be removed",
                "{entry} には消せる本文がありません（氏名・キー・担当者は消せません）"
            ),
            Some(format!("{on} timeline --full")),
        ),
        Rejection::Secret { rule } => (
            say!(lang, "the text looks like a secret ({rule})", "本文に秘密情報らしきもの（{rule}）があります"),
            Some(say!(
                lang,
                "leave it out; if it is none: --allow-secrets",
                "取り除いて再実行する。秘密情報でなければ --allow-secrets"
            )),
        ),
        other => (other.to_string(), None),
    }
}
