//! What people write over the compiled-in library.

use crate::incident::severity::Severity;
use crate::policy::{Level, Library, Problem, ProblemKind, lint_file};
use std::path::Path;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

fn playbook(id: &str, roles: &str, more: &str) -> String {
    format!(
        r#"
        id = "{id}"
        version = 1
        reviewed = "2026-11-01"
        title = {{ en = "t", ja = "題" }}
        purpose = {{ en = "p", ja = "目的" }}
        roles = [{roles}]
        {more}
        [[step]]
        id = "look"
        text = {{ en = "Look", ja = "見る" }}
        "#
    )
}

fn compiled_in() -> Library {
    Library::load(None).expect("the compiled-in library")
}

fn places(problems: &[Problem], root: &Path) -> Vec<(String, usize)> {
    let name = |problem: &Problem| Path::new(&problem.file).strip_prefix(root).expect("in the folder").to_owned();
    problems.iter().map(|problem| (name(problem).display().to_string(), problem.line)).collect()
}

#[test]
fn a_missing_folder_or_file_changes_nothing() {
    let empty = folder(&[]);
    assert_eq!(Library::load(Some(empty.path())), Ok(compiled_in()));
    assert_eq!(Library::load(Some(&empty.path().join("absent"))), Ok(compiled_in()));
}

#[test]
fn a_partial_policy_and_playbooks_are_laid_over() {
    let policy = r#"
        default_severity = "sev1"
        default_playbook = "mine"
        [[role]]
        id = "queue-keeper"
        title = { en = "queue keeper", ja = "キュー担当" }
        primary = { en = "Watches queues", ja = "キューの監視" }
    "#;
    let mine = playbook("mine", "\"queue-keeper\"", "[select]\ncategories = [\"other\"]");
    let theirs = playbook("near-miss", "\"scribe\"", "");
    let folder = folder(&[
        ("policy.toml", policy),
        ("playbooks/mine.toml", &mine),
        ("playbooks/near-miss.toml", &theirs),
        ("playbooks/notes.txt", "not a playbook"),
        ("playbooks/.#mine.toml", "an editor's"),
        ("playbooks/later.toml", "# nothing yet\n"),
    ]);
    let library = Library::load(Some(folder.path())).expect("a library");
    assert_eq!(library.policy.default_severity, Severity::Sev1);
    assert_eq!((library.policy.default_playbook.as_str(), library.policy.severity.len()), ("mine", 5));
    assert_eq!(library.playbooks.len(), compiled_in().playbooks.len() + 1);
    let find = |id: &str| library.playbooks.iter().find(|playbook| playbook.id == id).expect("a playbook");
    assert_eq!((find("near-miss").step.len(), find("mine").roles.len()), (1, 1));
    assert!(library.playbooks.is_sorted_by_key(|playbook| playbook.id.clone()));
}

#[test]
fn every_problem_of_every_file_is_named_and_the_sound_files_stay_in_use() {
    let sound = playbook("sound", "\"scribe\"", "");
    let broken = playbook("broken", "\"scrbe\"", "");
    let folder = folder(&[
        ("policy.toml", "default_severity = \"sev9\"\n[[category]]\nid = \"new\"\n"),
        ("playbooks/broken.toml", &broken),
        ("playbooks/sound.toml", &sound),
    ]);
    std::fs::create_dir(folder.path().join("playbooks/odd.toml")).expect("made");
    std::fs::write(folder.path().join("playbooks/sjis.toml"), b"id = 1\n# \x8f\xe1\n").expect("written");
    let error = Library::load(Some(folder.path())).expect_err("refused");
    let place = |file: &str, line| (file.to_owned(), line);
    assert_eq!(
        places(&error.problems, folder.path()),
        [
            place("playbooks/odd.toml", 1),
            place("playbooks/sjis.toml", 2),
            place("policy.toml", 1),
            place("policy.toml", 2),
            place("playbooks/broken.toml", 7),
        ]
    );
    assert!(error.problems.iter().all(|problem| problem.level == Level::Error));
    let (library, problems) = Library::salvage(Some(folder.path()));
    assert_eq!(problems, error.problems);
    assert_eq!(library.policy, compiled_in().policy);
    let ids: Vec<&str> = library.playbooks.iter().map(|playbook| playbook.id.as_str()).collect();
    assert!(ids.contains(&"sound") && !ids.contains(&"broken"), "{ids:?}");
}

#[test]
fn a_default_playbook_that_is_left_out_falls_back() {
    let folder = folder(&[
        ("policy.toml", "default_playbook = \"mine\"\ndefault_severity = \"sev3\"\n"),
        ("playbooks/mine.toml", &playbook("mine", "\"nobody\"", "")),
    ]);
    let (library, problems) = Library::salvage(Some(folder.path()));
    assert_eq!(problems.len(), 1);
    assert_eq!(library.policy.default_severity, Severity::Sev3);
    assert_eq!(library.policy.default_playbook, "default");
}

#[test]
fn files_that_swap_selections_do_not_tie_with_what_they_replace() {
    let replaced = playbook("service-outage", "\"scribe\"", "");
    let mine = playbook("a-mine", "\"scribe\"", "[select]\ncategories = [\"outage\"]");
    let both = folder(&[("playbooks/service-outage.toml", &replaced), ("playbooks/a-mine.toml", &mine)]);
    assert!(Library::load(Some(both.path())).is_ok());
    let one = folder(&[("playbooks/a-mine.toml", &mine)]);
    let error = Library::load(Some(one.path())).expect_err("a tie");
    assert_eq!(error.problems[0].what, ProblemKind::SameSelection { other: "service-outage".to_owned() });
}

#[test]
fn a_file_is_linted_by_its_name_against_its_folder() {
    let folder = folder(&[
        ("policy.toml", "default_playbook = \"mime\"\n"),
        ("config.toml", "lang = 1\n"),
        ("playbooks/mine.toml", &playbook("mine", "\"scribe\"", "")),
    ]);
    let lint = |name: &str| {
        let found = lint_file(&folder.path().join(name), Some(folder.path()), Some("2026-11-21"));
        found.into_iter().map(|problem| problem.what).collect::<Vec<_>>()
    };
    let near = Some("mine".to_owned());
    let unknown =
        ProblemKind::UnknownPlaybook { key: "default_playbook".to_owned(), playbook: "mime".to_owned(), near };
    assert_eq!(lint("policy.toml"), [unknown]);
    assert!(matches!(lint("config.toml")[..], [ProblemKind::WrongKind { .. }]));
    assert_eq!(lint("playbooks/mine.toml"), []);
    assert_eq!(lint("playbooks/absent.toml"), [ProblemKind::NoFile]);
}
