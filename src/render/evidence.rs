//! Evidence and who had it.

use super::{Fit, Page, Table};
use crate::incident::state::Incident;
use crate::say;
use crate::text::{no_end, one_line, size};
use crate::view::{Item, Unfinished};
use std::path::Path;

/// Evidence, one piece a row, and commands of which no end was recorded.
pub fn evidence_list(page: &Page, items: &[Item], unfinished: &[Unfinished]) -> String {
    let mut lines = Vec::new();
    if !items.is_empty() || unfinished.is_empty() {
        lines.push(pieces(page, items));
    }
    lines.extend(unfinished.iter().map(|one| begun(page, one)));
    lines.join("\n")
}

fn begun(page: &Page, one: &Unfinished) -> String {
    let (line, host, actor) = (one_line(&one.line), one_line(&one.host), one_line(&one.actor));
    let (id, started, no_end) = (&one.short, page.moments.full(one.started_at), no_end(page.lang()));
    say!(
        page.lang(),
        "{id} $ {line} – started {started} on {host} by {actor}, {no_end}",
        "{id} $ {line} – {started} に {actor} が {host} で開始、{no_end}"
    )
}

fn pieces(page: &Page, items: &[Item]) -> String {
    let lang = page.lang();
    if items.is_empty() {
        return say!(lang, "no evidence", "証拠はありません");
    }
    let heads = [
        say!(lang, "id", "ID"),
        say!(lang, "collected", "採取"),
        say!(lang, "name", "名前"),
        say!(lang, "size", "サイズ"),
        "sha256".to_owned(),
        say!(lang, "held by", "保持者"),
    ];
    let mut table = Table::new(page, &heads).fit(2, Fit::Flow(12)).gives_up(&[3, 5, 1]);
    for item in items {
        let name =
            if item.redacted { say!(lang, "[redacted]", "[墨消し]") } else { one_line(&item.name).into_owned() };
        table.row(vec![
            item.short.clone(),
            page.moments.full(item.collected_at),
            name,
            size(item.size),
            item.sha256.get(..12).unwrap_or(&item.sha256).to_owned(),
            one_line(item.holder()).into_owned(),
        ]);
    }
    table.lines().join("\n")
}

/// A piece of evidence, with where its bytes lie and who had it.
pub fn evidence_item(page: &Page, item: &Item, place: &Path) -> String {
    let mut lines = described(page, item);
    if !item.redacted {
        let place = one_line(&place.display().to_string()).into_owned();
        lines.push(say!(page.lang(), "bytes: {place}", "実体: {place}"));
    }
    lines.join("\n")
}

/// The chain of custody of everything, as it goes into an archive.
pub fn custody(page: &Page, incident: &Incident, items: &[Item]) -> String {
    let lang = page.lang();
    let (number, title) = (incident.number, one_line(&incident.title));
    let mut lines = vec![
        say!(
            lang,
            "chain of custody, incident #{number} {title}",
            "証拠の受け渡し記録　インシデント #{number} {title}"
        ),
        String::new(),
    ];
    for item in items {
        lines.extend(described(page, item));
        lines.push(String::new());
    }
    lines.join("\n")
}

fn described(page: &Page, item: &Item) -> Vec<String> {
    let lang = page.lang();
    let name = if item.redacted { say!(lang, "[redacted]", "[墨消し]") } else { one_line(&item.name).into_owned() };
    let mut lines = vec![format!("{} {name}", item.short), format!("  sha256 {}  {}", item.sha256, size(item.size))];
    let about = [
        (say!(lang, "shows", "内容"), &item.note),
        (say!(lang, "source", "出所"), &item.source),
        (say!(lang, "witness", "立会人"), &item.witness),
    ];
    lines.extend(
        about.iter().filter_map(|(label, text)| text.as_ref().map(|text| format!("  {label}: {}", one_line(text)))),
    );
    let (collected, added) = (page.moments.full(item.collected_at), page.moments.full(item.added_at));
    let by = one_line(&item.added_by);
    lines.push(say!(
        lang,
        "  collected {collected}, added {added} by {by}",
        "  採取 {collected}、追加 {added}（{by}）"
    ));
    let mut since = item.added_at;
    let mut holder = item.added_by.as_str();
    for handover in &item.handovers {
        lines.push(held(page, holder, since, Some(handover.at)));
        let (from, to, reason) = (one_line(&handover.from), one_line(&handover.to), one_line(&handover.reason));
        lines.push(say!(lang, "    handed from {from} to {to}: {reason}", "    {from} から {to} へ引き渡し: {reason}"));
        (since, holder) = (handover.at, &handover.to);
    }
    lines.push(held(page, holder, since, None));
    lines
}

fn held(
    page: &Page,
    holder: &str,
    since: crate::incident::time::Timestamp,
    until: Option<crate::incident::time::Timestamp>,
) -> String {
    let lang = page.lang();
    let (holder, since) = (one_line(holder), page.moments.full(since));
    match until.map(|until| page.moments.full(until)) {
        Some(until) => {
            say!(lang, "  held by {holder} from {since} to {until}", "  保持者 {holder}: {since} から {until} まで")
        }
        None => say!(lang, "  held by {holder} since {since}", "  保持者 {holder}: {since} から"),
    }
}
