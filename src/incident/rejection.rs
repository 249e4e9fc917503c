//! What the rules refuse, as data: the words that people read are in `text`.

mod field;
mod nature;
mod promise;
mod remedy;
mod writing;

pub use field::Field;
pub use nature::Nature;
pub use promise::PromiseRejection;
pub use remedy::RemedyRejection;
pub use writing::WritingRejection;

use super::severity::Severity;
use super::state::Waiting;
use super::status::Status;
use super::time::Timestamp;

/// A name that could mean several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its slug.
    pub id: String,
    /// Its title, for people.
    pub title: String,
}

/// Why a command was refused; nothing was written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Rejection {
    /// It is about what is owed: a call, a statement, a follow-up, a duty, a figure.
    #[error(transparent)]
    Promise(Box<PromiseRejection>),
    /// It is about causes and measures of prevention.
    #[error(transparent)]
    Remedy(Box<RemedyRejection>),
    /// It is about the postmortem.
    #[error(transparent)]
    Writing(Box<WritingRejection>),
    /// A text that must say something is empty.
    #[error("{field:?} is empty")]
    Empty {
        /// Which text.
        field: Field,
    },
    /// A text is longer than the store takes.
    #[error("{field:?} has {bytes} bytes, the most is {most}")]
    TooLong {
        /// Which text.
        field: Field,
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A time that no calendar knows.
    #[error("{millis} is no time between the years 1 and 9999")]
    NoSuchTime {
        /// Milliseconds since 1970.
        millis: i64,
    },
    /// A list is longer than the store takes.
    #[error("{field:?}: {given} given, the most is {most}")]
    TooMany {
        /// Which list.
        field: Field,
        /// Its length.
        given: usize,
        /// The limit.
        most: usize,
    },
    /// A control character where it has no place.
    #[error("{field:?} has the control character U+{code:04X}")]
    ControlCharacter {
        /// Which text.
        field: Field,
        /// The character.
        code: u32,
    },
    /// The status doesn't allow the move.
    #[error("{verb} is not legal in {from}")]
    IllegalMove {
        /// The verb.
        verb: &'static str,
        /// The current status.
        from: Status,
        /// Where the incident may go from here.
        legal: Vec<Status>,
    },
    /// The incident is over for good, unless it is reopened.
    #[error("{verb}: the incident is {status}")]
    Over {
        /// The verb.
        verb: &'static str,
        /// The current status.
        status: Status,
    },
    /// Going back must go back.
    #[error("{to} does not lie before {from}")]
    NotBackwards {
        /// The current status.
        from: Status,
        /// The status asked for.
        to: Status,
    },
    /// Raising must raise.
    #[error("{to} is not worse than {from}")]
    NotWorse {
        /// The current severity.
        from: Severity,
        /// The severity asked for.
        to: Severity,
    },
    /// Lowering must lower.
    #[error("{to} is not less than {from}")]
    NotBetter {
        /// The current severity.
        from: Severity,
        /// The severity asked for.
        to: Severity,
    },
    /// Neither a severity nor anybody to call.
    #[error("nothing to escalate to")]
    NothingToEscalate,
    /// No role of that name, and no duty to make one.
    #[error("no role {typed}")]
    UnknownRole {
        /// The name as typed.
        typed: String,
        /// The nearest known names.
        near: Vec<Candidate>,
    },
    /// A name that means several roles.
    #[error("{typed} means several roles")]
    AmbiguousRole {
        /// The name as typed.
        typed: String,
        /// The roles.
        roles: Vec<Candidate>,
    },
    /// A role that nobody holds.
    #[error("nobody holds {role}")]
    NotHeld {
        /// The role's slug.
        role: String,
        /// Who was to give it up.
        person: Option<String>,
        /// Who holds it.
        holders: Vec<String>,
    },
    /// A role that they hold already.
    #[error("{person} holds {role} already")]
    HeldAlready {
        /// The role's slug.
        role: String,
        /// Who.
        person: String,
    },
    /// The incident manager can't leave without a successor (C1).
    #[error("the incident manager has no successor")]
    LastIncidentManager {
        /// Who holds the role.
        holder: String,
    },
    /// No step of that name.
    #[error("no step {typed}")]
    UnknownStep {
        /// The name as typed.
        typed: String,
        /// The nearest known steps.
        near: Vec<Candidate>,
    },
    /// A name that means several steps.
    #[error("{typed} means several steps")]
    AmbiguousStep {
        /// The name as typed.
        typed: String,
        /// The steps.
        steps: Vec<Candidate>,
    },
    /// The step is done or left out already, or isn't.
    #[error("step {step} is {state} already")]
    StepAlready {
        /// The step's slug.
        step: String,
        /// What it is.
        state: &'static str,
        /// Who did it, where somebody did.
        by: Option<String>,
    },
    /// No category of that name.
    #[error("no category {typed}")]
    UnknownCategory {
        /// The name as typed.
        typed: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// No playbook of that id.
    #[error("no playbook {typed}")]
    UnknownPlaybook {
        /// The id as typed.
        typed: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// An unresolved incident has the same title and services.
    #[error("incident {number} looks the same")]
    Lookalike {
        /// Its number.
        number: u32,
        /// Its title.
        title: String,
    },
    /// Something happened before the incident began.
    #[error("{at} lies before the start {started_at}")]
    BeforeStart {
        /// The time given.
        at: Timestamp,
        /// When it began.
        started_at: Timestamp,
    },
    /// Something ended or turned before the incident was known of, and nobody said that it began earlier.
    #[error("{at} lies before {known_at}, when it was first known of")]
    BeforeKnown {
        /// The time given.
        at: Timestamp,
        /// When it was first known of.
        known_at: Timestamp,
    },
    /// It was noticed before it began.
    #[error("detected {detected_at} before started {started_at}")]
    DetectedBeforeStart {
        /// When it was noticed.
        detected_at: Timestamp,
        /// When it began.
        started_at: Timestamp,
    },
    /// Something keeps it from closing.
    #[error("{} things keep it from closing", waiting.len())]
    StillWaiting {
        /// What.
        waiting: Vec<Waiting>,
    },
    /// Going backwards or around a rule needs a reason.
    #[error("{verb} needs a reason")]
    ReasonNeeded {
        /// The verb or option.
        verb: &'static str,
    },
    /// The fix takes back a workaround that isn't there.
    #[error("no workaround to revert")]
    NoWorkaround,
    /// A duplicate of what?
    #[error("a duplicate needs --of")]
    DuplicateOfWhat,
    /// A duplicate of itself.
    #[error("an incident is no duplicate of itself")]
    DuplicateOfItself,
    /// The incident that stands for it is itself cancelled.
    #[error("incident {number} is cancelled itself")]
    DuplicateOfCancelled {
        /// Its number.
        number: u32,
    },
    /// An entry has no such thing to correct.
    #[error("{entry} is {kind}: it has no such thing to correct")]
    NotAmendable {
        /// The entry.
        entry: String,
        /// Its kind.
        kind: String,
    },
    /// An entry brought in no evidence.
    #[error("{entry} is {kind}, and no evidence")]
    NoEvidence {
        /// The entry.
        entry: String,
        /// Its kind.
        kind: String,
    },
    /// Evidence would go to whom has it.
    #[error("{name} has {entry} already")]
    AlreadyHolds {
        /// The evidence.
        entry: String,
        /// Who has it.
        name: String,
    },
    /// Nothing was said about what to correct.
    #[error("nothing to correct")]
    NothingToAmend,
    /// An entry has no words, or none any more.
    #[error("{entry} has no words to remove")]
    NoWords {
        /// The entry.
        entry: String,
    },
    /// A text holds what looks like a secret, and the policy refuses those.
    #[error("looks like a secret: {rule}")]
    Secret {
        /// The rule that found it.
        rule: String,
    },
    /// The entry is no hypothesis.
    #[error("{entry} is no hypothesis")]
    NoHypothesis {
        /// The entry's display id.
        entry: String,
        /// Its kind.
        kind: String,
    },
    /// The entry belongs to another incident.
    #[error("{entry} belongs to another incident")]
    ForeignEntry {
        /// The entry's display id.
        entry: String,
    },
    /// Nothing was named that changes anything.
    #[error("nothing changes")]
    NothingToChange,
    /// A service that the incident doesn't have.
    #[error("no service {service}")]
    NoSuchService {
        /// Its name.
        service: String,
        /// Those it has.
        services: Vec<String>,
    },
    /// There is nothing of one's own to take back.
    #[error("nothing to undo")]
    NothingToUndo {
        /// Whose entries were looked for.
        actor: String,
    },
    /// What can't be taken back, and what to do instead.
    #[error("{kind} can't be undone")]
    NotUndoable {
        /// The fact's kind.
        kind: String,
    },
    /// Later facts build on it.
    #[error("{kind} can't be undone: {later} came after it")]
    BuiltUpon {
        /// The fact's kind.
        kind: String,
        /// The later fact's kind.
        later: String,
    },
}
