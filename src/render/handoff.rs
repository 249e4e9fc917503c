//! The brief of a shift, and the state of an incident for a chat.

use super::brief::{carried, next_update};
use super::sheet::{Line, Sheet, kept};
use super::{Page, promises, step_line, told};
use crate::incident::clock::{Clock, ClockKind};
use crate::incident::fact::Fact;
use crate::incident::localized::Lang;
use crate::incident::state::Incident;
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::{first_line, label, postmortem::words_removed, words};
use crate::view::brief::{Briefed, Told};
use crate::view::{Entry, Shift, Shown};

/// How many entries of a kind a chat is given.
const IN_CHAT: usize = 3;

/// What the next shift needs, in the order in which it is needed.
pub fn handoff(page: &Page, shift: &Shift) -> Sheet {
    let lang = page.lang();
    let incident = &shift.incident;
    let title = say!(lang, "#{} {}: handover", "#{} {}: 引き継ぎ", incident.number, incident.title);
    let mut sheet = Sheet { title, lead: lead(page, incident), ..Sheet::default() };
    let entries = |entries: &[Entry]| entries.iter().flat_map(|entry| entry_lines(page, incident, entry)).collect();
    sheet.add(say!(lang, "pinned", "固定"), entries(&shift.pinned));
    sheet.add(say!(lang, "state", "状況"), state(page, incident));
    sheet.add(say!(lang, "impact", "影響"), promises::impact(page, &incident.promises.impact));
    sheet.add(say!(lang, "who holds what", "担当"), roles(page, incident));
    sheet.add(say!(lang, "handovers that wait", "承諾待ちの引き継ぎ"), promises::handoffs(page, incident));
    sheet.add(say!(lang, "told at earlier handovers", "以前の引き継ぎでの申し送り"), entries(&shift.words));
    sheet.add(say!(lang, "theories not yet confirmed", "検証中の仮説"), entries(&shift.hypotheses));
    sheet.add(say!(lang, "theories refuted", "否定された仮説"), entries(&shift.refuted));
    sheet.add(say!(lang, "what was tried", "実施した変更"), entries(&shift.changes));
    sheet.add(say!(lang, "what was decided", "決定事項"), entries(&shift.decisions));
    sheet.add(say!(lang, "open steps", "未完了の手順"), steps(page, incident, usize::MAX));
    sheet.add(say!(lang, "running clocks", "進行中の期限"), clocks(page, incident));
    sheet.add(say!(lang, "who was told what", "誰に何を伝えたか"), statements(page, &shift.told));
    sheet.add(say!(lang, "who was briefed", "説明済みの人"), briefed(page, &shift.briefed));
    sheet.add(say!(lang, "calls not answered", "未応答の呼び出し"), promises::calls(page, incident));
    sheet.add(say!(lang, "not sent yet", "未送信の告知文"), promises::drafts(page, incident, None));
    sheet.add(say!(lang, "news promised", "約束した続報"), promises::follow_ups(page, incident));
    sheet.add(say!(lang, "legal duties", "法令上の報告"), promises::duties(page, incident));
    sheet.add(say!(lang, "not reached", "届いていない相手"), promises::reach(page, incident));
    sheet
}

/// The state of an incident for pasting into a chat.
pub fn show_in_chat(page: &Page, shown: &Shown) -> Sheet {
    let lang = page.lang();
    let incident = &shown.incident;
    let title = format!("#{} {}", incident.number, incident.title);
    let mut sheet = Sheet { title, lead: lead(page, incident), ..Sheet::default() };
    sheet.add(say!(lang, "state", "状況"), state(page, incident));
    sheet.add(say!(lang, "impact", "影響"), promises::impact(page, &incident.promises.impact));
    sheet.add(say!(lang, "who does what", "担当"), roles(page, incident));
    let latest = |entries: &[Entry]| {
        let from = entries.len().saturating_sub(IN_CHAT);
        entries.iter().skip(from).map(|entry| Line::Item(entry_line(page, incident, entry))).collect()
    };
    sheet.add(say!(lang, "pinned", "固定"), latest(&shown.pinned));
    sheet.add(say!(lang, "open hypotheses", "検証中の仮説"), latest(&shown.hypotheses));
    sheet.add(say!(lang, "changed", "実施した変更"), latest(&shown.changes));
    if !incident.status.is_final() {
        sheet.add(say!(lang, "next", "次にすること"), steps(page, incident, IN_CHAT));
        sheet.add(say!(lang, "handovers that wait", "承諾待ちの引き継ぎ"), promises::handoffs(page, incident));
        sheet.add(say!(lang, "calls not answered", "未応答の呼び出し"), promises::calls(page, incident));
    }
    sheet.add(say!(lang, "who was told", "告知の状況"), promises::told(page, incident));
    sheet.add(say!(lang, "not sent yet", "未送信の告知文"), promises::drafts(page, incident, None));
    sheet.add(say!(lang, "news promised", "約束した続報"), promises::follow_ups(page, incident));
    sheet.add(say!(lang, "legal duties", "法令上の報告"), promises::duties(page, incident));
    sheet
}

