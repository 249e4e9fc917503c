//! An incident as it stands: what its facts fold into.
//!
//! Entries are rows, not state: notes fold into nothing, so that the state stays small however long an incident runs.

mod alert;
mod apply;
mod call;
mod checklist;
mod lesson;
mod people;
mod promise;
mod promised;
mod round;
mod tally;
mod waiting;
mod writing;

pub use alert::Heard;
pub use apply::{Meta, fold};
pub use call::Call;
pub use checklist::{AD_HOC, Checklist, StepPlace, StepState, Tick};
pub use lesson::{Action, Cause, KEPT, Lessons, Progress};
pub use people::{Holder, Role};
pub use promise::{
    CommsClock, Figure, FollowUp, Handoff, Impact, LegalDuty, Promises, Reach, Reminder, Statement, Undelivered,
};
pub use round::{Round, Rounds};
pub use tally::{GRACE, Held, Tally, is_late};
pub use waiting::Waiting;
pub use writing::{Approval, Writing, Written};

use super::command::{CancelCause, CommandMode, Customers, LinkKind};
use super::drill::Play;
use super::id::{EventId, SpaceId, SubjectId};
use super::severity::Severity;
use super::status::Status;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An incident as its facts leave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: SubjectId,
    /// The space that its number belongs to.
    pub space: SpaceId,
    /// Its number.
    pub number: u32,
    /// What is wrong, in a few words.
    pub title: String,
    /// What people outside know it by, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_title: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// How bad it was at its worst.
    pub worst: Severity,
    /// Its category.
    pub category: Option<String>,
    /// How it is commanded.
    pub command: CommandMode,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists and reports.
    pub restricted: bool,
    /// Whether nothing happened that customers noticed (D1).
    #[serde(default)]
    pub near_miss: bool,
    /// The format in which it came from another tool's history, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<String>,
    /// The services it hits.
    pub services: Vec<String>,
    /// One customer or many.
    pub customers: Option<Customers>,
    /// Where to join and where to look, in the order added.
    pub links: Vec<Link>,
    /// What is known.
    pub summary: Option<String>,
    /// The cause as understood.
    pub cause: Option<String>,
    /// Who or what noticed it.
    pub detected_by: Option<String>,
    /// Who declared it.
    pub declared_by: String,
    /// When what happened.
    pub times: Times,
    /// Its earlier rounds, where it came back.
    #[serde(default)]
    pub rounds: Rounds,
    /// The workaround, and when the fix is due.
    pub workaround: Option<Workaround>,
    /// The permanent fix.
    pub fix: Option<Fix>,
    /// The postmortem that the policy asks for.
    pub postmortem: Option<Postmortem>,
    /// The incident that stands for this one, and why.
    pub cancelled: Option<Cancelled>,
    /// The roles it has, and who holds them.
    pub roles: Vec<Role>,
    /// The steps it has.
    pub checklists: Vec<Checklist>,
    /// Moves that saw another status than they met: two people on two machines.
    pub conflicts: Vec<EventId>,
    /// The alerts that it has, as they were last heard of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Heard>,
    /// What is owed to people, and by when.
    #[serde(default)]
    pub promises: Promises,
    /// What it teaches.
    #[serde(default)]
    pub lessons: Lessons,
    /// What is counted over its whole course.
    #[serde(default)]
    pub tally: Tally,
    /// The exercise that is played on it (A5).
    #[serde(default)]
    pub play: Option<Box<Play>>,
    /// What people wrote in its postmortem.
    #[serde(default)]
    pub writing: Writing,
}

/// When what happened; what nobody said is unknown and never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Times {
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it was noticed.
    pub detected: Option<Timestamp>,
    /// When it was declared.
    pub declared: Timestamp,
    /// When what is broken became known.
    pub identified: Option<Timestamp>,
    /// When the workaround was in place.
    pub mitigated: Option<Timestamp>,
    /// When watching began.
    pub monitoring: Option<Timestamp>,
    /// When service was restored.
    pub resolved: Option<Timestamp>,
    /// When nothing was left to do.
    pub closed: Option<Timestamp>,
}

/// A place to join or to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What kind of place it is.
    pub kind: LinkKind,
    /// Its address, or words that lead there.
    pub target: String,
}

/// What holds until the permanent fix (B3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workaround {
    /// What it is.
    pub text: String,
    /// When it was put in place.
    pub at: Timestamp,
    /// When the permanent fix is due.
    pub fix_due_at: Option<Timestamp>,
    /// When it was taken back.
    pub reverted_at: Option<Timestamp>,
}

/// The permanent fix (B3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it is.
    pub text: String,
    /// When it was made.
    pub at: Timestamp,
}

/// The postmortem that the policy asked for when the incident was resolved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Postmortem {
    /// Whether the incident can't be closed without it.
    pub required: bool,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When the finished one was filed.
    pub filed_at: Option<Timestamp>,
    /// Where it can be read.
    pub place: Option<String>,
    /// When the incident was resolved: what the due time counts from.
    pub since: Option<Timestamp>,
}

/// Why it was no incident of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// What kind of ending it is.
    pub because: Option<CancelCause>,
    /// The incident that stands for it.
    pub of: Option<SubjectId>,
    /// That incident's number.
    pub of_number: Option<u32>,
    /// Why.
    pub reason: String,
}

impl Incident {
    /// An incident of which nothing is known yet.
    pub fn blank(id: SubjectId) -> Self {
        Self {
            id,
            space: SpaceId(Uuid::nil()),
            number: 0,
            title: String::new(),
            public_title: None,
            status: Status::Investigating,
            severity: Severity::Sev2,
            worst: Severity::Sev4,
            category: None,
            command: CommandMode::Standard,
            drill: false,
            restricted: false,
            near_miss: false,
            imported: None,
            services: Vec::new(),
            customers: None,
            links: Vec::new(),
            summary: None,
            cause: None,
            detected_by: None,
            declared_by: String::new(),
            times: Times::default(),
            rounds: Rounds::default(),
            workaround: None,
            fix: None,
            postmortem: None,
            cancelled: None,
            roles: Vec::new(),
            checklists: Vec::new(),
            conflicts: Vec::new(),
            alerts: Vec::new(),
            promises: Promises::default(),
            lessons: Lessons::default(),
            tally: Tally::default(),
            play: None,
            writing: Writing::default(),
        }
    }

    /// The role with this slug.
    pub fn role(&self, slug: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.spec.id == slug)
    }

    /// Whether the postmortem is done: approved as it reads now, or filed somewhere.
    pub fn has_postmortem(&self) -> bool {
        self.writing.approved.is_some() || self.postmortem.as_ref().is_some_and(|duty| duty.filed_at.is_some())
    }

    /// Who leads: the holder of the incident manager's role.
    pub fn leader(&self) -> Option<&str> {
        let role = self.role(super::roster::INCIDENT_MANAGER)?;
        role.holders.first().map(|holder| holder.name.as_str())
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::from_millis(0)
    }
}
