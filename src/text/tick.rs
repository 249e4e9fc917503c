//! What the scheduler says: to whoever reads its output, and to those whom it reminds and calls.

use super::{Moments, label, one_line};
use crate::incident::clock::Clock;
use crate::incident::localized::Lang;
use crate::incident::severity::Severity;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::say;

/// The incident that a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Its number.
    pub number: u32,
    /// How bad it is.
    pub severity: Severity,
    /// Its title, where everybody may see it.
    pub title: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// What a message may name: of a restricted incident only the number.
    pub fn of(incident: &'a Incident) -> Self {
        Self {
            number: incident.number,
            severity: incident.severity,
            title: (!incident.restricted).then_some(incident.title.as_str()),
        }
    }

    /// Whether nothing but its number, how bad it is and how late something is may be said.
    pub const fn is_restricted(&self) -> bool {
        self.title.is_none()
    }

    fn words(&self, lang: Lang) -> String {
        let (number, severity) = (self.number, self.severity);
        let title = match self.title {
            Some(title) => one_line(title).into_owned(),
            None => say!(lang, "(restricted)", "（閲覧制限）"),
        };
        format!("#{number} {severity} {title}")
    }
}

/// How a deadline stands: `fix, due in 10 min (14:05), ben`.
pub fn deadline(clock: &Clock, now: Timestamp, moments: &Moments) -> String {
    let (name, when) = (one_line(&clock.name), standing(clock, now, moments));
    match &clock.owner {
        Some(owner) => format!("{name}: {when}, {}", one_line(owner)),
        None => format!("{name}: {when}"),
    }
}

/// How a deadline of a restricted incident stands: what kind it is and how late, and nothing of whose or for what.
pub fn masked_deadline(clock: &Clock, now: Timestamp, moments: &Moments) -> String {
    format!("{}: {}", label::clock_kind(clock.kind, moments.lang()), standing(clock, now, moments))
}

fn standing(clock: &Clock, now: Timestamp, moments: &Moments) -> String {
    let lang = moments.lang();
    let at = moments.near(clock.due_at, now);
    match clock.due_at.since(now) {
        Some(left) if left.millis() > 0 => {
            let left = moments.span(left);
            say!(lang, "due in {left} ({at})", "あと{left}（{at}）")
        }
        _ => {
            let late = now.since(clock.due_at).map(|late| moments.span(late)).unwrap_or_default();
            say!(lang, "overdue by {late} ({at})", "{late}超過（{at}）")
        }
    }
}

/// There is more than this message says.
pub fn and_more(lang: Lang) -> String {
    say!(lang, "and more deadlines on other incidents: hikeshi due", "ほかのインシデントにも期限あり: hikeshi due")
}

/// Somebody was reminded of deadlines.
pub fn reminded(subject: &Subject<'_>, to: &[String], lines: &[String], lang: Lang) -> String {
    let (words, to) = (subject.words(lang), names(to));
    let head = if to.is_empty() || subject.is_restricted() { words } else { format!("{words} → {to}") };
    std::iter::once(head).chain(lines.iter().map(|line| format!("  {line}"))).collect::<Vec<_>>().join("\n")
}

/// The subject of a reminder.
pub fn reminder_subject(subject: &Subject<'_>, lang: Lang) -> String {
    let words = subject.words(lang);
    say!(lang, "Deadline: {words}", "期限: {words}")
}

/// Nobody is left to call.
pub fn nobody_answers(subject: &Subject<'_>, who: &str, lang: Lang) -> String {
    let (words, who) = (subject.words(lang), one_line(who));
    if subject.is_restricted() {
        return say!(
            lang,
            "{words}: NOBODY ANSWERED, and there is nobody left to call",
            "{words}: 応答がなく、次の呼び出し先もありません"
        );
    }
    say!(
        lang,
        "{words}: NOBODY ANSWERED: {who} did not, and there is nobody left to call",
        "{words}: 応答なし: {who} から応答がなく、次の呼び出し先もありません"
    )
}

/// The subject of what is said when nobody is left to call.
pub fn nobody_subject(subject: &Subject<'_>, lang: Lang) -> String {
    let words = subject.words(lang);
    say!(lang, "NOBODY ANSWERED: {words}", "応答なし: {words}")
}

/// What to do when nobody is left to call.
pub fn call_somebody(subject: &Subject<'_>, lang: Lang) -> String {
    let number = subject.number;
    say!(
        lang,
        "call somebody else: hikeshi -i {number} escalate --to NAME",
        "別の人を呼び出す: hikeshi -i {number} escalate --to 名前"
    )
}

/// The next tier is called.
pub fn calls_next(subject: &Subject<'_>, who: &str, next: &[String], lang: Lang) -> String {
    let (words, who, next) = (subject.words(lang), one_line(who), names(next));
    if subject.is_restricted() {
        return say!(lang, "{words}: no answer, calling the next", "{words}: 応答がないため次の担当者を呼び出します");
    }
    say!(lang, "{words}: {who} did not answer, calling {next}", "{words}: {who} が応答しないため {next} を呼び出します")
}

/// The subject of a call.
pub fn call_subject(subject: &Subject<'_>, lang: Lang) -> String {
    let words = subject.words(lang);
    say!(lang, "You are called: {words}", "呼び出し: {words}")
}

/// The words of a call.
pub fn call_text(subject: &Subject<'_>, who: &[String], reason: Option<&str>, lang: Lang) -> String {
    let (words, who, number) = (subject.words(lang), names(who), subject.number);
    let mut lines = vec![say!(lang, "{who}: you are called to {words}", "{who} さん: {words} への対応をお願いします")];
    // Why somebody was called to a restricted incident may name others.
    lines.extend(reason.filter(|_| !subject.is_restricted()).map(|reason| one_line(reason).into_owned()));
    lines.push(say!(
        lang,
        "answer: hikeshi -i {number} ack   can't come: hikeshi -i {number} ack --decline",
        "応答: hikeshi -i {number} ack   対応不可: hikeshi -i {number} ack --decline"
    ));
    lines.join("\n")
}

/// A rule says that it is worse than it is classified.
pub fn reclassified(subject: &Subject<'_>, to: Severity, reason: &str, applied: bool, lang: Lang) -> String {
    let (words, number) = (subject.words(lang), subject.number);
    if applied {
        say!(lang, "{words}: raised to {to}: {reason}", "{words}: {to} に引き上げました: {reason}")
    } else {
        say!(
            lang,
            "{words}: {reason}: consider hikeshi -i {number} escalate {to}",
            "{words}: {reason}。検討: hikeshi -i {number} escalate {to}"
        )
    }
}

/// What stands for what another end said of a restricted incident's message: it may name whoever was to get it.
pub fn masked_answer(number: u32, lang: Lang) -> String {
    say!(
        lang,
        "#{number} (restricted): see hikeshi -i {number} timeline --kind message",
        "#{number}（閲覧制限）: hikeshi -i {number} timeline --kind message で確認"
    )
}

fn names(names: &[String]) -> String {
    names.iter().map(|name| one_line(name).into_owned()).collect::<Vec<_>>().join(", ")
}
