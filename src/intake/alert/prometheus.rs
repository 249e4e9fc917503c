//! Groups of alerts of Prometheus Alertmanager and of Grafana, and Grafana's older alerts.

use super::address::{few, links, whole};
use super::loose::{Loose, digest, fingerprint, first_line};
use crate::incident::alert::Alert;
use crate::incident::command::{Link, LinkKind};
use crate::incident::slug::AlertState;

/// Labels that name a service, the clearest first.
const SERVICE: [&str; 5] = ["service", "app", "application", "component", "job"];
/// Labels that say how bad it is.
const SEVERITY: [&str; 3] = ["severity", "priority", "level"];

/// How many labels stand for a name that an alert hasn't.
const LABELS: usize = 5;

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
        let base = body.text("externalURL");
        let base = base.as_deref();
        let place = |key: &str| whole(&one.text(key)?, base);
        // An address that leads nowhere is none; the next one may lead somewhere.
        let link = ["generatorURL", "panelURL", "dashboardURL"].into_iter().find_map(place);
        let link = link.or_else(|| whole(base?, None));
        let besides = ["panelURL", "dashboardURL"].into_iter().filter_map(place);
        let noted =
            links(one.object("annotations"), base).into_iter().chain(links(body.object("commonAnnotations"), base));
        let all = noted.chain(besides.map(|target| Link { kind: LinkKind::Dashboard, target }));
        let print = one.text("fingerprint");
        let named = || {
            let labels = one.object("labels").and_then(|labels| labels.0.as_object()).into_iter().flatten();
            let pairs = labels.take(LABELS).filter_map(|(key, _)| Some(format!("{key}={}", label(&[key])?)));
            let pairs: Vec<String> = pairs.collect();
            if pairs.is_empty() {
                print.as_ref().map(|print| format!("{format} {print}"))
            } else {
                Some(pairs.join(", "))
            }
        };
        let text = note(&["description", "message"]).or_else(|| one.text("valueString"));
        let title = note(&["summary"]).or_else(|| label(&["alertname"])).or_else(|| note(&["title"]));
        let title = title.or_else(|| first_line(text.as_deref())).or_else(named);
        Alert {
            format: format.to_owned(),
            fingerprint: fingerprint(print.clone().unwrap_or_else(|| digest(&labels.unwrap_or_default()))),
            state: if over { AlertState::Resolved } else { AlertState::Firing },
            title: title.unwrap_or_else(|| format!("{format}: alert")),
            text,
            links: few(all, link.as_deref()),
            link,
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
        title: body.first(&["ruleName", "title"]).unwrap_or_else(|| format!("{format}: rule {rule}")),
        text: body.text("message"),
        link: body.text("ruleUrl").and_then(|link| whole(&link, body.text("externalURL").as_deref())),
        links: few(links(body.object("tags"), None), None),
        services: tag(&SERVICE).into_iter().collect(),
        severity: tag(&SEVERITY),
        starts_at: None,
        ends_at: None,
    }])
}
