//! One line about each fact of what an incident teaches: causes and measures of prevention.

use super::promise::short;
use super::{because, dash, required};
use crate::incident::fact::{ActionAdded, CauseAdded, Fact};
use crate::incident::localized::Lang;
use crate::say;
use crate::text::label;

pub(super) fn remedy(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::CauseAdded(added) => cause(added, lang),
        Fact::CauseRemoved(removed) => {
            let entry = short(removed.cause);
            because(say!(lang, "no cause after all: {entry}", "原因から除外：{entry}"), removed.reason.as_deref(), lang)
        }
        Fact::CauseSupported(supported) => {
            let (entry, count) = (short(supported.cause), supported.evidence.len());
            say!(lang, "evidence for cause {entry}: {count}", "原因 {entry} の証拠を追加（{count}件）")
        }
        Fact::ActionAdded(added) => action(added, lang),
        Fact::ActionChanged(changed) => {
            let entry = short(changed.action);
            match &changed.owner {
                Some(owner) => {
                    say!(lang, "action {entry} changed, owner {owner}", "対策 {entry} を変更（担当：{owner}）")
                }
                None => say!(lang, "action {entry} changed", "対策 {entry} を変更"),
            }
        }
        Fact::ActionDone(done) => {
            let entry = short(done.action);
            dash(say!(lang, "action done: {entry}", "対策を実施：{entry}"), done.result.as_deref())
        }
        Fact::ActionVerified(verified) => {
            let (entry, text) = (short(verified.action), required(&verified.text, lang));
            if verified.effective {
                say!(lang, "action {entry} is effective: {text}", "対策 {entry} は有効：{text}")
            } else {
                say!(
                    lang,
                    "action {entry} has no effect, open again: {text}",
                    "対策 {entry} は効果なし、再度対応：{text}"
                )
            }
        }
        Fact::ActionDropped(dropped) => {
            let (entry, reason) = (short(dropped.action), required(&dropped.reason, lang));
            say!(lang, "action {entry} dropped: {reason}", "対策 {entry} を取りやめ：{reason}")
        }
        other => super::drill::drill(other, lang),
    }
}

fn cause(added: &CauseAdded, lang: Lang) -> String {
    let text = required(&added.text, lang);
    match added.factor {
        Some(factor) => {
            let factor = label::cause_kind(factor, lang);
            say!(lang, "cause ({factor}): {text}", "原因（{factor}）：{text}")
        }
        None => say!(lang, "cause: {text}", "原因：{text}"),
    }
}

fn action(added: &ActionAdded, lang: Lang) -> String {
    let text = required(&added.text, lang);
    match &added.owner {
        Some(owner) => say!(lang, "action for {owner}: {text}", "対策（担当：{owner}）：{text}"),
        None => say!(lang, "action: {text}", "対策：{text}"),
    }
}
