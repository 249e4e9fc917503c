//! What the rules refuse, in words: what was wrong with which value, and the command to run next.

mod correction;
mod field;
mod promise;
mod remedy;
mod severity;
mod writing;

use super::Moments;
use super::label;
use crate::incident::localized::Lang;
use crate::incident::rejection::{Candidate, Rejection};
use crate::incident::state::Waiting;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::one_line;
use field::field_name;
pub use remedy::due_forms;

/// A refusal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was wrong with which value.
    pub message: String,
    /// The command to run next.
    pub hint: Option<String>,
    /// Lines that belong to the message.
    pub details: Vec<String>,
}

/// A refusal on incident number `number`, in the reader's language and zone.
pub fn rejection(rejection: &Rejection, number: Option<u32>, moments: &Moments) -> Refusal {
    let lang = moments.lang();
    let on = number.map_or_else(|| "hikeshi".to_owned(), |number| format!("hikeshi -i {number}"));
    let (message, hint) = sentences(rejection, &on, moments);
    Refusal { message, hint, details: details(rejection, &on, lang) }
}

fn sentences(rejection: &Rejection, on: &str, moments: &Moments) -> (String, Option<String>) {
    let lang = moments.lang();
    let at = |at: &Timestamp| moments.full(*at);
    match rejection {
        Rejection::Promise(promise) => promise::refusal(promise, on, lang),
        Rejection::Remedy(remedy) => remedy::refusal(remedy, on, moments),
        Rejection::Writing(writing) => writing::refusal(writing, on, lang),
        Rejection::Empty { field } => {
            let name = field_name(*field, lang);
            (say!(lang, "the {name} is empty", "{name}が空です"), Some(field::example(*field, on)))
        }
        Rejection::NoSuchTime { millis } => (
            say!(
                lang,
                "its time ({millis} ms) lies outside the years 1 to 9999",
                "時刻（{millis} ms）が西暦1〜9999年の範囲外です"
            ),
            None,
        ),
        Rejection::TooLong { field, bytes, most } => {
            let name = field_name(*field, lang);
            (
                say!(
                    lang,
                    "the {name} has {bytes} bytes; the most is {most}",
                    "{name}が{bytes}バイトあります。上限は{most}バイトです"
                ),
                Some(say!(
                    lang,
                    "keep the long text in a file and link to it: {on} link add doc URL",
                    "長い文章はファイルに置き、リンクする: {on} link add doc URL"
                )),
            )
        }
        Rejection::TooMany { field, given, most } => {
            let name = field_name(*field, lang);
            (
                say!(
                    lang,
                    "{given} values for the {name}; the most is {most}",
                    "{name}が{given}個あります。上限は{most}個です"
                ),
                None,
            )
        }
        Rejection::ControlCharacter { field, code } => {
            let name = field_name(*field, lang);
            (
                say!(
                    lang,
                    "the {name} has the control character U+{code:04X}, which has no place there",
                    "{name}に制御文字 U+{code:04X} が含まれています"
                ),
                None,
            )
        }
        Rejection::IllegalMove { verb, from, legal } => (
            say!(
                lang,
                "`{verb}` is not possible while the incident is {}",
                "状態が「{}」のインシデントでは `{verb}` できません",
                label::status(*from, lang)
            ),
            Some(moves(*from, legal, on, lang)),
        ),
        Rejection::Over { verb, status } => (
            say!(
                lang,
                "`{verb}` is not possible: the incident is {}",
                "状態が「{}」のため `{verb}` できません",
                label::status(*status, lang)
            ),
            Some(format!("{on} reopen --reason …")),
        ),
        Rejection::NotBackwards { from, to } => (
            say!(
                lang,
                "reopening goes back, and `{}` does not lie before `{}`",
                "reopen は前の状態に戻す操作です。「{}」は「{}」より前ではありません",
                label::status(*to, lang),
                label::status(*from, lang)
            ),
            Some(moves(*from, &from.legal_moves(), on, lang)),
        ),
        Rejection::NotWorse { .. } | Rejection::NotBetter { .. } | Rejection::NothingToEscalate => {
            severity::refusal(rejection, on, lang)
        }
        Rejection::UnknownRole { typed, .. } => {
            let typed = one_line(typed);
            (
                say!(
                    lang,
                    "no playbook knows a role `{typed}`",
                    "「{typed}」という役割はどのプレイブックにもありません"
                ),
                Some(say!(
                    lang,
                    "to make it up on the spot, say what it is for: {on} assign-role '{typed}' NAME --duty …",
                    "その場で作るには担当内容を添える: {on} assign-role '{typed}' 名前 --duty …"
                )),
            )
        }
        Rejection::AmbiguousRole { typed, roles } => {
            let first = roles.first().map_or("ROLE", |role| role.id.as_str());
            (
                say!(lang, "`{}` could be several roles", "「{}」は複数の役割を指します", one_line(typed)),
                Some(format!("{on} assign-role {first} NAME")),
            )
        }
        Rejection::NotHeld { role, person, .. } => (
            person.as_ref().map_or_else(
                || say!(lang, "nobody holds {role}", "{role} の担当者はいません"),
                |person| say!(lang, "{} does not hold {role}", "{} は {role} の担当ではありません", one_line(person)),
            ),
            Some(format!("{on} roles")),
        ),
        Rejection::HeldAlready { role, person } => (
            say!(lang, "{} holds {role} already", "{} はすでに {role} の担当です", one_line(person)),
            Some(format!("{on} roles")),
        ),
        Rejection::LastIncidentManager { holder } => (
            say!(
                lang,
                "{} is incident manager, and nobody is named to take over",
                "{} がインシデント マネージャーです。後任が決まるまで外せません",
                one_line(holder)
            ),
            Some(format!("{on} assign-role incident-manager NAME")),
        ),
        Rejection::UnknownStep { typed, .. } => (
            say!(lang, "no step `{}`", "「{}」という手順はありません", one_line(typed)),
            Some(format!("{on} checklist")),
        ),
        Rejection::AmbiguousStep { typed, steps } => {
            let first = steps.first().map_or("STEP", |step| step.id.as_str());
            (
                say!(lang, "`{}` could be several steps", "「{}」は複数の手順を指します", one_line(typed)),
                Some(format!("{on} check {first}")),
            )
        }
        Rejection::StepAlready { step, state, by } => {
            let by = by.as_ref().map(|by| one_line(by).into_owned()).unwrap_or_default();
            match *state {
                "open" => {
                    (say!(lang, "step {step} is open", "手順 {step} は未完了です"), Some(format!("{on} check {step}")))
                }
                "skipped" => (
                    say!(lang, "step {step} was skipped by {by}", "手順 {step} は {by} が省略済みです"),
                    Some(format!("{on} check {step} --undo")),
                ),
                _ => (
                    say!(lang, "step {step} was done by {by}", "手順 {step} は {by} が完了済みです"),
                    Some(format!("{on} check {step} --undo")),
                ),
            }
        }
        Rejection::UnknownCategory { typed, known } => (
            say!(lang, "no category `{}`", "「{}」という分類はありません", one_line(typed)),
            Some(say!(lang, "known: {}", "使える分類: {}", known.join(", "))),
        ),
        Rejection::UnknownPlaybook { typed, .. } => (
            say!(lang, "no playbook `{}`", "「{}」というプレイブックはありません", one_line(typed)),
            Some("hikeshi playbook list".to_owned()),
        ),
        Rejection::Lookalike { number, title } => (
            say!(
                lang,
                "#{number} “{}” is unresolved and has the same title and services",
                "#{number}「{}」が未解決で、件名とサービスが同じです",
                one_line(title)
            ),
            Some(say!(
                lang,
                "to join it: hikeshi -i {number} show; to open another beside it: --force",
                "参加する: hikeshi -i {number} show　別件として開く: --force"
            )),
        ),
        Rejection::BeforeStart { at: given, started_at } => (
            say!(
                lang,
                "{} lies before the incident started ({})",
                "{} はインシデントの開始（{}）より前です",
                at(given),
                at(started_at)
            ),
            Some(say!(
                lang,
                "if it began earlier: {on} set --started-at TIME",
                "開始がもっと前なら: {on} set --started-at 時刻"
            )),
        ),
        Rejection::BeforeKnown { at: given, known_at } => (
            say!(
                lang,
                "{} lies before the incident was known of ({}), and nobody said when it began",
                "{} はインシデントの把握（{}）より前で、開始時刻も記録されていません",
                at(given),
                at(known_at)
            ),
            Some(say!(
                lang,
                "if it began earlier: {on} set --started-at TIME",
                "開始がもっと前なら: {on} set --started-at 時刻"
            )),
        ),
        Rejection::DetectedBeforeStart { detected_at, started_at } => (
            say!(
                lang,
                "it can't be detected ({}) before it started ({})",
                "検知（{}）が開始（{}）より前になっています",
                at(detected_at),
                at(started_at)
            ),
            None,
        ),
        Rejection::StillWaiting { waiting } => (
            say!(
                lang,
                "{} open, so it can't be closed",
                "{}が残っているためクローズできません",
                things(waiting.len(), lang)
            ),
            Some(say!(
                lang,
                "to close in spite of it: {on} close --force --reason …",
                "それでもクローズする: {on} close --force --reason …"
            )),
        ),
        Rejection::ReasonNeeded { verb } => (
            say!(lang, "`{verb}` needs a reason", "`{verb}` には理由が必要です"),
            Some(format!("{on} {verb} --reason …")),
        ),
        Rejection::NoWorkaround => (
            say!(lang, "no workaround is in place that could be reverted", "解除するワークアラウンドがありません"),
            Some(format!("{on} fix TEXT")),
        ),
        Rejection::DuplicateOfWhat => (
            say!(lang, "a duplicate of which incident?", "どのインシデントの重複ですか"),
            Some(format!("{on} cancel --because duplicate --of NUMBER --reason …")),
        ),
        Rejection::DuplicateOfItself => (
            say!(lang, "an incident is no duplicate of itself", "自分自身の重複にはできません"),
            Some("hikeshi list".to_owned()),
        ),
        Rejection::DuplicateOfCancelled { number } => (
            say!(lang, "#{number} is cancelled itself", "#{number} 自体が取り消されています"),
            Some("hikeshi list --all".to_owned()),
        ),
        Rejection::NoHypothesis { .. }
        | Rejection::ForeignEntry { .. }
        | Rejection::NotAmendable { .. }
        | Rejection::NoEvidence { .. }
        | Rejection::AlreadyHolds { .. }
        | Rejection::NothingToAmend
        | Rejection::NoWords { .. }
        | Rejection::Secret { .. } => correction::refusal(rejection, on, lang),
        Rejection::NothingToChange => {
            (say!(lang, "nothing would change", "変わるものがありません"), Some(format!("{on} show")))
        }
        Rejection::NoSuchService { service, services } => (
            say!(
                lang,
                "the incident has no service `{}`",
                "このインシデントに「{}」というサービスはありません",
                one_line(service)
            ),
            Some(say!(
                lang,
                "it has: {}",
                "登録済み: {}",
                if services.is_empty() { "–".to_owned() } else { one_line(&services.join(", ")).into_owned() }
            )),
        ),
        Rejection::NothingToUndo { actor } => (
            say!(
                lang,
                "{} has recorded nothing here that could be taken back",
                "{} がここに記録したもので取り消せるものはありません",
                one_line(actor)
            ),
            Some(format!("{on} timeline")),
        ),
        Rejection::NotUndoable { kind } => (
            match kind.as_str() {
                "incident.declared" => say!(lang, "a declaration can't be undone", "宣言は取り消せません"),
                _ => say!(
                    lang,
                    "`{}` can't be undone: people may have acted on it",
                    "`{}` は取り消せません。すでに人が動いている可能性があります",
                    one_line(kind)
                ),
            },
            Some(if kind == "incident.declared" {
                format!("{on} cancel --reason …")
            } else {
                format!("{on} note …")
            }),
        ),
        Rejection::BuiltUpon { kind, later } => (
            say!(
                lang,
                "`{}` can't be undone: `{}` came after it and builds on it",
                "`{}` は取り消せません。後の `{}` がこれを前提にしています",
                one_line(kind),
                one_line(later)
            ),
            Some(match kind.split('.').next() {
                Some("cause") => format!("{on} cause list"),
                Some("action") => format!("{on} action list --all"),
                _ => format!("{on} reopen --to STATUS --reason …"),
            }),
        ),
    }
}

