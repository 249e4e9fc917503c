//! What comes in from elsewhere: other tools' histories, chat, alerts.

use super::place::Place;
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;

fn history(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/histories").join(name);
    path.to_str().expect("a path").to_owned()
}

const GITHUB: &str = "github-statuses-2022-2024.jsonl";

/// An update: when, its place, status, words.
type Said = (String, u64, String, String);

/// The updates on record, incident by incident, in the log's order.
fn reports(place: &Place) -> Vec<Vec<Said>> {
    let store = Connection::open(place.store()).expect("a store");
    let query = "SELECT subject, at, facts, words FROM log WHERE kind = 'report.imported' ORDER BY n";
    let mut query = store.prepare(query).expect("a query");
    let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).expect("JSON");
    let read = |row: &rusqlite::Row<'_>| {
        let at = jiff::Timestamp::from_millisecond(row.get(1)?).expect("a time").to_string();
        let (facts, words) = (json(row.get(2)?), json(row.get(3)?));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let order = facts["order"].as_u64().expect("a place");
        Ok((row.get::<_, i64>(0)?, (at, order, text(&facts["status"]), text(&words["text"]))))
    };
    let found: Vec<(i64, Said)> = query.query_map([], read).expect("rows").map(|row| row.expect("a row")).collect();
    let groups = found.chunk_by(|one, next| one.0 == next.0);
    groups.map(|group| group.iter().map(|(_, said)| said.clone()).collect()).collect()
}

#[test]
fn every_update_of_399_real_incidents_keeps_its_words_time_and_order() {
    let place = Place::new();
    let first = place.json(&["import", "github-statuses", &history(GITHUB)]);
    assert_eq!((&first["imported"], &first["skipped"]), (&399.into(), &Value::Array(Vec::new())));
    let file = std::fs::read_to_string(history(GITHUB)).expect("the file");
    let records: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let expected: Vec<Vec<Said>> = records
        .iter()
        .map(|record| {
            let updates = record["updates"].as_array().expect("a list").iter().zip(1..);
            let said = updates.map(|(one, at)| (text(&one["at"]), at, text(&one["status"]), text(&one["message"])));
            said.collect()
        })
        .collect();
    assert_eq!(reports(&place), expected);
    for (record, one) in records.iter().zip(first["incidents"].as_array().expect("a list")).step_by(40) {
        assert_eq!(record["id"], one["source"]);
        let shown = place.json(&["-i", &one["ref"].to_string(), "show"]);
        let incident = &shown["incident"];
        assert_eq!((&incident["title"], &incident["status"]), (&record["title"], &"closed".into()));
        let millis = |value: &Value| text(value).replace('Z', ".000Z");
        assert_eq!(incident["started_at"], millis(&record["started_at"]));
        assert_eq!(incident["resolved_at"], millis(&record["resolved_at"]));
        assert_eq!(incident["services"], record.get("components").cloned().unwrap_or_else(|| Value::Array(Vec::new())));
    }
    let again = place.json(&["import", "github-statuses", &history(GITHUB)]);
    assert_eq!((&again["unchanged"], &again["entries"]), (&399.into(), &0.into()));
    // Nothing runs, nobody is told, and the rows follow from the log.
    assert_eq!(place.json(&["due", "--all"])["clocks"], Value::Array(Vec::new()));
    assert_eq!(place.json(&["list"])["incidents"], Value::Array(Vec::new()));
    place.ok(&["tick"]);
    place.ok(&["doctor"]);
}