fn lead(page: &Page, incident: &Incident) -> Vec<String> {
    let lang = page.lang();
    let mut flags = vec![incident.severity.as_str().to_owned(), label::status(incident.status, lang).to_owned()];
    if incident.drill {
        flags.push(say!(lang, "drill", "演習"));
    }
    if incident.restricted {
        flags.push(say!(lang, "restricted", "限定公開"));
    }
    if !incident.services.is_empty() {
        flags.push(incident.services.join(", "));
    }
    if let Some(span) = incident.lasted(page.now) {
        let span = page.moments.span(span);
        flags.push(match incident.ended() {
            Some(_) => say!(lang, "lasted {span}", "継続時間 {span}"),
            None => say!(lang, "{span} so far", "経過 {span}"),
        });
    }
    let now = page.moments.full(page.now);
    flags.push(say!(lang, "as of {now}", "{now} 時点"));
    let links = incident.links.iter().map(|link| format!("{} {}", label::link_kind(link.kind, lang), link.target));
    std::iter::once(flags.join(" · ")).chain(links).collect()
}

fn state(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let mut lines = Vec::new();
    if let Some(summary) = &incident.summary {
        lines.push(Line::Item(say!(lang, "summary", "概要")));
        lines.push(Line::Words(kept(summary)));
    }
    if let Some(cause) = &incident.cause {
        lines.push(Line::Item(say!(lang, "cause: {}", "原因: {}", first_line(cause))));
    }
    if let Some(held) = &incident.workaround {
        let at = page.moments.near(held.at, page.now);
        lines.push(Line::Item(match held.reverted_at {
            Some(_) => say!(lang, "workaround {at}, taken back", "ワークアラウンド（{at}、解除済み）"),
            None => say!(lang, "workaround since {at}", "ワークアラウンド（{at}〜）"),
        }));
        lines.push(Line::Words(kept(&held.text)));
    }
    if let Some(fix) = &incident.fix {
        let at = page.moments.near(fix.at, page.now);
        lines.push(Line::Item(say!(lang, "permanent fix {at}: {}", "恒久的処置（{at}）: {}", first_line(&fix.text))));
    }
    lines
}

fn roles(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let mut lines = Vec::new();
    let mut empty: Vec<&str> = Vec::new();
    for role in &incident.roles {
        let title = role.spec.title.get(lang);
        if role.holders.is_empty() {
            empty.push(title);
        }
        lines.extend(role.holders.iter().map(|holder| {
            let (name, since) = (&holder.name, page.moments.near(holder.since, page.now));
            let scope = holder.scope.as_ref().map(|scope| format!(" ({scope})")).unwrap_or_default();
            Line::Item(say!(lang, "{title}: {name}{scope}, since {since}", "{title}: {name}{scope}（{since}〜）"))
        }));
    }
    if let Some(leader) = incident.leader().filter(|_| !empty.is_empty()) {
        let empty = empty.join(&say!(lang, ", ", "、"));
        lines.push(Line::Item(say!(lang, "carried by {leader}: {empty}", "{leader} が兼務: {empty}")));
    }
    lines
}

