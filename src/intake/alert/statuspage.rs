//! Notices of a status page of Atlassian: an incident's update, or a component's new state.

use super::address::whole;
use super::loose::{Loose, fingerprint};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;
use crate::intake::html;

pub fn notice(body: Loose<'_>) -> Option<Vec<Alert>> {
    if let Some(incident) = body.object("incident") {
        // Planned maintenance is no alert.
        if incident.text("impact").is_some_and(|impact| impact == "maintenance") {
            return Some(Vec::new());
        }
        return of_incident(incident).map(|alert| vec![alert]);
    }
    let component = body.object("component")?;
    let status = body.object("component_update").and_then(|update| update.text("new_status"));
    let status = status.or_else(|| component.text("status")).unwrap_or_default();
    let name = component.text("name")?;
    Some(vec![Alert {
        format: "statuspage".to_owned(),
        fingerprint: fingerprint(component.text("id").unwrap_or_else(|| name.clone())),
        state: if status == "operational" { AlertState::Resolved } else { AlertState::Firing },
        title: format!("{name}: {}", status.replace('_', " ")),
        text: component.text("description"),
        link: None,
        links: Vec::new(),
        services: vec![name],
        severity: Some(status.trim_end_matches("_outage").replace("partial", "minor")).filter(|word| !word.is_empty()),
        starts_at: body.object("component_update").and_then(|update| update.time("created_at")),
        ends_at: None,
    }])
}

fn of_incident(incident: Loose<'_>) -> Option<Alert> {
    let status = incident.text("status").unwrap_or_default();
    let over = matches!(status.as_str(), "resolved" | "completed" | "postmortem");
    let last = incident.list("incident_updates").next();
    let name = incident.text("name")?;
    Some(Alert {
        format: "statuspage".to_owned(),
        fingerprint: fingerprint(incident.text("id").unwrap_or_else(|| name.clone())),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: html::plain(&name),
        text: last.and_then(|update| update.text("body")).map(|text| html::plain(&text)),
        link: incident.first(&["shortlink", "url"]).and_then(|link| whole(&link, None)),
        links: Vec::new(),
        services: incident.list("components").filter_map(|component| component.text("name")).collect(),
        severity: incident.first(&["impact_override", "impact"]),
        starts_at: incident.time("started_at").or_else(|| incident.time("created_at")),
        ends_at: incident.time("resolved_at").filter(|_| over),
    })
}
