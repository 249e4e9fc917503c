//! What became of a file from elsewhere.

use super::Page;
use super::json::{ChatDoc, ImportDoc, SkippedDoc};
use crate::say;
use crate::text::one_line;

/// What became of another tool's history.
pub fn imported(page: &Page, doc: &ImportDoc) -> String {
    let (lang, format) = (page.lang(), &doc.format);
    let ImportDoc { imported, updated, unchanged, entries, .. } = doc;
    let line = say!(
        lang,
        "{format}: {imported} imported, {updated} updated, {unchanged} unchanged; entries written: {entries}",
        "{format}：取り込み {imported}件、更新 {updated}件、変更なし {unchanged}件（記録 {entries}件）"
    );
    report(page, line, doc.dry_run, &doc.skipped)
}

/// What became of a chat's log.
pub fn chat_imported(page: &Page, doc: &ChatDoc) -> String {
    let ChatDoc { incident, imported, unchanged, .. } = doc;
    let line = say!(
        page.lang(),
        "#{incident}: {imported} messages recorded, {unchanged} were there",
        "#{incident}：発言 {imported}件を記録（{unchanged}件は記録済み）"
    );
    report(page, line, doc.dry_run, &doc.skipped)
}

fn report(page: &Page, line: String, dry_run: bool, skipped: &[SkippedDoc]) -> String {
    let lang = page.lang();
    let mut lines = vec![if dry_run {
        say!(lang, "{line} (nothing was kept)", "{line}（試行。保存していません）")
    } else {
        line
    }];
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
    lines.join("\n")
}
