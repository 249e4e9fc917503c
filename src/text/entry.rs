//! One line for people about each kind of fact.
//!
//! What people wrote stands in it as they wrote it: whoever shows the line escapes it for where it goes.

mod drill;
mod intake;
mod promise;
mod record;
mod remedy;
mod statement;
mod words;
mod writing;

pub use record::no_end;
pub use words::{first_line, is_shortened, words};

use super::label;
use crate::incident::command::CommandMode;
use crate::incident::fact::{
    Fact, IncidentCancelled, IncidentChanged, IncidentClosed, IncidentDeclared, IncidentFixed, IncidentIdentified,
    RoleAssigned, RoleUnassigned, StepsActivated,
};
use crate::incident::localized::{Lang, Localized};
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::say;

/// One line about a fact; of words that have several lines, the first.
pub fn entry(fact: &Fact, lang: Lang) -> String {
    entry_with(fact, lang, |_| None)
}

/// One line about a fact, with the titles of roles looked up where the fact itself has only the slug.
pub fn entry_with<'a>(fact: &Fact, lang: Lang, title: impl Fn(&str) -> Option<&'a Localized>) -> String {
    match fact {
        Fact::IncidentDeclared(declared) => declaration(declared, lang),
        Fact::PlaybookJoined(joined) => {
            let (name, steps) = (joined.title.get(lang), joined.steps.len());
            say!(lang, "playbook “{name}” joined, steps: {steps}", "プレイブック「{name}」を適用（{steps}手順）")
        }
        Fact::IncidentChanged(changed) => change(changed, lang),
        Fact::LinkAdded(link) => {
            let (kind, target) = (label::link_kind(link.kind, lang), required(&link.target, lang));
            say!(lang, "{kind} link: {target}", "リンク（{kind}）：{target}")
        }
        Fact::SeverityChanged(changed) => {
            let (from, to) = (label::severity(changed.from, lang), label::severity(changed.to, lang));
            let moved = say!(lang, "severity {from} → {to}", "重大度 {from} → {to}");
            because(moved, changed.reason.as_deref(), lang)
        }
        Fact::CommandChanged(changed) => match changed.to {
            CommandMode::Unified => say!(lang, "unified command begins", "統一コマンドを発動"),
            CommandMode::Standard => {
                say!(lang, "unified command ends", "統一コマンドを終了（通常の指揮に戻る）")
            }
        },
        Fact::PeopleCalled(called) => {
            let who = &called.who;
            because(say!(lang, "called in {who}", "{who} を招集"), called.reason.as_deref(), lang)
        }
        Fact::RoleAssigned(assigned) => {
            let known = assigned.spec.as_ref().map(|spec| &spec.title).or_else(|| title(&assigned.role));
            assignment(assigned, known.map_or(assigned.role.as_str(), |title| title.get(lang)), lang)
        }
        Fact::RoleUnassigned(taken) => {
            unassignment(taken, title(&taken.role).map_or(taken.role.as_str(), |title| title.get(lang)), lang)
        }
        Fact::NoteAdded(note) => required(&note.text, lang),
        Fact::StepsActivated(activated) => activation(activated, lang),
        Fact::StepAdded(added) => {
            let text = required(&added.text, lang);
            match added.person.as_ref().or(added.role.as_ref()) {
                Some(owner) => say!(lang, "task added for {owner}: {text}", "タスクを追加（{owner}）：{text}"),
                None => say!(lang, "task added: {text}", "タスクを追加：{text}"),
            }
        }
        Fact::StepChecked(checked) => {
            let step = &checked.step;
            dash(say!(lang, "done: {step}", "完了：{step}"), checked.result.as_deref())
        }
        Fact::StepSkipped(skipped) => {
            let step = &skipped.step;
            dash(say!(lang, "skipped: {step}", "省略：{step}"), Some(&required(&skipped.reason, lang)))
        }
        Fact::StepReopened(reopened) => {
            let step = &reopened.step;
            say!(lang, "open again: {step}", "未完了に戻した：{step}")
        }
        _ => lifecycle(fact, lang),
    }
}

