//! What an organisation decides beforehand, from TOML: read, checked, and located down to the column.

mod check;
mod day;
mod embedded;
mod field;
mod file;
mod library;
mod lint;
mod load_error;
mod merge;
mod near;
mod report;
mod scenarios;
mod settings;
mod shape;
mod syntax;
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod walk;

pub use crate::incident::problem::{Level, Problem, ProblemKind, ValueKind};
pub use embedded::{DRILLS, PLAYBOOKS, POLICY};
pub use library::Library;
pub use lint::{lint_file, lint_playbook, lint_policy, lint_scenario, lint_scenario_file, lint_settings};
pub use load_error::LoadError;
pub use scenarios::{Playable, drill_files, drill_folder, scenarios};
pub use settings::Settings;
pub use template::{config_files, new_playbook, new_scenario};
pub use templates::templates;
