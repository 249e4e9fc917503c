//! What an organisation decides beforehand: TOML files into checked policy and playbooks, over compiled-in defaults.

mod check;
mod embedded;
mod library;
mod lint;
mod partial;
mod playbook_file;
mod policy_file;
mod settings;
mod source;
mod template;

pub use library::{Library, LoadError};
pub use lint::lint_file;
pub use settings::Settings;
pub use source::{Level, Problem};
pub use template::{config_files, new_playbook};
