//! What one person sets for themselves, in `config.toml`.

use super::file;
use super::lint::lint_settings;
use super::load_error::LoadError;
use super::near::said;
use super::report::whole_file;
use crate::incident::localized::Lang;
use crate::incident::problem::{Level, Problem, ProblemKind};
use serde::Deserialize;
use std::path::Path;

/// Where settings are kept, under the configuration folder.
pub(super) const FILE: &str = "config.toml";

/// The settings of whoever runs hikeshi.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who acts, when nothing else says so.
    pub name: Option<String>,
    /// The language.
    pub lang: Option<Lang>,
    /// The time zone, by its name in the time zone database: `Asia/Tokyo`.
    pub zone: Option<String>,
}

impl Settings {
    /// Whether somebody else owns `config.toml`: it is used, since it runs and sends nothing, and that is told.
    pub fn foreign(config_dir: Option<&Path>) -> Option<Problem> {
        file::foreign(&config_dir?.join(FILE))
    }

    /// Reads `config.toml` of a configuration folder; a missing one sets nothing.
    ///
    /// Cheap, and without a look at policy or playbooks: every command calls it.
    ///
    /// # Errors
    ///
    /// Every problem of the file.
    pub fn load(config_dir: Option<&Path>) -> Result<Self, LoadError> {
        let Some(path) = config_dir.map(|folder| folder.join(FILE)) else { return Ok(Self::default()) };
        let text = match file::read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(Self::default()),
            Err(problem) => return Err(LoadError { problems: vec![*problem] }),
        };
        let name = path.display().to_string();
        let problems = lint_settings(&name, &text);
        if problems.iter().any(|problem| problem.level == Level::Error) {
            return Err(LoadError { problems });
        }
        toml::from_str(&text).map_err(|error| {
            let message = said(error.message());
            LoadError { problems: vec![whole_file(&name, 1, ProblemKind::Unfit { message })] }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, Lang, Level, ProblemKind, Settings};

    #[test]
    fn nothing_there_sets_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Settings::load(None), Ok(Settings::default()));
        assert_eq!(Settings::load(Some(folder.path())), Ok(Settings::default()));
        assert_eq!(Settings::load(Some(&folder.path().join("absent"))), Ok(Settings::default()));
        std::fs::write(folder.path().join(FILE), "# name = \"a\"\n").expect("written");
        assert_eq!(Settings::load(Some(folder.path())), Ok(Settings::default()));
    }

    #[test]
    fn settings_are_read_and_faults_located() {
        let folder = tempfile::tempdir().expect("a folder");
        let load = |text: &str| {
            std::fs::write(folder.path().join(FILE), text).expect("written");
            Settings::load(Some(folder.path()))
        };
        assert_eq!(
            load("name = \"佐藤\"\nlang = \"ja\"\nzone = \"Asia/Tokyo\"\n"),
            Ok(Settings { name: Some("佐藤".to_owned()), lang: Some(Lang::Ja), zone: Some("Asia/Tokyo".to_owned()) })
        );
        let problems = load("nmae = \"a\"\nlang = \"jp\"\nzone = \"Asia/Tokio\"\n").expect_err("refused").problems;
        assert!(problems.iter().all(|problem| problem.level == Level::Error && problem.file.ends_with(FILE)));
        let found: Vec<(usize, usize, ProblemKind)> =
            problems.into_iter().map(|problem| (problem.line, problem.column, problem.what)).collect();
        let near = |name: &str| Some(name.to_owned());
        assert_eq!(
            found,
            [
                (1, 1, ProblemKind::UnknownKey { key: "nmae".to_owned(), near: near("name") }),
                (
                    2,
                    8,
                    ProblemKind::NotOneOf { key: "lang".to_owned(), value: "jp".to_owned(), known: vec!["en", "ja"] }
                ),
                (3, 8, ProblemKind::UnknownZone { zone: "Asia/Tokio".to_owned(), near: near("Asia/Tokyo") }),
            ]
        );
    }
}
