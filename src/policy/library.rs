//! Policy and playbooks: the compiled-in ones, and those of the configuration folder laid over them.

use super::embedded;
use super::file;
use super::lint::{lint_playbook, lint_policy};
use super::load_error::LoadError;
use super::merge::over_compiled_in;
use super::near::said;
use super::report::whole_file;
use crate::incident::alert::AlertRules;
use crate::incident::communication::{Heartbeat, Limits, Reminders};
use crate::incident::drill::Drills;
use crate::incident::playbook::Playbook;
use crate::incident::policy::Policy;
use crate::incident::problem::{Level, Problem, ProblemKind};
use crate::incident::severity::Severity;
use crate::incident::writing::PostmortemRule;
use serde::de::DeserializeOwned;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where the policy is kept, under the configuration folder.
pub(super) const POLICY_FILE: &str = "policy.toml";

/// Where playbooks are kept, under the configuration folder.
const PLAYBOOK_FOLDER: &str = "playbooks";

/// What an organisation decided beforehand, as an incident uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// Severities, categories, roles, defaults.
    pub policy: Policy,
    /// The playbooks, in the order of their ids.
    pub playbooks: Vec<Playbook>,
    /// Whether the organisation has a policy that was left out, because it has errors: what it asks for isn't known.
    pub policy_left_out: bool,
}

/// A file of the configuration folder.
struct Source {
    name: String,
    text: String,
}

#[derive(Default)]
struct Sources {
    policy: Option<Source>,
    playbooks: Vec<Source>,
}

impl Library {
    /// Reads a configuration folder over what is compiled in; a missing folder or file changes nothing.
    ///
    /// `policy.toml` may be partial: what it doesn't say stays as compiled in. A file in `playbooks/` replaces the
    /// playbook with its id, or adds one; a file with nothing but comments stands for nothing.
    ///
    /// # Errors
    ///
    /// Every problem of every file, warnings included, where one of them is an error.
    pub fn load(config_dir: Option<&Path>) -> Result<Self, LoadError> {
        let (library, problems) = Self::salvage(config_dir);
        let broken = problems.iter().any(|problem| problem.level == Level::Error);
        if broken { Err(LoadError { problems }) } else { Ok(library) }
    }

    /// Reads a configuration folder as [`Library::load`] does, leaving out the files that have errors: one broken
    /// playbook must not take the others away from whoever declares an incident.
    pub fn salvage(config_dir: Option<&Path>) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let compiled_in = Self::compiled_in(&mut problems);
        let sources = Sources::read(config_dir, &mut problems);
        // Files may name each other, so each is checked against all that can be read at all.
        let presumed = sources.over(&compiled_in);
        let mut broken = problems.iter().any(keeps_out);
        let mut sound = |found: Vec<Problem>| {
            let sound = found.iter().all(|problem| problem.level == Level::Warning);
            broken |= !sound;
            problems.extend(found);
            sound
        };
        let policy = sources.policy.filter(|file| sound(lint_policy(&file.name, &file.text, &presumed)));
        let mut playbooks = sources.playbooks;
        playbooks.retain(|file| sound(lint_playbook(&file.name, &file.text, &presumed, None)));
        let mut library = if broken { Sources { policy, playbooks }.over(&compiled_in) } else { presumed };
        if broken {
            library.keep_default(&compiled_in);
        }
        let own = config_dir.map(|folder| folder.join(POLICY_FILE).display().to_string());
        library.policy_left_out =
            problems.iter().any(|problem| keeps_out(problem) && own.as_ref() == Some(&problem.file));
        let is_foreign = |one: &Problem| matches!(one.what, ProblemKind::Foreign { .. });
        if problems.iter().any(|problem| is_foreign(problem) && own.as_ref() == Some(&problem.file)) {
            library.policy.disarm();
        }
        (library, problems)
    }

    /// A library without anything in it, for commands that no policy can change.
    pub const fn bare() -> Self {
        Self {
            policy: Policy {
                schema: super::walk::SCHEMA,
                default_severity: Severity::Sev2,
                default_playbook: String::new(),
                unified_playbook: String::new(),
                strict_secrets: false,
                severity: Vec::new(),
                category: Vec::new(),
                role: Vec::new(),
                audience: Vec::new(),
                cadence: Vec::new(),
                service: Vec::new(),
                postmortem: PostmortemRule { section: Vec::new() },
                ladder: Vec::new(),
                default_ladder: None,
                channel: Vec::new(),
                duty: Vec::new(),
                calendar: Vec::new(),
                legal: Vec::new(),
                classification: Vec::new(),
                reminders: Reminders::none(),
                limits: Limits::none(),
                drills: Drills::none(),
                alerts: AlertRules::none(),
                heartbeat: Heartbeat { url: None, url_env: None },
            },
            playbooks: Vec::new(),
            policy_left_out: false,
        }
    }

    /// What the files of a configuration folder presumably mean, whatever else is wrong with them: what one of them
    /// may refer to.
    pub(super) fn presumed(config_dir: Option<&Path>) -> Self {
        let mut problems = Vec::new();
        Sources::read(config_dir, &mut problems).over(&Self::compiled_in(&mut problems))
    }

    /// Tests hold what is compiled in to be sound; were it not, hikeshi would go on without.
    pub(super) fn compiled_in(problems: &mut Vec<Problem>) -> Self {
        let mut library = Self::bare();
        match over_compiled_in("") {
            Ok(policy) => library.policy = policy,
            Err(error) => {
                let message = said(error.message());
                problems.push(whole_file(POLICY_FILE, 1, ProblemKind::Unfit { message }));
            }
        }
        library.playbooks = embedded::PLAYBOOKS.iter().filter_map(|(id, text)| parse(id, text, problems)).collect();
        library
    }

    /// A playbook that the policy names may have been left out; the compiled-in names always lead somewhere.
    fn keep_default(&mut self, compiled_in: &Self) {
        let exists = |id: &str| self.playbooks.iter().any(|playbook| playbook.id == id);
        let (default, unified) = (exists(&self.policy.default_playbook), exists(&self.policy.unified_playbook));
        if !default {
            self.policy.default_playbook.clone_from(&compiled_in.policy.default_playbook);
        }
        if !unified {
            self.policy.unified_playbook.clone_from(&compiled_in.policy.unified_playbook);
        }
    }
}

