//! Actions on alerts of Opsgenie.

use super::loose::{Loose, fingerprint};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

pub fn action(body: Loose<'_>) -> Option<Vec<Alert>> {
    let alert = body.object("alert")?;
    let over = body.text("action").is_some_and(|action| matches!(action.as_str(), "Close" | "Delete"));
    let detail = |keys: &[&str]| alert.object("details").and_then(|details| details.first(keys));
    let id = alert.first(&["alias", "alertId", "tinyId"])?;
    Some(vec![Alert {
        format: "opsgenie".to_owned(),
        fingerprint: fingerprint(id),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: alert.text("message").unwrap_or_else(|| "alert".to_owned()),
        text: alert.text("description"),
        link: detail(&["url", "link", "runbook"]),
        services: detail(&["service", "app"]).or_else(|| alert.text("entity")).into_iter().collect(),
        severity: alert.text("priority").or_else(|| detail(&["severity", "priority"])),
        starts_at: alert.time("createdAt").or_else(|| alert.time("insertedAt")),
        ends_at: alert.time("updatedAt").filter(|_| over),
    }])
}
