//! What people ask for, one struct a verb: data that can be kept and run later.

mod declare;
mod drill;
mod lifecycle;
mod people;
mod promise;
mod record;
mod remedy;
mod writing;

pub use super::slug::{Bridge, CancelCause, CommandMode, Customers, LinkKind, NoteKind};

pub use declare::{Called, Declare, Deescalate, Escalate};
pub use drill::{GradeDrill, InjectDrill, StartDrill};
pub use lifecycle::{Cancel, Close, FilePostmortem, Fix, Identify, Mitigate, Reopen, Resolve, Watch};
pub use people::{AssignRole, UnassignRole};
pub use promise::{
    Ack, AddAnswer, AddFollowUp, AnswerHandoff, Brief, Delivery, EndFollowUp, MeasureImpact, MeasureReach,
    OfferHandoff, SettleDuty, StartDuty, Tick, Update,
};
pub use record::{AddEvidence, Amend, ReceiveAlerts, Run, StartRun, TransferEvidence};
pub use remedy::{AddAction, AddCause, CompleteAction, DropAction, RemoveCause, SetAction, SupportCause, VerifyAction};
pub use writing::{ApprovePostmortem, Seen, Write, WriteSection};

use super::slug::Conveyance;
use super::when::When;
use serde::{Deserialize, Serialize};

/// A request, whose outcome the rules decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Open an incident.
    Declare(Declare),
    /// Raise the severity, call people in.
    Escalate(Escalate),
    /// Lower the severity.
    Deescalate(Deescalate),
    /// Give a role to somebody.
    AssignRole(AssignRole),
    /// Take a role from somebody.
    UnassignRole(UnassignRole),
    /// Write something down.
    Note(Note),
    /// Tick a step, leave it out, or take that back.
    Check(Check),
    /// Make up a task on the spot.
    AddStep(AddStep),
    /// Say what is broken.
    Identify(Identify),
    /// Say what holds until the permanent fix.
    Mitigate(Mitigate),
    /// Say what the permanent fix is.
    Fix(Fix),
    /// Watch whether it holds.
    Monitor,
    /// Watch whether it holds, with words about it.
    Watch(Watch),
    /// Say that service is restored.
    Resolve(Resolve),
    /// Say that nothing is left to do.
    Close(Close),
    /// Go back to work on it.
    Reopen(Reopen),
    /// Say that it was no incident of its own.
    Cancel(Cancel),
    /// Change what was said at declare.
    Set(Set),
    /// Add a place to join or to look.
    Link(Link),
    /// Correct an entry.
    Amend(Amend),
    /// Secure evidence.
    AddEvidence(AddEvidence),
    /// Say who has evidence from now on.
    TransferEvidence(TransferEvidence),
    /// Note what monitoring tools say.
    Alert(ReceiveAlerts),
    /// Write down that a command was run.
    Run(Run),
    /// Write down that a command is about to run.
    StartRun(StartRun),
    /// Answer a call.
    Ack(Ack),
    /// Say something to stakeholders.
    Update(Update),
    /// Write down what to answer.
    AddAnswer(AddAnswer),
    /// Say who was told what to say.
    Brief(Brief),
    /// Promise somebody news.
    AddFollowUp(AddFollowUp),
    /// Say that somebody has the news.
    EndFollowUp(EndFollowUp),
    /// Count how many a channel reached.
    MeasureReach(MeasureReach),
    /// Measure the impact.
    MeasureImpact(MeasureImpact),
    /// Let a legal duty run.
    StartDuty(StartDuty),
    /// Say that a notice was given, or why none is.
    SettleDuty(SettleDuty),
    /// Offer to hand roles over.
    OfferHandoff(OfferHandoff),
    /// Answer an offer to take over.
    AnswerHandoff(AnswerHandoff),
    /// Add a link to the chain of causes.
    AddCause(AddCause),
    /// Say what shows a cause.
    SupportCause(SupportCause),
    /// Take a link out of the chain.
    RemoveCause(RemoveCause),
    /// Agree on a measure of prevention.
    AddAction(AddAction),
    /// Change who does it, by when, how urgent it is, or against which cause.
    SetAction(SetAction),
    /// Say that it was carried out.
    CompleteAction(CompleteAction),
    /// Say whether it works.
    VerifyAction(VerifyAction),
    /// Give it up.
    DropAction(DropAction),
    /// What the clock brings about.
    Tick(Tick),
    /// Take back one's own last command.
    Undo,
    /// Say where the finished postmortem is.
    FilePostmortem(FilePostmortem),
    /// Begin an exercise.
    StartDrill(StartDrill),
    /// Let something happen in an exercise.
    InjectDrill(InjectDrill),
    /// Keep the grade of an exercise.
    GradeDrill(GradeDrill),
    /// Write sections of the postmortem.
    Write(Write),
    /// Give the postmortem to be reviewed.
    SubmitPostmortem,
    /// Approve the postmortem.
    ApprovePostmortem(ApprovePostmortem),
}

