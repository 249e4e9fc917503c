//! What an incident owes to people, section by section: for the screen, the shift's brief, and the chat.

use super::Page;
use super::brief::carried;
use super::sheet::{Line, kept};
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::state::{Figure, Impact, Incident, Statement};
use crate::incident::time::{Span, Timestamp};
use crate::say;
use crate::text::{first_line, label};

/// A line, loud when its time has passed.
fn timed(page: &Page, text: String, due_at: Option<Timestamp>) -> Line {
    let Some(due_at) = due_at else { return Line::Item(text) };
    let plain = Page { colored: false, ..page.clone() };
    let due = plain.due(due_at);
    let text = say!(page.lang(), "{text}, {due}", "{text}、{due}");
    if due_at < page.now { Line::Alarm(text) } else { Line::Item(text) }
}

/// Each audience with the statement that stands, and when it hears more.
pub fn told(page: &Page, incident: &Incident) -> Vec<Line> {
    let promises = &incident.promises;
    let lang = page.lang();
    let stand = promises.statements.iter().filter(|statement| statement.stands()).flat_map(|one| &one.audiences);
    let mut audiences: Vec<&String> = Vec::new();
    for audience in stand.chain(promises.clocks.iter().map(|clock| &clock.audience)) {
        if !audiences.contains(&audience) {
            audiences.push(audience);
        }
    }
    let line = |audience: &String| {
        let said = promises.standing(audience).and_then(|statement| {
            let (at, how) = statement.sent?;
            let (stage, age) = (label::stage(statement.stage, lang), page.age(at));
            let how = carried(how, &statement.channels, &statement.undelivered, lang);
            let id = &statement.id.tag()[..TAG_SHORTEST];
            Some(say!(lang, "{stage} {age} ago, {how} ({id})", "{stage}、{age}前に{how}、{id}"))
        });
        let said = said.unwrap_or_else(|| say!(lang, "nothing yet", "未告知"));
        let text = format!("{audience}: {said}");
        let lost = promises.standing(audience).is_some_and(|statement| statement.given_up().next().is_some());
        let Some((due_at, cadence)) = incident.next_for(audience) else {
            return if lost { Line::Alarm(text) } else { Line::Item(text) };
        };
        let due = Page { colored: false, ..page.clone() }.due(due_at);
        let text = say!(lang, "{text}; next ({cadence}) {due}", "{text}。次回（{cadence}） {due}");
        if lost || due_at < page.now { Line::Alarm(text) } else { Line::Item(text) }
    };
    audiences.into_iter().map(line).collect()
}

/// Statements that went to nobody yet, and what they wait for (E7).
pub fn drafts(page: &Page, incident: &Incident, audience: Option<&str>) -> Vec<Line> {
    let lang = page.lang();
    let number = incident.number;
    let asked = |draft: &&Statement| audience.is_none_or(|asked| draft.audiences.iter().any(|one| one == asked));
    let line = |draft: &Statement| {
        let (to, stage, by) = (draft.audiences.join(", "), label::stage(draft.stage, lang), &draft.by);
        let (id, age) = (&draft.id.tag()[..TAG_SHORTEST], page.age(draft.at));
        let what = say!(lang, "{to}: {stage} by {by}, {age} ago ({id})", "{to}: {stage}、{by}、{age}前（{id}）");
        let lacks = draft.lacks();
        if lacks.is_empty() {
            let then = format!("hikeshi -i {number} update --statement {id} --send");
            return Line::Item(say!(lang, "{what}, not sent: {then}", "{what}、未送信: {then}"));
        }
        let roles: Vec<String> = lacks.iter().map(|role| title(incident, role, lang)).collect();
        let people: Vec<&str> = lacks.iter().flat_map(|role| incident.carriers(role)).collect();
        let (roles, people) = (roles.join(", "), people.join(", "));
        let then = format!("hikeshi -i {number} update --approve {id}");
        Line::Alarm(say!(
            lang,
            "{what}, waits for approval by {people} ({roles}): {then}",
            "{what}、{people}（{roles}）の承認待ち: {then}"
        ))
    };
    incident.promises.drafts().filter(asked).map(line).collect()
}

