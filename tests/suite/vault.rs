//! Evidence that is no longer what was secured: said wherever it is used, and never a reason to lose the rest.

use super::place::Place;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Secures a text; where its bytes lie.
fn secured(place: &Place, text: &str) -> PathBuf {
    let added = place.run_with(&["evidence", "add", "-", "--json"], text.as_bytes());
    assert_eq!(added.code, 0, "{}", added.err);
    let added: Value = serde_json::from_str(&added.out).expect("a document");
    let digest = added["entries"][0]["data"]["sha256"].as_str().expect("a digest").to_owned();
    place.store().with_extension("evidence").join(&digest[..2]).join(&digest[2..])
}

/// Puts other bytes in the place of a file.
fn spoil(path: &Path) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("set");
    std::fs::write(path, "other bytes").expect("written");
}

fn id(place: &Place, index: usize) -> String {
    place.json(&["evidence", "list"])["evidence"][index]["id"].as_str().expect("an id").to_owned()
}

/// Nothing of a copy that was begun is left.
fn no_part(place: &Place) {
    let names = std::fs::read_dir(place.path()).expect("listed").flatten().map(|entry| entry.file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().contains("part")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn adding_it_again_mends_what_was_changed_and_keeps_what_lay_there() {
    let place = Place::declared();
    let path = secured(&place, "core dump");
    spoil(&path);
    let again = place.run_with(&["evidence", "add", "-"], b"core dump");
    assert!(again.code == 0 && again.err.contains("set-aside-"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&path).expect("read"), "core dump");
    let folder = place.store().with_extension("evidence");
    let aside = std::fs::read_dir(&folder).expect("listed").flatten().map(|entry| entry.path());
    let aside: Vec<PathBuf> = aside.filter(|path| path.to_string_lossy().contains("set-aside-")).collect();
    assert_eq!(aside.len(), 1);
    assert_eq!(std::fs::read_to_string(&aside[0]).expect("read"), "other bytes");
    place.ok(&["evidence", "verify"]);
    let doctor = place.ok(&["doctor"]);
    assert!(doctor.contains("set-aside-"), "{doctor}");
    // A command's output that was kept before is reused only as what it is.
    place.ok(&["run", "--", "echo", "the same"]);
    let digest = place.json(&["evidence", "list"])["evidence"][2]["sha256"].as_str().expect("a digest").to_owned();
    spoil(&folder.join(&digest[..2]).join(&digest[2..]));
    let ran = place.run(&["run", "--", "echo", "the same"]);
    assert!(ran.err.contains("set-aside-"), "{}", ran.err);
    place.ok(&["evidence", "verify"]);
}

#[test]
fn other_bytes_are_never_handed_out_as_what_was_secured() {
    let place = Place::declared();
    let path = secured(&place, "core dump");
    let id = id(&place, 0);
    spoil(&path);
    let ran = place.run(&["evidence", "cat", &id]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.contains("not what was secured") && ran.err.contains("--force"), "{}", ran.err);
    let ran = place.run(&["evidence", "cat", &id, "--force"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, "other bytes"), "{}", ran.err);
    let archive = place.path().join("case.tar");
    let err = place.fails(3, &["evidence", "export", "1", "-o", archive.to_str().expect("UTF-8")]);
    assert!(err.contains(&id) && !archive.exists(), "{err}");
    let doctor = place.run(&["doctor"]);
    assert!(doctor.code == 3 && doctor.out.contains(&id), "{}", doctor.out);
    place.lang("ja");
    let ran = place.run(&["evidence", "cat", &id]);
    assert!(ran.code == 3 && ran.err.contains("保全時の内容と異なります"), "{}", ran.err);
    place.lang("en");
    std::fs::remove_file(&path).expect("removed");
    let ran = place.run(&["evidence", "cat", &id]);
    assert!(ran.code == 4 && ran.err.contains("gone"), "{}", ran.err);
}

#[test]
fn the_logs_backup_is_made_whatever_became_of_the_evidence() {
    let place = Place::declared();
    let paths = ["first", "second", "third"].map(|text| secured(&place, text));
    let ids = [0, 1].map(|index| id(&place, index));
    spoil(&paths[0]);
    std::fs::remove_file(&paths[1]).expect("removed");
    let ran = place.run(&["backup", "b.db"]);
    assert!(ran.code == 3 && ran.out.contains("verified"), "{}", ran.err);
    assert!(ids.iter().all(|id| ran.err.contains(id)), "{}", ran.err);
    assert!(ran.err.contains("CHANGED") && ran.err.contains("MISSING"), "{}", ran.err);
    no_part(&place);
    place.ok(&["--db", "b.db", "verify"]);
    let sums = |folder: &Path| {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            let pieces = std::fs::read_dir(entry.path()).expect("listed").flatten();
            found.extend(pieces.map(|piece| std::fs::read_to_string(piece.path()).expect("read")));
        }
        found
    };
    assert_eq!(sums(&place.path().join("b.evidence")), ["third"], "the one that is sound, and nothing else");
    let json = place.run(&["backup", "c.db", "--json"]);
    let found: Value = serde_json::from_str(&json.out).expect("a document");
    assert_eq!((json.code, found["unsound"].as_array().map(Vec::len)), (3, Some(2)), "{found}");
    // A folder that can't be written to is no reason either.
    std::fs::write(place.path().join("d.evidence"), "in the way").expect("written");
    let ran = place.run(&["backup", "d.db"]);
    assert!(ran.code == 3 && place.path().join("d.db").exists(), "{}", ran.err);
    no_part(&place);
}

#[test]
fn evidence_that_a_backup_shares_is_read_again_and_mended() {
    let place = Place::declared();
    let path = secured(&place, "core dump");
    place.ok(&["backup", "b.db", "--keep", "3"]);
    let copy = place
        .path()
        .join("b.evidence")
        .join(path.strip_prefix(place.store().with_extension("evidence")).expect("in it"));
    spoil(&copy);
    assert_eq!(place.json(&["backup", "b.db", "--keep", "3"])["evidence"], 1);
    assert_eq!(std::fs::read_to_string(&copy).expect("read"), "core dump");
    // Gone here and safe there is still told.
    std::fs::remove_file(&path).expect("removed");
    let ran = place.run(&["backup", "b.db", "--keep", "3"]);
    assert!(ran.code == 3 && ran.err.contains("MISSING"), "{}", ran.err);
    place.ok(&["restore", "b.db"]);
    place.ok(&["evidence", "verify"]);
    // A restore brings the log back whatever the backup's evidence is.
    std::fs::remove_file(&path).expect("removed");
    spoil(&copy);
    let ran = place.run(&["restore", "b.db"]);
    assert!(ran.code == 3 && ran.out.contains("restored") && ran.err.contains("CHANGED"), "{}", ran.err);
    place.ok(&["note", "goes on"]);
    place.ok(&["verify"]);
}

/// What is left of an addition that was killed goes with the next one, and not before its writer has ended.
#[test]
fn an_addition_that_was_killed_leaves_nothing_for_long() {
    let place = Place::declared();
    let folder = place.store().with_extension("evidence");
    let incoming = || {
        let listed = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let mut names: Vec<_> = listed.filter(|name| name.to_string_lossy().starts_with("incoming-")).collect();
        names.sort();
        names
    };
    let begun = || {
        let mut adding = place.command(&["evidence", "add", "-"]);
        let mut adding = adding.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("starts");
        let input = adding.stdin.take().expect("a pipe");
        let before = incoming();
        while incoming().iter().all(|name| before.contains(name)) {
            assert!(adding.try_wait().expect("asked").is_none(), "it waits for its input");
            std::thread::yield_now();
        }
        (adding, input)
    };
    let (mut killed, _input) = begun();
    killed.kill().expect("killed");
    killed.wait().expect("ended");
    assert_eq!(incoming().len(), 1);
    let doctor = place.run(&["doctor"]);
    assert!(doctor.code == 3 && doctor.out.contains("incoming-"), "{}", doctor.out);
    let (mut writing, input) = begun();
    assert_eq!(incoming().len(), 1, "the dead one's is gone");
    place.ok(&["doctor", "--fix"]);
    secured(&place, "meanwhile");
    assert_eq!(incoming().len(), 1, "one that is being written stays");
    drop(input);
    assert!(writing.wait().expect("ended").success());
    assert_eq!(incoming().len(), 0);
    place.ok(&["doctor"]);
    place.ok(&["evidence", "verify"]);
}