impl Command {
    /// The verb that people type for it.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Declare(_) => "declare",
            Self::StartDrill(_) | Self::InjectDrill(_) => "drill run",
            Self::GradeDrill(_) => "drill grade",
            Self::Escalate(_) => "escalate",
            Self::Deescalate(_) => "deescalate",
            Self::AssignRole(_) => "assign-role",
            Self::UnassignRole(_) => "unassign-role",
            Self::Note(_) => "note",
            Self::Check(_) => "check",
            Self::AddStep(_) => "checklist add",
            Self::Identify(_) => "identify",
            Self::Mitigate(_) => "mitigate",
            Self::Fix(_) => "fix",
            Self::Monitor | Self::Watch(_) => "monitor",
            Self::Resolve(_) => "resolve",
            Self::Close(_) => "close",
            Self::Reopen(_) => "reopen",
            Self::Cancel(_) => "cancel",
            Self::Set(_) => "set",
            Self::Link(_) => "link add",
            Self::Amend(_) => "amend",
            Self::AddEvidence(_) => "evidence add",
            Self::TransferEvidence(_) => "evidence transfer",
            Self::StartRun(_) | Self::Run(_) => "run",
            Self::Alert(_) => "declare --from",
            Self::Ack(_) => "ack",
            Self::Update(_) => "update",
            Self::AddAnswer(_) => "brief --faq",
            Self::Brief(_) => "brief --briefed",
            Self::AddFollowUp(_) => "followup add",
            Self::EndFollowUp(_) => "followup done",
            Self::MeasureReach(_) => "reach",
            Self::MeasureImpact(_) => "impact",
            Self::StartDuty(_) => "legal start",
            Self::SettleDuty(settle) => {
                if settle.waive {
                    "legal waive"
                } else {
                    "legal notify"
                }
            }
            Self::OfferHandoff(_) => "handoff",
            Self::AnswerHandoff(_) => "handoff --accept",
            Self::AddCause(_) => "cause add",
            Self::SupportCause(_) => "cause support",
            Self::RemoveCause(_) => "cause remove",
            Self::AddAction(_) => "action add",
            Self::SetAction(_) => "action set",
            Self::CompleteAction(_) => "action done",
            Self::VerifyAction(_) => "action verify",
            Self::DropAction(_) => "action drop",
            Self::Tick(_) => "tick",
            Self::Undo => "undo",
            Self::FilePostmortem(_) => "postmortem",
            Self::Write(_) => "postmortem set",
            Self::SubmitPostmortem => "postmortem submit",
            Self::ApprovePostmortem(_) => "postmortem approve",
        }
    }

    /// Whether it makes something leave the house: that happens when it runs, whenever it was typed.
    pub fn reaches_out(&self) -> bool {
        match self {
            Self::Update(update) => update.how == Some(Conveyance::Sent),
            Self::Escalate(escalate) => escalate.called.iter().any(|called| called.channel.is_some()),
            _ => false,
        }
    }

    /// The words in it that a person typed and would miss; `None` when there are none.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Note(note) => Some(note.text.clone()),
            Self::Check(check) => check.result.clone().or_else(|| check.skip.clone()),
            Self::AddStep(step) => Some(step.text.clone()),
            Self::Identify(identify) => identify.cause.clone(),
            Self::Mitigate(mitigate) => Some(mitigate.workaround.clone()),
            Self::Fix(fix) => Some(fix.text.clone()),
            Self::Watch(watch) => Some(watch.text.clone()),
            Self::Resolve(resolve) => resolve.summary.clone().or_else(|| resolve.cause.clone()),
            Self::Link(link) => Some(link.target.clone()),
            Self::Escalate(escalate) => escalate.reason.clone(),
            Self::AssignRole(assign) => {
                let words = [&assign.handover, &assign.duty, &assign.scope];
                words.into_iter().find_map(Clone::clone)
            }
            Self::Set(set) => set.summary.clone().or_else(|| set.title.clone()),
            Self::Cancel(cancel) => Some(cancel.reason.clone()),
            Self::Reopen(reopen) => Some(reopen.reason.clone()),
            Self::Deescalate(lower) => Some(lower.reason.clone()),
            Self::Close(close) => close.reason.clone(),
            Self::Amend(amend) => amend.text.clone(),
            Self::AddEvidence(add) => Some(add.note.clone().unwrap_or_else(|| add.name.clone())),
            Self::TransferEvidence(transfer) => Some(transfer.reason.clone()),
            Self::StartRun(run) => Some(run.line.clone()),
            Self::Run(run) => Some(run.line.clone()),
            Self::Alert(receive) => receive.alerts.first().map(|alert| alert.title.clone()),
            Self::Ack(ack) => ack.text.clone(),
            Self::Update(update) => update.text.clone(),
            Self::AddAnswer(add) => Some(add.answer.clone()),
            Self::AddFollowUp(add) => Some(add.text.clone().unwrap_or_else(|| add.who.clone())),
            Self::EndFollowUp(end) => end.result.clone(),
            Self::MeasureImpact(impact) => impact.text.clone(),
            Self::SettleDuty(settle) => settle.text.clone(),
            Self::OfferHandoff(offer) => offer.brief.clone(),
            Self::AnswerHandoff(answer) => answer.reason.clone(),
            Self::AddCause(add) => Some(add.text.clone()),
            Self::RemoveCause(remove) => remove.reason.clone(),
            Self::AddAction(add) => Some(add.text.clone()),
            Self::CompleteAction(done) => done.result.clone(),
            Self::VerifyAction(verify) => Some(verify.text.clone()),
            Self::DropAction(drop) => Some(drop.reason.clone()),
            Self::Write(write) => write.sections.first().map(|one| one.text.clone()),
            Self::ApprovePostmortem(approve) => approve.reason.clone(),
            _ => None,
        }
    }

    /// The entry that it is about, as typed, where that alone says which incident is meant.
    pub fn about(&self) -> Option<&str> {
        match self {
            Self::SupportCause(support) => Some(&support.cause),
            Self::RemoveCause(remove) => Some(&remove.cause),
            Self::SetAction(set) => Some(&set.action),
            Self::CompleteAction(done) => Some(&done.action),
            Self::VerifyAction(verify) => Some(&verify.action),
            Self::DropAction(drop) => Some(&drop.action),
            _ => None,
        }
    }
}

