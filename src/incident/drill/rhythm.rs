//! How often exercises are held, and when the next one is due (A5).

use crate::incident::clock::{Clock, ClockKind};
use crate::incident::slug::DrillKind;
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::parse_span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How often exercises are to be held.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drills {
    /// How often an exercise.
    #[serde(default)]
    pub exercise: Option<String>,
    /// How often a drill.
    #[serde(default)]
    pub drill: Option<String>,
    /// The teams that are drilled: each has deadlines of its own, from the first day on.
    #[serde(default)]
    pub teams: Vec<String>,
    /// Whether nobody is to be reminded.
    #[serde(default)]
    pub quiet: bool,
}

/// An exercise that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What kind.
    pub kind: DrillKind,
    /// The team.
    pub team: Option<String>,
    /// When it began.
    pub at: Timestamp,
    /// When the next one is due, as the policy stood then.
    pub next_due_at: Option<Timestamp>,
}

impl Drills {
    /// Nothing is asked for.
    pub const fn none() -> Self {
        Self { exercise: None, drill: None, teams: Vec::new(), quiet: false }
    }

    /// How often this kind is to be held.
    pub fn every(&self, kind: DrillKind) -> Option<Span> {
        let written = match kind {
            DrillKind::Exercise => &self.exercise,
            DrillKind::Drill => &self.drill,
        };
        parse_span(written.as_deref()?).ok()
    }

    /// When which exercise is due: after the last one of its kind and team, for a team of the policy that never held
    /// one after `begun`, the store's first day.
    pub fn clocks(&self, held: &[Held], begun: Option<Timestamp>) -> Vec<Clock> {
        if self.quiet {
            return Vec::new();
        }
        let mut clocks: Vec<Clock> = Vec::new();
        for one in held {
            let later = |other: &Held| other.kind == one.kind && other.team == one.team && other.at > one.at;
            let name = name(one.kind, one.team.as_deref());
            if held.iter().any(later) || clocks.iter().any(|clock| clock.name == name) {
                continue;
            }
            clocks.extend(one.next_due_at.map(|due_at| clock(name, one.team.clone(), one.at, due_at)));
        }
        for (team, kind) in self.teams.iter().flat_map(|team| DrillKind::ALL.iter().map(move |kind| (team, *kind))) {
            let known = held.iter().any(|one| one.kind == kind && one.team.as_ref() == Some(team));
            if let (false, Some(begun), Some(every)) = (known, begun, self.every(kind)) {
                clocks.push(clock(name(kind, Some(team)), Some(team.clone()), begun, begun.plus(every)));
            }
        }
        clocks.sort_by(|left, right| (left.due_at, &left.name).cmp(&(right.due_at, &right.name)));
        clocks
    }
}

fn name(kind: DrillKind, team: Option<&str>) -> String {
    team.map_or_else(|| format!("drill:{kind}"), |team| format!("drill:{kind}:{team}"))
}

fn clock(name: String, owner: Option<String>, started_at: Timestamp, due_at: Timestamp) -> Clock {
    Clock { name, kind: ClockKind::Drill, owner, role: None, started_at, warn_at: None, due_at }
}
