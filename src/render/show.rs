//! The one screen for somebody who just joined.

use super::sheet::{Line, drawn};
use super::{Page, entry_line, promises, step_line};
use crate::incident::command::{CommandMode, Customers, NoteKind};
use crate::incident::fact::Fact;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::{self, label, one_line, visible};
use crate::view::Entry;
use crate::view::Shown;

/// How many steps are shown as next.
const NEXT: usize = 4;

/// Where to join, what, how bad, since when, who does what, what is next, what was changed, the last entries.
pub fn show(page: &Page, shown: &Shown) -> String {
    let incident = &shown.incident;
    let lang = page.lang();
    let mut lines = heading(page, incident);
    let mut section = |title: String, body: Vec<String>| {
        if !body.is_empty() {
            lines.push(String::new());
            lines.push(page.bold(&title));
            lines.extend(body.into_iter().map(|line| format!("  {line}")));
        }
    };
    let summary = incident.summary.as_deref().map(|text| visible(text).into_owned());
    section(say!(lang, "summary", "概要"), summary.iter().flat_map(|text| text.lines().map(str::to_owned)).collect());
    section(say!(lang, "what is known", "わかっていること"), known(page, incident));
    let mut owed = |title: String, body: Vec<Line>| section(title, drawn(page, &body));
    owed(say!(lang, "impact", "影響"), promises::impact(page, &incident.promises.impact));
    section(say!(lang, "who does what", "担当"), people(page, incident));
    section(say!(lang, "next", "次にすること"), next(page, incident));
    let mut owed = |title: String, body: Vec<Line>| section(title, drawn(page, &body));
    if !incident.status.is_final() {
        owed(say!(lang, "handovers that wait", "承諾待ちの引き継ぎ"), promises::handoffs(page, incident));
        owed(say!(lang, "calls not answered", "未応答の呼び出し"), promises::calls(page, incident));
    }
    owed(say!(lang, "who was told", "告知の状況"), promises::told(page, incident));
    if !incident.status.is_final() {
        owed(say!(lang, "not sent yet", "未送信の告知文"), promises::drafts(page, incident, None));
    }
    owed(say!(lang, "not reached", "届いていない相手"), promises::reach(page, incident));
    if incident.status.is_unresolved() || incident.status.is_final() {
        // Between the two, these are what the incident waits for.
        owed(say!(lang, "news promised", "約束した続報"), promises::follow_ups(page, incident));
        owed(say!(lang, "legal duties", "法令上の報告"), promises::duties(page, incident));
    }
    section(say!(lang, "waits for", "クローズ前に必要なこと"), waits(page, incident));
    let marked =
        |kind: NoteKind| move |entry: &&Entry| matches!(&entry.fact, Fact::NoteAdded(note) if note.note == kind);
    let line = |entry: &Entry| entry_line(page, entry, incident);
    section(say!(lang, "pinned", "固定"), shown.pinned.iter().map(line).collect());
    section(
        say!(lang, "open hypotheses", "検証中の仮説"),
        shown.hypotheses.iter().filter(marked(NoteKind::Hypothesis)).map(line).collect(),
    );
    section(
        say!(lang, "changed", "実施した変更"),
        shown.changes.iter().filter(marked(NoteKind::Change)).map(line).collect(),
    );
    section(say!(lang, "last entries", "直近の記録"), shown.last.iter().map(line).collect());
    lines.join("\n")
}

fn heading(page: &Page, incident: &Incident) -> Vec<String> {
    let lang = page.lang();
    let mut lines = Vec::new();
    for link in &incident.links {
        let target = one_line(&link.target);
        lines.push(format!("{} {target}", page.bold(label::link_kind(link.kind, lang))));
    }
    let mut flags = vec![page.severity(incident.severity), label::status(incident.status, lang).to_owned()];
    if incident.command == CommandMode::Unified {
        flags.push(page.alarm(&say!(lang, "unified command", "統一コマンド")));
    }
    if incident.near_miss {
        flags.push(say!(lang, "near miss", "ヒヤリハット"));
    }
    if let Some(format) = &incident.imported {
        let format = one_line(format);
        flags.push(say!(lang, "imported from {format}", "{format} から取り込み"));
    }
    if incident.drill {
        flags.push(say!(lang, "drill", "演習"));
    }
    if incident.restricted {
        flags.push(say!(lang, "restricted", "限定公開"));
    }
    let title = one_line(&incident.title).into_owned();
    lines.push(format!("{} {}  {}", page.bold(&format!("#{}", incident.number)), page.bold(&title), flags.join(" · ")));
    let mut what = Vec::new();
    if !incident.services.is_empty() {
        what.push(one_line(&incident.services.join(", ")).into_owned());
    }
    if let Some(category) = &incident.category {
        what.push(one_line(category).into_owned());
    }
    match incident.customers {
        Some(Customers::One) => what.push(say!(lang, "one customer", "単一のお客様")),
        Some(Customers::Many) => what.push(say!(lang, "several customers", "複数のお客様")),
        None => {}
    }
    if !what.is_empty() {
        lines.push(what.join(" · "));
    }
    lines.push(times(page, incident));
    if let Some(cancelled) = &incident.cancelled {
        let of = cancelled.of_number.map(|number| format!(" #{number}")).unwrap_or_default();
        let because = cancelled.because.map(|because| label::cancel_cause(because, lang)).unwrap_or_default();
        lines.push(say!(
            lang,
            "cancelled: {because}{of} – {}",
            "取り消し: {because}{of} – {}",
            one_line(&cancelled.reason)
        ));
    }
    if !incident.conflicts.is_empty() {
        let warning = say!(
            lang,
            "two histories met and disagree about the status: see `timeline`",
            "二つの履歴で状態が食い違っています。`timeline` を確認"
        );
        lines.push(page.alarm(&warning));
    }
    lines
}

