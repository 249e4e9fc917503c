//! What other tools' histories hold: incidents that are over, or nearly so, and what was said of them.
//!
//! They are history, not commands: no clock starts, nobody is called, nothing is sent.

mod changes;
mod course;
mod facts;
mod said;
mod skip;

pub use changes::{Change, Changes, Kept, Known, Taken, changes};
pub use facts::{Happened, Standing, ended, facts};
pub use said::{Line, OnRecord, unsaid};
pub use skip::{Skip, Skipped};

use super::alert::AlertRules;
use super::severity::Severity;
use super::status::Status;
use super::time::Timestamp;

/// An incident of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The format that it came in.
    pub format: &'static str,
    /// What its source calls it.
    pub source: String,
    /// What was wrong.
    pub title: String,
    /// Where the source shows it.
    pub url: Option<String>,
    /// How bad it was, as the source wrote it.
    pub impact: Option<String>,
    /// The source's words for how bad it was that a policy may read otherwise, the one that counts first.
    pub stated: Vec<String>,
    /// How bad it was.
    pub severity: Severity,
    /// The services that it hit.
    pub services: Vec<String>,
    /// The regions that it hit.
    pub regions: Vec<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When the source began to tell of it, where that is another time.
    pub declared_at: Option<Timestamp>,
    /// When service was restored, where the source says so apart from the updates.
    pub resolved_at: Option<Timestamp>,
    /// Whether that end is only the last time that the source knows.
    pub about: bool,
    /// How far planned maintenance, which is no incident, has come; `None` for an incident.
    pub planned: Option<Planned>,
    /// What was said of it, as the source orders it, the first first.
    pub reports: Vec<Report>,
}

/// How far planned maintenance has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// It was announced; nobody has begun.
    Announced,
    /// It was begun.
    Begun,
}

/// An update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What stays the same about it from one file to the next, within its incident.
    pub source: String,
    /// When it was said.
    pub at: Timestamp,
    /// Whether the source doesn't say when, and the time is that of what stands around it.
    pub about: bool,
    /// The status, as the source wrote it.
    pub status: Option<String>,
    /// Where the incident stood from then on, where the update says so.
    pub to: Option<Status>,
    /// What was said.
    pub text: String,
}

impl Past {
    /// An incident of which nothing but its name and its beginning is known.
    pub const fn blank(format: &'static str, source: String, title: String, started_at: Timestamp) -> Self {
        Self {
            format,
            source,
            title,
            url: None,
            impact: None,
            stated: Vec::new(),
            severity: Severity::Sev3,
            services: Vec::new(),
            regions: Vec::new(),
            started_at,
            declared_at: None,
            resolved_at: None,
            about: false,
            planned: None,
            reports: Vec::new(),
        }
    }

    /// Takes the severity that a policy has for the source's words, where it has one.
    pub fn rate(&mut self, rules: &AlertRules) {
        let said = self.stated.iter().find_map(|word| rules.severity(word));
        self.severity = said.unwrap_or(self.severity);
    }

    /// Why it can't have happened as it says, where it can't.
    pub fn impossible(&self, now: Timestamp) -> Option<Skip> {
        if self.resolved_at.is_some_and(|resolved| resolved < self.started_at) {
            return Some(Skip::ResolvedBefore);
        }
        let reported = self.reports.iter().map(|report| report.at);
        let mut times = [self.started_at].into_iter().chain(self.declared_at).chain(self.resolved_at).chain(reported);
        times.find(|at| *at > now).map(|at| Skip::Later { value: at.to_string() })
    }

    /// The name under which a store looks it up.
    pub fn name(&self) -> String {
        name(self.format, &self.source)
    }
}

/// The name under which a store looks up what a source calls `source`.
pub fn name(format: &str, source: &str) -> String {
    format!("{format}/{source}")
}

/// The name under which a store looks up an alert.
pub fn alert_name(format: &str, fingerprint: &str) -> String {
    format!("alert/{format}/{fingerprint}")
}

/// How bad the status pages' levels are: critical is sev1, major sev2, minor sev3, and what hit nobody, such as
/// maintenance, sev4. Nobody's status page knows of our sev0.
pub fn severity_of(impact: Option<&str>) -> Severity {
    match impact.map(str::trim).map(str::to_ascii_lowercase).as_deref() {
        Some("critical") => Severity::Sev1,
        Some("major") => Severity::Sev2,
        Some("none" | "maintenance") => Severity::Sev4,
        // Whoever says nothing of it tells of an incident all the same.
        _ => Severity::Sev3,
    }
}

/// Where an incident stands by a status page's word for it; `None` for words that say nothing of it.
pub fn status_of(word: &str) -> Option<Status> {
    match word.trim().to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
        "investigating" | "service-disruption" | "service-outage" | "open" => Some(Status::Investigating),
        "identified" => Some(Status::Identified),
        "monitoring" | "verifying" => Some(Status::Monitoring),
        "resolved" | "completed" | "postmortem" | "available" => Some(Status::Resolved),
        _ => None,
    }
}
