//! Lists of incidents, the shell prompt's segment, and the inbox.

use super::{Fit, Page, Table};
use crate::incident::fact::Fact;
use crate::incident::localized::Lang;
use crate::say;
use crate::text::{in_prompt, label, one_line};
use crate::view::{KeptItem, Row};

/// On a terminal narrower than this a heading is no wider than what stands below it.
const NARROW: usize = 60;

/// A title where incidents are told apart: that of a restricted one is not shown to whoever didn't ask for it.
pub fn shown_title(row: &Row, lang: Lang) -> String {
    if row.restricted { say!(lang, "(restricted)", "（閲覧制限）") } else { one_line(&row.title).into_owned() }
}

/// Incidents as a table, the worst first; a star marks the one that commands act on.
pub fn list(page: &Page, rows: &[Row], more: bool, in_force: Option<u32>) -> String {
    let lang = page.lang();
    if rows.is_empty() {
        return say!(lang, "no incidents", "インシデントはありません");
    }
    let headings = match lang {
        Lang::En => ["#", "severity", "status", "age", "leads", "title", "services"],
        Lang::Ja => ["#", "重大度", "状態", "経過", "指揮", "件名", "サービス"],
    };
    let mut headings = headings.map(str::to_owned);
    let narrow = page.width.is_some_and(|width| width < NARROW);
    let title = if narrow { 16 } else { 32 };
    if lang == Lang::En && narrow {
        "sev".clone_into(&mut headings[1]);
    }
    let mut table = Table::new(page, &headings).fit(5, Fit::Short(title)).fit(6, Fit::Flow(12)).gives_up(&[6, 4, 3]);
    for row in rows {
        let mut title = one_line(&row.title).into_owned();
        if row.near_miss {
            title = say!(lang, "[near miss] {title}", "[ヒヤリハット] {title}");
        }
        if row.drill {
            title = say!(lang, "[drill] {title}", "[演習] {title}");
        }
        table.row(vec![
            // One alone needs no mark.
            if in_force == Some(row.number) && rows.len() > 1 {
                format!("{} *", row.number)
            } else {
                row.number.to_string()
            },
            page.severity(row.severity),
            label::status(row.status, lang).to_owned(),
            page.length(row.lasted(page.now)),
            row.leader.as_deref().map_or_else(|| "–".to_owned(), |name| one_line(name).into_owned()),
            title,
            one_line(&row.services.join(", ")).into_owned(),
        ]);
    }
    let mut lines = table.lines();
    if more {
        lines.push(say!(lang, "… and more: --limit N, --all", "… ほかにもあります: --limit N、--all"));
    }
    lines.join("\n")
}

/// A short segment for a shell prompt, in which no shell finds anything to act on.
pub fn segment(page: &Page, row: &Row, others: usize) -> String {
    let lang = page.lang();
    let title: String = in_prompt(&shown_title(row, lang)).chars().take(24).collect();
    let mut marks = Vec::new();
    if row.drill {
        marks.push(say!(lang, "drill", "演習"));
    }
    if !row.status.is_unresolved() {
        marks.push(label::status(row.status, lang).to_owned());
    }
    let marks = if marks.is_empty() { String::new() } else { format!("{} ", marks.join(" ")) };
    let others = if others > 0 { format!(" +{others}") } else { String::new() };
    format!("#{} {} {marks}{}{others}", row.number, page.severity(row.severity), title.trim_end())
}

/// Words that could not be placed.
pub fn inbox(page: &Page, items: &[KeptItem]) -> String {
    let lang = page.lang();
    if items.is_empty() {
        return say!(lang, "the inbox is empty", "未整理の記録はありません");
    }
    let mut table = Table::new(page, &[]).gives_up(&[3, 2, 1]);
    for KeptItem { entry } in items {
        let Fact::InboxKept(kept) = &entry.fact else { continue };
        let words = kept_words(&kept.command);
        table.row(vec![
            entry.short.clone(),
            page.moments.full(entry.header.at),
            one_line(&entry.header.actor).into_owned(),
            one_line(&kept.verb).into_owned(),
            one_line(&words).into_owned(),
        ]);
    }
    let mut lines = table.lines();
    lines.push(say!(lang, "file one: hikeshi inbox file ID -i NUMBER", "登録する: hikeshi inbox file ID -i 番号"));
    lines.join("\n")
}

/// The words in a kept command.
pub fn kept_words(command: &serde_json::Value) -> String {
    let parsed = serde_json::from_value::<crate::incident::command::Command>(command["command"].clone());
    parsed.ok().and_then(|command| command.words()).unwrap_or_default()
}
