//! What a file of JSON looks like that is not what it was said to be.

use super::{AlertFormat, Format};
use serde_json::{Map, Value};

/// What a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Another tool's history.
    Past(Format),
    /// The body of a monitoring tool's webhook.
    Alert(AlertFormat),
    /// An export of Slack.
    Chat,
    /// The list of people in an export of Slack.
    People,
    /// What another store exported.
    Own,
}

/// What a file looks like; `None` for what is no JSON, or is like nothing that is known.
pub fn recognise(text: &str) -> Option<Shape> {
    let whole = serde_json::from_str::<Value>(text).ok();
    let first = || text.lines().find(|line| !line.trim().is_empty()).and_then(|line| serde_json::from_str(line).ok());
    match whole.or_else(first)? {
        Value::Object(map) => object(&map),
        Value::Array(list) => list.iter().find_map(Value::as_object).and_then(entry),
        _ => None,
    }
}

fn object(map: &Map<String, Value>) -> Option<Shape> {
    let has = |key: &str| map.get(key).is_some_and(|value| !value.is_null());
    let list = |key: &str| map.get(key).is_some_and(Value::is_array);
    let inner = |key: &str| map.get(key).is_some_and(Value::is_object);
    let alert = |format| Some(Shape::Alert(format));
    if map.get("hikeshi").is_some_and(Value::is_string) {
        Some(Shape::Own)
    } else if list("messages") {
        Some(Shape::Chat)
    } else if list("incidents") || list("scheduled_maintenances") || list("months") {
        Some(Shape::Past(Format::Statuspage))
    } else if inner("event") {
        alert(AlertFormat::Pagerduty)
    } else if inner("alert") {
        alert(AlertFormat::Opsgenie)
    } else if list("alerts") && !has("orgId") && !has("title") {
        alert(AlertFormat::Alertmanager)
    } else if list("alerts") || has("ruleId") || has("ruleName") || has("ruleUrl") {
        alert(AlertFormat::Grafana)
    } else if inner("incident") || inner("component") {
        alert(AlertFormat::Statuspage)
    } else if has("id") && has("title") && (list("updates") || has("started_at") || has("status_sequence")) {
        Some(Shape::Past(Format::GithubStatuses))
    } else if ["title", "event_title", "alert_title"].into_iter().any(has)
        && ["alert_type", "alert_transition", "event_type", "event_msg", "last_updated", "org"].into_iter().any(has)
    {
        alert(AlertFormat::Datadog)
    } else {
        let lists = map.values().filter_map(Value::as_array);
        let first = lists.filter_map(|list| list.first()).find_map(Value::as_object);
        first.and_then(entry).filter(|shape| *shape == Shape::Past(Format::Aws))
    }
}

/// What the entry of a list looks like.
fn entry(map: &Map<String, Value>) -> Option<Shape> {
    let has = |key: &str| map.get(key).is_some_and(|value| !value.is_null());
    if has("external_desc") || (has("begin") && has("number")) {
        Some(Shape::Past(Format::GoogleCloud))
    } else if has("summary") && (has("date") || has("arn") || has("event_log")) {
        Some(Shape::Past(Format::Aws))
    } else if has("ts") && (has("text") || has("user") || has("type")) {
        Some(Shape::Chat)
    } else if has("id") && has("profile") && has("name") {
        Some(Shape::People)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, recognise};
    use crate::intake::{AlertFormat, Format};

    #[test]
    fn files_are_known_by_what_only_their_format_has() {
        for (text, expected) in [
            (r#"{"page": {"id": "p"}, "incidents": []}"#, Some(Shape::Past(Format::Statuspage))),
            (r#"[{"id": "a", "begin": "x", "number": "1"}]"#, Some(Shape::Past(Format::GoogleCloud))),
            (r#"{"ec2": [{"date": "1", "summary": "x"}]}"#, Some(Shape::Past(Format::Aws))),
            (
                "\n{\"id\": 1, \"title\": \"x\", \"updates\": []}\n{\"id\": 2}",
                Some(Shape::Past(Format::GithubStatuses)),
            ),
            (r#"[{"type": "message", "ts": "1.0"}]"#, Some(Shape::Chat)),
            (r#"[{"id": "U1", "name": "aki", "profile": {}}]"#, Some(Shape::People)),
            (r#"{"hikeshi": "export", "schema": 1}"#, Some(Shape::Own)),
            (r#"{"version": "4", "alerts": []}"#, Some(Shape::Alert(AlertFormat::Alertmanager))),
            (r#"{"orgId": 1, "alerts": []}"#, Some(Shape::Alert(AlertFormat::Grafana))),
            (r#"{"event": {"event_type": "incident.triggered"}}"#, Some(Shape::Alert(AlertFormat::Pagerduty))),
            (r#"{"action": "Create", "alert": {}}"#, Some(Shape::Alert(AlertFormat::Opsgenie))),
            (r#"{"page": {}, "incident": {}}"#, Some(Shape::Alert(AlertFormat::Statuspage))),
            (r#"{"title": "x", "alert_type": "error"}"#, Some(Shape::Alert(AlertFormat::Datadog))),
            ("{}", None),
            ("10:32 aki: hello", None),
        ] {
            assert_eq!(recognise(text), expected, "{text}");
        }
    }
}