fn lifecycle(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::IncidentIdentified(identified) => identification(identified, lang),
        Fact::IncidentMitigated(mitigated) => {
            let workaround = required(&mitigated.workaround, lang);
            say!(lang, "workaround: {workaround}", "ワークアラウンド：{workaround}")
        }
        Fact::IncidentFixed(fixed) => fix(fixed, lang),
        Fact::IncidentMonitoring(_) => say!(lang, "monitoring", "経過観察を開始"),
        Fact::IncidentResolved(resolved) => {
            let done = say!(lang, "resolved", "解決");
            match (&resolved.summary, &resolved.cause) {
                (None, Some(cause)) => {
                    let cause = first_line(cause);
                    say!(lang, "resolved; cause: {cause}", "解決（原因：{cause}）")
                }
                (summary, None) => because(done, summary.as_deref(), lang),
                (Some(summary), Some(cause)) => {
                    let (summary, cause) = (first_line(summary), first_line(cause));
                    say!(lang, "resolved: {summary}; cause: {cause}", "解決：{summary}（原因：{cause}）")
                }
            }
        }
        Fact::IncidentClosed(closed) => closing(closed, lang),
        Fact::IncidentReopened(reopened) => {
            let (to, reason) = (label::status(reopened.to, lang), required(&reopened.reason, lang));
            say!(lang, "reopened as {to}: {reason}", "再開（{to}へ）：{reason}")
        }
        Fact::IncidentCancelled(cancelled) => cancellation(cancelled, lang),
        Fact::PostmortemFiled(filed) => {
            let place = required(&filed.place, lang);
            say!(lang, "postmortem filed: {place}", "ポストモーテムを提出：{place}")
        }
        Fact::EntryUndone(undone) => {
            let kinds = undone.kinds.join(", ");
            say!(lang, "took back: {kinds}", "取り下げ：{kinds}")
        }
        _ => promise::promise(fact, lang),
    }
}

/// Words that every such fact is recorded with: when they are missing, they were removed later.
fn required(text: &str, lang: Lang) -> String {
    if text.is_empty() { super::postmortem::words_removed(lang) } else { first_line(text) }
}

fn because(sentence: String, reason: Option<&str>, lang: Lang) -> String {
    match reason.map(first_line) {
        Some(reason) => say!(lang, "{sentence}: {reason}", "{sentence}：{reason}"),
        None => sentence,
    }
}

fn dash(sentence: String, words: Option<&str>) -> String {
    match words.map(first_line) {
        Some(words) => format!("{sentence} – {words}"),
        None => sentence,
    }
}

fn declaration(fact: &IncidentDeclared, lang: Lang) -> String {
    let (title, severity) = (required(&fact.title, lang), label::severity(fact.severity, lang));
    let what = match (fact.severity_by_default, fact.drill) {
        (false, false) => severity.to_owned(),
        (true, false) => say!(lang, "{severity} (by default)", "{severity}（既定値）"),
        (false, true) => say!(lang, "drill {severity}", "演習 {severity}"),
        (true, true) => say!(lang, "drill {severity} (by default)", "演習 {severity}（既定値）"),
    };
    let services = fact.services.join(", ");
    if services.is_empty() {
        say!(lang, "declared {what} “{title}”", "{what}「{title}」を宣言")
    } else {
        say!(lang, "declared {what} “{title}” ({services})", "{what}「{title}」を宣言（{services}）")
    }
}

fn change(fact: &IncidentChanged, lang: Lang) -> String {
    let mut changes: Vec<String> = Vec::new();
    if let Some(title) = &fact.title {
        let (new, old) = (first_line(title), first_line(fact.title_was.as_deref().unwrap_or_default()));
        changes.push(say!(lang, "title “{old}” → “{new}”", "題名「{old}」→「{new}」"));
    }
    if let Some(title) = &fact.public_title {
        let title = first_line(title);
        changes.push(say!(lang, "title for outside “{title}”", "社外向けの題名「{title}」"));
    }
    if let Some(summary) = &fact.summary {
        let summary = first_line(summary);
        changes.push(say!(lang, "summary: {summary}", "概要：{summary}"));
    }
    if let Some(new) = &fact.category {
        let old = fact.category_was.as_deref().unwrap_or("–");
        changes.push(say!(lang, "category {old} → {new}", "カテゴリ {old} → {new}"));
    }
    if let Some(new) = fact.customers {
        let new = label::customers(new, lang);
        let old = fact.customers_was.map_or("–", |old| label::customers(old, lang));
        changes.push(say!(lang, "customers {old} → {new}", "影響顧客 {old} → {new}"));
    }
    if let Some(new) = fact.started_at {
        let new = minute_utc(new);
        let old = fact.started_at_was.map_or_else(|| "–".to_owned(), minute_utc);
        changes.push(say!(lang, "started {old} → {new}", "発生 {old} → {new}"));
    }
    if let Some(new) = fact.detected_at {
        let new = minute_utc(new);
        let old = fact.detected_at_was.map_or_else(|| "–".to_owned(), minute_utc);
        changes.push(say!(lang, "detected {old} → {new}", "検出 {old} → {new}"));
    }
    changes.extend(fact.services_added.iter().map(|name| say!(lang, "service +{name}", "サービス +{name}")));
    changes.extend(fact.services_removed.iter().map(|name| say!(lang, "service -{name}", "サービス -{name}")));
    if fact.restricted {
        changes.push(say!(lang, "restricted", "閲覧を制限"));
    }
    if changes.is_empty() {
        return say!(lang, "changed: (words removed)", "変更：（文言は削除済み）");
    }
    let changes = changes.join(if lang == Lang::Ja { "、" } else { "; " });
    say!(lang, "changed {changes}", "変更：{changes}")
}

