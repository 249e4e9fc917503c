//! Each format, by real bodies where there are some.

use super::AlertFormat;
use crate::incident::alert::Alert;
use crate::incident::slug::{AlertState, LinkKind};
use crate::intake::{Shape, Unreadable};

fn read(format: AlertFormat, body: &str) -> Vec<Alert> {
    format.read(body.as_bytes()).expect("read")
}

macro_rules! payload {
    ($name:literal) => {
        include_str!(concat!("../../../tests/payloads/", $name))
    };
}

fn shown(alert: &Alert) -> [String; 6] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        alert.fingerprint.clone(),
        alert.state.to_string(),
        alert.title.clone(),
        alert.services.join(","),
        text(&alert.severity),
        alert.starts_at.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

#[test]
fn real_bodies_are_read() {
    for (format, body, expected) in [
        (
            AlertFormat::Alertmanager,
            payload!("alertmanager-v4-no-generatorURL.zulip.json"),
            ["a1bc48475b20e73d", "firing", "High CPU core temperature", "", "critical", "2020-02-06T00:17:58.432Z"],
        ),
        (
            AlertFormat::Pagerduty,
            payload!("pagerduty-v3-triggered.zulip.json"),
            ["PFQZPSY", "firing", "Test Incident 3", "pig208", "high", "2021-06-04T13:35:29.781Z"],
        ),
        (
            AlertFormat::Pagerduty,
            payload!("pagerduty-v3-resolved.zulip.json"),
            ["PCPZE64", "resolved", "Test Incident", "pig208", "high", ""],
        ),
        (
            AlertFormat::Statuspage,
            payload!("statuspage-incident_created.zulip.json"),
            [
                "z3lct0r596n4",
                "firing",
                "Database query delays",
                "Management Portal (example)",
                "none",
                "2017-12-26T07:32:00.507Z",
            ],
        ),
    ] {
        let alerts = read(format, body);
        assert_eq!(alerts.iter().map(shown).collect::<Vec<_>>(), [expected.map(str::to_owned)], "{format:?}");
    }
    let two = read(AlertFormat::Alertmanager, payload!("alertmanager-v4-two-alerts.zulip.json"));
    assert_eq!((two.len(), two[1].fingerprint.as_str()), (2, "c2ea85182f28cbd9"));
    assert!(two.iter().all(|alert| alert.ends_at.is_none() && alert.link.is_some()), "year 1 is no end");
}

#[test]
fn documented_bodies_are_read() {
    for (format, body, expected) in [
        (AlertFormat::Grafana, payload!("grafana-legacy.json"), ["rule-17", "firing", "Load", "web", "warning", ""]),
        (
            AlertFormat::Opsgenie,
            payload!("opsgenie-create.json"),
            ["disk-db-3", "firing", "Disk of db-3 is full", "orders-db", "P1", "2026-11-20T04:58:20.000Z"],
        ),
        (
            AlertFormat::Datadog,
            payload!("datadog-triggered.json"),
            ["9f1c", "firing", "Queue is growing", "worker", "error", "2026-11-20T04:58:20.000Z"],
        ),
        (
            AlertFormat::Statuspage,
            payload!("statuspage-component.json"),
            ["c9", "firing", "Mail delivery: major outage", "Mail delivery", "major", "2026-11-20T04:50:00.000Z"],
        ),
    ] {
        let alerts = read(format, body);
        assert_eq!(alerts.iter().map(shown).collect::<Vec<_>>(), [expected.map(str::to_owned)], "{format:?}");
    }
    let group = read(AlertFormat::Grafana, payload!("grafana-firing-and-resolved.json"));
    let states: Vec<AlertState> = group.iter().map(|alert| alert.state).collect();
    assert_eq!(states, [AlertState::Firing, AlertState::Resolved]);
}

