//! Incidents as CSV: one row each, in the same columns whatever they hold.

use super::escape::csv::cell;
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};

/// The columns, named as in JSON.
const COLUMNS: [&str; 27] = [
    "ref",
    "id",
    "title",
    "status",
    "severity",
    "category",
    "drill",
    "near_miss",
    "restricted",
    "services",
    "customers",
    "commander",
    "started_at",
    "detected_at",
    "declared_at",
    "acknowledged_at",
    "identified_at",
    "mitigated_at",
    "monitoring_at",
    "resolved_at",
    "closed_at",
    "minutes_to_resolve",
    "seconds_to_resolve",
    "summary",
    "cause",
    "workaround",
    "fix",
];

/// The first line.
pub fn incident_csv_head() -> String {
    COLUMNS.join(",")
}

/// The line of an incident; absent values are empty.
pub fn incident_csv_row(incident: &Incident) -> String {
    let times = &incident.times;
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let yes = |is: bool| is.to_string();
    let text = |text: Option<&String>| -> String { text.cloned().unwrap_or_default() };
    // The calm before it came back is no part of resolving it.
    let took = times.resolved.and_then(|at| at.since(times.declared)).map(|span| span.without(incident.calm()));
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let cells = [
        incident.number.to_string(),
        incident.id.to_string(),
        incident.title.clone(),
        incident.status.to_string(),
        incident.severity.to_string(),
        text(incident.category.as_ref()),
        yes(incident.drill),
        yes(incident.near_miss),
        yes(incident.restricted),
        incident.services.join("; "),
        incident.customers.map(|customers| customers.to_string()).unwrap_or_default(),
        incident.leader().unwrap_or_default().to_owned(),
        time(times.started),
        time(times.detected),
        times.declared.to_string(),
        time(incident.promises.acknowledged_at),
        time(times.identified),
        time(times.mitigated),
        time(times.monitoring),
        time(times.resolved),
        time(times.closed),
        number(took.map(|took| took.seconds() / 60)),
        number(took.map(Span::seconds)),
        text(incident.summary.as_ref()),
        text(incident.cause.as_ref()),
        text(incident.workaround.as_ref().map(|held| &held.text)),
        text(incident.fix.as_ref().map(|fix| &fix.text)),
    ];
    cells.each_ref().map(|text| cell(text)).join(",")
}
