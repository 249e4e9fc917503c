//! The timeline: entries in the order in which they happened, late ones marked.

use super::Page;
use crate::incident::command::{Bridge, NoteKind};
use crate::incident::fact::Fact;
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::state::Incident;
use crate::say;
use crate::text::{self, label, one_line};
use crate::view::postmortem::is_late;
use crate::view::{Correction, Entry};

/// Entries, one a line, with the day wherever it changes; `full` adds what corrected entries said at first.
pub fn timeline(page: &Page, entries: &[Entry], incident: &Incident, full: bool) -> String {
    let lang = page.lang();
    if entries.is_empty() {
        return say!(lang, "no entries", "記録はありません");
    }
    let mut lines = Vec::with_capacity(entries.len() + 2);
    let mut day = String::new();
    for entry in entries {
        let this = page.moments.day(entry.header.at);
        if this != day {
            lines.push(page.bold(&format!("{this} ({})", page.moments.zone_name(entry.header.at))));
            day = this;
        }
        lines.push(entry_line(page, entry, incident));
        lines.extend(further_lines(&entry.fact));
        if let Some(correction) = entry.correction.as_deref().filter(|_| full) {
            lines.push(page.dim(&before_correction(page, entry, correction, incident)));
        }
    }
    lines.join("\n")
}

/// What a corrected entry said at first, by whom it was corrected, and when.
fn before_correction(page: &Page, entry: &Entry, correction: &Correction, incident: &Incident) -> String {
    let lang = page.lang();
    let was =
        if entry.redacted { text::postmortem::words_removed(lang) } else { told(&correction.fact, incident, lang) };
    let at = page.moments.near(correction.at, entry.header.at);
    let when = page.moments.near(correction.recorded_at, entry.header.at);
    let (by, actor) = (&correction.by[..TAG_SHORTEST], one_line(&correction.actor));
    say!(
        lang,
        "         was: {at} {was} (corrected {when} by {actor}, {by})",
        "         訂正前: {at} {was}（{when} に {actor} が訂正、{by}）"
    )
}

/// What people wrote below the first line of an entry, indented under it.
fn further_lines(fact: &Fact) -> Vec<String> {
    if !text::is_shortened(fact) {
        return Vec::new();
    }
    let words = text::words(fact).unwrap_or_default();
    let further = words.lines().skip(1).filter(|line| !line.trim().is_empty());
    further.map(|line| format!("         {}", one_line(line)).trim_end().to_owned()).collect()
}

/// One entry in one line: `14:05 kxvq aki  text`.
pub fn entry_line(page: &Page, entry: &Entry, incident: &Incident) -> String {
    let lang = page.lang();
    let about = if entry.header.approximate { "~" } else { " " };
    let mut text = told(&entry.fact, incident, lang);
    if let Fact::NoteAdded(note) = &entry.fact {
        let mut labels: Vec<String> = Vec::new();
        if note.note != NoteKind::Observation {
            labels.push(label::note_kind(note.note, lang).to_owned());
        }
        if note.bridge == Some(Bridge::Unified) {
            labels.push(say!(lang, "unified bridge", "統一ブリッジ"));
        }
        if note.pinned {
            labels.push(say!(lang, "pinned", "固定"));
        }
        if !labels.is_empty() {
            text = format!("[{}] {text}", labels.join(", "));
        }
    }
    if entry.redacted {
        let bare = text == text::postmortem::words_removed(lang);
        let rest = if bare { String::new() } else { format!(" {text}") };
        text = say!(lang, "[redacted]{rest}", "[墨消し]{rest}");
    }
    if entry.correction.is_some() {
        text = say!(lang, "{text} [corrected]", "{text} [訂正済み]");
    }
    let mut remarks: Vec<String> = Vec::new();
    for (mark, by) in &entry.marks {
        let by: String = one_line(by).chars().take(TAG_SHORTEST).collect();
        // A correction is marked beside the text that it gave.
        if mark == "amended" || mark == "ended" {
            continue;
        }
        remarks.push(match mark.as_str() {
            "undone" => say!(lang, "undone by {by}", "{by} で取り消し"),
            "confirmed" => say!(lang, "confirmed by {by}", "{by} で確認"),
            "redacted" => say!(lang, "redacted by {by}", "{by} で墨消し"),
            "superseded" => say!(lang, "no longer stands: {by}", "無効（{by} で訂正）"),
            "refuted" => say!(lang, "refuted by {by}", "{by} で否定"),
            other => format!("{} {by}", one_line(other)),
        });
    }
    if entry.lacks_end() {
        remarks.push(text::no_end(lang));
    }
    if is_late(&entry.header) {
        let recorded = page.moments.near(entry.header.recorded_at, entry.header.at);
        remarks.push(say!(lang, "recorded {recorded}", "{recorded} に記録"));
    }
    if entry.header.subject != incident.id {
        remarks.push(say!(lang, "from a duplicate", "重複インシデントの記録"));
    }
    if !remarks.is_empty() {
        text = format!("{text} {}", page.dim(&format!("({})", remarks.join("; "))));
    }
    let line = format!(
        "{about}{} {} {}  {text}",
        page.moments.clock_apart(entry.header.at),
        page.dim(&entry.short),
        one_line(&entry.header.actor)
    );
    if entry.marks.iter().any(|(mark, _)| mark == "undone") { page.dim(&line) } else { line }
}

/// A fact in one line, roles by the titles that the incident knows them by.
pub fn told(fact: &Fact, incident: &Incident, lang: Lang) -> String {
    let title = |slug: &str| incident.role(slug).map(|role| &role.spec.title);
    one_line(&text::entry_with(fact, lang, title)).into_owned()
}
