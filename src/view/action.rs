//! Measures of prevention across incidents, the worst first (E10).

use super::Owner;
use crate::incident::id::SubjectId;
use crate::incident::slug::Priority;
use crate::incident::state::{Action, Incident, Progress};
use crate::incident::time::Timestamp;
use crate::store::{Reader, StoreError};

/// A measure, and the incident that taught it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionItem {
    /// The measure.
    pub action: Action,
    /// Its display id, as short as it can be.
    pub short: String,
    /// The cause that it takes away, where that still stands: its display id and what it is.
    pub prevents: Option<(String, String)>,
    /// Who must keep it now: the person, or whoever carries the role.
    pub keeper: Option<String>,
    /// The incident.
    pub incident: Owner,
}

/// Which measures to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// Only those of this incident.
    pub incident: Option<SubjectId>,
    /// Finished and dropped ones too.
    pub all: bool,
    /// Only those of this person or role.
    pub owner: Option<String>,
    /// Only those past due, or past their check.
    pub overdue: bool,
    /// Exercises too.
    pub drills: bool,
    /// Restricted incidents too.
    pub restricted: bool,
}

impl ActionItem {
    /// Whether what has to happen next should have by `now`.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.action.next_at().is_some_and(|at| at < now)
    }

    /// Overdue ones first, the most urgent first; then what comes next; what is finished last.
    fn rank(&self, now: Timestamp) -> impl Ord + use<> {
        let action = &self.action;
        let finished = matches!(action.progress(), Progress::Effective | Progress::Dropped);
        let late = self.is_overdue(now);
        let urgency = (action.priority.unwrap_or(Priority::Medium), self.incident.severity);
        let at = action.next_at().map_or(i64::MAX, Timestamp::millis);
        (finished, !late, late.then_some(urgency), at, urgency, self.incident.number, action.since)
    }
}

/// The measures that are asked for.
pub fn actions(reader: &Reader<'_>, filter: &ActionFilter, now: Timestamp) -> Result<Vec<ActionItem>, StoreError> {
    let incidents = match filter.incident {
        Some(id) => reader.incident(id)?.into_iter().collect(),
        None => reader.with_actions(filter.drills, filter.restricted)?,
    };
    let mut found = Vec::new();
    for incident in &incidents {
        for (place, action) in incident.lessons.actions.iter().enumerate() {
            let item = item(reader, incident, place, action)?;
            let left = matches!(action.progress(), Progress::Open | Progress::Done);
            let owner = |owner: &String| action.owner.as_ref() == Some(owner) || item.keeper.as_ref() == Some(owner);
            let wanted = (filter.all || left)
                && filter.owner.as_ref().is_none_or(owner)
                && (!filter.overdue || item.is_overdue(now));
            found.extend(wanted.then_some(item));
        }
    }
    found.sort_by_key(|item| item.rank(now));
    Ok(found)
}

fn item(reader: &Reader<'_>, incident: &Incident, place: usize, action: &Action) -> Result<ActionItem, StoreError> {
    let prevents = action.prevents.and_then(|cause| incident.lessons.cause(cause));
    let prevents = prevents.map(|cause| Ok((reader.short(cause.id)?, cause.text.clone()))).transpose()?;
    Ok(ActionItem {
        short: reader.short(action.id)?,
        action: action.clone(),
        prevents,
        keeper: incident.action_keeper(place).0,
        incident: Owner {
            id: incident.id,
            number: incident.number,
            title: incident.title.clone(),
            severity: incident.severity,
            drill: incident.drill,
            restricted: incident.restricted,
        },
    })
}
