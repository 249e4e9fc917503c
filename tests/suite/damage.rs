//! A store that somebody or something damaged: reported and never a panic, and what it holds is still only text.

use super::garbage::{Given, assert_holds, nasty_store, run};
use super::hostile::NASTY;
use proptest::prelude::{BoxedStrategy, Just, ProptestConfig, Strategy, any, prop};
use proptest::prop_oneof;
use proptest::test_runner::TestRunner;
use rusqlite::types::Value;
use std::ffi::OsString;
use std::path::Path;

/// What happened to the file.
#[derive(Debug, Clone)]
enum Damage {
    /// Bytes changed.
    Bytes(Vec<(usize, u8)>),
    /// The end is missing.
    Cut(usize),
    /// Somebody wrote into a column of a table.
    Column(&'static str, &'static str, Value),
    /// Somebody wrote into a field of what is stored as JSON.
    Field(&'static str, &'static str, Value),
}

/// Fields of headers, facts and words that are shown, or that rules look at.
const FIELDS: [(&str, &str); 20] = [
    ("header", "kind"),
    ("header", "version"),
    ("header", "actor"),
    ("header", "at"),
    ("header", "recorded_at"),
    ("header", "zone"),
    ("header", "clock"),
    ("header", "batch"),
    ("facts", "category"),
    ("facts", "services"),
    ("facts", "number"),
    ("facts", "started_at"),
    ("facts", "role"),
    ("facts", "holder"),
    ("facts", "kind"),
    ("facts", "step"),
    ("facts", "due_at"),
    ("facts", "verb"),
    ("words", "title"),
    ("words", "text"),
];

/// What every command leans on; each holds what its decoder reads.
const COLUMNS: [(&str, &str); 16] = [
    ("log", "header"),
    ("log", "facts"),
    ("log", "words"),
    ("log", "kind"),
    ("log", "tag"),
    ("log", "hash"),
    ("log", "actor"),
    ("log", "at"),
    ("log", "hlc"),
    ("incidents", "state"),
    ("incidents", "title"),
    ("incidents", "services"),
    ("incidents", "leader"),
    ("incidents", "status"),
    ("incidents", "declared_at"),
    ("marks", "by"),
];

fn value() -> BoxedStrategy<Value> {
    let nasty = prop::sample::select(NASTY.to_vec()).prop_map(str::to_owned);
    let json = prop::sample::select(vec![
        "{}",
        "[]",
        "null",
        "{\"title\":\"\\u001b[35;5m\\u009b\\u202e<script>\"}",
        "{\"text\":\"\\u001b[35;5m\\u009b\"}",
        "{\"number\":-1,\"space\":7}",
        "[[[[[[[[",
    ]);
    let text = prop_oneof![nasty, json.prop_map(str::to_owned)];
    let number = prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(-1), any::<i64>()];
    prop_oneof![
        4 => Just(Value::Text(NASTY[0].to_owned())),
        3 => text.clone().prop_map(Value::Text),
        3 => text.prop_map(|text| Value::Blob(text.into_bytes())),
        1 => prop::collection::vec(any::<u8>(), 0..64).prop_map(Value::Blob),
        2 => number.prop_map(Value::Integer),
    ]
    .boxed()
}

fn damage() -> BoxedStrategy<Damage> {
    prop_oneof![
        3 => prop::collection::vec((any::<usize>(), any::<u8>()), 1..40).prop_map(Damage::Bytes),
        1 => any::<usize>().prop_map(Damage::Cut),
        6 => (prop::sample::select(FIELDS.to_vec()), value())
            .prop_map(|((column, field), value)| Damage::Field(column, field, value)),
        6 => (prop::sample::select(COLUMNS.to_vec()), value())
            .prop_map(|((table, column), value)| Damage::Column(table, column, value)),
    ]
    .boxed()
}

impl Damage {
    fn happen(&self, store: &Path) {
        match self {
            Self::Bytes(bytes) => {
                let mut whole = std::fs::read(store).expect("read");
                for (at, byte) in bytes {
                    let length = whole.len();
                    whole[at % length] = *byte;
                }
                std::fs::write(store, whole).expect("written");
            }
            Self::Cut(at) => {
                let whole = std::fs::read(store).expect("read");
                std::fs::write(store, &whole[..at % whole.len()]).expect("written");
            }
            Self::Column(table, column, value) => {
                let connection = rusqlite::Connection::open(store).expect("opens");
                // What the column's type refuses did not happen.
                let _ = connection.execute(&format!("UPDATE OR IGNORE {table} SET {column} = ?1"), [value]);
            }
            Self::Field(column, field, value) => {
                let connection = rusqlite::Connection::open(store).expect("opens");
                // A header has a version byte before its JSON.
                let (start, json) =
                    if *column == "header" { ("x'01' || ", "substr(header, 2)") } else { ("", *column) };
                let set = format!("CAST({start}json_set(CAST({json} AS TEXT), '$.{field}', ?1) AS BLOB)");
                let _ = connection.execute(&format!("UPDATE OR IGNORE log SET {column} = {set}"), [value]);
            }
        }
    }
}

#[test]
fn a_damaged_store_is_reported_and_never_a_panic() {
    let (place, entries) = nasty_store();
    let line = prop::sample::select(vec![
        "show -i 1",
        "timeline 2",
        "timeline 1 --kind note",
        "list --all",
        "checklist -i 1",
        "roles -i 2",
        "inbox",
        "prompt",
        "postmortem -i 1 --format html",
        "postmortem -i 2",
        "note -i 1 x",
        "undo -i 2",
        "undo -i 1",
        "note -i 1 x --refutes ENTRY",
        "escalate -i 1 sev0",
        "declare x",
        "close -i 2 --force --reason x",
    ]);
    let cases = ProptestConfig::default().cases.min(4000);
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let config = ProptestConfig {
        cases: if asked { cases } else { 48 },
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let outcome = TestRunner::new(config).run(&(damage(), line, any::<bool>()), |(damage, line, json)| {
        let home = tempfile::tempdir().expect("a folder");
        let damaged = home.path().join("damaged.db");
        std::fs::copy(place.store(), &damaged).expect("copied");
        damage.happen(&damaged);
        let mut words: Vec<OsString> =
            line.split(' ').map(|word| if word == "ENTRY" { entries[0].as_str() } else { word }.into()).collect();
        words.extend((json && !line.contains("html")).then(|| "--json".into()));
        let given = Given { line: words, ..Given::default() };
        let ran = run(&given, &damaged, home.path());
        assert_holds(&given, &ran);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn a_kind_that_somebody_made_up_is_only_text() {
    let (place, entries) = nasty_store();
    Damage::Field("header", "kind", Value::Text(NASTY[0].to_owned())).happen(&place.store());
    for line in ["undo -i 1", "timeline 1", "show -i 1", "note -i 1 x --refutes ENTRY", "postmortem -i 1", "undo -i 2"]
    {
        let line = line.replace("ENTRY", &entries[0]);
        let given = Given { line: line.split(' ').map(OsString::from).collect(), ..Given::default() };
        let home = tempfile::tempdir().expect("a folder");
        assert_holds(&given, &run(&given, &place.store(), home.path()));
    }
}
