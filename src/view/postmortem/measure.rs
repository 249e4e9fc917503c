//! How long each stretch took, from the milestones alone: nothing is inferred.

use MilestoneKind::{Declared, Detected, Identified, Mitigated, Resolved, Started};

use super::History;
use crate::incident::fact::Fact;
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};

/// A point that every incident passes, recorded or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MilestoneKind {
    /// It began.
    Started,
    /// It was noticed.
    Detected,
    /// It was declared.
    Declared,
    /// What was broken became known.
    Identified,
    /// The workaround was in place.
    Mitigated,
    /// Service was restored.
    Resolved,
}

/// When a milestone was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// Which one.
    pub kind: MilestoneKind,
    /// When; `None` when nobody recorded it.
    pub at: Option<Timestamp>,
    /// Whether that time is only approximately known.
    pub approximate: bool,
}

/// How long it was from one milestone to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Where it is measured from.
    pub from: MilestoneKind,
    /// Where it is measured to.
    pub to: MilestoneKind,
    /// The result.
    pub stretch: Stretch,
    /// Whether either end is only approximately known.
    pub approximate: bool,
}

/// The result of measuring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// So long.
    Took(Span),
    /// These ends were not recorded; none where they are, and say nothing of how long it took.
    Unknown(Vec<MilestoneKind>),
    /// The later milestone was recorded so much before the earlier one.
    OutOfOrder(Span),
}

/// The stretches between one milestone and the next.
pub const PAIRS: [(MilestoneKind, MilestoneKind); 5] =
    [(Started, Detected), (Detected, Declared), (Declared, Identified), (Identified, Mitigated), (Mitigated, Resolved)];

/// The stretches over the whole.
pub const TOTALS: [(MilestoneKind, MilestoneKind); 2] = [(Started, Resolved), (Declared, Resolved)];

/// The milestones as the incident's facts leave them: of one that came back, when each was first passed and when it
/// was last resolved.
pub(super) fn milestones(incident: &Incident, history: &History<'_>) -> Vec<Milestone> {
    let times = &incident.times;
    let milestone = |(kind, at): (MilestoneKind, Option<Timestamp>)| {
        let sets = |fact: &Fact| {
            matches!(
                (kind, fact),
                (Declared, Fact::IncidentDeclared(_))
                    | (Identified, Fact::IncidentIdentified(_))
                    | (Mitigated, Fact::IncidentMitigated(_))
                    | (Resolved, Fact::IncidentResolved(_))
            )
        };
        let set_by = history.own.iter().find(|entry| Some(entry.header.at) == at && sets(&entry.fact));
        Milestone { kind, at, approximate: set_by.is_some_and(|entry| entry.header.approximate) }
    };
    [
        (Started, times.started),
        (Detected, times.detected),
        (Declared, Some(times.declared)),
        (Identified, incident.first_identified()),
        (Mitigated, incident.first_mitigated()),
        (Resolved, times.resolved),
    ]
    .map(milestone)
    .to_vec()
}

/// The stretches between milestones, one after the other, then the totals; the calm before it came back doesn't count.
pub(super) fn measures(incident: &Incident, milestones: &[Milestone]) -> Vec<Measure> {
    let find = |kind| milestones.iter().find(|milestone| milestone.kind == kind);
    let measure = |(from, to): (MilestoneKind, MilestoneKind)| {
        let (first, second) = (find(from), find(to));
        let at = |milestone: Option<&Milestone>| milestone.and_then(|milestone| milestone.at);
        let stretch = match (at(first), at(second)) {
            // What began and ended at one instant was only told afterwards.
            (Some(first), Some(second)) if first == second && TOTALS.contains(&(from, to)) => {
                Stretch::Unknown(Vec::new())
            }
            (Some(first), Some(second)) => match (second.since(first), first.since(second)) {
                (Some(span), _) => Stretch::Took(span.without(incident.calm_within(first, second))),
                (None, before) => Stretch::OutOfOrder(before.unwrap_or(Span::from_millis(0))),
            },
            (first, second) => {
                let missing = [(from, first), (to, second)].into_iter().filter(|(_, at)| at.is_none());
                Stretch::Unknown(missing.map(|(kind, _)| kind).collect())
            }
        };
        let approximate = [first, second].into_iter().flatten().any(|milestone| milestone.approximate);
        Measure { from, to, stretch, approximate }
    };
    PAIRS.into_iter().chain(TOTALS).map(measure).collect()
}
