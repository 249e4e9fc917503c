//! One line about each fact of the postmortem.

use super::{because, dash};
use crate::incident::fact::{Fact, PostmortemWritten};
use crate::incident::localized::Lang;
use crate::say;

pub(super) fn writing(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::PostmortemWritten(written) => section(written, lang),
        Fact::PostmortemSubmitted(_) => say!(lang, "postmortem given to be reviewed", "ポストモーテムをレビューに提出"),
        Fact::PostmortemApproved(approved) => {
            let findings = approved.findings;
            let sentence = if approved.forced {
                say!(
                    lang,
                    "postmortem approved in spite of findings: {findings}",
                    "ポストモーテムを承認（指摘 {findings} 件を残したまま）"
                )
            } else {
                say!(lang, "postmortem approved", "ポストモーテムを承認")
            };
            because(sentence, approved.reason.as_deref(), lang)
        }
        other => super::statement::statement(other, lang),
    }
}

fn section(written: &PostmortemWritten, lang: Lang) -> String {
    let section = &written.section;
    if written.cleared && written.text.is_empty() {
        return say!(lang, "postmortem, {section} emptied", "ポストモーテムの {section} を空にした");
    }
    let text = super::required(&written.text, lang);
    let sentence = if written.conflict {
        say!(lang, "postmortem, {section}, two versions", "ポストモーテムの {section}（両者の文を併記）")
    } else {
        say!(lang, "postmortem, {section}", "ポストモーテムの {section}")
    };
    dash(sentence, Some(&text))
}