/// Writes something down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub text: String,
    /// What kind of remark it is.
    pub kind: NoteKind,
    /// Whether it is kept in sight.
    pub pin: bool,
    /// The bridge on which it was said.
    pub bridge: Option<Bridge>,
    /// The hypothesis that it confirms, as typed.
    pub confirms: Option<String>,
    /// The hypothesis that it refutes, as typed.
    pub refutes: Option<String>,
}

/// What to do with a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The step, by slug or number.
    pub step: String,
    /// Further steps, of which the same holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// Whether it is left out, and why.
    pub skip: Option<String>,
    /// Whether its tick is taken back.
    pub undo: bool,
    /// What came of it.
    pub result: Option<String>,
}

/// Makes up a task on the spot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddStep {
    /// What is to be done.
    pub text: String,
    /// A person, or a role by any of its names.
    pub owner: Option<String>,
    /// How long it may take, in milliseconds from when it is made.
    pub due: Option<super::time::Span>,
}

/// Changes what was said at declare.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Set {
    /// The title.
    pub title: Option<String>,
    /// The title for people outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_title: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The category, by any of its names.
    pub category: Option<String>,
    /// One customer or many.
    pub customers: Option<Customers>,
    /// When it began.
    pub started_at: Option<When>,
    /// When it was noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at: Option<When>,
    /// Services that it hits too.
    pub add_services: Vec<String>,
    /// Services that it doesn't hit after all.
    pub remove_services: Vec<String>,
    /// Whether it becomes restricted.
    pub restricted: bool,
}

/// Adds a place to join or to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What kind of place it is.
    pub kind: LinkKind,
    /// Its address, or words that lead there.
    pub target: String,
}
