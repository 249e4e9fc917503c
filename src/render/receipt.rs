//! The line that confirms what was recorded, and what happens next.

use super::{Page, left_open, next_of_action, step_line, step_name, told};
use crate::incident::command::{CommandMode, NoteKind};
use crate::incident::fact::Fact;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::say;
use crate::text::{self, label, one_line, shorten};
use crate::view::Entry;

/// How many first steps `declare` prints.
const FIRST: usize = 5;

/// How many columns of a fact's own words a confirmation repeats.
const TOLD: usize = 100;

/// One line for what a command recorded: the incident, the fact, its id, its time where it isn't now, what is next.
pub fn receipt(page: &Page, incident: &Incident, entries: &[Entry], duplicate: bool) -> String {
    let lang = page.lang();
    let shown: Vec<&Entry> = entries.iter().filter(|entry| !is_consequence(&entry.fact)).collect();
    let mut parts: Vec<String> = Vec::new();
    for entry in &shown {
        let mut text = told(&entry.fact, incident, lang);
        if let Fact::NoteAdded(note) = &entry.fact {
            let noted = || say!(lang, "noted", "記録");
            let kind = Some(note.note).filter(|kind| *kind != NoteKind::Observation);
            let mut said = kind.map_or_else(noted, |kind| label::note_kind(kind, lang).to_owned());
            // An option that stood among the words is seen to have acted.
            if note.pinned {
                said.push_str(&say!(lang, " and pinned", "・固定"));
            }
            if let Some(bridge) = note.bridge {
                said.push_str(&say!(lang, ", on the {bridge} bridge", "（{bridge} ブリッジ）"));
            }
            text = format!("{said}: {text}");
        }
        parts.push(format!("{} [{}]", shorten(&text, TOLD), entry.short));
    }
    if let Some(entry) = shown.first().filter(|entry| entry.header.at != entry.header.recorded_at) {
        let at = page.moments.near(entry.header.at, page.now);
        let about = if entry.header.approximate { "~" } else { "" };
        parts.push(say!(lang, "at {about}{at}", "{about}{at} の出来事"));
    }
    let mut line = format!("{} · {}", page.target(incident), parts.join("; "));
    if duplicate {
        line.push_str(&say!(lang, " (recorded before under this key)", "（このキーで記録済み）"));
    }
    let next = next_update(page, entries).or_else(|| draft_kept(page, incident, entries));
    let next = next.or_else(|| next_of_action(page, incident, entries));
    match next.or_else(|| next_step(page, incident)) {
        Some(next) => format!("{line}\n{}", page.dim(&say!(lang, "next: {next}", "次: {next}"))),
        None => line,
    }
}

/// What a fact brought along with it, told by other means.
const fn is_consequence(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::StepsActivated(_)
            | Fact::PlaybookJoined(_)
            | Fact::ClockStarted(_)
            | Fact::ClockMet(_)
            | Fact::ClockEnded(_)
            | Fact::MessageQueued(_)
    )
}

/// What becomes of a statement that was only written.
fn draft_kept(page: &Page, incident: &Incident, entries: &[Entry]) -> Option<String> {
    let (draft, drafted) = entries.iter().rev().find_map(|entry| match &entry.fact {
        Fact::StatementDrafted(drafted) => Some((entry, drafted)),
        _ => None,
    })?;
    // Where no channel reaches the audience, somebody tells them and says so.
    let send = if drafted.channels.is_empty() { "--sent-by-hand" } else { "--send" };
    let sent = entries.iter().any(|entry| matches!(entry.fact, Fact::StatementSent(_)));
    let (on, id) = (format!("hikeshi -i {}", incident.number), &draft.short);
    (!sent).then(|| {
        say!(
            page.lang(),
            "a draft; read it: {on} timeline --full --kind statement, then: {on} update --statement {id} {send}",
            "下書きです。確認: {on} timeline --full --kind statement、送信: {on} update --statement {id} {send}"
        )
    })
}

