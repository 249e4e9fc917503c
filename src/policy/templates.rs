//! The organisation's own templates of statements: the texts of a folder, read as carefully as the rest.

use super::file;
use super::near::said;
use super::report::whole_file;
use crate::incident::problem::{Problem, ProblemKind};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where templates are kept, under the configuration folder.
const FOLDER: &str = "templates";

/// The texts of `templates/*.txt`, each with its path as people know it, in the order of their names.
pub fn templates(config_dir: Option<&Path>) -> (Vec<(String, String)>, Vec<Problem>) {
    let Some(folder) = config_dir.map(|folder| folder.join(FOLDER)) else { return (Vec::new(), Vec::new()) };
    let mut problems = Vec::new();
    let listed = std::fs::read_dir(&folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<PathBuf>>>()
    });
    let mut files = listed.unwrap_or_else(|error| {
        if error.kind() != ErrorKind::NotFound {
            let reason = said(&error.to_string());
            problems.push(whole_file(&folder.display().to_string(), 1, ProblemKind::Unreadable { reason }));
        }
        Vec::new()
    });
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        // What it says would be sent.
        if let Some(problem) = file::foreign(&path) {
            problems.push(problem);
            continue;
        }
        match file::read(&path) {
            Ok(Some(text)) => texts.push((path.display().to_string(), text)),
            Ok(None) => {}
            Err(problem) => problems.push(*problem),
        }
    }
    (texts, problems)
}
