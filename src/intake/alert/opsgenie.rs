//! Actions on alerts of Opsgenie.

use super::address::{few, links, whole};
use super::loose::{Loose, fingerprint, first_line};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

pub fn action(body: Loose<'_>) -> Option<Vec<Alert>> {
    let alert = body.object("alert")?;
    let action = body.text("action");
    let over = action.as_ref().is_some_and(|action| matches!(action.as_str(), "Close" | "Delete"));
    let detail = |keys: &[&str]| alert.object("details").and_then(|details| details.first(keys));
    let id = alert.first(&["alias", "alertId", "tinyId"])?;
    let text = alert.text("description");
    let link = detail(&["url", "link"]).and_then(|link| whole(&link, None));
    // Some actions name the alert and say nothing of it.
    let bare = || {
        let id = alert.first(&["tinyId", "alias", "alertId"]).unwrap_or_default();
        format!("Opsgenie {id}{}", action.as_deref().map(|action| format!(": {action}")).unwrap_or_default())
    };
    let title = alert.text("message").or_else(|| first_line(text.as_deref()));
    Some(vec![Alert {
        format: "opsgenie".to_owned(),
        fingerprint: fingerprint(id),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: title.unwrap_or_else(bare),
        text,
        links: few(links(alert.object("details"), None), link.as_deref()),
        link,
        services: detail(&["service", "app"]).or_else(|| alert.text("entity")).into_iter().collect(),
        severity: alert.text("priority").or_else(|| detail(&["severity", "priority"])),
        starts_at: alert.time("createdAt").or_else(|| alert.time("insertedAt")),
        ends_at: alert.time("updatedAt").filter(|_| over),
    }])
}
