//! The facts of the log, one file a family: what happened, in a form that outlives the code.
//!
//! Each fact is one struct. Its free text goes to the entry's *words*, which can be redacted; everything else to its
//! *facts*, which are permanent. A kind's name and version are written out here and never derived from a Rust name.

mod call;
mod clock;
mod correction;
mod declared;
mod drill;
mod evidence;
mod impact;
mod intake;
mod lifecycle;
mod message;
mod note;
mod people;
mod remedy;
mod severity;
mod statement;
mod step;
mod store;
mod writing;

pub use call::{CallAnswered, HandoffAnswered, HandoffOffered, LadderEnded};
pub use clock::{ClockEnded, ClockMet, ClockReminded, ClockStarted, SeveritySuggested};
pub use correction::{EntryAmended, EntryRedacted, TextMut};
pub use declared::{IncidentChanged, IncidentDeclared, LinkAdded, PlaybookJoined};
pub use drill::{Criterion, DrillGraded, DrillInjected, DrillStarted, Graded, PersonGraded, PlannedInject};
pub use evidence::{CommandRun, CommandStarted, EvidenceAdded, EvidenceTransferred, KeptOutput};
pub use impact::{DutyMet, DutyStarted, DutyWaived, ImpactMeasured};
pub use intake::{AlertReceived, ChatImported, IncidentImported, ReportImported};
pub use lifecycle::{
    IncidentCancelled, IncidentClosed, IncidentFixed, IncidentIdentified, IncidentMitigated, IncidentMonitoring,
    IncidentReopened, IncidentResolved, PostmortemFiled,
};
pub use message::{MessageDelivered, MessageFailed, MessageQueued};
pub use note::{EntryUndone, NoteAdded};
pub use people::{PeopleCalled, RoleAssigned, RoleUnassigned};
pub use remedy::{
    ActionAdded, ActionChanged, ActionDone, ActionDropped, ActionVerified, CauseAdded, CauseRemoved, CauseSupported,
};
pub use severity::{CommandChanged, SeverityChanged};
pub use statement::{
    AnswerAdded, FollowUpAdded, FollowUpDone, PeopleBriefed, ReachMeasured, StatementApproved, StatementDrafted,
    StatementSent,
};
pub use step::{Activation, StepAdded, StepChecked, StepReopened, StepSkipped, StepsActivated};
pub use store::{
    ContactAdded, ContactRemoved, ContactVerified, Gap, Head, InboxDiscarded, InboxFiled, InboxKept, OriginStarted,
    StoreSalvaged, StoreSealed,
};
pub use writing::{PostmortemApproved, PostmortemSubmitted, PostmortemWritten};

use serde_json::{Map, Value};

/// A fact's body as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Structure, as a JSON object: permanent.
    pub facts: Vec<u8>,
    /// Free text, as a JSON object; `None` when the fact has none.
    pub words: Option<Vec<u8>>,
}

/// A fact whose kind or version this version doesn't know: kept, shown by name, never applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The kind's dotted name.
    pub kind: String,
    /// The version of its body.
    pub version: u32,
    /// Its facts and words together.
    pub data: Map<String, Value>,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $kind:literal v $version:literal, words [$($word:literal),*];)*) => {
        /// Something that happened.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fact {
            $($(#[$doc])* $name($name),)*
            /// Written by a later version.
            Unknown(Unknown),
        }

        $(impl From<$name> for Fact {
            fn from(fact: $name) -> Self {
                Self::$name(fact)
            }
        })*

        impl Fact {
            /// Every kind that this version writes, with the version of its body.
            pub const KINDS: &[(&'static str, u32)] = &[$(($kind, $version)),*];

            /// Its dotted name, which never changes.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Unknown(unknown) => &unknown.kind,
                }
            }

            /// The version of its body.
            pub fn version(&self) -> u32 {
                match self {
                    $(Self::$name(_) => $version,)*
                    Self::Unknown(unknown) => unknown.version,
                }
            }

            /// The body as it is stored: structure apart from words, nothing that is absent.
            pub fn encode(&self) -> Encoded {
                match self {
                    $(Self::$name(fact) => split(serde_json::to_value(fact).unwrap_or_default(), &[$($word),*]),)*
                    Self::Unknown(unknown) => split(Value::Object(unknown.data.clone()), &[]),
                }
            }

            /// Reads a stored body; what this version can't read becomes [`Fact::Unknown`], never an error.
            pub fn decode(kind: &str, version: u32, facts: &[u8], words: Option<&[u8]>) -> Self {
                let data = join(facts, words);
                let known = match (kind, version) {
                    $(($kind, $version) => serde_json::from_value(Value::Object(data.clone())).ok().map(Self::$name),)*
                    _ => None,
                };
                known.unwrap_or_else(|| Self::Unknown(Unknown { kind: kind.to_owned(), version, data }))
            }
        }
    };
}

