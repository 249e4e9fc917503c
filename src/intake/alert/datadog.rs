//! Events of Datadog: its standard body, and the variables that people add to it under their own names.

use super::address::{few, links, whole};
use super::loose::{Loose, fingerprint};
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

/// Words for what is over, as a transition or at the beginning of a title.
const OVER: [&str; 3] = ["recovered", "success", "resolved"];

pub fn event(body: Loose<'_>) -> Option<Vec<Alert>> {
    let title = body.first(&["title", "event_title", "alert_title"])?;
    let transition = body.first(&["alert_transition", "transition", "alert_type"]).unwrap_or_default().to_lowercase();
    let marked = title.trim_start_matches('[').split(['[', ']', ' ']).next().unwrap_or_default().to_lowercase();
    let over = OVER.contains(&transition.as_str()) || OVER.contains(&marked.as_str());
    // The id is that of the event; what is the same about it whenever it is sent stands elsewhere, if at all.
    let same = ["aggreg_key", "alert_cycle_key", "alert_id", "monitor_id"];
    let id = body.first(&same).unwrap_or_else(|| bare(&title));
    let link = ["link", "url", "event_url"].into_iter().find_map(|key| whole(&body.text(key)?, None));
    Some(vec![Alert {
        format: "datadog".to_owned(),
        fingerprint: fingerprint(id),
        state: if over { AlertState::Resolved } else { AlertState::Firing },
        title: bare(&title),
        text: body.first(&["body", "event_msg", "text_only_msg", "message"]),
        links: few(links(Some(body), None), link.as_deref()),
        link,
        services: tags(body).filter_map(|(key, value)| (key == "service").then_some(value)).collect(),
        severity: tags(body)
            .find_map(|(key, value)| (key == "severity").then_some(value))
            .or_else(|| body.first(&["alert_priority", "severity"]))
            .or_else(|| body.text("alert_type").filter(|_| !over)),
        starts_at: body.time("date").filter(|_| !over),
        ends_at: body.first(&["last_updated"]).and_then(|_| body.time("last_updated")).filter(|_| over),
    }])
}

/// A title without its mark: `[Triggered] CPU is high`, `[P1] [Warn] …`.
fn bare(title: &str) -> String {
    let mut rest = title.trim();
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        rest = after.trim_start();
    }
    if rest.is_empty() { title.trim().to_owned() } else { rest.to_owned() }
}

/// `service:api,env:prod`, or a list of such.
fn tags(body: Loose<'_>) -> impl Iterator<Item = (String, String)> {
    let text = body.text("tags").unwrap_or_default();
    let listed = body.list("tags").filter_map(|tag| tag.0.as_str().map(str::to_owned));
    let all: Vec<String> = text.split(',').map(str::to_owned).chain(listed).collect();
    all.into_iter().filter_map(|tag| {
        let (key, value) = tag.trim().split_once(':')?;
        (!value.trim().is_empty()).then(|| (key.trim().to_owned(), value.trim().to_owned()))
    })
}