fn steps(page: &Page, incident: &Incident, most: usize) -> Vec<Line> {
    let plain = Page { colored: false, ..page.clone() };
    let open = incident.steps().filter(|place| place.state.is_open()).take(most);
    let line = |place| step_line(&plain, incident, &place);
    let overdue = |due: Option<Timestamp>| due.is_some_and(|due| due < page.now);
    open.map(|place| if overdue(place.state.due_at) { Line::Alarm(line(place)) } else { Line::Item(line(place)) })
        .collect()
}

fn clocks(page: &Page, incident: &Incident) -> Vec<Line> {
    let plain = Page { colored: false, ..page.clone() };
    let lang = page.lang();
    let line = |clock: &Clock| {
        let owner = clock.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
        let (kind, due) = (label::clock_kind(clock.kind, lang), plain.due(clock.due_at));
        let text = format!("{} [{kind}]{owner}: {due}", clock.name);
        if clock.due_at < page.now { Line::Alarm(text) } else { Line::Item(text) }
    };
    // The others stand in sections of their own.
    let own = [ClockKind::Step, ClockKind::Ack, ClockKind::FollowUp, ClockKind::Legal];
    incident.open_clocks().iter().filter(|clock| !own.contains(&clock.kind)).map(line).collect()
}

fn statements(page: &Page, told: &[Told]) -> Vec<Line> {
    let lang = page.lang();
    let mut lines = Vec::new();
    for one in told {
        let title = one.title.get(lang);
        match &one.statement {
            Some(said) => {
                let at = page.moments.near(said.at, page.now);
                let how = carried(said.how, &said.channels, &said.undelivered, lang);
                let line = format!("{title}: {at}, {how} ({})", said.id);
                let lost = said.undelivered.iter().any(|one| one.given_up);
                lines.push(if lost { Line::Alarm(line) } else { Line::Item(line) });
                lines.push(Line::Words(said.text.as_deref().map_or_else(|| words_removed(lang), kept)));
            }
            None => lines.push(Line::Item(say!(lang, "{title}: nothing yet", "{title}: 未告知"))),
        }
        lines.extend(one.next.as_ref().map(|(at, cadence)| match next_update(page, *at, cadence) {
            Line::Alarm(text) => Line::Alarm(format!("{title}: {text}")),
            Line::Item(text) | Line::Words(text) => Line::Item(format!("{title}: {text}")),
        }));
    }
    lines
}

fn briefed(page: &Page, briefed: &[Briefed]) -> Vec<Line> {
    let line = |one: &Briefed| {
        let text = super::brief::person(page, one);
        if one.changed_at.is_some() { Line::Alarm(text) } else { Line::Item(text) }
    };
    briefed.iter().map(line).collect()
}

/// An entry in one line, and below it what people wrote where that has more lines.
fn entry_lines(page: &Page, incident: &Incident, entry: &Entry) -> Vec<Line> {
    let full = words(&entry.fact).filter(|words| words.trim().contains('\n'));
    let item = Line::Item(entry_line(page, incident, entry));
    std::iter::once(item).chain(full.map(|words| Line::Words(kept(&words)))).collect()
}

fn entry_line(page: &Page, incident: &Incident, entry: &Entry) -> String {
    let lang = page.lang();
    let (at, actor) = (page.moments.near(entry.header.at, page.now), &entry.header.actor);
    let text = told(&entry.fact, incident, lang);
    let corrected =
        if entry.correction.is_some() { say!(lang, " [corrected]", " [訂正済み]") } else { String::new() };
    format!("{at} {actor}: {text}{corrected} ({})", entry.short)
}

/// What the receiver of an offer types.
pub fn offered(incident: &Incident, entries: &[Entry], lang: Lang) -> Option<String> {
    let offer = entries.iter().find_map(|entry| match &entry.fact {
        Fact::HandoffOffered(offer) => Some(offer),
        _ => None,
    })?;
    let (to, number) = (&offer.to, incident.number);
    let word = shell_words::quote(to);
    Some(say!(
        lang,
        "{to} types: hikeshi -i {number} handoff --accept   (or --refuse --reason …; noted for them: --accepted-by {word})",
        "{to} が実行: hikeshi -i {number} handoff --accept（断る: --refuse --reason …、代理で記録: --accepted-by {word}）"
    ))
}
