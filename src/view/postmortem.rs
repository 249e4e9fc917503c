//! The facts of an incident, gathered for the people who will write its postmortem (D4, E2).
//!
//! Everything comes from the log; what nobody recorded is unknown here, never guessed.

mod checklist;
mod communication;
mod measure;
mod moment;
mod outside;
mod phase;
mod plan;
mod remedy;
mod section;
#[cfg(test)]
pub(crate) mod story;
mod tenure;
#[cfg(test)]
mod tests;

pub use checklist::{ChecklistReport, Outcome, StepReport};
pub use communication::{Communication, Measured, Reached, Statement as Said};
pub use measure::{Measure, Milestone, MilestoneKind, PAIRS, Stretch, TOTALS};
pub use moment::{Judgement, Moment, Verdict, is_late};
pub use outside::Outside;
pub use phase::{Phase, Stage};
pub use plan::{Planned, PlannedWork};
pub use remedy::{FixMade, FixTiming, WorkaroundHeld};
pub use section::Section;
pub use tenure::{Tenure, Until};

use crate::incident::command::{Customers, NoteKind};
use crate::incident::fact::Fact;
use crate::incident::id::{EventId, TAG_SHORTEST};
use crate::incident::localized::Localized;
use crate::incident::playbook::RoleSpec;
use crate::incident::severity::Severity;
use crate::incident::slug::DocumentStatus;
use crate::incident::state::{Action, Approval, Cancelled, Cause, Incident, Link, Postmortem as Duty, Round, Waiting};
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::incident::writing::PostmortemRule;
use crate::store::Entry;
use std::collections::{HashMap, HashSet};

/// What the log knows about an incident that is looked back on.
#[derive(Debug, Clone, PartialEq)]
pub struct Postmortem {
    /// Its number.
    pub number: u32,
    /// What was wrong, in a few words.
    pub title: String,
    /// What people outside know it by, where somebody said so.
    pub public_title: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// How bad it was at its worst.
    pub worst: Severity,
    /// Whether it was an exercise (A5).
    pub drill: bool,
    /// Whether it is kept out of lists and reports.
    pub restricted: bool,
    /// The services that it hit.
    pub services: Vec<String>,
    /// One customer or many.
    pub customers: Option<Customers>,
    /// Its category.
    pub category: Option<String>,
    /// What happened and what ended it.
    pub summary: Option<String>,
    /// The cause, as the responders understood it.
    pub cause: Option<String>,
    /// Who or what noticed it.
    pub detected_by: Option<String>,
    /// Who declared it.
    pub declared_by: String,
    /// Why it was no incident of its own.
    pub cancelled: Option<Cancelled>,
    /// Where people joined and looked.
    pub links: Vec<Link>,
    /// The people and teams called in, in that order.
    pub called: Vec<Call>,
    /// What happened, in the order in which it happened.
    pub timeline: Vec<Moment>,
    /// How many entries were taken back and are therefore not in the timeline.
    pub undone: usize,
    /// Who held which role when, by role.
    pub tenures: Vec<Tenure>,
    /// Roles that nobody ever held; the incident manager carried their duties (C1).
    pub never_held: Vec<Localized>,
    /// What became of the steps of each playbook.
    pub checklists: Vec<ChecklistReport>,
    /// The workarounds, in order.
    pub workarounds: Vec<WorkaroundHeld>,
    /// The permanent fixes, in order.
    pub fixes: Vec<FixMade>,
    /// Every raising and lowering of the severity.
    pub severity_changes: Vec<SeverityMove>,
    /// What somebody did to a system, in the order of doing.
    pub changes: Vec<Change>,
    /// The milestones, known or not.
    pub milestones: Vec<Milestone>,
    /// How long each stretch between milestones took, then the totals.
    pub measures: Vec<Measure>,
    /// Its earlier rounds, where it came back.
    pub rounds: Vec<Round>,
    /// The stages that it passed.
    pub phases: Vec<Phase>,
    /// What stakeholders were told, whether in time, and how the impact went.
    pub communication: Communication,
    /// What had a due time, and when it was done (E11).
    pub plan: Vec<Planned>,
    /// What keeps it from closing.
    pub waiting: Vec<Waiting>,
    /// The postmortem that the policy asks for.
    pub duty: Option<Duty>,
    /// What people wrote, and what they are asked to write.
    pub sections: Vec<Section>,
    /// How far the document has come; nothing where nobody has begun.
    pub document: Option<DocumentStatus>,
    /// Its approval.
    pub approved: Option<Approval>,
    /// The cause–effect chain (E9).
    pub causes: Vec<Cause>,
    /// The measures of prevention (E10).
    pub actions: Vec<Action>,
    /// When this was gathered.
    pub made_at: Timestamp,
    roles: Vec<RoleSpec>,
    /// The display ids of entries that causes name.
    shorts: HashMap<EventId, String>,
}

/// A person or team that was called in (A8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Who.
    pub who: String,
    /// Why.
    pub reason: Option<String>,
}

/// A raising or lowering of the severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityMove {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The severity before.
    pub from: Severity,
    /// The severity after.
    pub to: Severity,
    /// Why.
    pub reason: Option<String>,
}

/// What somebody did to a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    pub approximate: bool,
    /// By whom.
    pub by: String,
    /// What.
    pub text: String,
}

