//! Events of PagerDuty, version 3 of its webhooks.

use super::loose::{Loose, fingerprint};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

pub fn event(body: Loose<'_>) -> Option<Vec<Alert>> {
    let event = body.object("event")?;
    let kind = event.text("event_type").unwrap_or_default();
    let Some(data) = event.object("data") else { return Some(Vec::new()) };
    // Pings, services and notes of an incident carry no alert.
    if data.text("type").is_some_and(|kind| kind != "incident") || !kind.starts_with("incident.") {
        return Some(Vec::new());
    }
    let over = kind == "incident.resolved" || data.text("status").is_some_and(|status| status == "resolved");
    let occurred = event.time("occurred_at");
    let id = data.first(&["id", "incident_key", "number"])?;
    let name = |key: &str| data.object(key).and_then(|one| one.first(&["summary", "name"]));
    Some(vec![Alert {
        format: "pagerduty".to_owned(),
        fingerprint: fingerprint(id),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: data.first(&["title", "summary"]).unwrap_or_else(|| "alert".to_owned()),
        text: data.object("body").and_then(|body| body.text("details")).or_else(|| data.text("description")),
        link: data.first(&["html_url", "self"]),
        services: name("service").into_iter().collect(),
        severity: name("priority").or_else(|| data.text("urgency")),
        // What is over says when it ended, and nothing of when it began.
        starts_at: data.time("created_at").or(occurred.filter(|_| kind == "incident.triggered")),
        ends_at: occurred.filter(|_| over),
    }])
}
