//! What somebody put into a store's file besides entries: it is named, refused where a file is taken over, and never
//! acts.

use super::place::Place;
use rusqlite::Connection;

/// Definitions that would make a confirmed entry go, show what isn't so, or lie in wait.
const STRANGERS: [(&str, &str); 6] = [
    ("trigger t", "CREATE TRIGGER t BEFORE INSERT ON log BEGIN SELECT RAISE(IGNORE); END"),
    ("trigger t", "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM log WHERE n = new.n; END"),
    ("trigger t", "CREATE TRIGGER t AFTER INSERT ON log BEGIN UPDATE log SET words = NULL, salt = NULL; END"),
    ("view v", "CREATE VIEW v AS SELECT * FROM log"),
    ("table mine", "CREATE TABLE mine (a)"),
    ("index i", "CREATE UNIQUE INDEX i ON log (subject, kind, n)"),
];

#[test]
fn a_trigger_takes_nothing_that_was_confirmed() {
    for (name, definition) in STRANGERS.into_iter().filter(|(name, _)| name.starts_with("trigger")) {
        let place = Place::declared();
        Connection::open(place.store()).and_then(|file| file.execute_batch(definition)).expect(name);
        place.ok(&["note", "this was confirmed"]);
        place.ok(&["declare", "this one too"]);
        assert!(place.ok(&["timeline", "1"]).contains("this was confirmed"), "{definition}");
        assert!(place.ok(&["list"]).contains("this one too"), "{definition}");
        place.ok(&["verify"]);
    }
}

#[test]
fn a_view_in_the_place_of_a_table_shows_nothing() {
    let place = Place::declared();
    let swap = "ALTER TABLE marks RENAME TO marks_of_old;
        CREATE VIEW marks AS SELECT * FROM marks_of_old WHERE 0";
    Connection::open(place.store()).and_then(|file| file.execute_batch(swap)).expect("swapped");
    let ran = place.run(&["doctor"]);
    assert!(ran.code == 3 && ran.out.contains("view marks"), "{}{}", ran.out, ran.err);
    let ran = place.run(&["timeline", "1"]);
    assert_eq!(ran.code, 5, "{}{}", ran.out, ran.err);
}

#[test]
fn a_file_with_something_foreign_in_it_is_not_restored_and_named() {
    for (name, definition) in STRANGERS {
        let place = Place::declared();
        let raw = place.path().join("raw.db");
        std::fs::copy(place.store(), &raw).expect("copied");
        Connection::open(&raw).and_then(|file| file.execute_batch(definition)).expect(name);
        place.ok(&["note", "after the copy"]);
        let head = place.ok(&["verify", "--head"]);
        let path = raw.to_str().expect("UTF-8");
        let err = place.fails(5, &["restore", path]);
        assert!(err.contains(name) && err.contains("doctor --salvage"), "{definition}: {err}");
        assert!(place.lang("ja").fails(5, &["restore", path]).contains(name));
        place.lang("en");
        assert_eq!(place.ok(&["verify", "--head"]), head, "nothing changed");
        assert!(!place.store().with_file_name("hikeshi.db.part").exists());
        let ran = place.run(&["--db", path, "doctor"]);
        assert!(ran.code == 3 && ran.out.contains(name), "{definition}: {}", ran.out);
        // The way out that the hint names.
        let clean = place.path().join("clean.db");
        place.ok(&["--db", path, "doctor", "--salvage", clean.to_str().expect("UTF-8")]);
        place.ok(&["restore", clean.to_str().expect("UTF-8")]);
    }
}

#[test]
fn a_backup_carries_no_trigger_along() {
    let place = Place::declared();
    Connection::open(place.store()).and_then(|file| file.execute_batch(STRANGERS[0].1)).expect("made");
    let copy = place.path().join("copy.db");
    place.ok(&["backup", copy.to_str().expect("UTF-8")]);
    place.ok(&["restore", copy.to_str().expect("UTF-8")]);
    place.ok(&["doctor"]);
}

/// An own table that was made another one is foreign too.
#[test]
fn a_table_that_was_made_another_one_is_named() {
    let place = Place::declared();
    let file = Connection::open(place.store()).expect("opens");
    file.execute_batch("ALTER TABLE log ADD COLUMN extra TEXT").expect("altered");
    drop(file);
    let ran = place.run(&["doctor"]);
    assert!(ran.code == 3 && ran.out.contains("table log"), "{}{}", ran.out, ran.err);
}