fn details(rejection: &Rejection, on: &str, lang: Lang) -> Vec<String> {
    let listed = |candidates: &[Candidate]| -> Vec<String> {
        candidates.iter().map(|one| format!("{}  {}", one_line(&one.id), one_line(&one.title))).collect()
    };
    match rejection {
        Rejection::AmbiguousRole { roles, .. } => listed(roles),
        Rejection::AmbiguousStep { steps, .. } => listed(steps),
        Rejection::UnknownRole { near, .. } | Rejection::UnknownStep { near, .. } => {
            let nearest = |one: &Candidate| {
                say!(lang, "did you mean {} ({})?", "もしかして: {}（{}）", one_line(&one.id), one_line(&one.title))
            };
            near.iter().map(nearest).collect()
        }
        Rejection::NotHeld { holders, .. } if !holders.is_empty() => {
            vec![say!(lang, "held by: {}", "現在の担当: {}", one_line(&holders.join(", ")))]
        }
        Rejection::UnknownPlaybook { known, .. } => vec![say!(lang, "known: {}", "使えるもの: {}", known.join(", "))],
        Rejection::StillWaiting { waiting } => {
            let line = |one: &Waiting| format!("{}: {on} {}", super::waiting(one, lang), one.settled_by());
            let filed = |one: &Waiting| match one {
                Waiting::Postmortem { .. } => say!(
                    lang,
                    "; written here and reviewed: {on} postmortem approve",
                    "　ここで書いて確認済みなら: {on} postmortem approve"
                ),
                _ => String::new(),
            };
            waiting.iter().map(|one| line(one) + &filed(one)).collect()
        }
        Rejection::Writing(writing) => writing::details(writing, on, lang),
        _ => Vec::new(),
    }
}

fn things(count: usize, lang: Lang) -> String {
    if count == 1 { say!(lang, "1 thing is", "1件") } else { say!(lang, "{count} things are", "{count}件") }
}

/// The commands that lead on from a status.
fn moves(from: Status, legal: &[Status], on: &str, lang: Lang) -> String {
    let verb = |status: &Status| match status {
        Status::Identified => "identify",
        Status::Mitigated => "mitigate",
        Status::Monitoring => "monitor",
        Status::Resolved => "resolve",
        Status::Closed => "close",
        Status::Cancelled => "cancel --reason …",
        Status::Investigating => "reopen --reason …",
    };
    let mut verbs: Vec<&str> = legal.iter().map(verb).collect();
    if from != Status::Investigating {
        verbs.push("reopen --reason …");
    }
    say!(
        lang,
        "possible now: {} ({on} {})",
        "今できること: {}（{on} {}）",
        verbs.iter().map(|verb| verb.split(' ').next().unwrap_or_default()).collect::<Vec<_>>().join(", "),
        verbs.first().unwrap_or(&"show")
    )
}
