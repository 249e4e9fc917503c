//! The checklist: what is done, what is open, what comes later.

use super::{Fit, Page, Table};
use crate::incident::command::Customers;
use crate::incident::playbook::Condition;
use crate::incident::state::{Incident, StepPlace};
use crate::say;
use crate::text::{label, one_line};

/// The steps asked for, playbook by playbook.
pub fn checklist(page: &Page, incident: &Incident, wanted: impl Fn(&StepPlace<'_>) -> bool, open_only: bool) -> String {
    let lang = page.lang();
    let mut blocks: Vec<String> = Vec::new();
    let mut later: Vec<String> = Vec::new();
    for list in &incident.checklists {
        let (done, skipped, total) = list.counts();
        let title = one_line(list.title.get(lang)).into_owned();
        let heading = page.bold(&title);
        let skipped =
            if skipped > 0 { say!(lang, ", {skipped} skipped", "、省略 {skipped}") } else { String::new() };
        let heading = say!(
            lang,
            "{heading} – {done} of {total} done{skipped}",
            "{heading} – {total} 件中 {done} 件完了{skipped}"
        );
        let mut table = Table::new(page, &[]).fit(3, Fit::Flow(18)).fit(4, Fit::Flow(14)).gives_up(&[2, 4]);
        let mut rows = 0;
        for place in incident.steps().filter(|place| place.instance == list.instance && wanted(place)) {
            if !place.state.active {
                let when = place.state.step.when.as_ref().map(|when| condition(when, lang)).unwrap_or_default();
                later.push(format!("{:>4}  {}  {when}", place.number, one_line(&place.state.step.id)));
                continue;
            }
            if open_only && place.state.tick.is_some() {
                continue;
            }
            rows += 1;
            table.row(cells(page, incident, &place));
        }
        if rows > 0 || !open_only {
            let mut lines = vec![heading];
            lines.extend(table.lines());
            blocks.push(lines.join("\n"));
        }
    }
    if !later.is_empty() && !open_only {
        later.insert(0, page.dim(&say!(lang, "later:", "この後:")));
        blocks.push(later.join("\n"));
    }
    if blocks.is_empty() {
        return say!(lang, "nothing is open", "未完了の手順はありません");
    }
    blocks.join("\n\n")
}

fn cells(page: &Page, incident: &Incident, place: &StepPlace<'_>) -> Vec<String> {
    let lang = page.lang();
    let state = place.state;
    let mark = match &state.tick {
        Some(tick) if tick.skipped.is_some() => "[-]",
        Some(_) => "[x]",
        None if state.step.required => "[!]",
        None => "[ ]",
    };
    let fate = match &state.tick {
        Some(tick) => {
            let by = one_line(&tick.by);
            let at = page.moments.near(tick.at, page.now);
            match (&tick.skipped, &tick.result) {
                (Some(reason), _) => say!(lang, "skipped by {by} {at}: {}", "{by} が省略 {at}: {}", one_line(reason)),
                (None, Some(result)) => format!("{by} {at}: {}", one_line(result)),
                (None, None) => format!("{by} {at}"),
            }
        }
        None => {
            let owner = owner(incident, place);
            let due = state.due_at.map(|due| page.due(due)).unwrap_or_default();
            if owner.is_empty() || due.is_empty() { format!("{owner}{due}") } else { format!("{owner}, {due}") }
        }
    };
    let mut text = one_line(state.step.text.get(lang)).into_owned();
    if let (Some(run), None) = (&state.step.run, &state.tick) {
        text = format!("{text}  $ {}", one_line(run));
    }
    vec![format!("{:>4}", place.number), mark.to_owned(), one_line(&state.step.id).into_owned(), text, fate]
}

/// Who must do a step: the person named, or whoever carries the role.
fn owner(incident: &Incident, place: &StepPlace<'_>) -> String {
    if let Some(person) = &place.state.person {
        return one_line(person).into_owned();
    }
    let Some(role) = &place.state.step.role else { return String::new() };
    let carriers = incident.carriers(role);
    if carriers.is_empty() { one_line(role).into_owned() } else { one_line(&carriers.join(", ")).into_owned() }
}

/// One step in one line, for "what is next": `1 confirm-impact: Confirm … (aki, due 09:53 UTC)`.
pub fn step_line(page: &Page, incident: &Incident, place: &StepPlace<'_>) -> String {
    let text = one_line(place.state.step.text.get(page.lang()));
    format!("{} {}: {text} ({})", place.number, one_line(&incident.unique_slug(place)), whose(page, incident, place))
}

/// One step by its name alone: `1 confirm-impact (aki, due 09:53 UTC)`.
pub fn step_name(page: &Page, incident: &Incident, place: &StepPlace<'_>) -> String {
    format!("{} {} ({})", place.number, one_line(&incident.unique_slug(place)), whose(page, incident, place))
}

fn whose(page: &Page, incident: &Incident, place: &StepPlace<'_>) -> String {
    let owner = Some(owner(incident, place)).filter(|owner| !owner.is_empty());
    let due = place.state.due_at.map(|due| page.due(due));
    [owner, due].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn condition(when: &Condition, lang: crate::incident::localized::Lang) -> String {
    let mut parts = Vec::new();
    if let Some(severity) = when.severity {
        parts.push(say!(lang, "{severity} or worse", "{severity} 以上"));
    }
    match when.customers {
        Some(Customers::One) => parts.push(say!(lang, "one customer", "単一のお客様")),
        Some(Customers::Many) => parts.push(say!(lang, "several customers", "複数のお客様")),
        None => {}
    }
    if let Some(status) = when.status {
        parts.push(say!(lang, "once {}", "{}になったら", label::status(status, lang)));
    }
    parts.join(&say!(lang, ", ", "・"))
}
