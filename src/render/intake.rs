//! What became of a file from elsewhere.

use super::Page;
use super::json::{ChatDoc, ImportDoc, SkippedDoc};
use crate::say;
use crate::text::one_line;

/// What became of another tool's history; `again` is the command that takes what changed.
pub fn imported(page: &Page, doc: &ImportDoc, again: &str) -> String {
    let (lang, format) = (page.lang(), &doc.format);
    let ImportDoc { imported, updated, unchanged, entries, maintenance, .. } = doc;
    let line = say!(
        lang,
        "{format}: {imported} imported, {updated} updated, {unchanged} unchanged; entries written: {entries}",
        "{format}：取り込み {imported}件、更新 {updated}件、変更なし {unchanged}件（記録 {entries}件）"
    );
    let mut lines = vec![tried(page, line, doc.dry_run)];
    if *maintenance > 0 {
        lines.push(say!(
            lang,
            "planned maintenance left out: {maintenance} (--maintenance takes it)",
            "計画メンテナンスを除外: {maintenance}件（--maintenance で取り込む）"
        ));
    }
    let differs = doc.skipped.iter().any(|one| one.kind == "differs");
    if differs {
        lines.push(say!(
            lang,
            "some say otherwise than they did, and stand as they stood; to correct them: {again}",
            "取り込み後に変わった記録があります（未反映）。反映するには: {again}"
        ));
    } else {
        let corrected = doc.incidents.iter().flat_map(|one| one.changes.iter().map(move |change| (one, change)));
        for (one, change) in corrected {
            let (number, told) = (one.reference, &change.told);
            lines.push(say!(lang, "  #{number} corrected: {told}", "  #{number} を訂正：{told}"));
        }
    }
    lines.extend(left_out(page, &doc.skipped));
    lines.join("\n")
}

/// What became of a chat's log.
pub fn chat_imported(page: &Page, doc: &ChatDoc) -> String {
    let ChatDoc { incident, imported, unchanged, .. } = doc;
    let line = say!(
        page.lang(),
        "#{incident}: {imported} messages recorded, {unchanged} were there",
        "#{incident}：発言 {imported}件を記録（{unchanged}件は記録済み）"
    );
    let mut lines = vec![tried(page, line, doc.dry_run)];
    lines.extend(left_out(page, &doc.skipped));
    lines.join("\n")
}

fn tried(page: &Page, line: String, dry_run: bool) -> String {
    if dry_run {
        say!(page.lang(), "{line} (nothing was kept)", "{line}（試行。保存していません）")
    } else {
        line
    }
}

/// What was left out, each with its place.
fn left_out(page: &Page, skipped: &[SkippedDoc]) -> Vec<String> {
    let lang = page.lang();
    let mut lines = Vec::new();
    if !skipped.is_empty() {
        let count = skipped.len();
        lines.push(say!(lang, "skipped: {count}", "読み飛ばし: {count}件"));
    }
    for one in skipped {
        let (place, reason) = (one.line, &one.reason);
        let source = one.source.as_deref().map(|source| format!(" {}", one_line(source))).unwrap_or_default();
        let record = one.record.map(|record| format!(" ({record})")).unwrap_or_default();
        lines.push(say!(lang, "  line {place}{record}{source}: {reason}", "  {place}行目{record}{source}：{reason}"));
    }
    lines
}
