//! Whose files are used: one's own and root's; what somebody else owns is refused with the line that mends it.
//!
//! These tests give files away, which only root may. Another user runs hikeshi from a folder of root's that everybody
//! may look into.

use super::place::{Place, Ran};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

/// Somebody else.
const OTHER: u32 = 12_345;
/// The user who runs hikeshi where it isn't root.
const USER: u32 = 23_456;

fn give(path: &Path, owner: u32) {
    lchown(path, Some(owner), Some(owner)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Gives a folder and everything below it away.
fn give_all(folder: &Path, owner: u32) {
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        if entry.file_type().expect("a type").is_dir() {
            give_all(&entry.path(), owner);
        } else {
            give(&entry.path(), owner);
        }
    }
    give(folder, owner);
}

/// A store whose owner is the one who runs hikeshi: root, or another user.
struct Owned {
    place: Place,
    user: Option<u32>,
}

impl Owned {
    /// None where nothing can be given away, which is said.
    fn all() -> Vec<Self> {
        if !rustix::process::geteuid().is_root() {
            let told = writeln!(std::io::stderr(), "NOT TESTED: whose files are used; giving files away takes root");
            told.expect("told");
            return Vec::new();
        }
        let users = [None, Some(USER)].into_iter();
        let made = users.map(|user| {
            let owned = Self { place: Place::new(), user };
            std::fs::set_permissions(owned.place.path(), PermissionsExt::from_mode(0o711)).expect("set");
            give(owned.place.path(), user.unwrap_or(0));
            owned.ok(&["declare", "API down", "-q"]);
            owned
        });
        made.collect()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_as(self.user.unwrap_or(0), arguments, None)
    }

    fn run_as(&self, user: u32, arguments: &[&str], sudo: Option<u32>) -> Ran {
        let mut command = self.place.command(arguments);
        if let Some(sudo) = sudo {
            command.env("SUDO_UID", sudo.to_string());
        }
        command.env("XDG_CONFIG_HOME", self.place.path().join("config"));
        command.env("XDG_STATE_HOME", self.place.path().join("state"));
        if user != 0 {
            command.uid(user).gid(user);
        }
        command.output().expect("runs").into()
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{:?} {arguments:?}: {}{}", self.user, ran.out, ran.err);
        ran.out
    }

    /// The line that gives something back, as it is told.
    fn fix(&self, path: &Path) -> String {
        let (sudo, user) = self.user.map_or(("", 0), |user| ("sudo ", user));
        format!("{sudo}chown -R {user} {}", path.display())
    }

    fn configured(&self, name: &str, text: &str) -> PathBuf {
        let file = self.place.path().join("config/hikeshi").join(name);
        let folder = file.parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("made");
        std::fs::write(&file, text).expect("written");
        give_all(&self.place.path().join("config"), self.user.unwrap_or(0));
        file
    }
}

fn mine(owned: &Owned) -> u32 {
    owned.user.unwrap_or(0)
}

#[test]
fn a_store_of_somebody_elses_is_refused_with_the_fix() {
    for owned in Owned::all() {
        let store = owned.place.store();
        let folder = store.parent().expect("a folder").to_owned();
        let beside = |ending: &str| PathBuf::from(format!("{}{ending}", store.display()));
        for path in [store.clone(), folder, store.with_extension("lock"), store.with_extension("queue"), beside("-wal")]
        {
            let made = !path.exists();
            if made {
                std::fs::write(&path, b"").expect("made");
            }
            give(&path, OTHER);
            for arguments in [&["note", "x"][..], &["show"], &["list"], &["prompt"], &["declare", "y"]] {
                let ran = owned.run(arguments);
                let silent = arguments[0] == "prompt";
                assert!(ran.code == 5 || silent, "{} {arguments:?}: {}{}", path.display(), ran.out, ran.err);
                assert!(silent || ran.err.contains(&owned.fix(&path)), "{arguments:?}: {}", ran.err);
            }
            let doctor = owned.run(&["doctor"]);
            assert!(doctor.code == 3 && doctor.out.contains(&owned.fix(&path)), "{}{}", doctor.out, doctor.err);
            give(&path, mine(&owned));
            if made {
                std::fs::remove_file(&path).expect("removed");
            }
            owned.ok(&["note", "goes on"]);
        }
        assert!(!owned.place.store().with_extension("spool").exists(), "the owner is asked at once");
    }
}

#[test]
fn where_a_link_leads_counts_too() {
    for owned in Owned::all() {
        let elsewhere = owned.place.path().join("elsewhere");
        std::fs::create_dir(&elsewhere).expect("made");
        let target = elsewhere.join("real.db");
        std::fs::rename(owned.place.store(), &target).expect("moved");
        std::os::unix::fs::symlink(&target, owned.place.store()).expect("linked");
        give(&elsewhere, mine(&owned));
        give(&owned.place.store(), mine(&owned));
        owned.ok(&["note", "through a link of one's own"]);
        for (path, shown) in [(target.clone(), target.clone()), (elsewhere.clone(), elsewhere.clone())] {
            give(&path, OTHER);
            let ran = owned.run(&["note", "x"]);
            assert!(ran.code == 5 && ran.err.contains(&owned.fix(&shown)), "{}: {}", path.display(), ran.err);
            give(&path, mine(&owned));
        }
        give(&owned.place.store(), OTHER);
        let ran = owned.run(&["note", "x"]);
        assert!(ran.code == 5 && ran.err.contains("another user"), "{}", ran.err);
    }
}

#[test]
fn what_somebody_else_planted_in_the_spool_is_no_command() {
    for owned in Owned::all() {
        let spool = owned.place.store().with_extension("spool");
        let sound = std::fs::read(owned.place.store()).expect("read");
        let mut torn = sound.clone();
        torn[..100].fill(0xa5);
        std::fs::write(owned.place.store(), &torn).expect("written");
        owned.ok(&["-i", "1", "note", "was it me?"]);
        std::fs::write(owned.place.store(), &sound).expect("written");
        let file = std::fs::read_dir(&spool).expect("a spool").flatten().next().expect("a file").path();
        for path in [&file, &spool] {
            give(path, OTHER);
            let ran = owned.run(&["-i", "1", "note", "goes on"]);
            assert!(ran.code == 0 && ran.err.contains(&owned.fix(path)), "{}", ran.err);
            let doctor = owned.run(&["doctor"]);
            assert!(doctor.code == 3 && doctor.out.contains(&owned.fix(path)), "{}", doctor.out);
            assert!(!owned.ok(&["timeline", "1"]).contains("was it me?"));
            give(path, mine(&owned));
        }
        owned.ok(&["-i", "1", "note", "and now"]);
        assert!(owned.ok(&["timeline", "1"]).contains("was it me?"));
    }
}

/// A policy that pages by a command, says by a command who is on call, and touches an address.
fn policy(ran: &Path) -> String {
    let ran = ran.display();
    format!(
        "[[channel]]\nid = \"pager\"\nkind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", \"cat >> {ran}\"]\n\
         [[ladder]]\nid = \"ops\"\n[[ladder.tier]]\ncall = [\"ben\"]\nchannel = \"pager\"\n\
         [[service]]\nid = \"shop\"\ntitle = {{ en = \"Shop\", ja = \"店\" }}\nladder = \"ops\"\n"
    )
}

#[test]
fn configuration_of_somebody_elses_runs_and_sends_nothing_and_stops_no_recording() {
    for owned in Owned::all() {
        let ran_file = owned.place.path().join("ran");
        std::fs::write(&ran_file, b"").expect("written");
        give(&ran_file, mine(&owned));
        let file = owned.configured("policy.toml", &policy(&ran_file));
        let folder = file.parent().expect("a folder").to_owned();
        let target = owned.place.path().join("config/real.toml");
        std::fs::rename(&file, &target).expect("moved");
        std::os::unix::fs::symlink(&target, &file).expect("linked");
        give(&file, mine(&owned));
        for path in [&target, &file, &folder] {
            give(path, OTHER);
            let said = owned.run(&["-i", "1", "escalate", "sev1", "--to", "ops", "--reason", "worse"]);
            assert!([0, 1].contains(&said.code), "{}: {}{}", path.display(), said.out, said.err);
            assert!(said.err.contains("policy.toml") && said.err.contains("chown"), "{}", said.err);
            assert_eq!(owned.run(&["-i", "1", "note", "recorded all the same"]).code, 0);
            owned.run(&["tick"]);
            assert_eq!(std::fs::read(&ran_file).expect("read"), b"", "{}", path.display());
            // What is only said stays.
            assert!(owned.run(&["service", "list"]).out.contains("shop"), "{}", path.display());
            let lint = owned.run(&["playbook", "lint"]);
            assert!(lint.code == 3 && lint.out.contains("chown"), "{}{}", lint.out, lint.err);
            let doctor = owned.run(&["doctor"]);
            assert!(doctor.code == 3 && doctor.out.contains("policy.toml"), "{}", doctor.out);
            give(path, mine(&owned));
            owned.run(&["-i", "1", "deescalate", "sev2", "--reason", "better"]);
        }
        owned.ok(&["-i", "1", "escalate", "sev1", "--to", "ops", "--reason", "worse"]);
        owned.run(&["tick"]);
        assert_ne!(std::fs::read(&ran_file).expect("read"), b"", "one's own is used");
    }
}

#[test]
fn settings_and_playbooks_of_somebody_elses_are_told() {
    for owned in Owned::all() {
        let settings = owned.configured("config.toml", "lang = \"en\"\n");
        give(&settings, OTHER);
        let ran = owned.run(&["-i", "1", "note", "x"]);
        assert!(ran.code == 0 && ran.err.contains("config.toml") && ran.err.contains("chown"), "{}", ran.err);
    }
}

/// `sudo hikeshi` goes on in the store of who ran it, and a container's root in a folder that belongs to somebody.
#[test]
fn root_goes_on_in_the_store_of_who_called_it() {
    let Some(owned) = Owned::all().pop() else { return };
    let folder = owned.place.store().parent().expect("a folder").to_owned();
    let ran = owned.run_as(0, &["note", "by root, in a folder of its owner"], None);
    assert_eq!(ran.code, 0, "{}", ran.err);
    give(&folder, 0);
    let ran = owned.run_as(0, &["note", "x"], None);
    assert_eq!(ran.code, 5, "{}", ran.err);
    let ran = owned.run_as(0, &["note", "by sudo"], Some(USER));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = owned.run_as(USER, &["note", "not by saying so"], Some(OTHER));
    assert_eq!(ran.code, 0, "root's folder is fine: {}", ran.err);
    give(&folder, USER);
    owned.ok(&["note", "by the owner again"]);
    // A store that root makes in somebody's folder is theirs.
    let volume = owned.place.path().join("volume");
    std::fs::create_dir(&volume).expect("made");
    std::fs::set_permissions(&volume, PermissionsExt::from_mode(0o755)).expect("set");
    give(&volume, USER);
    let db = volume.join("hikeshi.db");
    for arguments in [&["declare", "in a container"][..], &["note", "and again"], &["show"]] {
        let ran = owned.run_as(0, &[&["--db", db.to_str().expect("UTF-8")], arguments].concat(), None);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(db.metadata().expect("there").uid(), USER);
    let ran = owned.run_as(USER, &["--db", db.to_str().expect("UTF-8"), "note", "as its owner"], None);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_backup_of_somebody_elses_is_not_restored() {
    for owned in Owned::all() {
        let file = owned.place.path().join("copy.db");
        let path = file.to_str().expect("UTF-8");
        owned.ok(&["backup", path]);
        chown(&file, Some(OTHER), None).expect("given");
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).expect("set");
        let ran = owned.run(&["restore", path]);
        assert!(ran.code == 5 && ran.err.contains(&owned.fix(&file)), "{}", ran.err);
    }
}

#[test]
fn evidence_of_somebody_elses_is_neither_added_to_nor_handed_out() {
    for owned in Owned::all() {
        let source = owned.place.path().join("core");
        std::fs::write(&source, b"core dump").expect("written");
        give(&source, mine(&owned));
        let file = source.to_str().expect("UTF-8");
        owned.ok(&["-i", "1", "evidence", "add", file]);
        let vault = owned.place.store().with_extension("evidence");
        give(&vault, OTHER);
        let ran = owned.run(&["-i", "1", "evidence", "add", file]);
        assert!(ran.code == 5 && ran.err.contains(&owned.fix(&vault)), "{}{}", ran.out, ran.err);
        owned.ok(&["-i", "1", "note", "recorded all the same"]);
        give(&vault, mine(&owned));
        owned.ok(&["-i", "1", "evidence", "verify"]);
    }
}
