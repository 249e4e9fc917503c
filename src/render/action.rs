//! Measures of prevention: across incidents on a terminal and for trackers, and what comes next of one (E10).

use super::escape::csv::cell;
use super::{Fit, Page, Table, remaining};
use crate::incident::fact::Fact;
use crate::incident::localized::Lang;
use crate::incident::state::{Action, Incident, Progress};
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::{label, one_line};
use crate::view::{ActionItem, Entry};

/// Measures as a table: overdue ones first, the most urgent first, then what comes next.
pub fn action_list(page: &Page, items: &[ActionItem]) -> String {
    let lang = page.lang();
    if items.is_empty() {
        return say!(lang, "no open actions", "未完了の対策はありません");
    }
    let headings = match lang {
        Lang::En => ["id", "#", "next", "priority", "state", "owner", "action"],
        Lang::Ja => ["ID", "#", "期限", "優先度", "状態", "担当", "対策"],
    };
    let mut table = Table::new(page, &headings.map(str::to_owned)).fit(6, Fit::Flow(14)).gives_up(&[3, 4, 5]);
    for item in items {
        table.row(row(page, item));
    }
    table.lines().join("\n")
}

fn row(page: &Page, item: &ActionItem) -> Vec<String> {
    let lang = page.lang();
    let action = &item.action;
    let none = || "–".to_owned();
    let next = action.next_at().map_or_else(none, |at| remaining(page, at));
    let mut text = words(action, lang);
    if let Some((cause, _)) = &item.prevents {
        text = say!(lang, "{text} (against {cause})", "{text}（原因 {cause}）");
    }
    if item.incident.drill {
        text = say!(lang, "[drill] {text}", "[演習] {text}");
    }
    vec![
        item.short.clone(),
        item.incident.number.to_string(),
        next,
        action.priority.map_or_else(none, |priority| label::priority(priority, lang).to_owned()),
        state(action, lang),
        item.keeper.as_deref().map_or_else(none, |owner| one_line(owner).into_owned()),
        text,
    ]
}

/// How far it has come, and how often it was found to have no effect.
fn state(action: &Action, lang: Lang) -> String {
    let state = label::progress(action.progress(), lang);
    match action.failed {
        0 => state.to_owned(),
        times => say!(lang, "{state}, failed {times}×", "{state}（効果なし{times}回）"),
    }
}

fn words(action: &Action, lang: Lang) -> String {
    if action.text.is_empty() {
        say!(lang, "[words removed]", "［文言は削除済み］")
    } else {
        one_line(&action.text).into_owned()
    }
}

/// The columns of the table for trackers, the same in every language.
const COLUMNS: [&str; 20] = [
    "id",
    "entry",
    "ref",
    "incident_title",
    "severity",
    "text",
    "owner",
    "priority",
    "state",
    "overdue",
    "since",
    "due_at",
    "done_at",
    "check_at",
    "verified_at",
    "effective",
    "dropped_at",
    "failed",
    "prevents",
    "prevents_text",
];

/// Measures as CSV (RFC 4180) for trackers and spreadsheets: one line each below the names of the columns. `id` never
/// changes, so that what is taken in again takes the place of what was.
pub fn action_csv(items: &[ActionItem], now: Timestamp) -> String {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let mut lines = vec![COLUMNS.join(",")];
    for item in items {
        let action = &item.action;
        let (prevents, prevents_text) = match &item.prevents {
            Some((_, text)) => (action.prevents.map(|id| id.to_string()), text.clone()),
            None => (None, String::new()),
        };
        let effective = action.verified.map(|(_, effective)| effective.to_string());
        let cells = [
            action.id.to_string(),
            item.short.clone(),
            item.incident.number.to_string(),
            item.incident.title.clone(),
            item.incident.severity.to_string(),
            action.text.clone(),
            item.keeper.clone().unwrap_or_default(),
            action.priority.map(|priority| priority.to_string()).unwrap_or_default(),
            action.progress().as_str().to_owned(),
            item.is_overdue(now).to_string(),
            action.since.to_string(),
            time(action.due_at),
            time(action.done_at),
            time(action.check_at),
            time(action.verified.map(|(at, _)| at)),
            effective.unwrap_or_default(),
            time(action.dropped_at),
            action.failed.to_string(),
            prevents.unwrap_or_default(),
            prevents_text,
        ];
        lines.push(cells.map(|text| cell(&text)).join(","));
    }
    lines.join("\r\n")
}

/// What comes next of the measure that a command was about.
pub fn next_of_action(page: &Page, incident: &Incident, entries: &[Entry]) -> Option<String> {
    let lang = page.lang();
    let (id, short) = entries.iter().find_map(|entry| {
        let whole =
            |id: crate::incident::id::EventId| (id, id.tag().chars().take(entry.short.len()).collect::<String>());
        Some(match &entry.fact {
            Fact::ActionAdded(_) => (entry.header.id, entry.short.clone()),
            Fact::ActionChanged(fact) => whole(fact.action),
            Fact::ActionDone(fact) => whole(fact.action),
            Fact::ActionVerified(fact) => whole(fact.action),
            _ => return None,
        })
    })?;
    let action = incident.lessons.action(id)?;
    let run = |verb: &str, rest: &str| format!("hikeshi action {verb} {short}{rest}");
    let early =
        entries.iter().any(|entry| matches!(&entry.fact, Fact::ActionVerified(_))) && action.check_at > Some(page.now);
    match action.progress() {
        Progress::Open if action.owner.is_none() && action.due_at.is_none() => {
            Some(run("set", " --owner NAME --due 30d"))
        }
        Progress::Open if action.owner.is_none() => Some(run("set", " --owner NAME")),
        Progress::Open => Some(match action.due_at {
            Some(at) => {
                let (at, done) = (page.moments.near(at, page.now), run("done", ""));
                say!(lang, "by {at}: {done}", "{at} まで: {done}")
            }
            None => run("set", " --due 30d"),
        }),
        Progress::Done => {
            let verify = run("verify", " --effective yes|no TEXT");
            Some(match action.check_at {
                Some(at) => {
                    let at = page.moments.near(at, page.now);
                    say!(lang, "check its effect by {at}: {verify}", "{at} までに効果を確認: {verify}")
                }
                None => verify,
            })
        }
        Progress::Effective if early => {
            let at = page.moments.near(action.check_at?, page.now);
            Some(say!(
                lang,
                "checked before {at}, the date set; if it fails after all: {}",
                "予定の {at} より前の確認です。後で効果がないと分かったら: {}",
                run("verify", " --effective no TEXT")
            ))
        }
        Progress::Effective | Progress::Dropped => None,
    }
}

/// The measures that a closed incident leaves to be kept.
pub fn left_open(page: &Page, incident: &Incident) -> Option<String> {
    let (count, number) = (incident.lessons.unfinished(), incident.number);
    (count > 0).then(|| {
        say!(
            page.lang(),
            "actions that go on: {count} – hikeshi -i {number} action list",
            "継続中の対策: {count}件 – hikeshi -i {number} action list"
        )
    })
}
