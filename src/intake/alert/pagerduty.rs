//! Events of PagerDuty, version 3 of its webhooks.

use super::address::{few, links, whole};
use super::loose::{Loose, fingerprint, first_line};
use crate::incident::alert::Alert;
use crate::incident::command::{Link, LinkKind};
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
    let bridge = data.object("conference_bridge");
    let bridge = bridge.and_then(|bridge| bridge.first(&["conference_url", "conference_number"]));
    let bridge = bridge.map(|target| Link { kind: LinkKind::Bridge, target });
    let details = data.object("body").and_then(|body| body.object("details"));
    let text = data.object("body").and_then(|body| body.text("details")).or_else(|| data.text("description"));
    let link = data.first(&["html_url", "self"]).and_then(|link| whole(&link, None));
    let title = data.first(&["title", "summary"]).or_else(|| first_line(text.as_deref()));
    let name = |key: &str| data.object(key).and_then(|one| one.first(&["summary", "name"]));
    Some(vec![Alert {
        format: "pagerduty".to_owned(),
        fingerprint: fingerprint(id.clone()),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: title.unwrap_or_else(|| format!("PagerDuty {id}")),
        text,
        links: few(bridge.into_iter().chain(links(details, None)), link.as_deref()),
        link,
        services: name("service").into_iter().collect(),
        severity: name("priority").or_else(|| data.text("urgency")),
        // What is over says when it ended, and nothing of when it began.
        starts_at: data.time("created_at").or(occurred.filter(|_| kind == "incident.triggered")),
        ends_at: occurred.filter(|_| over),
    }])
}