/// When those who were told were promised the next word.
fn next_update(page: &Page, entries: &[Entry]) -> Option<String> {
    let sent =
        entries.iter().find_map(|entry| if let Fact::StatementSent(sent) = &entry.fact { Some(sent) } else { None })?;
    let (to, at) = (one_line(&sent.audiences.join(", ")).into_owned(), page.moments.near(sent.next_at?, page.now));
    Some(say!(page.lang(), "the next update to {to} by {at}", "{to} への次回更新 {at} まで"))
}

/// What comes next: the first open step, or what the status asks for.
pub fn next_step(page: &Page, incident: &Incident) -> Option<String> {
    let lang = page.lang();
    let on = format!("hikeshi -i {}", incident.number);
    match incident.status {
        Status::Closed | Status::Cancelled => left_open(page, incident),
        Status::Resolved => incident.waiting_for().first().map_or_else(
            || Some(format!("{on} close")),
            |waiting| Some(format!("{} – {on} {}", text::waiting(waiting, lang), one_line(&waiting.settled_by()))),
        ),
        _ => {
            let open = || incident.steps().filter(|place| place.state.is_open());
            let soonest =
                open().min_by_key(|place| (place.state.due_at.is_none(), place.state.due_at, place.number))?;
            Some(step_name(page, incident, &soonest))
        }
    }
}

/// What `declare` prints: number, severity and playbook, the first steps, and who carries which duties.
pub fn declared(page: &Page, incident: &Incident, by_default: Option<&str>) -> String {
    let lang = page.lang();
    let title = one_line(&incident.title).into_owned();
    let mut lines = vec![format!(
        "{} {}: {} {}",
        page.bold(&format!("#{}", incident.number)),
        say!(lang, "declared", "宣言"),
        page.severity(incident.severity),
        page.bold(&title)
    )];
    if let Some(definition) = by_default {
        lines.push(say!(
            lang,
            "severity {} by default (when unsure, treat as higher): {definition}",
            "重大度は既定の {}（迷ったら重い方）: {definition}",
            incident.severity
        ));
    }
    if incident.command == CommandMode::Unified {
        lines.push(page.alarm(&say!(
            lang,
            "unified command is open: convene the unified bridge now",
            "統一コマンド発動: 統一ブリッジを招集する"
        )));
    }
    let playbooks: Vec<String> = incident
        .checklists
        .iter()
        .map(|list| {
            say!(
                lang,
                "{} ({} v{}, {} steps)",
                "{}（{} v{}、{} 手順）",
                one_line(list.title.get(lang)),
                one_line(&list.playbook),
                list.version,
                list.steps.len()
            )
        })
        .collect();
    lines.push(say!(lang, "playbook: {}", "プレイブック: {}", playbooks.join(", ")));
    lines.push(say!(lang, "first steps:", "最初の手順:"));
    let open = incident.steps().filter(|place| place.state.is_open());
    lines.extend(open.take(FIRST).map(|place| format!("  {}", step_line(page, incident, &place))));
    lines.extend(duties(page, incident));
    lines.push(page.dim(&say!(
        lang,
        "next: hikeshi -i {0} assign-role ROLE NAME, hikeshi -i {0} note …, hikeshi -i {0} checklist",
        "次: hikeshi -i {0} assign-role 役割 名前、hikeshi -i {0} note …、hikeshi -i {0} checklist",
        incident.number
    )));
    lines.join("\n")
}

/// Who carries which duties: until a role is given away, the incident manager carries it (C1).
fn duties(page: &Page, incident: &Incident) -> Vec<String> {
    let lang = page.lang();
    let Some(leader) = incident.leader() else { return Vec::new() };
    let leader = one_line(leader);
    let title = |role: &crate::incident::state::Role| one_line(role.spec.title.get(lang)).into_owned();
    let empty: Vec<String> = incident.roles.iter().filter(|role| role.holders.is_empty()).map(title).collect();
    let manager = incident.role(crate::incident::roster::INCIDENT_MANAGER).map(title).unwrap_or_default();
    let mut lines = vec![say!(lang, "{manager}: {leader}", "{manager}: {leader}")];
    if !empty.is_empty() {
        let list = empty.join(&say!(lang, ", ", "、"));
        lines.push(say!(
            lang,
            "until assigned, {leader} also carries: {list}",
            "担当が決まるまで {leader} が兼務: {list}"
        ));
    }
    lines
}