/// The latest figures, and where they go.
pub fn impact(page: &Page, impact: &Impact) -> Vec<Line> {
    let lang = page.lang();
    let mut lines = Vec::new();
    let mut add = |text: String| lines.push(Line::Item(text));
    if let Some(users) = impact.users {
        add(say!(lang, "users: {}", "利用者: {}", trend(page, users, &number)));
    }
    if let Some(failed) = impact.requests_failed {
        let percent = |value: f64| format!("{value} %");
        add(say!(lang, "requests that fail: {}", "リクエスト失敗率: {}", trend(page, failed, &percent)));
    }
    if let Some(downtime) = impact.downtime {
        let span = |minutes: f64| page.moments.span(minutes_span(minutes));
        add(say!(lang, "down for: {}", "停止時間: {}", trend(page, downtime, &span)));
    }
    if let (Some(done), Some(total)) = (impact.units_done, impact.units_total) {
        let total = number(total.value);
        add(match impact.units_left() {
            Some((left, _)) => {
                let counted = |value: f64| say!(lang, "{} of {total}", "{}/{total}", number(value));
                let done = trend(page, done, &counted);
                say!(lang, "units mended: {done}; {left} left", "復旧済み: {done}、残り {left}")
            }
            None => say!(lang, "units mended: all {total}", "復旧済み: 全 {total}"),
        });
    }
    if !impact.regions.is_empty() {
        let regions = impact.regions.join(", ");
        add(say!(lang, "regions: {regions}", "地域: {regions}"));
    }
    lines.extend(impact.data_loss.map(|loss| Line::Item(label::data_loss(loss, lang).to_owned())));
    if let Some(cost) = &impact.cost {
        lines.push(Line::Item(say!(lang, "cost: {cost}", "費用: {cost}")));
    }
    lines.extend(impact.text.as_ref().map(|text| Line::Item(first_line(text))));
    lines
}

fn number(value: f64) -> String {
    value.to_string()
}

/// Minutes of a figure as a length of time.
#[expect(clippy::cast_possible_truncation, reason = "a length of time in milliseconds, cut to what one holds")]
pub fn minutes_span(minutes: f64) -> Span {
    Span::from_millis((minutes * 60_000.0) as i64)
}

/// A figure with the one before: an arrow on a terminal, a word where a program may read it.
fn trend(page: &Page, figure: Figure, shown: &dyn Fn(f64) -> String) -> String {
    let lang = page.lang();
    let value = shown(figure.value);
    let Some(before) = figure.before else { return value };
    let was = shown(before);
    let piped = page.width.is_none();
    match figure.value.total_cmp(&before) {
        std::cmp::Ordering::Greater if piped => say!(lang, "{value}, up from {was}", "{value}（{was} から増加）"),
        std::cmp::Ordering::Less if piped => say!(lang, "{value}, down from {was}", "{value}（{was} から減少）"),
        std::cmp::Ordering::Equal if piped => say!(lang, "{value}, unchanged", "{value}（変化なし）"),
        std::cmp::Ordering::Greater => say!(lang, "{value} ↑ from {was}", "{value} ↑（前回 {was}）"),
        std::cmp::Ordering::Less => say!(lang, "{value} ↓ from {was}", "{value} ↓（前回 {was}）"),
        std::cmp::Ordering::Equal => format!("{value} ="),
    }
}