impl Postmortem {
    /// Gathers the facts of `incident` from all its entries, those of its duplicates and undone ones included.
    pub fn assemble(incident: &Incident, entries: &[Entry], rule: &PostmortemRule, now: Timestamp) -> Self {
        let history = History::new(incident, entries);
        let timeline = moment::timeline(incident, &history);
        let (workarounds, fixes) = remedy::remedies(&history, now);
        let tenures = tenure::tenures(incident, &history);
        let never_held = incident.roles.iter().filter(|role| tenures.iter().all(|held| held.role != role.spec.id));
        let milestones = measure::milestones(incident, &history);
        let (checklists, communication) =
            (checklist::reports(incident, now), communication::communication(&history, now));
        let plan = plan::plan(incident, &checklists, &communication, (&workarounds, &fixes));
        Self {
            plan,
            number: incident.number,
            title: incident.title.clone(),
            public_title: incident.public_title.clone(),
            status: incident.status,
            severity: incident.severity,
            worst: incident.worst,
            drill: incident.drill,
            restricted: incident.restricted,
            services: incident.services.clone(),
            customers: incident.customers,
            category: incident.category.clone(),
            summary: incident.summary.clone(),
            cause: incident.cause.clone(),
            detected_by: incident.detected_by.clone(),
            declared_by: incident.declared_by.clone(),
            cancelled: incident.cancelled.clone(),
            links: incident.links.clone(),
            called: calls(&timeline),
            undone: history.undone,
            never_held: never_held.map(|role| role.spec.title.clone()).collect(),
            tenures,
            checklists,
            workarounds,
            fixes,
            severity_changes: severity_moves(&history),
            changes: changes(&timeline),
            measures: measure::measures(incident, &milestones),
            milestones,
            rounds: incident.rounds.over.clone(),
            phases: phase::phases(incident, &history),
            communication,
            waiting: incident.waiting_for(),
            duty: incident.postmortem.clone(),
            sections: section::sections(incident, rule),
            document: incident.writing.is_begun().then(|| incident.writing.status()),
            approved: incident.writing.approved.clone(),
            causes: incident.lessons.causes.clone(),
            actions: incident.lessons.actions.clone(),
            made_at: now,
            roles: incident.roles.iter().map(|role| role.spec.clone()).collect(),
            shorts: entries.iter().map(|entry| (entry.header.id, entry.short.clone())).collect(),
            timeline,
        }
    }

    /// The title of a role of the incident.
    pub fn role_title(&self, slug: &str) -> Option<&Localized> {
        self.roles.iter().find(|spec| spec.id == slug).map(|spec| &spec.title)
    }

    /// The display id of an entry.
    pub fn short(&self, id: EventId) -> String {
        self.shorts.get(&id).cloned().unwrap_or_else(|| id.tag().chars().take(TAG_SHORTEST).collect())
    }

    /// A section that people write.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// When a milestone was reached, if it is known.
    pub fn reached(&self, kind: MilestoneKind) -> Option<Timestamp> {
        self.milestones.iter().find(|milestone| milestone.kind == kind)?.at
    }
}

/// The entries that still count, sorted once for everybody who reads them.
struct History<'a> {
    /// The incident's own entries in the log's order: the order in which they fold.
    own: Vec<&'a Entry>,
    /// Those of its duplicates too, in the order in which they happened.
    happened: Vec<&'a Entry>,
    /// How many were taken back.
    undone: usize,
}

impl<'a> History<'a> {
    fn new(incident: &Incident, entries: &'a [Entry]) -> Self {
        let taken_back: HashSet<_> = entries
            .iter()
            .filter_map(|entry| if let Fact::EntryUndone(undone) = &entry.fact { Some(&undone.entries) } else { None })
            .flatten()
            .collect();
        let (undone, mut happened): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| taken_back.contains(&entry.header.id));
        let place = |entry: &Entry| (entry.header.hlc, entry.header.origin, entry.header.seq);
        happened.sort_by_key(|entry| (entry.header.at, place(entry)));
        let mut own: Vec<&Entry> =
            happened.iter().copied().filter(|entry| entry.header.subject == incident.id).collect();
        own.sort_by_key(|entry| place(entry));
        Self { own, happened, undone: undone.len() }
    }
}

fn calls(timeline: &[Moment]) -> Vec<Call> {
    let call = |moment: &Moment| match &moment.fact {
        Fact::PeopleCalled(called) => Some(Call {
            at: moment.at,
            by: moment.actor.clone(),
            who: called.who.clone(),
            reason: called.reason.clone(),
        }),
        _ => None,
    };
    timeline.iter().filter_map(call).collect()
}

fn changes(timeline: &[Moment]) -> Vec<Change> {
    let change = |moment: &Moment| match &moment.fact {
        Fact::NoteAdded(note) if note.note == NoteKind::Change => Some(Change {
            at: moment.at,
            approximate: moment.approximate,
            by: moment.actor.clone(),
            text: note.text.clone(),
        }),
        _ => None,
    };
    timeline.iter().filter_map(change).collect()
}

fn severity_moves(history: &History<'_>) -> Vec<SeverityMove> {
    let change = |entry: &&Entry| match &entry.fact {
        Fact::SeverityChanged(changed) => Some(SeverityMove {
            at: entry.header.at,
            by: entry.header.actor.clone(),
            from: changed.from,
            to: changed.to,
            reason: changed.reason.clone(),
        }),
        _ => None,
    };
    history.own.iter().filter_map(change).collect()
}
