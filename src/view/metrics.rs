//! A look back over many incidents: how long things took, what was kept in time, what came back (D6, E10).
//!
//! Every figure says of how many incidents it is, and how many were left out and why. There is no mean: a few long
//! incidents would make it say what happened in none of them.

mod gather;
mod group;
mod measure;
mod recurrence;
mod statistics;

pub use group::{By, Calendar, Group, GroupKey};
pub use measure::{Absence, Measure, MeasureKind};
pub use recurrence::{Again, Recurrence};
pub use statistics::{BINS, BOUNDS, FEWEST, Spread, nearest_rank};

use crate::incident::command::CancelCause;
use crate::incident::severity::Severity;
use crate::incident::time::Timestamp;

/// Which incidents are counted; each kind is never counted with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Incidents that were real.
    Real,
    /// Exercises (A5).
    Drills,
    /// Those that customers did not notice (D1).
    NearMisses,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Those declared from then on.
    pub since: Option<Timestamp>,
    /// Those declared before then.
    pub until: Timestamp,
    /// How to part them.
    pub by: Option<By>,
    /// Which kind.
    pub of: Of,
    /// Restricted ones too.
    pub restricted: bool,
}

/// The figures of many incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// What was asked.
    pub asked: Asked,
    /// How many incidents are counted.
    pub counted: usize,
    /// Those of the period that are not.
    pub left_out: LeftOut,
    /// How long things took.
    pub measures: Vec<Measure>,
    /// Updates to stakeholders (A6).
    pub updates: Updates,
    /// How far roles were held (C1).
    pub coverage: Coverage,
    /// Measures of prevention (E10).
    pub actions: Actions,
    /// Those that were taken for resolved and were not.
    pub reopened: Reopened,
    /// What came back.
    pub recurrence: Recurrence,
    /// Near misses of the same period, where real incidents are asked for.
    pub near_misses: NearMisses,
    /// The same times part by part.
    pub groups: Vec<Group>,
}

/// Incidents of the period that are not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Real ones, where another kind is asked for.
    pub real: usize,
    /// Exercises.
    pub drills: usize,
    /// Near misses.
    pub near_misses: usize,
    /// Cancelled ones of the kind asked for, by what they turned out to be.
    pub cancelled: Vec<(Option<CancelCause>, usize)>,
    /// Those declared before the period; counted only where the period has none.
    pub earlier: usize,
}

/// Updates to stakeholders that came due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Updates {
    /// Came in time.
    pub in_time: usize,
    /// Came late.
    pub late: usize,
    /// Never came, or are overdue now.
    pub missed: usize,
    /// Incidents for which none came due.
    pub without: usize,
}

/// How far roles were held from declaration to resolution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Incidents that are counted.
    pub incidents: usize,
    /// Incidents that are not resolved yet.
    pub unresolved: usize,
    /// Incidents that took no time, or whose clocks disagree.
    pub instant: usize,
    /// Incidents that had no roles: of another tool, or a near miss.
    pub without_roles: usize,
    /// Incidents that had an incident manager all the time.
    pub always_led: usize,
    /// The share of the time during which there was one, in permille.
    pub led: Option<u32>,
    /// Incidents whose playbook names roles.
    pub with_roles: usize,
    /// The share of the time during which such a role was held, over all of them, in permille.
    pub held: Option<u32>,
}

/// Measures of prevention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actions {
    /// Finished by their due date.
    pub in_time: usize,
    /// Finished later, or open and overdue.
    pub late: usize,
    /// Open, and not due yet.
    pub open: usize,
    /// Without a due date.
    pub undated: usize,
    /// Given up.
    pub dropped: usize,
    /// Found to work.
    pub effective: usize,
    /// Found not to work at the last look.
    pub ineffective: usize,
    /// Finished and not checked.
    pub unchecked: usize,
}

/// Incidents that were taken for resolved and were not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reopened {
    /// Incidents that were resolved at least once.
    pub resolved: usize,
    /// Those of them that were reopened.
    pub reopened: usize,
    /// How often in all.
    pub times: usize,
}

/// Near misses of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NearMisses {
    /// How many.
    pub count: usize,
    /// Of which severity they might have been.
    pub severities: Vec<(Severity, usize)>,
    /// Their categories, the most frequent first.
    pub categories: Vec<(Option<String>, usize)>,
}

/// A part of a whole in permille, rounded; none of nothing.
pub fn permille(part: u128, whole: u128) -> Option<u32> {
    let rounded = (part.saturating_mul(1000) + whole / 2).checked_div(whole)?;
    u32::try_from(rounded).ok()
}

impl Updates {
    /// How many came due.
    pub const fn due(&self) -> usize {
        self.in_time + self.late + self.missed
    }
}

impl Actions {
    /// How many were due.
    pub const fn due(&self) -> usize {
        self.in_time + self.late
    }

    /// How many were checked.
    pub const fn checked(&self) -> usize {
        self.effective + self.ineffective
    }
}
