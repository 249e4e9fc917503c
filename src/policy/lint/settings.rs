//! Every problem of `config.toml`.

use crate::incident::problem::Problem;
use crate::policy::check::check;
use crate::policy::settings::Settings;
use crate::policy::shape::SETTINGS;

/// Every problem of a file of settings. `file` is how people name it.
pub fn lint_settings(file: &str, text: &str) -> Vec<Problem> {
    check(file, text, SETTINGS, |_| {}, || toml::from_str::<Settings>(text).err())
}
