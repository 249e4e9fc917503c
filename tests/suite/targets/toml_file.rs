//! Settings, policy and playbooks.

use super::assert_harmless;
use hikeshi::incident::localized::Lang;
use hikeshi::policy::{Level, Library, Problem, ProblemKind, Settings, lint_playbook, lint_policy, lint_settings};
use hikeshi::text;
use std::path::Path;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::load(None).expect("the compiled-in library"));

/// Loading reads files and everything that is compiled in: too slow to do it each time.
const LOADED_ONE_IN: usize = 64;

/// The same text as `config.toml` and as `policy.toml`.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let settings = lint_settings("config.toml", text);
    let policy = lint_policy("policy.toml", text, &LIBRARY);
    assert_located(text, &settings);
    assert_located(text, &policy);
    if is_sound(&settings) {
        let folder = folder_with("config.toml", text);
        let read = Settings::load(Some(folder.path())).expect("sound settings are read");
        assert!(read.zone.is_none_or(|zone| jiff::tz::TimeZone::get(&zone).is_ok()));
    }
    load("policy.toml", text, is_sound(&policy));
}

pub fn playbook(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let problems = lint_playbook("hostile.toml", text, &LIBRARY, Some("2026-11-20"));
    assert_located(text, &problems);
    load("playbooks/hostile.toml", text, is_sound(&problems));
}

fn is_sound(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.level == Level::Warning)
}

fn folder_with(path: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
    folder
}

/// What is sound is used; what is not is left out, and a library is there all the same.
fn load(path: &str, text: &str, sound: bool) {
    let empty = text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
    if empty || !(sound || text.len().is_multiple_of(LOADED_ONE_IN)) {
        return;
    }
    let folder = folder_with(path, text);
    let (library, problems) = Library::salvage(Some(folder.path()));
    assert_eq!(is_sound(&problems), sound, "{path} alone and in its folder: {problems:?}");
    assert_located(text, &problems);
    assert_usable(&library);
    match Library::load(Some(folder.path())) {
        Ok(loaded) => assert!(sound && loaded == library, "{problems:?}"),
        Err(error) => {
            assert!(!sound && error.problems == problems);
            let own = Path::new(path).file_name().is_some_and(|name| name == "policy.toml");
            assert_eq!(library.policy_left_out, own, "that a policy was left out is known");
            let library = Library { policy_left_out: false, ..library.clone() };
            assert_eq!(library, *LIBRARY, "a file with errors changes nothing");
        }
    }
    if sound && Path::new(path).parent().is_some_and(|folder| folder.ends_with("playbooks")) {
        let own: toml::Table = text.parse().expect("sound, so TOML");
        let id = own.get("id").and_then(toml::Value::as_str).expect("an id");
        assert!(library.playbooks.iter().any(|playbook| playbook.id == id), "{id} is there");
    }
}

fn assert_usable(library: &Library) {
    for wanted in [&library.policy.default_playbook, &library.policy.unified_playbook] {
        assert!(library.playbooks.iter().any(|playbook| playbook.id == *wanted), "there is no {wanted}");
    }
    assert_eq!(library.policy.severity.len(), 5, "every severity has its rule");
}

/// Every problem lies within the text, and what is said of it is harmless.
fn assert_located(text: &str, problems: &[Problem]) {
    assert!(problems.len() <= 201, "{}", problems.len());
    let lines: Vec<&str> = text.split('\n').collect();
    for problem in problems {
        let line =
            lines.get(problem.line.wrapping_sub(1)).unwrap_or_else(|| panic!("line {} of {text:?}", problem.line));
        let columns = line.chars().count() + 1;
        assert!((1..=columns).contains(&problem.column), "column {} of {line:?}", problem.column);
        assert!(line.starts_with(&problem.source_line), "{:?} of {line:?}", problem.source_line);
        for lang in [Lang::En, Lang::Ja] {
            assert_harmless("what is wrong", &text::problem(&problem.what, lang));
        }
    }
    // The order is the file's.
    let places: Vec<(usize, usize)> = problems.iter().map(|problem| (problem.line, problem.column)).collect();
    let whole = problems.iter().any(|problem| matches!(problem.what, ProblemKind::More { .. }));
    assert!(whole || places.is_sorted(), "{places:?}");
}