/// `2026-11-20 05:05 UTC`: a line about a fact knows no zone but this.
fn minute_utc(at: Timestamp) -> String {
    let shown = at.to_string();
    match shown.get(..16) {
        Some(minute) if shown.ends_with('Z') => format!("{} UTC", minute.replace('T', " ")),
        _ => shown,
    }
}

fn assignment(fact: &RoleAssigned, role: &str, lang: Lang) -> String {
    let (holder, relieved) = (&fact.holder, fact.relieved.join(", "));
    let taken = if fact.beside_others {
        say!(lang, "{holder} is now {role} too", "{holder} も {role} に就任")
    } else {
        say!(lang, "{holder} is now {role}", "{holder} が {role} に就任")
    };
    let mut details: Vec<String> = Vec::new();
    if let Some(scope) = fact.scope.as_deref().map(first_line) {
        details.push(say!(lang, "scope: {scope}", "範囲：{scope}"));
    }
    if let Some(duty) = fact.duty.as_deref().map(first_line) {
        details.push(say!(lang, "duty: {duty}", "任務：{duty}"));
    }
    let details = details.join(if lang == Lang::Ja { "、" } else { "; " });
    let taken = match (details.is_empty(), relieved.is_empty()) {
        (true, true) => taken,
        (true, false) => say!(lang, "{taken}, relieving {relieved}", "{taken}（{relieved} から交代）"),
        (false, true) => say!(lang, "{taken} ({details})", "{taken}（{details}）"),
        (false, false) => {
            say!(lang, "{taken} ({details}), relieving {relieved}", "{taken}（{details}、{relieved} から交代）")
        }
    };
    because(taken, fact.handover.as_deref(), lang)
}

fn unassignment(fact: &RoleUnassigned, role: &str, lang: Lang) -> String {
    let holders = fact.holders.join(", ");
    if fact.holders.len() > 1 {
        say!(lang, "{holders} are no longer {role}", "{holders} が {role} を離任")
    } else {
        say!(lang, "{holders} is no longer {role}", "{holders} が {role} を離任")
    }
}

fn activation(fact: &StepsActivated, lang: Lang) -> String {
    let slugs: Vec<&str> = fact.steps.iter().map(|step| step.step.as_str()).collect();
    match slugs.as_slice() {
        [one] => say!(lang, "step now applies: {one}", "対象になった手順：{one}"),
        [_, _] | [_, _, _] => {
            let slugs = slugs.join(", ");
            say!(lang, "steps now apply: {slugs}", "対象になった手順：{slugs}")
        }
        _ => {
            let count = slugs.len();
            say!(lang, "{count} steps now apply", "{count} 手順が対象になった")
        }
    }
}

fn identification(fact: &IncidentIdentified, lang: Lang) -> String {
    let learned_later = fact.from >= Status::Identified;
    match (fact.cause.as_deref().map(first_line), learned_later) {
        (Some(cause), true) => say!(lang, "cause: {cause}", "原因：{cause}"),
        (Some(cause), false) => say!(lang, "identified: {cause}", "特定：{cause}"),
        (None, _) => say!(lang, "identified", "特定"),
    }
}

fn fix(fact: &IncidentFixed, lang: Lang) -> String {
    let text = required(&fact.text, lang);
    if fact.reverts_workaround {
        say!(lang, "permanent fix, workaround taken back: {text}", "恒久的処置（ワークアラウンドは撤去）：{text}")
    } else {
        say!(lang, "permanent fix: {text}", "恒久的処置：{text}")
    }
}

fn closing(fact: &IncidentClosed, lang: Lang) -> String {
    let left = fact.left_open.join(", ");
    let sentence = if left.is_empty() {
        say!(lang, "closed", "クローズ")
    } else {
        say!(lang, "closed, leaving open {left}", "クローズ（未完了：{left}）")
    };
    because(sentence, fact.reason.as_deref(), lang)
}

fn cancellation(fact: &IncidentCancelled, lang: Lang) -> String {
    let cause = fact.because.map(|cause| label::cancel_cause(cause, lang));
    let reason = required(&fact.reason, lang);
    match (cause, fact.of_number) {
        (Some(cause), Some(number)) => {
            say!(lang, "cancelled ({cause}, see #{number}): {reason}", "取り消し（{cause}、#{number}）：{reason}")
        }
        (Some(cause), None) => say!(lang, "cancelled ({cause}): {reason}", "取り消し（{cause}）：{reason}"),
        (None, Some(number)) => say!(lang, "cancelled (see #{number}): {reason}", "取り消し（#{number}）：{reason}"),
        (None, None) => say!(lang, "cancelled: {reason}", "取り消し：{reason}"),
    }
}

#[cfg(test)]
mod tests;
