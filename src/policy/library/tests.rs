use super::{Level, Library};
use crate::incident::command::Customers;
use crate::incident::playbook::select;
use crate::incident::problem::ProblemKind;
use crate::incident::severity::Severity;
use crate::policy::{config_files, lint_file, new_playbook};
use std::path::Path;

fn write(folder: &Path, name: &str, text: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, text).expect("written");
    path
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn the_compiled_in_files_have_no_problem() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let mut seen = 0;
    for entry in std::fs::read_dir(root).expect("listed").flatten() {
        let problems = lint_file(&entry.path(), None, Some("2026-12-01"));
        assert!(problems.is_empty(), "{problems:#?}");
        seen += 1;
    }
    assert_eq!(seen, 12, "eleven playbooks and the policy");
}

#[test]
fn a2_a3_the_fitting_playbook_is_selected() {
    let library = Library::compiled_in().expect("compiled in");
    for (category, severity, customers, wanted) in [
        (Some("outage"), Severity::Sev2, Some(Customers::Many), Some("service-outage")),
        (Some("outage"), Severity::Sev2, None, Some("service-outage")),
        (None, Severity::Sev1, Some(Customers::One), Some("single-customer-escalation")),
        (Some("outage"), Severity::Sev1, Some(Customers::One), Some("single-customer-escalation")),
        (Some("security"), Severity::Sev1, Some(Customers::One), Some("data-breach")),
        (Some("data-loss"), Severity::Sev3, None, Some("data-loss")),
        (Some("release"), Severity::Sev2, None, Some("bad-release")),
        (Some("platform"), Severity::Sev2, None, Some("platform-outage")),
        (Some("third-party"), Severity::Sev2, None, Some("third-party-outage")),
        (Some("performance"), Severity::Sev2, None, Some("performance-degradation")),
        (Some("near-miss"), Severity::Sev4, None, Some("near-miss")),
        (Some("other"), Severity::Sev2, None, None),
        (None, Severity::Sev2, None, None),
    ] {
        let found = select(&library.playbooks, category, severity, customers).map(|playbook| playbook.id.as_str());
        assert_eq!(found, wanted, "{category:?} {severity} {customers:?}");
    }
}

#[test]
fn an_absent_or_fresh_folder_changes_nothing() {
    let compiled = Library::compiled_in().expect("compiled in");
    assert_eq!(Library::load(Some(Path::new("/nonexistent"))).as_ref(), Ok(&compiled));
    let folder = folder();
    for (name, text) in config_files() {
        write(folder.path(), name, text.as_bytes());
    }
    assert_eq!(Library::load(Some(folder.path())).as_ref(), Ok(&compiled));
}

#[test]
fn a_policy_file_says_only_what_differs() {
    let folder = folder();
    let text =
        "default_severity = \"sev3\"\n[[category]]\nid = \"payments\"\ntitle = { en = \"Payments\", ja = \"決済\" }\n";
    write(folder.path(), "policy.toml", text.as_bytes());
    let library = Library::load(Some(folder.path())).expect("usable");
    assert_eq!(library.policy.default_severity, Severity::Sev3);
    assert_eq!(library.policy.category("決済").map(|category| category.id.as_str()), Some("payments"));
    assert!(library.policy.category("outage").is_some() && library.policy.rule(Severity::Sev0).is_some());
}

#[test]
fn a_new_playbook_is_right_and_applies() {
    let folder = folder();
    let text = new_playbook("my-service").expect("an id");
    let path = write(folder.path(), "playbooks/my-service.toml", text.as_bytes());
    let problems = lint_file(&path, Some(folder.path()), Some("2026-06-01"));
    assert!(problems.is_empty(), "{problems:#?}");
    let library = Library::load(Some(folder.path())).expect("usable");
    assert!(library.playbooks.iter().any(|playbook| playbook.id == "my-service"));
    for bad in ["", "My Service", "-x", "x/../y", "サービス"] {
        assert_eq!(new_playbook(bad), None, "{bad}");
    }
}

#[test]
fn every_problem_of_a_file_is_reported_in_one_go_with_its_place() {
    let folder = folder();
    let text = "id = \"other-name\"\nversion = 0\nreviewed = \"soon\"\ntitle = \"only one\"\npurpose = { en = \"x\", ja = \"\" }\nroles = [\"tech-leed\"]\ncolour = 1\n\n[[step]]\nid = \"12\"\ntext = { en = \"a\", ja = \"あ\" }\nrole = \"scribe\"\ndue = \"soonish\"\nlink = \"javascript:x\"\nrequired = \"yes\"\nwhen = { status = \"closed\" }\n\n[[step]]\nid = \"12\"\n";
    let path = write(folder.path(), "playbooks/mine.toml", text.as_bytes());
    let problems = lint_file(&path, None, Some("2026-06-01"));
    let at = |line: usize, wanted: &dyn Fn(&ProblemKind) -> bool| {
        assert!(
            problems.iter().any(|problem| problem.line == line && wanted(&problem.what)),
            "line {line}: {problems:#?}"
        );
    };
    at(1, &|what| matches!(what, ProblemKind::IdIsNotFile { .. }));
    at(2, &|what| matches!(what, ProblemKind::VersionZero));
    at(3, &|what| matches!(what, ProblemKind::BadDay(_)));
    at(4, &|what| matches!(what, ProblemKind::WrongType { .. }));
    at(5, &|what| matches!(what, ProblemKind::EmptyText(_)));
    at(6, &|what| matches!(what, ProblemKind::UnknownRole { near: Some(near), .. } if near == "tech-lead"));
    at(7, &|what| matches!(what, ProblemKind::UnknownKey { .. }));
    at(10, &|what| matches!(what, ProblemKind::NumericId(_)));
    at(12, &|what| matches!(what, ProblemKind::RoleNotListed(_)));
    at(13, &|what| matches!(what, ProblemKind::BadLength(_)));
    at(14, &|what| matches!(what, ProblemKind::BadLink(_)));
    at(15, &|what| matches!(what, ProblemKind::WrongType { .. }));
    at(16, &|what| matches!(what, ProblemKind::UnknownValue { .. }));
    assert!(problems.iter().all(|problem| problem.level == Level::Error && problem.column > 0));
    assert_eq!(Library::load(Some(folder.path())).expect_err("useless").problems.len(), problems.len());
}

#[test]
fn hostile_files_are_problems_and_never_a_panic() {
    let folder = folder();
    let nested = format!("id = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    for (name, text) in [
        ("nested", nested.into_bytes()),
        ("large", vec![b'#'; 2 * 1024 * 1024]),
        ("nul", b"id = \"a\0b\"\n".to_vec()),
        ("latin", b"id = \"caf\xe9\"\n".to_vec()),
        ("cut", b"id = \"".to_vec()),
        ("escape", b"id = \"x\"\ntitle = { en = \"\\u001b[31m\", ja = \"x\" }\n".to_vec()),
    ] {
        let path = write(folder.path(), &format!("{name}.toml"), &text);
        assert!(!lint_file(&path, None, None).is_empty(), "{name}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_file_never_panics(at in 0usize..4000, with in "\\PC{0,8}") {
        let folder = folder();
        let mut text = include_str!("../../../playbooks/bad-release.toml").to_owned();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.insert_str(at, &with);
        let path = write(folder.path(), "bad-release.toml", text.as_bytes());
        lint_file(&path, None, None);
    }
}
