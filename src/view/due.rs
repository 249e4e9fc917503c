//! Deadlines across incidents, and those of the store: contacts and playbooks to be checked (A7, E12).

use crate::incident::clock::{Clock, ClockKind};
use crate::incident::id::SubjectId;
use crate::incident::severity::Severity;
use crate::incident::time::Timestamp;
use crate::store::{Reader, Running, StoreError, Watch};

/// A deadline, and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The deadline.
    pub clock: Clock,
    /// The incident; the store itself where there is none.
    pub incident: Option<Owner>,
    /// When it was met.
    pub met_at: Option<Timestamp>,
}

/// The incident of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Its id.
    pub id: SubjectId,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists.
    pub restricted: bool,
}

/// What is overdue and next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Overdue ones first, the worst first, then the next.
    pub deadlines: Vec<Deadline>,
    /// How many of those asked for were left out.
    pub more: usize,
    /// How many are due later than asked for.
    pub later: usize,
}

impl Due {
    /// Gathers what is asked for; `own` are deadlines of the store itself.
    pub fn gather(reader: &Reader<'_>, watch: &Watch, own: Vec<Clock>, now: Timestamp) -> Result<Self, StoreError> {
        let running = reader.clocks(watch, now)?;
        let mut more = reader.count_clocks(watch)?.saturating_sub(running.len());
        let mut deadlines: Vec<Deadline> = running.into_iter().map(Deadline::from).collect();
        let in_time = |clock: &Clock| watch.until.is_none_or(|until| clock.due_at <= until);
        let fits = |clock: &Clock| {
            let owner = watch.owner.as_ref().is_none_or(|owner| clock.owner.as_ref() == Some(owner));
            watch.incident.is_none() && owner && watch.kind.is_none_or(|kind| kind == clock.kind)
        };
        let (own, later): (Vec<Clock>, Vec<Clock>) = own.into_iter().filter(|clock| fits(clock)).partition(in_time);
        deadlines.extend(own.into_iter().map(|clock| Deadline { clock, incident: None, met_at: None }));
        // What an incident owes comes before what the store owes, of what is overdue.
        deadlines.sort_by_key(|one| {
            let overdue = one.clock.due_at < now;
            let severity = one.incident.as_ref().map(|incident| incident.severity);
            (!overdue, if overdue { Some(severity.unwrap_or(Severity::Sev4)) } else { None }, one.clock.due_at)
        });
        let later = later.len() + if watch.until.is_some() { reader.later_clocks(watch)? } else { 0 };
        let most = watch.limit.unwrap_or(usize::MAX);
        more += deadlines.len().saturating_sub(most);
        deadlines.truncate(most);
        Ok(Self { deadlines, more, later })
    }

    /// Whether something is overdue.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.deadlines.iter().any(|deadline| deadline.met_at.is_none() && deadline.clock.due_at < now)
    }
}

impl From<Running> for Deadline {
    fn from(running: Running) -> Self {
        let Running { clock, incident, number, title, severity, drill, restricted } = running;
        Self { clock, incident: Some(Owner { id: incident, number, title, severity, drill, restricted }), met_at: None }
    }
}

/// The deadlines of contacts that are to be checked (A7).
pub fn contact_clocks(reader: &Reader<'_>) -> Result<Vec<Clock>, StoreError> {
    let clock = |contact: crate::store::Contact| {
        let due_at = contact.due_at()?;
        Some(Clock {
            name: format!("contact:{}", contact.name),
            kind: ClockKind::Contact,
            owner: None,
            role: None,
            started_at: contact.verified_at,
            warn_at: None,
            due_at,
        })
    };
    Ok(reader.contacts()?.into_iter().filter_map(clock).collect())
}