facts! {
    /// An incident was declared.
    IncidentDeclared = "incident.declared" v 1, words ["title", "summary", "detected_by"];
    /// A playbook's roles and steps were copied into the incident.
    PlaybookJoined = "playbook.joined" v 1, words [];
    /// What was said at declare was changed.
    IncidentChanged = "incident.changed" v 1, words ["title", "title_was", "public_title", "public_title_was", "summary", "summary_was"];
    /// A place to join or to look was added.
    LinkAdded = "link.added" v 1, words ["target"];
    /// The severity was raised or lowered.
    SeverityChanged = "severity.changed" v 1, words ["reason"];
    /// Command became unified, or standard again.
    CommandChanged = "command.changed" v 1, words [];
    /// A person or team was called in.
    PeopleCalled = "people.called" v 1, words ["reason"];
    /// A role was given to somebody.
    RoleAssigned = "role.assigned" v 1, words ["scope", "duty", "handover"];
    /// A role was taken from somebody.
    RoleUnassigned = "role.unassigned" v 1, words [];
    /// Somebody wrote something down.
    NoteAdded = "note.added" v 1, words ["text"];
    /// Steps began to apply.
    StepsActivated = "step.activated" v 1, words [];
    /// A task was made up on the spot.
    StepAdded = "step.added" v 1, words ["text"];
    /// A step was done.
    StepChecked = "step.checked" v 1, words ["result"];
    /// A step was left out.
    StepSkipped = "step.skipped" v 1, words ["reason"];
    /// A step's tick was taken back.
    StepReopened = "step.reopened" v 1, words [];
    /// What is broken became known.
    IncidentIdentified = "incident.identified" v 1, words ["cause"];
    /// A workaround was put in place (B3).
    IncidentMitigated = "incident.mitigated" v 1, words ["workaround"];
    /// The permanent fix was made (B3).
    IncidentFixed = "incident.fixed" v 1, words ["text"];
    /// Service looks restored and is being watched.
    IncidentMonitoring = "incident.monitoring" v 1, words [];
    /// Service was restored.
    IncidentResolved = "incident.resolved" v 1, words ["summary", "cause"];
    /// Nothing was left to do.
    IncidentClosed = "incident.closed" v 1, words ["reason"];
    /// It was not over after all.
    IncidentReopened = "incident.reopened" v 1, words ["reason"];
    /// It was not an incident, a duplicate, or superseded.
    IncidentCancelled = "incident.cancelled" v 1, words ["reason"];
    /// The finished postmortem was filed somewhere.
    PostmortemFiled = "postmortem.filed" v 1, words ["place"];
    /// A command's entries were taken back.
    EntryUndone = "entry.undone" v 1, words [];
    /// An entry was corrected.
    EntryAmended = "entry.amended" v 1, words ["text"];
    /// An entry's words were removed.
    EntryRedacted = "entry.redacted" v 1, words ["reason"];
    /// Evidence was secured (E5).
    EvidenceAdded = "evidence.added" v 1, words ["name", "note", "source", "witness"];
    /// Evidence changed hands (E5).
    EvidenceTransferred = "evidence.transferred" v 1, words ["reason"];
    /// A command is about to run on a system.
    CommandStarted = "command.started" v 1, words ["line", "folder"];
    /// A command was run on a system.
    CommandRun = "command.run" v 1, words ["line", "folder"];
    /// A deadline for a statement began (A6).
    ClockStarted = "clock.started" v 1, words [];
    /// A deadline was met.
    ClockMet = "clock.met" v 1, words [];
    /// A deadline ended without being met.
    ClockEnded = "clock.ended" v 1, words [];
    /// Somebody was reminded of a deadline.
    ClockReminded = "clock.reminded" v 1, words [];
    /// A rule says that it is worse than it is classified (B1).
    SeveritySuggested = "severity.suggested" v 1, words [];
    /// Somebody answered a call (D3).
    CallAnswered = "call.answered" v 1, words ["text"];
    /// Nobody on a ladder answered (D3).
    LadderEnded = "ladder.ended" v 1, words [];
    /// Roles were offered to the next one.
    HandoffOffered = "handoff.offered" v 1, words ["brief"];
    /// An offer to take over was answered.
    HandoffAnswered = "handoff.answered" v 1, words ["reason"];
    /// A statement was written (E7).
    StatementDrafted = "statement.drafted" v 1, words ["subject", "text"];
    /// A statement was approved (E7).
    StatementApproved = "statement.approved" v 1, words [];
    /// A statement went out.
    StatementSent = "statement.sent" v 1, words [];
    /// A message went into the outbox.
    MessageQueued = "message.queued" v 1, words ["subject", "text"];
    /// A message reached its channel.
    MessageDelivered = "message.delivered" v 1, words [];
    /// A message did not reach its channel.
    MessageFailed = "message.failed" v 1, words ["reason"];
    /// A question got its answer (E7).
    AnswerAdded = "answer.added" v 1, words ["question", "answer"];
    /// People were told what to say now (B5).
    PeopleBriefed = "people.briefed" v 1, words [];
    /// It was counted how many a channel reached (B7).
    ReachMeasured = "reach.measured" v 1, words [];
    /// Somebody was promised news (B7).
    FollowUpAdded = "followup.added" v 1, words ["text"];
    /// Somebody got the news that was promised (B7).
    FollowUpDone = "followup.done" v 1, words ["result"];
    /// The impact was measured (E4).
    ImpactMeasured = "impact.measured" v 1, words ["cost", "text"];
    /// A legal duty began to run (E6).
    DutyStarted = "legal.started" v 1, words [];
    /// The notice that the law asks for was given (E6).
    DutyMet = "legal.notified" v 1, words ["text"];
    /// It was decided that no notice is due (E6).
    DutyWaived = "legal.waived" v 1, words ["reason"];
    /// A link of the cause–effect chain was found (E9).
    CauseAdded = "cause.added" v 1, words ["text"];
    /// A link of the chain turned out to be none.
    CauseRemoved = "cause.removed" v 1, words ["reason"];
    /// Evidence for a cause was found later.
    CauseSupported = "cause.supported" v 1, words [];
    /// A measure of prevention was agreed (E10).
    ActionAdded = "action.added" v 1, words ["text"];
    /// A measure got another owner, date, priority or cause.
    ActionChanged = "action.changed" v 1, words [];
    /// A measure was carried out (E10).
    ActionDone = "action.done" v 1, words ["result"];
    /// The effect of a measure was checked (E10).
    ActionVerified = "action.verified" v 1, words ["text"];
    /// A measure was given up.
    ActionDropped = "action.dropped" v 1, words ["reason"];
    /// An incident was taken over from another tool's history.
    IncidentImported = "incident.imported" v 1, words ["url"];
    /// An update of an imported incident.
    ReportImported = "report.imported" v 1, words ["text"];
    /// Something that was said in a chat.
    ChatImported = "chat.imported" v 1, words ["author", "text"];
    /// A monitoring tool spoke up, or took it back (D1).
    AlertReceived = "alert.received" v 1, words ["title", "text", "link"];
    /// An exercise began (A5).
    DrillStarted = "drill.started" v 1, words [];
    /// An exercise took a turn.
    DrillInjected = "drill.injected" v 1, words ["text"];
    /// An exercise was graded (A5).
    DrillGraded = "drill.graded" v 1, words [];
    /// A section of the postmortem was written.
    PostmortemWritten = "postmortem.written" v 1, words ["text"];
    /// The postmortem is ready to be reviewed.
    PostmortemSubmitted = "postmortem.submitted" v 1, words [];
    /// The postmortem was approved.
    PostmortemApproved = "postmortem.approved" v 1, words ["reason"];
    /// A contact was added (A7).
    ContactAdded = "contact.added" v 1, words ["reach", "note"];
    /// A contact was found to be current (A7).
    ContactVerified = "contact.verified" v 1, words [];
    /// A contact was taken away.
    ContactRemoved = "contact.removed" v 1, words ["reason"];
    /// A copy of the store began to write.
    OriginStarted = "origin.started" v 1, words [];
    /// Words that could not be placed were kept.
    InboxKept = "inbox.kept" v 1, words ["command", "refused"];
    /// Kept words were filed to an incident.
    InboxFiled = "inbox.filed" v 1, words [];
    /// Kept words were thrown away.
    InboxDiscarded = "inbox.discarded" v 1, words ["reason"];
    /// The heads of the log were signed.
    StoreSealed = "store.sealed" v 1, words [];
    /// A damaged store was salvaged.
    StoreSalvaged = "store.salvaged" v 1, words [];
}

