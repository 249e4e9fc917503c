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
}

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
        }
    }
}

#[test]
fn a_damaged_store_is_reported_and_never_a_panic() {
    let (place, _) = nasty_store();
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
        let mut words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
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
