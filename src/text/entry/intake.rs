//! One line about each fact of what came in from elsewhere.

use super::{dash, required};
use crate::incident::fact::{AlertReceived, Fact, ReportImported};
use crate::incident::localized::Lang;
use crate::incident::slug::AlertState;
use crate::say;

pub(super) fn intake(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::IncidentImported(imported) => {
            let (format, source) = (&imported.format, &imported.source);
            let line = say!(lang, "imported from {format}: {source}", "{format} から取り込み：{source}");
            dash(line, imported.url.as_deref())
        }
        Fact::ReportImported(report) => update(report, lang),
        Fact::ChatImported(chat) => {
            let (author, text) = (required(&chat.author, lang), required(&chat.text, lang));
            let said = say!(lang, "{author}: {text}", "{author}：{text}");
            if chat.edited { say!(lang, "{said} (edited)", "{said}（編集済み）") } else { said }
        }
        Fact::AlertReceived(alert) => received(alert, lang),
        other => {
            let (kind, version) = (other.kind(), other.version());
            say!(
                lang,
                "{kind} {version} (written by a later version of hikeshi)",
                "{kind} {version}（新しい版の hikeshi による記録）"
            )
        }
    }
}

fn update(report: &ReportImported, lang: Lang) -> String {
    let text = required(&report.text, lang);
    let text = match report.part {
        Some(part) => say!(lang, "{text} (part {part})", "{text}（その{part}）"),
        None => text,
    };
    let text = if report.edited { say!(lang, "{text} (edited)", "{text}（編集済み）") } else { text };
    match &report.status {
        Some(status) => format!("[{status}] {text}"),
        None => text,
    }
}

fn received(alert: &AlertReceived, lang: Lang) -> String {
    let title = required(&alert.title, lang);
    let line = match alert.state {
        AlertState::Firing => say!(lang, "alert: {title}", "アラート：{title}"),
        AlertState::Resolved => say!(lang, "alert resolved: {title}", "アラート解消：{title}"),
    };
    dash(line, alert.text.as_deref())
}
