//! What people start from: a new playbook, and a configuration folder that changes nothing yet.

use super::day::Day;
use super::near::quoted;
use super::walk::is_slug;
use crate::incident::problem::ProblemKind;

const PLAYBOOK: &str = include_str!("template/playbook.toml");
const DRILL: &str = include_str!("template/drill.toml");
const SETTINGS: &str = include_str!("template/config.toml");
const POLICY: &str = include_str!("template/policy.toml");

/// The id of the example in a new configuration folder, and a day for it that nobody reads.
const EXAMPLE: &str = "my-service";
const EXAMPLE_REVIEWED: &str = "2026-01-31";
const EXAMPLE_HEAD: &str = "\
# An example, not in use: take the # in front of each key away, and name the file after its id.
# 使われていない例。使うには、キーの前の # をすべて外し、ファイル名を id と同じにする。
#
";

/// The text of a commented new playbook, complete enough to be used as it is.
///
/// `today`, `YYYY-MM-DD`, becomes the day of its review (E12).
///
/// # Errors
///
/// [`ProblemKind::BadSlug`] where the id can be none, [`ProblemKind::BadDay`] where `today` is no day.
pub fn new_playbook(id: &str, today: &str) -> Result<String, ProblemKind> {
    if !is_slug(id) {
        return Err(ProblemKind::BadSlug { key: "id".to_owned(), value: quoted(id) });
    }
    let Some(today) = Day::parse(today) else {
        return Err(ProblemKind::BadDay { key: "reviewed".to_owned(), value: quoted(today) });
    };
    Ok(filled(id, &today.to_string()))
}

/// The text of a commented new scenario, complete enough to be played as it is (A5).
///
/// # Errors
///
/// [`ProblemKind::BadSlug`] where the id can be none.
pub fn new_scenario(id: &str) -> Result<String, ProblemKind> {
    if is_slug(id) {
        Ok(DRILL.replace("@ID@", id))
    } else {
        Err(ProblemKind::BadSlug { key: "id".to_owned(), value: quoted(id) })
    }
}

/// The files of a new configuration folder, by their path in it: all comments, so that they change nothing.
pub fn config_files() -> Vec<(&'static str, String)> {
    vec![
        ("config.toml", SETTINGS.to_owned()),
        ("policy.toml", POLICY.to_owned()),
        ("playbooks/my-service.toml", [EXAMPLE_HEAD, &commented_out(&filled(EXAMPLE, EXAMPLE_REVIEWED))].concat()),
    ]
}

fn filled(id: &str, today: &str) -> String {
    PLAYBOOK.replace("@ID@", id).replace("@TODAY@", today)
}

/// The text with a `#` in front of each line that is none yet; comments keep the space after theirs.
fn commented_out(text: &str) -> String {
    let line =
        |line: &str| if line.is_empty() || line.starts_with('#') { format!("{line}\n") } else { format!("#{line}\n") };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{config_files, new_playbook, new_scenario};
    use crate::policy::{Library, ProblemKind, Settings, lint_playbook, lint_policy, lint_scenario, lint_settings};

    fn library() -> Library {
        Library::load(None).expect("the compiled-in library")
    }

    /// The text as it is when somebody takes away every `#` in front of a key.
    fn taken_away(text: &str) -> String {
        text.lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n")
    }

    #[test]
    fn a_new_playbook_has_no_problem_with_and_without_its_options() {
        let text = new_playbook("queue-3", "2026-11-21").expect("a playbook");
        for text in [text.clone(), taken_away(&text)] {
            assert_eq!(lint_playbook("queue-3.toml", &text, &library(), Some("2026-11-21")), []);
        }
        for id in ["", "Queue", "-a", "a b", "キュー", "../x", "a\"\nb"] {
            assert!(matches!(new_playbook(id, "2026-11-21"), Err(ProblemKind::BadSlug { .. })), "{id}");
        }
        assert!(matches!(new_playbook("a", "today"), Err(ProblemKind::BadDay { .. })));
    }

    #[test]
    fn a_new_scenario_has_no_problem_with_and_without_its_options() {
        let text = new_scenario("login-down").expect("a scenario");
        for text in [text.clone(), taken_away(&text)] {
            assert_eq!(lint_scenario("login-down.toml", &text, &library()), []);
        }
        assert!(matches!(new_scenario("../x"), Err(ProblemKind::BadSlug { .. })));
    }

    #[test]
    fn a_new_configuration_folder_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in config_files() {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        assert_eq!(Library::load(Some(folder.path())), Ok(library()));
        assert_eq!(Settings::load(Some(folder.path())), Ok(Settings::default()));
    }

    /// The examples of a text: what stands between empty lines, and has keys to be taken out of their comments.
    fn examples(text: &str) -> Vec<String> {
        let is_key = |line: &str| line.starts_with('#') && !line.starts_with("# ");
        text.split("\n\n").filter(|block| block.lines().any(is_key)).map(taken_away).collect()
    }

    #[test]
    fn each_example_is_right_by_itself() {
        let mut keys: Vec<String> = Vec::new();
        for (path, text) in config_files().into_iter().filter(|(path, _)| !path.starts_with("playbooks/")) {
            let found = examples(&text);
            assert!(found.len() > 2, "{path}");
            for example in found {
                let problems = match path {
                    "config.toml" => lint_settings(path, &example),
                    _ => lint_policy(path, &example, &library()),
                };
                assert_eq!(problems, [], "{path}:\n{example}");
                let table: toml::Table = toml::from_str(&example).expect("TOML");
                assert!(!table.is_empty(), "{example}");
                keys.extend(table.keys().cloned());
                let folder = tempfile::tempdir().expect("a folder");
                std::fs::write(folder.path().join(path), &example).expect("written");
                if path == "policy.toml" {
                    let changed = Library::load(Some(folder.path())).expect("loads");
                    let same = ["default_severity", "default_playbook", "strict_secrets"];
                    let as_compiled_in = table.keys().any(|key| same.contains(&key.as_str()));
                    assert!(as_compiled_in || changed != library(), "it is in force:\n{example}");
                }
            }
        }
        for wanted in ["channel", "audience", "ladder", "service", "legal", "cadence", "reminders", "zone", "name"] {
            assert!(keys.iter().any(|key| key == wanted), "{wanted}: {keys:?}");
        }
    }

    #[test]
    fn what_its_comments_suggest_is_right() {
        for (path, text) in config_files() {
            let text = taken_away(&text);
            let problems = match path {
                "config.toml" => lint_settings(path, &text),
                "policy.toml" => lint_policy(path, &text, &library()),
                _ => lint_playbook(path, &text, &library(), None),
            };
            assert_eq!(problems, [], "{path}");
            assert!(toml::from_str::<toml::Table>(&text).is_ok_and(|table| table.len() > 2), "{path}");
        }
    }
}
