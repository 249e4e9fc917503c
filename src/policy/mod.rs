//! Stub until the policy room lands.
#![allow(warnings)]
use crate::incident::{playbook::Playbook, policy::Policy, severity::Severity};
use std::path::Path;
#[derive(Debug, Clone)]
pub struct Library {
    pub policy: Policy,
    pub playbooks: Vec<Playbook>,
}
#[derive(Debug, thiserror::Error)]
#[error("bad")]
pub struct LoadError {
    pub problems: Vec<Problem>,
}
#[derive(Debug)]
pub struct Problem {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub source_line: String,
    pub level: Level,
    pub what: String,
}
#[derive(Debug, PartialEq)]
pub enum Level {
    Error,
    Warning,
}
impl Library {
    pub fn load(_c: Option<&Path>) -> Result<Self, LoadError> {
        let p = |t: &str| toml::from_str(t).unwrap();
        Ok(Self {
            policy: p2(include_str!("../../playbooks/policy.toml")),
            playbooks: vec![
                p(include_str!("../../playbooks/default.toml")),
                p(include_str!("../../playbooks/service-outage.toml")),
                p(include_str!("../../playbooks/unified-command.toml")),
            ],
        })
    }
    pub fn bare() -> Self {
        Self {
            policy: Policy {
                schema: 1,
                default_severity: Severity::Sev2,
                default_playbook: String::new(),
                unified_playbook: String::new(),
                severity: vec![],
                category: vec![],
                role: vec![],
            },
            playbooks: vec![],
        }
    }
}
fn p2(t: &str) -> Policy {
    toml::from_str(t).unwrap()
}
#[derive(Debug, Default)]
pub struct Settings {
    pub name: Option<String>,
    pub lang: Option<crate::incident::localized::Lang>,
    pub zone: Option<String>,
}
impl Settings {
    pub fn load(_c: Option<&Path>) -> Result<Self, LoadError> {
        Ok(Self::default())
    }
}
pub fn lint_file(_: &Path, _: Option<&Path>, _: Option<&str>) -> Vec<Problem> {
    vec![]
}
pub fn new_playbook(_: &str) -> Option<String> {
    None
}
pub fn config_files() -> Vec<(&'static str, String)> {
    vec![]
}
