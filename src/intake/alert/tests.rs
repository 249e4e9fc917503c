//! Each format, by real bodies where there are some.

use super::AlertFormat;
use crate::incident::alert::Alert;
use crate::incident::slug::AlertState;

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
    assert_eq!((bare.len(), bare[0].title.as_str(), bare[0].severity.as_ref()), (2, "alert", None));
    assert_ne!(bare[0].fingerprint, bare[1].fingerprint);
    assert!(read(AlertFormat::Pagerduty, r#"{"event": {"event_type": "pagey.ping"}}"#).is_empty());
    for format in AlertFormat::ALL {
        for body in ["{}", "[]", "7", "{", "", "\u{fffd}", r#"{"alerts": 5, "event": 5, "alert": 5, "incident": 5}"#] {
            assert!(format.read(body.as_bytes()).is_err(), "{format:?} {body}");
        }
    }
}
