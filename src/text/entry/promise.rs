//! One line about each fact of what is owed: deadlines, calls, follow-ups, duties, contacts.

use super::{because, dash, required};
use crate::incident::fact::Fact;
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::localized::Lang;
use crate::say;
use crate::text::label;

pub(super) fn promise(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::ClockStarted(started) => {
            let clock = &started.clock;
            say!(lang, "clock started: {clock}", "期限を開始：{clock}")
        }
        Fact::ClockMet(met) => {
            let clock = &met.clock;
            say!(lang, "clock met: {clock}", "期限を達成：{clock}")
        }
        Fact::ClockEnded(ended) => {
            let (clock, why) = (&ended.clock, &ended.because);
            say!(lang, "clock ended: {clock} ({why})", "期限を終了：{clock}（{why}）")
        }
        Fact::ClockReminded(reminded) => {
            let (clock, to, when) = (&reminded.clock, reminded.to.join(", "), &reminded.threshold);
            say!(lang, "reminded {to} of {clock} ({when})", "{to} に {clock} を通知（{when}）")
        }
        Fact::SeveritySuggested(suggested) => {
            let (rule, to) = (&suggested.rule, label::severity(suggested.to, lang));
            say!(lang, "rule {rule} calls for {to}", "ルール {rule} により {to} に該当")
        }
        Fact::CallAnswered(answer) => {
            let who = &answer.who;
            let line = if answer.declined {
                say!(lang, "{who} declined the call", "{who} は呼び出しを辞退")
            } else {
                say!(lang, "{who} answered the call", "{who} が呼び出しに応答")
            };
            because(line, answer.text.as_deref(), lang)
        }
        Fact::LadderEnded(ended) => {
            let ladder = &ended.ladder;
            say!(lang, "NOBODY ANSWERED: {ladder} has nobody left to call", "応答なし：{ladder} に次の呼び出し先がない")
        }
        Fact::HandoffOffered(offer) => {
            let (from, to, roles) = (&offer.from, &offer.to, offer.roles.join(", "));
            let line = say!(lang, "{from} offers {roles} to {to}", "{from} から {to} へ {roles} の引き継ぎを打診");
            because(line, offer.brief.as_deref(), lang)
        }
        Fact::HandoffAnswered(answer) => {
            let who = &answer.who;
            let line = if answer.accepted {
                say!(lang, "{who} takes over", "{who} が引き継ぎを承諾")
            } else {
                say!(lang, "{who} does not take over", "{who} は引き継ぎを辞退")
            };
            because(line, answer.reason.as_deref(), lang)
        }
        Fact::FollowUpAdded(added) => {
            let who = &added.who;
            let line = say!(lang, "{who} was promised news", "{who} に続報を約束");
            because(line, Some(added.text.as_str()).filter(|text| !text.is_empty()), lang)
        }
        Fact::FollowUpDone(done) => {
            let entry = short(done.follow_up);
            dash(say!(lang, "followed up {entry}", "フォローアップ完了 {entry}"), done.result.as_deref())
        }
        _ => owed(fact, lang),
    }
}

fn owed(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::DutyStarted(started) => {
            let (duty, title) = (&started.duty, started.title.get(lang));
            say!(lang, "legal clock {duty} runs: {title}", "法令上の期限 {duty} を開始：{title}")
        }
        Fact::DutyMet(met) => {
            let duty = &met.duty;
            because(say!(lang, "notice given: {duty}", "報告済み：{duty}"), met.text.as_deref(), lang)
        }
        Fact::DutyWaived(waived) => {
            let (duty, reason) = (&waived.duty, required(&waived.reason, lang));
            say!(lang, "decided not to notify ({duty}): {reason}", "報告しないと判断（{duty}）：{reason}")
        }
        Fact::ContactAdded(added) => {
            let contact = &added.contact;
            say!(lang, "contact added: {contact}", "連絡先を追加：{contact}")
        }
        Fact::ContactVerified(verified) => {
            let contact = &verified.contact;
            say!(lang, "contact verified: {contact}", "連絡先を確認：{contact}")
        }
        Fact::ContactRemoved(removed) => {
            let contact = &removed.contact;
            because(
                say!(lang, "contact removed: {contact}", "連絡先を削除：{contact}"),
                removed.reason.as_deref(),
                lang,
            )
        }
        other => super::remedy::remedy(other, lang),
    }
}

/// The letters of an entry's display id that are nearly always enough.
pub(super) fn short(entry: EventId) -> String {
    entry.tag()[..TAG_SHORTEST].to_owned()
}
