//! What is compiled in is sound.

use crate::incident::severity::Severity;
use crate::policy::{DRILLS, Library, PLAYBOOKS, POLICY, lint_playbook, lint_policy, lint_scenario};

#[test]
fn every_compiled_in_file_is_without_a_problem() {
    let mut problems = Vec::new();
    let library = Library::compiled_in(&mut problems);
    assert_eq!(problems, []);
    assert_eq!(library.playbooks.len(), PLAYBOOKS.len());
    assert_eq!(lint_policy("policy.toml", POLICY, &library), []);
    for (id, text) in PLAYBOOKS {
        let file = format!("{id}.toml");
        assert_eq!(lint_playbook(&file, text, &library, Some("2026-11-21")), [], "{file}");
    }
}

#[test]
fn every_scenario_is_compiled_in_and_without_a_problem() {
    let library = Library::load(None).expect("the compiled-in library");
    for (id, text) in DRILLS {
        assert_eq!(lint_scenario(&format!("{id}.toml"), text, &library), [], "{id}");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/drills");
    assert_eq!(std::fs::read_dir(folder).expect("the folder").count(), DRILLS.len());
}

#[test]
fn every_playbook_in_the_folder_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks");
    let mut stems: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !["policy.toml", "legal.toml", "templates", "drills"].contains(&name.as_str()))
        .map(|name| name.trim_end_matches(".toml").to_owned())
        .collect();
    stems.sort();
    assert_eq!(stems, PLAYBOOKS.map(|(id, _)| id));
}

#[test]
fn the_policy_answers_for_every_severity_and_leads_to_its_playbooks() {
    let library = Library::load(None).expect("the compiled-in library");
    for severity in Severity::ALL {
        assert!(library.policy.rule(severity).is_some(), "{severity}");
    }
    for id in [&library.policy.default_playbook, &library.policy.unified_playbook] {
        assert!(library.playbooks.iter().any(|playbook| playbook.id == *id), "{id}");
    }
}
