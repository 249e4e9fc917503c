//! One line about each fact of what was said: statements, messages, figures.

use super::promise::short;
use super::{because, first_line, required};
use crate::incident::fact::{
    Fact, ImpactMeasured, MessageDelivered, MessageFailed, MessageQueued, StatementDrafted, StatementSent,
};
use crate::incident::localized::Lang;
use crate::incident::slug::{Conveyance, Purpose};
use crate::say;
use crate::text::label;
use crate::text::time::span;

pub(super) fn statement(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::StatementDrafted(drafted) => draft(drafted, lang),
        Fact::StatementApproved(approved) => {
            let (by, role, entry) = (&approved.by, &approved.role, short(approved.statement));
            say!(lang, "{by} approved {entry} as {role}", "{by}（{role}）が {entry} を承認")
        }
        Fact::StatementSent(sent) => sending(sent, lang),
        Fact::MessageQueued(queued) => message(queued, lang),
        Fact::MessageDelivered(delivered) => delivery(delivered, lang),
        Fact::MessageFailed(failed) => failure(failed, lang),
        Fact::AnswerAdded(added) => {
            let (question, answer) = (required(&added.question, lang), first_line(&added.answer));
            say!(lang, "Q: {question} – A: {answer}", "想定問答：{question} → {answer}")
        }
        Fact::PeopleBriefed(briefed) => {
            let names = briefed.names.join(", ");
            say!(lang, "briefed: {names}", "説明済み：{names}")
        }
        Fact::ReachMeasured(count) => {
            let (channel, reached) = (&count.channel, count.reached);
            match count.of {
                Some(of) => say!(lang, "{channel} reached {reached} of {of}", "{channel} の到達 {reached}/{of}"),
                None => say!(lang, "{channel} reached {reached}", "{channel} の到達 {reached}"),
            }
        }
        Fact::ImpactMeasured(measured) => impact(measured, lang),
        other => super::record::record(other, lang),
    }
}

fn draft(drafted: &StatementDrafted, lang: Lang) -> String {
    let (to, stage) = (drafted.audiences.join(", "), label::stage(drafted.stage, lang));
    let mut text = required(&drafted.text, lang);
    if drafted.approval_unknown {
        text = say!(
            lang,
            "{text} (the policy could not be read: whether it needs approval is not known)",
            "{text}（ポリシーを読めず、承認の要否は不明）"
        );
    }
    match drafted.corrects {
        Some(wrong) => {
            let wrong = short(wrong);
            say!(lang, "correction of {wrong} for {to}: {text}", "{wrong} の訂正（{to}）：{text}")
        }
        None => say!(lang, "statement for {to} ({stage}): {text}", "告知文（{to}、{stage}）：{text}"),
    }
}

fn sending(sent: &StatementSent, lang: Lang) -> String {
    let (entry, to) = (short(sent.statement), sent.audiences.join(", "));
    let how = match sent.how {
        Conveyance::Sent => say!(lang, "sent", "送信"),
        Conveyance::ByHand => say!(lang, "sent by hand", "手作業で送信"),
        Conveyance::Held => say!(lang, "held", "説明会を実施"),
    };
    let through = sent.channels.join(", ");
    let line = if through.is_empty() {
        say!(lang, "{how} to {to}: {entry}", "{to} へ{how}：{entry}")
    } else {
        say!(lang, "{how} to {to} through {through}: {entry}", "{to} へ{how}（{through}）：{entry}")
    };
    match sent.corrects {
        Some(wrong) => {
            let wrong = short(wrong);
            say!(lang, "{line}; {wrong} no longer stands", "{line}（{wrong} は無効）")
        }
        None => line,
    }
}

fn message(queued: &MessageQueued, lang: Lang) -> String {
    let channel = &queued.channel;
    let what = match queued.purpose {
        Purpose::Statement => say!(lang, "statement", "告知文"),
        Purpose::Call => say!(lang, "call", "呼び出し"),
        Purpose::Reminder => say!(lang, "reminder", "期限の通知"),
    };
    let to = queued.to.join(", ");
    if to.is_empty() {
        say!(lang, "{what} queued for {channel}", "{what}を {channel} の送信待ちに登録")
    } else {
        say!(lang, "{what} to {to} queued for {channel}", "{what}（{to}）を {channel} の送信待ちに登録")
    }
}

fn delivery(delivered: &MessageDelivered, lang: Lang) -> String {
    let (channel, entry) = (&delivered.channel, short(delivered.message));
    if delivered.uncertain {
        say!(
            lang,
            "delivered through {channel}: {entry} (perhaps twice: an earlier reply was lost)",
            "{channel} で配信：{entry}（前回の応答が失われたため重複の可能性あり）"
        )
    } else {
        say!(lang, "delivered through {channel}: {entry}", "{channel} で配信：{entry}")
    }
}

fn failure(failed: &MessageFailed, lang: Lang) -> String {
    let (channel, entry, attempt) = (&failed.channel, short(failed.message), failed.attempt);
    let mut reason = required(&failed.reason, lang);
    if let Some(about) = failed.about.map(short) {
        reason = say!(lang, "statement {about}: {reason}", "告知文 {about}：{reason}");
    }
    if failed.next_at.is_some() {
        say!(
            lang,
            "not delivered through {channel} yet: {entry}, attempt {attempt}: {reason}",
            "{channel} で未配信：{entry}（{attempt}回目）：{reason}"
        )
    } else {
        say!(
            lang,
            "DELIVERY GIVEN UP: {channel}, {entry}, attempt {attempt}: {reason}",
            "配信を断念：{channel}、{entry}（{attempt}回目）：{reason}"
        )
    }
}

fn impact(measured: &ImpactMeasured, lang: Lang) -> String {
    let figures = figures(measured, lang).join(&say!(lang, "; ", "、"));
    if figures.is_empty() {
        let text = required(measured.text.as_deref().unwrap_or_default(), lang);
        return say!(lang, "impact: {text}", "影響：{text}");
    }
    because(say!(lang, "impact: {figures}", "影響：{figures}"), measured.text.as_deref(), lang)
}

fn figures(measured: &ImpactMeasured, lang: Lang) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(users) = measured.users {
        parts.push(say!(lang, "{users} users", "利用者 {users}"));
    }
    if let Some(percent) = measured.requests_failed {
        parts.push(say!(lang, "{percent} % of requests fail", "失敗率 {percent}%"));
    }
    if let (Some(done), Some(total)) = (measured.units_done, measured.units_total) {
        parts.push(say!(lang, "{done} of {total} units mended", "復旧 {done}/{total}"));
    }
    if let Some(downtime) = measured.downtime {
        let took = span(downtime, lang);
        parts.push(say!(lang, "down for {took}", "停止 {took}"));
    }
    parts.extend(
        [&measured.regions, &measured.services].into_iter().filter(|list| !list.is_empty()).map(|l| l.join(", ")),
    );
    parts.extend(measured.data_loss.map(|loss| label::data_loss(loss, lang).to_owned()));
    if let Some(cost) = &measured.cost {
        parts.push(say!(lang, "cost {cost}", "費用 {cost}"));
    }
    parts
}