fn times(page: &Page, incident: &Incident) -> String {
    let lang = page.lang();
    let times = &incident.times;
    let unknown = say!(lang, "unknown", "不明");
    let moment = |at: Option<Timestamp>| at.map_or_else(|| unknown.clone(), |at| page.moments.near(at, page.now));
    let started = moment(times.started);
    let detected = moment(times.detected);
    let declared = moment(Some(times.declared));
    let by = incident.detected_by.as_deref().map(|by| format!(" ({})", one_line(by))).unwrap_or_default();
    let mut line = say!(
        lang,
        "started {started} · detected {detected}{by} · declared {declared}",
        "開始 {started} · 検知 {detected}{by} · 宣言 {declared}"
    );
    if times.resolved.is_some_and(|end| end == times.started.unwrap_or(times.declared)) {
        // What began and ended at one instant was only told afterwards.
        line.push_str(&say!(lang, " · lasted {unknown}", " · 継続時間 {unknown}"));
    } else if let Some(span) = incident.lasted(page.now) {
        let span = page.moments.span(span);
        line.push_str(&match incident.ended() {
            Some(_) => say!(lang, " · lasted {span}", " · 継続時間 {span}"),
            None => say!(lang, " · {span} so far", " · 経過 {span}"),
        });
    }
    line
}

fn known(page: &Page, incident: &Incident) -> Vec<String> {
    let lang = page.lang();
    let mut lines = Vec::new();
    if let Some(cause) = &incident.cause {
        lines.push(say!(lang, "cause: {}", "原因: {}", one_line(cause)));
    }
    if !incident.lessons.causes.is_empty() {
        let (count, number) = (incident.lessons.causes.len(), incident.number);
        lines.push(say!(
            lang,
            "causes: {count} (hikeshi -i {number} cause list)",
            "原因の連鎖: {count}件（hikeshi -i {number} cause list）"
        ));
    }
    if !incident.lessons.actions.is_empty() {
        let (all, open) = (incident.lessons.actions.len(), incident.lessons.unfinished());
        let number = incident.number;
        lines.push(say!(
            lang,
            "actions: {open} of {all} open (hikeshi -i {number} action list)",
            "対策: {all}件中{open}件が継続中（hikeshi -i {number} action list）"
        ));
    }
    if let Some(held) = &incident.workaround {
        let since = page.moments.near(held.at, page.now);
        let text = one_line(&held.text);
        let mut line = say!(lang, "workaround since {since}: {text}", "ワークアラウンド（{since}〜）: {text}");
        match (held.reverted_at, held.fix_due_at) {
            (Some(at), _) => {
                line.push_str(&say!(lang, " (taken back {})", "（{} に解除）", page.moments.near(at, page.now)));
            }
            (None, Some(due)) if incident.fix.is_none() => {
                line.push_str(&say!(lang, " – permanent fix {}", " – 恒久的処置 {}", page.due(due)));
            }
            _ => {}
        }
        lines.push(line);
    }
    if let Some(fix) = &incident.fix {
        let at = page.moments.near(fix.at, page.now);
        lines.push(say!(lang, "permanent fix {at}: {}", "恒久的処置（{at}）: {}", one_line(&fix.text)));
    }
    if let Some(place) = incident.postmortem.as_ref().and_then(|duty| duty.place.as_ref()) {
        lines.push(say!(lang, "postmortem: {}", "ポストモーテム: {}", one_line(place)));
    }
    lines
}

fn people(page: &Page, incident: &Incident) -> Vec<String> {
    let lang = page.lang();
    let mut lines = Vec::new();
    let mut empty: Vec<String> = Vec::new();
    for role in &incident.roles {
        let title = one_line(role.spec.title.get(lang)).into_owned();
        if role.holders.is_empty() {
            empty.push(title);
            continue;
        }
        let named = |holder: &crate::incident::state::Holder| match &holder.scope {
            Some(scope) => format!("{} ({})", one_line(&holder.name), one_line(scope)),
            None => one_line(&holder.name).into_owned(),
        };
        let names: Vec<String> = role.holders.iter().map(named).collect();
        lines.push(format!("{title}: {}", page.bold(&names.join(", "))));
    }
    // Where nobody leads, as in a near miss, nobody carries what nobody holds.
    if let (false, Some(leader)) = (empty.is_empty(), incident.leader()) {
        let (empty, leader) = (empty.join(&say!(lang, ", ", "、")), one_line(leader));
        lines.push(page.dim(&say!(lang, "carried by {leader}: {empty}", "{leader} が兼務: {empty}")));
    }
    lines
}

fn next(page: &Page, incident: &Incident) -> Vec<String> {
    if incident.status.is_final() {
        return Vec::new();
    }
    let lang = page.lang();
    let open: Vec<_> = incident.steps().filter(|place| place.state.is_open()).collect();
    let mut lines: Vec<String> = open.iter().take(NEXT).map(|place| step_line(page, incident, place)).collect();
    if open.len() > NEXT {
        let more = open.len() - NEXT;
        lines.push(page.dim(&say!(
            lang,
            "and {more} more: hikeshi -i {} checklist --open",
            "ほか {more} 件: hikeshi -i {} checklist --open",
            incident.number
        )));
    }
    lines
}

fn waits(page: &Page, incident: &Incident) -> Vec<String> {
    if incident.status.is_unresolved() {
        return Vec::new();
    }
    let lang = page.lang();
    let line = |one: &crate::incident::state::Waiting| {
        format!("{}: {}", text::waiting(one, lang), one_line(&one.settled_by()))
    };
    incident.waiting_for().iter().map(line).collect()
}
