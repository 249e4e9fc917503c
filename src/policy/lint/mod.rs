//! Every problem of a file in one go, whichever kind of file it is.

mod communication;
mod fit;
mod playbook;
mod policy;
mod role;
mod scenario;
mod settings;

use super::file;
use super::library::{Library, POLICY_FILE};
use super::report::whole_file;
use super::settings::FILE as SETTINGS_FILE;
use crate::incident::problem::{Problem, ProblemKind};
use std::path::Path;

pub use playbook::lint_playbook;
pub use policy::lint_policy;
pub use scenario::lint_scenario;
pub use settings::lint_settings;

/// Every problem of a scenario on disk, wherever it lies.
pub fn lint_scenario_file(path: &Path, config_dir: Option<&Path>) -> Vec<Problem> {
    let name = path.display().to_string();
    match file::read(path) {
        Ok(Some(text)) => lint_scenario(&name, &text, &Library::presumed(config_dir)),
        Ok(None) => vec![whole_file(&name, 1, ProblemKind::NoFile)],
        Err(problem) => vec![*problem],
    }
}

/// Every problem of a file on disk, taken by its name: `policy.toml`, `config.toml`, a scenario in a folder
/// `drills`, or else a playbook.
///
/// It is checked against what stands in `config_dir`, even where that has faults of its own. `today` is `YYYY-MM-DD`;
/// without it, days of review are not held against it.
pub fn lint_file(path: &Path, config_dir: Option<&Path>, today: Option<&str>) -> Vec<Problem> {
    let name = path.display().to_string();
    let text = match file::read(path) {
        Ok(Some(text)) => text,
        Ok(None) => return vec![whole_file(&name, 1, ProblemKind::NoFile)],
        Err(problem) => return vec![*problem],
    };
    let mut problems: Vec<Problem> = file::foreign(path).into_iter().collect();
    let parent = path.parent().and_then(Path::file_name);
    problems.extend(match path.file_name().and_then(|file| file.to_str()) {
        Some(SETTINGS_FILE) => lint_settings(&name, &text),
        Some(POLICY_FILE) => lint_policy(&name, &text, &Library::presumed(config_dir)),
        _ if parent.is_some_and(|folder| folder == "drills") => {
            lint_scenario(&name, &text, &Library::presumed(config_dir))
        }
        _ => lint_playbook(&name, &text, &Library::presumed(config_dir), today),
    });
    problems
}
