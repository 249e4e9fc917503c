//! Deadlines across incidents, and news that was promised.

use super::{Fit, Page, Table};
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::state::FollowUp;
use crate::incident::time::Timestamp;
use crate::say;
use crate::text::one_line;
use crate::view::{Deadline, Due};

/// Deadlines as a table: what is overdue first, the worst first, then what comes next.
pub fn due(page: &Page, due: &Due) -> String {
    let lang = page.lang();
    if due.deadlines.is_empty() {
        return match due.later {
            0 => say!(lang, "no deadlines", "期限はありません"),
            later => say!(
                lang,
                "nothing is due soon; later: {later} (--all)",
                "直近の期限はありません。以降: {later}件（--all）"
            ),
        };
    }
    let headings = match lang {
        Lang::En => ["due", "at", "#", "severity", "clock", "owner"],
        Lang::Ja => ["残り", "時刻", "#", "重大度", "期限", "担当"],
    };
    let mut table = Table::new(page, &headings.map(str::to_owned)).fit(4, Fit::Flow(16)).gives_up(&[1, 3, 5]);
    for deadline in &due.deadlines {
        table.row(row(page, deadline));
    }
    let mut lines = table.lines();
    if due.more > 0 {
        let more = due.more;
        lines.push(say!(lang, "… and {more} more: --limit N", "… ほか{more}件: --limit N"));
    }
    if due.later > 0 {
        let later = due.later;
        lines.push(say!(lang, "… later: {later} (--all)", "… 以降: {later}件（--all）"));
    }
    lines.join("\n")
}

fn row(page: &Page, deadline: &Deadline) -> Vec<String> {
    let lang = page.lang();
    let clock = &deadline.clock;
    let left = match deadline.met_at {
        Some(met) => match met.since(clock.due_at).filter(|late| late.millis() > 0) {
            Some(late) => {
                let late = page.moments.span(late);
                say!(lang, "met, {late} late", "達成（{late}遅れ）")
            }
            None => say!(lang, "met", "達成"),
        },
        None => remaining(page, clock.due_at),
    };
    let (number, severity) = match &deadline.incident {
        Some(incident) => (incident.number.to_string(), page.severity(incident.severity)),
        None => ("–".to_owned(), "–".to_owned()),
    };
    let drill = deadline.incident.as_ref().is_some_and(|incident| incident.drill);
    let mut name = one_line(&clock.name).into_owned();
    if drill {
        name = say!(lang, "[drill] {name}", "[演習] {name}");
    }
    let owner = clock.owner.as_deref().map_or_else(|| "–".to_owned(), |owner| one_line(owner).into_owned());
    vec![left, page.moments.near(clock.due_at, page.now), number, severity, name, owner]
}

/// How long until then, or since.
pub fn remaining(page: &Page, at: Timestamp) -> String {
    let lang = page.lang();
    match page.now.since(at).filter(|late| late.millis() > 0) {
        Some(late) => {
            let late = page.moments.span(late);
            page.alarm(&say!(lang, "overdue {late}", "{late}超過"))
        }
        None => {
            let left = at.since(page.now).map(|left| page.moments.span(left)).unwrap_or_default();
            say!(lang, "in {left}", "あと{left}")
        }
    }
}

/// Whom news was promised.
pub fn follow_ups(page: &Page, open: &[FollowUp]) -> String {
    let lang = page.lang();
    if open.is_empty() {
        return say!(lang, "nobody waits for news", "続報を待っている相手はいません");
    }
    let mut table = Table::new(page, &[]);
    for one in open {
        table.row(vec![
            one.id.tag().chars().take(TAG_SHORTEST).collect(),
            one.due_at.map_or_else(|| "–".to_owned(), |due_at| remaining(page, due_at)),
            one_line(&one.who).into_owned(),
            one_line(&one.text).into_owned(),
        ]);
    }
    table.lines().join("\n")
}