impl Fact {
    /// Whether it folds into the incident's state one by one; notes and facts about the store do not, and a
    /// correction needs all facts folded again.
    pub const fn changes_state(&self) -> bool {
        match self {
            // Of most messages nothing is to be said but that they arrived.
            Self::MessageDelivered(delivered) => delivered.about.is_some() && delivered.attempt > 1,
            Self::MessageFailed(failed) => failed.about.is_some(),
            Self::NoteAdded(_)
            | Self::ReportImported(_)
            | Self::ChatImported(_)
            | Self::MessageQueued(_)
            | Self::AnswerAdded(_)
            | Self::PeopleBriefed(_)
            | Self::ContactAdded(_)
            | Self::ContactVerified(_)
            | Self::ContactRemoved(_)
            | Self::EntryAmended(_)
            | Self::EntryRedacted(_)
            | Self::EvidenceAdded(_)
            | Self::EvidenceTransferred(_)
            | Self::CommandStarted(_)
            | Self::CommandRun(_)
            | Self::OriginStarted(_)
            | Self::StoreSealed(_)
            | Self::StoreSalvaged(_)
            | Self::InboxKept(_)
            | Self::InboxFiled(_)
            | Self::InboxDiscarded(_)
            | Self::Unknown(_) => false,
            _ => true,
        }
    }
}

fn split(value: Value, word_fields: &[&str]) -> Encoded {
    let Value::Object(all) = value else { return Encoded { facts: b"{}".to_vec(), words: None } };
    let (words, facts): (Map<_, _>, Map<_, _>) = all
        .into_iter()
        .filter(|(_, value)| !is_absent(value))
        .partition(|(field, _)| word_fields.contains(&field.as_str()));
    let bytes = |map: &Map<String, Value>| serde_json::to_vec(map).unwrap_or_default();
    Encoded { facts: bytes(&facts), words: (!words.is_empty()).then(|| bytes(&words)) }
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The facts and the words of a stored body, in one object.
pub fn join(facts: &[u8], words: Option<&[u8]>) -> Map<String, Value> {
    let mut data: Map<String, Value> = serde_json::from_slice(facts).unwrap_or_default();
    if let Some(words) = words.and_then(|words| serde_json::from_slice::<Map<String, Value>>(words).ok()) {
        data.extend(words);
    }
    data
}

#[cfg(test)]
mod tests;
