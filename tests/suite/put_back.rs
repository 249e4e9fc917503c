//! A store's file that was put back from a copy: it never goes on under the name of what it lost.

use super::place::{Place, Ran};
use super::store::assert_chain;
use std::path::PathBuf;

/// The whole store as one file, as it lies there between two commands.
fn raw(place: &Place) -> Vec<u8> {
    std::fs::read(place.store()).expect("read")
}

/// Puts the bytes in the place of the store: the same path, the same inode.
fn put_back(place: &Place, bytes: &[u8]) {
    for ending in ["-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{ending}", place.store().display())));
    }
    std::fs::write(place.store(), bytes).expect("put back");
}

fn origins(place: &Place) -> usize {
    place.json(&["verify"])["origins"].as_array().map_or(0, Vec::len)
}

fn noted(place: &Place, text: &str) -> Ran {
    let ran = place.run(&["note", text]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

fn marks(place: &Place) -> Vec<PathBuf> {
    let folder = place.path().join(".local/state/hikeshi/heads");
    std::fs::read_dir(folder).expect("marks").flatten().map(|entry| entry.path()).collect()
}

#[test]
fn a_plain_file_put_back_in_place_begins_a_history_of_its_own_and_says_so() {
    let place = Place::declared();
    noted(&place, "in the copy");
    let copy = raw(&place);
    noted(&place, "lost with the file");
    put_back(&place, &copy);
    let ran = noted(&place, "after the file was put back");
    assert!(ran.err.contains("put back from an older copy"), "{}", ran.err);
    assert_eq!(origins(&place), 2);
    assert_chain(&place.store());
    let again = noted(&place, "and on");
    assert_eq!((again.err.as_str(), origins(&place)), ("", 2), "told once");
    // The same copy once more: neither history goes on.
    put_back(&place, &copy);
    let ran = place.lang("ja").run(&["note", "さらに後"]);
    assert!(ran.code == 0 && ran.err.contains("置き換えられています"), "{}", ran.err);
    assert_eq!(origins(&place), 2);
}

/// What was put back may have grown as far as what was lost.
#[test]
fn another_history_of_the_same_length_is_seen_too() {
    let place = Place::declared();
    let copy = raw(&place);
    noted(&place, "lost with the file");
    let kept: Vec<(PathBuf, Vec<u8>)> =
        marks(&place).into_iter().map(|path| (path.clone(), std::fs::read(path).expect("read"))).collect();
    put_back(&place, &copy);
    for (path, _) in &kept {
        std::fs::remove_file(path).expect("removed");
    }
    noted(&place, "in its place, where nobody remembered");
    for (path, bytes) in &kept {
        std::fs::write(path, bytes).expect("written");
    }
    let ran = noted(&place, "seen now");
    assert!(ran.err.contains("another one than was written"), "{}", ran.err);
    noted(&place, "longer");
    assert_eq!(origins(&place), 2);
    assert_chain(&place.store());
}

/// A crash between the commit and the mark, and a command under another home, leave a mark behind its file.
#[test]
fn a_mark_behind_its_file_is_normal() {
    let place = Place::declared();
    let early: Vec<(PathBuf, Vec<u8>)> =
        marks(&place).into_iter().map(|path| (path.clone(), std::fs::read(path).expect("read"))).collect();
    assert_eq!(early.len(), 1, "one small file for a store");
    noted(&place, "one");
    noted(&place, "two");
    for (path, bytes) in early {
        std::fs::write(path, bytes).expect("written");
    }
    assert_eq!((noted(&place, "three").err.as_str(), origins(&place)), ("", 1));
}

#[test]
fn whatever_stands_in_a_marks_place_keeps_nothing_from_being_recorded() {
    let place = Place::declared();
    let path = marks(&place).pop().expect("a mark");
    for bytes in [&b""[..], b"hkhead1\n", &[0xff; 48], &[0; 5_000], b"hkhead1\nnot a number and no hash either"] {
        std::fs::write(&path, bytes).expect("written");
        assert_eq!((noted(&place, "goes on").err.as_str(), origins(&place)), ("", 1));
    }
    std::fs::remove_file(&path).expect("removed");
    std::fs::create_dir(&path).expect("made");
    assert!(noted(&place, "a folder in the way").err.contains("can't be remembered"));
    std::fs::remove_dir(&path).expect("removed");
    let elsewhere = place.path().join("elsewhere");
    std::fs::write(&elsewhere, b"mine").expect("written");
    std::os::unix::fs::symlink(&elsewhere, &path).expect("linked");
    noted(&place, "a link in the way");
    assert_eq!(std::fs::read(&elsewhere).expect("read"), b"mine", "a link is not followed");
    assert_eq!(origins(&place), 1);
}

#[test]
fn no_writable_state_folder_is_a_warning_once_and_never_a_refusal() {
    let place = Place::declared();
    std::fs::write(place.path().join("in-the-way"), b"").expect("written");
    let ran: Ran = place
        .command(&["note", "in a container"])
        .env("XDG_STATE_HOME", place.path().join("in-the-way/state"))
        .output()
        .expect("runs")
        .into();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.err.matches("XDG_STATE_HOME").count(), 1, "{}", ran.err);
    let mut lines = place.command(&["-i", "1", "note", "--each-line", "-"]);
    lines.env("XDG_STATE_HOME", place.path().join("in-the-way/state")).stdin(std::process::Stdio::piped());
    let mut child =
        lines.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), b"one\ntwo\nthree\n").expect("written");
    let ran: Ran = child.wait_with_output().expect("ends").into();
    assert_eq!((ran.code, ran.err.matches("XDG_STATE_HOME").count()), (0, 1), "{}", ran.err);
    assert!(place.ok(&["timeline", "1"]).contains("in a container"));
}

/// Copies that were made for going on elsewhere go on as before, and a restore says itself what it does.
#[test]
fn copies_that_are_meant_are_not_called_put_back() {
    let place = Place::declared();
    let file = place.path().join("b.db");
    let path = file.to_str().expect("UTF-8");
    place.ok(&["backup", path]);
    noted(&place, "after the backup");
    let restored = place.run(&["restore", path]);
    assert!(restored.code == 0 && !restored.err.contains("put back"), "{}", restored.err);
    assert_eq!((noted(&place, "goes on").err.as_str(), origins(&place)), ("", 2));
    let export = place.path().join("all.ndjson");
    place.ok(&["export", "--all", "-o", export.to_str().expect("UTF-8")]);
    let ran = place.run(&["--db", "new.db", "import", "hikeshi", export.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = place.run(&["--db", "new.db", "note", "-i", "1", "elsewhere"]);
    assert!(ran.code == 0 && ran.err.is_empty(), "{}", ran.err);
    // Two at once under one mark.
    let children: Vec<_> = (0..8)
        .map(|_| place.command(&["-i", "1", "note", "x"]).env_remove("HIKESHI_SEED").spawn().expect("starts"))
        .collect();
    for mut child in children {
        assert!(child.wait().expect("ends").success());
    }
    assert_eq!((noted(&place, "after them").err.as_str(), origins(&place)), ("", 2));
}
