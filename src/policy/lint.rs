//! Checking one file, whichever of the configuration's it is.

use super::check::Check;
use super::library::Library;
use super::playbook_file::check_playbook;
use super::policy_file::check_policy;
use super::settings::check_settings;
use super::source::{Problem, Source};
use std::path::Path;

/// Every problem of a file: `config.toml`, `policy.toml`, or else a playbook. `folder` is the configuration it is
/// checked against, `today` the day for its last review.
pub fn lint_file(path: &Path, folder: Option<&Path>, today: Option<&str>) -> Vec<Problem> {
    let source = match Source::read(path) {
        Ok(source) => source,
        Err(problem) => return vec![*problem],
    };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name == "config.toml" {
        return check_settings(&source).1;
    }
    // A folder that can't be used as a whole must not keep one file of it from being checked.
    let known = Library::load(folder).or_else(|_| Library::compiled_in());
    let known = known.unwrap_or_else(|_| Library::bare());
    let mut check = Check::new(&source);
    if name == "policy.toml" {
        check_policy(&mut check, &source, &known);
    } else {
        check_playbook(&mut check, &source, &known, today);
    }
    check.problems
}