/// Whether a file is left out for a problem; somebody else's only loses what it would run or send.
fn keeps_out(problem: &Problem) -> bool {
    problem.level == Level::Error && !matches!(problem.what, ProblemKind::Foreign { .. })
}

fn parse<T: DeserializeOwned>(name: &str, text: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let refused = |error: toml::de::Error| {
        let message = said(error.message());
        problems.push(whole_file(&format!("{name} (compiled in)"), 1, ProblemKind::Unfit { message }));
    };
    toml::from_str(text).map_err(refused).ok()
}

impl Sources {
    /// Reads the files of a configuration folder.
    fn read(config_dir: Option<&Path>, problems: &mut Vec<Problem>) -> Self {
        let Some(folder) = config_dir else { return Self::default() };
        let policy = Source::read(&folder.join(POLICY_FILE), problems);
        let files = toml_files(&folder.join(PLAYBOOK_FOLDER), problems);
        Self { policy, playbooks: files.iter().filter_map(|path| Source::read(path, problems)).collect() }
    }

    /// Lays those that can be read over a library.
    fn over(&self, compiled_in: &Library) -> Library {
        let mut library = compiled_in.clone();
        if let Some(policy) = self.policy.as_ref().and_then(|file| over_compiled_in(&file.text).ok()) {
            library.policy = policy;
        }
        library.policy.withhold();
        for own in self.playbooks.iter().filter_map(|file| toml::from_str::<Playbook>(&file.text).ok()) {
            match library.playbooks.iter_mut().find(|playbook| playbook.id == own.id) {
                Some(playbook) => *playbook = own,
                None => library.playbooks.push(own),
            }
        }
        library.playbooks.sort_by(|left, right| left.id.cmp(&right.id));
        library
    }
}

impl Source {
    fn read(path: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        problems.extend(file::foreign(path));
        match file::read(path) {
            Ok(text) => text.map(|text| Self { name: path.display().to_string(), text }),
            Err(problem) => {
                problems.push(*problem);
                None
            }
        }
    }
}

/// The `.toml` files of a folder by name, without the hidden ones that editors leave behind.
pub(super) fn toml_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<PathBuf>>>()
    });
    let mut files = match listed {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let reason = said(&error.to_string());
            problems.push(whole_file(&folder.display().to_string(), 1, ProblemKind::Unreadable { reason }));
            Vec::new()
        }
    };
    let hidden = |path: &Path| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    files.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) && !hidden(path));
    files.sort();
    files
}
