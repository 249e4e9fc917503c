//! Policy and playbooks as they apply: compiled in, with a configuration folder laid over.

use super::check::Check;
use super::embedded;
use super::partial::replace;
use super::playbook_file::check_playbook;
use super::policy_file::check_policy;
use super::source::{Level, Problem, Source};
use crate::incident::localized::Localized;
use crate::incident::playbook::Playbook;
use crate::incident::policy::Policy;
use crate::incident::problem::ProblemKind;
use crate::incident::severity::Severity;
use std::path::{Path, PathBuf};

/// Policy and playbooks.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// The policy.
    pub policy: Policy,
    /// The playbooks.
    pub playbooks: Vec<Playbook>,
}

/// A configuration that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has {} problems", problems.len())]
pub struct LoadError {
    /// Every problem that was found.
    pub problems: Vec<Problem>,
}

impl Library {
    /// Nothing decided beforehand: for commands whose rules ask for no policy.
    pub const fn bare() -> Self {
        let policy = Policy {
            schema: 1,
            default_severity: Severity::Sev2,
            default_playbook: String::new(),
            unified_playbook: String::new(),
            severity: Vec::new(),
            category: Vec::new(),
            role: Vec::new(),
        };
        Self { policy, playbooks: Vec::new() }
    }

    /// What is compiled in.
    pub fn compiled_in() -> Result<Self, LoadError> {
        let parse = |file: &str, error: &toml::de::Error| {
            let source = Source { file: file.to_owned(), text: String::new() };
            LoadError {
                problems: vec![source.problem(0..0, Level::Error, ProblemKind::Other(error.message().to_owned()))],
            }
        };
        let policy = toml::from_str(embedded::POLICY).map_err(|error| parse("policy.toml", &error))?;
        let read = |(id, text): &(&str, &str)| toml::from_str::<Playbook>(text).map_err(|error| parse(id, &error));
        let playbooks = embedded::PLAYBOOKS.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { policy, playbooks })
    }

    /// What applies: compiled in, with the folder's `policy.toml` and `playbooks/*.toml` laid over. Nothing in the
    /// folder need exist.
    pub fn load(folder: Option<&Path>) -> Result<Self, LoadError> {
        let mut library = Self::compiled_in()?;
        let Some(folder) = folder.filter(|folder| folder.is_dir()) else { return Ok(library) };
        let mut problems: Vec<Problem> = Vec::new();
        let mut own: Vec<Playbook> = Vec::new();
        let mut sources: Vec<Source> = Vec::new();
        for path in playbook_files(folder) {
            match Source::read(&path) {
                Ok(source) => sources.push(source),
                Err(problem) => problems.push(*problem),
            }
        }
        // Playbooks may use roles and categories of the policy file, so that is read first; it may name playbooks of
        // the folder, whose ids are their files' names.
        let policy = folder.join("policy.toml");
        if policy.exists() {
            let mut beside = library.clone();
            beside.playbooks.extend(sources.iter().filter_map(named_by_file));
            match Source::read(&policy) {
                Ok(source) => {
                    let mut check = Check::new(&source);
                    if let Some(partial) = check_policy(&mut check, &source, &beside) {
                        partial.lay_over(&mut library.policy);
                    }
                    problems.extend(check.problems);
                }
                Err(problem) => problems.push(*problem),
            }
        }
        for source in &sources {
            let mut check = Check::new(source);
            own.extend(check_playbook(&mut check, source, &library, None));
            problems.extend(check.problems);
        }
        problems.retain(|problem| problem.level == Level::Error);
        if !problems.is_empty() {
            return Err(LoadError { problems });
        }
        replace(&mut library.playbooks, own, |left, right| left.id == right.id);
        Ok(library)
    }
}

/// The playbook files of a configuration folder, by name.
pub fn playbook_files(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder.join("playbooks")).into_iter().flatten().flatten();
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml") && path.is_file();
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.path()).filter(is_toml).collect();
    files.sort();
    files
}

/// A stand-in for a playbook that isn't read yet, for whoever only asks whether there is one.
fn named_by_file(source: &Source) -> Option<Playbook> {
    let id = Path::new(&source.file).file_stem()?.to_str()?.to_owned();
    Some(Playbook {
        id,
        version: 1,
        reviewed: String::new(),
        title: Localized::default(),
        purpose: Localized::default(),
        roles: Vec::new(),
        select: None,
        role: Vec::new(),
        step: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
