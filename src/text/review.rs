//! What is missing or weak in a postmortem, in words, and what to do about it.

use crate::incident::blame::Rule;
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::localized::Lang;
use crate::incident::review::{Fault, Place, Weakness};
use crate::say;
use crate::text::{first_line, one_line};

/// A finding on one line, with what to do about it.
pub fn told(finding: &Weakness, on: &str, lang: Lang) -> String {
    let (what, what_next) = (sentence(finding, lang), advice(finding, on, lang));
    match what_next {
        Some(next) => format!("{what} → {next}"),
        None => what,
    }
}

/// What was found, and where.
pub fn sentence(finding: &Weakness, lang: Lang) -> String {
    let place = place(&finding.place, lang);
    match &finding.kind {
        Fault::Empty => say!(lang, "{place}: empty", "{place}：空"),
        Fault::NoCause => say!(lang, "no cause is recorded", "原因が記録されていない"),
        Fault::NoEvidence => say!(lang, "{place}: nothing shows it", "{place}：根拠がない"),
        Fault::NoOwner => say!(lang, "{place}: no owner", "{place}：担当者がない"),
        Fault::NoDue => say!(lang, "{place}: no due date", "{place}：期日がない"),
        Fault::NothingPrevents => {
            say!(lang, "no action prevents a root cause", "根本原因を防ぐ対策がない")
        }
        Fault::Blame { passage, sentence, .. } => {
            let (passage, sentence) = (one_line(passage), one_line(sentence));
            if passage == sentence {
                say!(lang, "{place}: “{passage}” blames", "{place}：「{passage}」は人を責める表現")
            } else {
                say!(
                    lang,
                    "{place}: “{passage}” blames, in “{sentence}”",
                    "{place}：「{sentence}」の「{passage}」は人を責める表現"
                )
            }
        }
        Fault::Placeholder { passage } => {
            let passage = one_line(passage);
            say!(lang, "{place}: “{passage}” still stands for something", "{place}：「{passage}」が残っている")
        }
        Fault::Conflict => {
            say!(lang, "{place}: two versions stand in it, between markers", "{place}：両者の文が併記されたまま")
        }
        Fault::Beside { by, version } => {
            let (by, version) = (one_line(by), short(*version));
            say!(
                lang,
                "{place}: {by}'s version {version} was written at the same time and is not in it",
                "{place}：{by} が同時に書いた版 {version} が反映されていない"
            )
        }
    }
}

/// What to do about it: a better wording, or a command.
pub fn advice(finding: &Weakness, on: &str, lang: Lang) -> Option<String> {
    match (&finding.kind, &finding.place) {
        (Fault::Blame { rule, .. }, _) => Some(better(*rule, lang)),
        (Fault::Beside { version, .. }, _) => {
            let version = short(*version);
            Some(format!("{on} timeline --full --kind postmortem.written  ({version})"))
        }
        (_, Place::Section { id, .. }) => Some(format!("{on} postmortem edit {id}")),
        (Fault::NoEvidence, Place::Cause { id, .. }) => {
            let id = short(*id);
            Some(format!("{on} cause support {id} --evidence ID"))
        }
        (Fault::NoOwner, Place::Action { id, .. }) => Some(format!("{on} action set {} --owner NAME", short(*id))),
        (Fault::NoDue, Place::Action { id, .. }) => Some(format!("{on} action set {} --due 14d", short(*id))),
        (Fault::NoCause, _) => Some(format!("{on} cause add TEXT --evidence ID")),
        (Fault::NothingPrevents, _) => Some(format!("{on} action add TEXT --owner NAME --due 14d --prevents CAUSE")),
        (_, Place::Cause { id, .. } | Place::Action { id, .. }) => Some(format!("{on} amend {} TEXT", short(*id))),
        (_, Place::Whole) => None,
    }
}

/// A wording that says what made it possible instead of who did it.
pub fn better(rule: Rule, lang: Lang) -> String {
    match rule {
        Rule::Label => say!(
            lang,
            "say what made the slip possible and what let it through",
            "誤りを起こりやすくし、見逃させた条件を書く"
        ),
        Rule::Hindsight => say!(
            lang,
            "say what they knew then, and what would have shown it: “nothing showed X at that time”",
            "その時点で何がわかっていたか、何があれば気づけたかを書く：「その時点で X を示すものがなかった」"
        ),
        Rule::Omission => say!(
            lang,
            "say what made the step easy to miss: “the runbook has no step for X”, “the alert looks like noise”",
            "抜けやすかった理由を書く：「手順書に X の手順がない」「通知がほかに埋もれる」"
        ),
        Rule::Character => say!(
            lang,
            "say what was done and what in tools, time or training led to it, not what somebody is like",
            "人の性質ではなく、行ったことと、そうさせた道具・時間・教育の条件を書く"
        ),
        Rule::Fault => say!(
            lang,
            "say which condition let it happen, whoever had been there: “the tool accepts X without asking”",
            "誰であっても起こりえた条件を書く：「ツールが X を確認なしに受け付ける」"
        ),
        Rule::Exhortation => say!(
            lang,
            "change what people work with instead of asking them to be better: a check, a default, an alert",
            "注意を求める代わりに仕組みを変える：検査、既定値、通知"
        ),
    }
}

fn place(place: &Place, lang: Lang) -> String {
    match place {
        Place::Section { id, title } => {
            let title = one_line(title.get(lang));
            say!(lang, "{title} ({id})", "{title}（{id}）")
        }
        Place::Cause { id, text } => {
            let (id, line) = (short(*id), first_line(text));
            let text = one_line(&line);
            say!(lang, "cause {id} “{text}”", "原因 {id}「{text}」")
        }
        Place::Action { id, text } => {
            let (id, line) = (short(*id), first_line(text));
            let text = one_line(&line);
            say!(lang, "action {id} “{text}”", "対策 {id}「{text}」")
        }
        Place::Whole => String::new(),
    }
}

fn short(id: EventId) -> String {
    id.tag().chars().take(TAG_SHORTEST).collect()
}
