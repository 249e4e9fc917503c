//! Groups of alerts of Prometheus Alertmanager and of Grafana, and Grafana's older alerts.

use super::loose::{Loose, digest, fingerprint};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

/// Labels that name a service, the clearest first.
const SERVICE: [&str; 5] = ["service", "app", "application", "component", "job"];
/// Labels that say how bad it is.
const SEVERITY: [&str; 3] = ["severity", "priority", "level"];

/// A group of alerts; each may fire or be over by itself.
pub fn group(body: Loose<'_>, format: &str) -> Option<Vec<Alert>> {
    body.get("alerts").filter(|list| list.0.is_array())?;
    let common = |kind: &str, key: &str| body.object(kind).and_then(|common| common.text(key));
    let alert = |one: Loose<'_>| {
        let label = |keys: &[&str]| {
            let own = one.object("labels").and_then(|labels| labels.first(keys));
            own.or_else(|| keys.iter().find_map(|key| common("commonLabels", key)))
        };
        let note = |keys: &[&str]| {
            let own = one.object("annotations").and_then(|notes| notes.first(keys));
            own.or_else(|| keys.iter().find_map(|key| common("commonAnnotations", key)))
        };
        let state = one.text("status").or_else(|| body.text("status"));
        let over = state.is_some_and(|state| state.eq_ignore_ascii_case("resolved"));
        let labels = one.get("labels").map(|labels| labels.0.to_string());
        let starts_at = one.time("startsAt");
        Alert {
            format: format.to_owned(),
            fingerprint: fingerprint(one.text("fingerprint").unwrap_or_else(|| digest(&labels.unwrap_or_default()))),
            state: if over { AlertState::Resolved } else { AlertState::Firing },
            title: note(&["summary"]).or_else(|| label(&["alertname"])).unwrap_or_else(|| "alert".to_owned()),
            text: note(&["description", "message"]).or_else(|| one.text("valueString")),
            link: one.first(&["generatorURL", "panelURL", "dashboardURL"]).or_else(|| body.text("externalURL")),
            services: label(&SERVICE).into_iter().collect(),
            severity: label(&SEVERITY),
            starts_at,
            // An alert that fires has no end; tools write year 1, or when they will give up.
            ends_at: one.time("endsAt").filter(|end| over && starts_at.is_none_or(|start| start <= *end)),
        }
    };
    Some(body.list("alerts").filter(|one| one.0.is_object()).map(alert).collect())
}

/// Grafana's groups, or one of its older alerts.
pub fn grafana(body: Loose<'_>, format: &str) -> Option<Vec<Alert>> {
    if body.get("alerts").is_some() {
        return group(body, format);
    }
    let rule = body.first(&["ruleId", "ruleName", "title"])?;
    let over = body.text("state").is_some_and(|state| matches!(state.as_str(), "ok" | "paused"));
    let tag = |keys: &[&str]| body.object("tags").and_then(|tags| tags.first(keys));
    Some(vec![Alert {
        format: format.to_owned(),
        fingerprint: fingerprint(format!("rule-{rule}")),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: body.first(&["ruleName", "title"]).unwrap_or_else(|| "alert".to_owned()),
        text: body.text("message"),
        link: body.text("ruleUrl"),
        services: tag(&SERVICE).into_iter().collect(),
        severity: tag(&SEVERITY),
        starts_at: None,
        ends_at: None,
    }])
}
