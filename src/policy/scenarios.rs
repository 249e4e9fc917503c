//! Scenarios of exercises: the compiled-in ones, and those of the configuration folder laid over them (A5).

use super::embedded;
use super::file;
use super::library::{Library, toml_files};
use super::lint::lint_scenario;
use crate::incident::drill::Scenario;
use crate::incident::problem::{Level, Problem};
use std::path::{Path, PathBuf};

/// Where scenarios are kept, under the configuration folder.
const FOLDER: &str = "drills";

/// A scenario that can be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Playable {
    /// The scenario.
    pub scenario: Scenario,
    /// Whether it is the organisation's own.
    pub own: bool,
}

/// The folder of the organisation's own scenarios.
pub fn drill_folder(config_dir: &Path) -> PathBuf {
    config_dir.join(FOLDER)
}

/// The files of the organisation's own scenarios, and why the folder could not be read.
pub fn drill_files(config_dir: Option<&Path>) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut problems = Vec::new();
    let files = config_dir.map(|folder| toml_files(&drill_folder(folder), &mut problems));
    (files.unwrap_or_default(), problems)
}

/// Every scenario in the order of their ids; a file with errors is left out, and its problems are told.
pub fn scenarios(config_dir: Option<&Path>, known: &Library) -> (Vec<Playable>, Vec<Problem>) {
    let (files, mut problems) = drill_files(config_dir);
    let compiled_in = embedded::DRILLS.iter().filter_map(|(_, text)| toml::from_str::<Scenario>(text).ok());
    let mut all: Vec<Playable> = compiled_in.map(|scenario| Playable { scenario, own: false }).collect();
    for path in files {
        problems.extend(file::foreign(&path));
        let text = match file::read(&path) {
            Ok(text) => text.unwrap_or_default(),
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        let found = lint_scenario(&path.display().to_string(), &text, known);
        let sound = found.iter().all(|problem| problem.level == Level::Warning);
        problems.extend(found);
        // A file with nothing but comments stands for nothing.
        let Some(scenario) = toml::from_str::<Scenario>(&text).ok().filter(|_| sound) else { continue };
        all.retain(|one| one.scenario.id != scenario.id);
        all.push(Playable { scenario, own: true });
    }
    all.sort_by(|left, right| left.scenario.id.cmp(&right.scenario.id));
    (all, problems)
}