/// Who was called and hasn't answered (D3); what nobody answered at all comes first.
pub fn calls(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let number = incident.number;
    let vain = |call: &crate::incident::state::Call| {
        let age = call.ended_at.map(|ended| page.age(ended)).unwrap_or_default();
        let ladder = call.ladder.as_ref().map(|ladder| format!(" ({ladder} {})", call.tier)).unwrap_or_default();
        let who = &call.who;
        Line::Alarm(say!(
            lang,
            "NOBODY ANSWERED: {who}{ladder}, nobody left to call for {age}: hikeshi -i {number} escalate --to NAME",
            "応答なし: {who}{ladder}。{age}前から次の呼び出し先なし: hikeshi -i {number} escalate --to 名前"
        ))
    };
    let line = |call: &crate::incident::state::Call| {
        let (who, age) = (&call.who, page.age(call.at));
        let ladder = call.ladder.as_ref().map(|ladder| format!(" ({ladder} {})", call.tier)).unwrap_or_default();
        let text = say!(lang, "{who}{ladder}: called {age} ago", "{who}{ladder}: {age}前に呼び出し");
        timed(page, text, call.answer_by)
    };
    let open: Vec<Line> = incident.promises.open_calls().map(line).collect();
    incident.promises.in_vain().map(vain).chain(open).collect()
}

/// Who waits for news that was promised (B7).
pub fn follow_ups(page: &Page, incident: &Incident) -> Vec<Line> {
    let line = |open: &crate::incident::state::FollowUp| {
        let (who, id) = (&open.who, &open.id.tag()[..TAG_SHORTEST]);
        let what = Some(first_line(&open.text)).filter(|text| !text.is_empty());
        let text = what.map_or_else(|| format!("{who} ({id})"), |what| format!("{who}: {what} ({id})"));
        timed(page, text, open.due_at)
    };
    incident.promises.follow_ups.iter().map(line).collect()
}

/// Legal and contractual duties that run (E6).
pub fn duties(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let line = |duty: &crate::incident::state::LegalDuty| {
        let (id, title, source) = (&duty.id, duty.title.get(lang), &duty.source);
        let text = say!(lang, "{id}: {title} ({source})", "{id}: {title}（{source}）");
        match duty.due_at {
            // The law names no figure: none is made up.
            None => Line::Item(say!(lang, "{text}, without undue delay", "{text}、遅滞なく")),
            Some(_) if duty.warn_at.is_some_and(|warn| warn <= page.now) => {
                let (Line::Item(text) | Line::Alarm(text) | Line::Words(text)) = timed(page, text, duty.due_at);
                Line::Alarm(text)
            }
            due_at => timed(page, text, due_at),
        }
    };
    incident.promises.open_duties().map(line).collect()
}

/// Offers to hand over that wait for an answer.
pub fn handoffs(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let line = |offer: &crate::incident::state::Handoff| {
        let (from, to, age) = (&offer.from, &offer.to, page.age(offer.since));
        let roles: Vec<String> = offer.roles.iter().map(|slug| title(incident, slug, lang)).collect();
        let roles = roles.join(", ");
        let item = Line::Item(say!(
            lang,
            "{roles}: {from} to {to}, offered {age} ago, not accepted yet",
            "{roles}: {from} → {to}（{age}前に打診、未承諾）"
        ));
        std::iter::once(item).chain(offer.brief.as_deref().map(|words| Line::Words(kept(words))))
    };
    incident.open_handoffs().flat_map(line).collect()
}

/// Channels that did not reach all of their people (B7).
pub fn reach(page: &Page, incident: &Incident) -> Vec<Line> {
    let lang = page.lang();
    let line = |count: &crate::incident::state::Reach| {
        let of = count.of.filter(|of| count.reached < *of)?;
        let (channel, reached, missed) = (&count.channel, count.reached, of - count.reached);
        Some(Line::Alarm(say!(
            lang,
            "{channel}: {reached} of {of}, {missed} not reached",
            "{channel}: {of} 中 {reached}（未到達 {missed}）"
        )))
    };
    incident.promises.reach.iter().filter_map(line).collect()
}

/// The name of a role.
pub fn title(incident: &Incident, slug: &str, lang: Lang) -> String {
    incident.role(slug).map_or_else(|| slug.to_owned(), |role| role.spec.title.get(lang).to_owned())
}