#[test]
fn what_is_missing_is_not_there_and_what_is_no_such_body_is_refused() {
    let bare = read(AlertFormat::Alertmanager, r#"{"alerts": [{"labels": {"a": 1}}, 7, {}]}"#);
    assert_eq!((bare.len(), bare[0].title.as_str(), bare[0].severity.as_ref()), (2, "a=1", None));
    assert_ne!(bare[0].fingerprint, bare[1].fingerprint);
    assert!(read(AlertFormat::Pagerduty, r#"{"event": {"event_type": "pagey.ping"}}"#).is_empty());
    for format in AlertFormat::ALL {
        for body in ["{}", "[]", "7", "{", "", "\u{fffd}", r#"{"alerts": 5, "event": 5, "alert": 5, "incident": 5}"#] {
            assert!(format.read(body.as_bytes()).is_err(), "{format:?} {body}");
        }
    }
}

#[test]
fn what_an_alert_links_to_is_kept_and_what_leads_nowhere_is_not() {
    let body = r#"{"externalURL": "https://grafana.example/", "commonAnnotations": {"wiki_url": "https://wiki.example/api"}, "alerts": [
        {"labels": {"alertname": "API errors"}, "generatorURL": "?orgId=1", "dashboardURL": "https://grafana.example/d/1", "silenceURL": "x",
         "annotations": {"runbook_url": "https://runbooks.example/api", "summary": "API errors", "runbook": "page 12 of the red book"}}]}"#;
    let alert = &read(AlertFormat::Grafana, body)[0];
    assert_eq!(alert.link.as_deref(), Some("https://grafana.example/?orgId=1"));
    let links: Vec<(LinkKind, &str)> = alert.links.iter().map(|link| (link.kind, link.target.as_str())).collect();
    assert_eq!(
        links,
        [
            (LinkKind::Doc, "page 12 of the red book"),
            (LinkKind::Doc, "https://runbooks.example/api"),
            (LinkKind::Doc, "https://wiki.example/api"),
            (LinkKind::Dashboard, "https://grafana.example/d/1"),
        ]
    );
    let dead = r#"{"alerts": [{"generatorURL": "?orgId=1", "labels": {"alertname": "x"}}]}"#;
    assert_eq!(read(AlertFormat::Grafana, dead)[0].link, None);
    let bridge = r#"{"event": {"event_type": "incident.triggered", "data": {"id": "P1", "title": "x", "conference_bridge":
        {"conference_url": "https://meet.example/1"}, "body": {"details": {"Runbook URL": "https://runbooks.example/x"}}}}}"#;
    let kinds: Vec<LinkKind> = read(AlertFormat::Pagerduty, bridge)[0].links.iter().map(|link| link.kind).collect();
    assert_eq!(kinds, [LinkKind::Bridge, LinkKind::Doc]);
    let details = r#"{"action": "Create", "alert": {"alertId": "a", "message": "x", "details": {"runbook": "https://runbooks.example/x"}}}"#;
    assert_eq!(read(AlertFormat::Opsgenie, details)[0].links[0].target, "https://runbooks.example/x");
    let flat = r#"{"title": "x", "runbook_url": "https://runbooks.example/x", "link": "https://datadog.example/1"}"#;
    assert_eq!(read(AlertFormat::Datadog, flat)[0].links.len(), 1);
}

#[test]
fn an_alert_without_a_title_is_called_by_what_there_is_or_refused_naming_what_lacks() {
    let title = |format: AlertFormat, body: &str| read(format, body)[0].title.clone();
    let escalated = r#"{"action": "Escalate", "alert": {"alertId": "052652ac"}}"#;
    assert_eq!(title(AlertFormat::Opsgenie, escalated), "Opsgenie 052652ac: Escalate");
    let described = r#"{"action": "Create", "alert": {"alertId": "1", "description": "\nDisk is full\nof db-3"}}"#;
    assert_eq!(title(AlertFormat::Opsgenie, described), "Disk is full");
    let bare = r#"{"event": {"event_type": "incident.triggered", "data": {"number": 7}}}"#;
    assert_eq!(title(AlertFormat::Pagerduty, bare), "PagerDuty 7");
    for (format, body) in [
        (AlertFormat::Opsgenie, r#"{"action": "Escalate", "alert": {}}"#),
        (AlertFormat::Pagerduty, r#"{"event": {"event_type": "incident.triggered", "data": {}}}"#),
        (AlertFormat::Statuspage, r#"{"page": {}, "incident": {"id": "x"}}"#),
    ] {
        let refused = format.read(body.as_bytes()).expect_err("refused");
        assert!(matches!(refused, Unreadable::Nameless { .. }), "{format:?} {refused:?}");
    }
}

#[test]
fn planned_maintenance_is_no_alert_and_another_formats_body_is_known() {
    let planned =
        r#"{"page": {}, "incident": {"id": "m", "name": "Upgrade", "impact": "maintenance", "status": "scheduled"}}"#;
    assert_eq!(read(AlertFormat::Statuspage, planned), []);
    let other = AlertFormat::Pagerduty.read(payload!("opsgenie-create.json").as_bytes());
    assert_eq!(other, Err(Unreadable::Other(Shape::Alert(AlertFormat::Opsgenie))));
}
