//! Documents about exercises (A5).

use crate::incident::drill::{Play, Scenario, Turn};
use crate::incident::slug::{Deed, DrillKind, Mark};
use crate::incident::time::{Span, Timestamp};
use crate::view::{DrillReport, Trend};
use schemars::JsonSchema;
use serde::Serialize;

/// `drill list --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DrillListDoc {
    /// The document's version.
    pub schema: u32,
    /// The scenarios.
    pub scenarios: Vec<ScenarioDoc>,
}

/// A scenario that can be played.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ScenarioDoc {
    /// Whether it is the organisation's own.
    pub own: bool,
    /// The scenario.
    pub scenario: Scenario,
}

/// `drill run --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DrillRunDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// What is played.
    pub scenario: String,
    /// When it began.
    pub started_at: String,
    /// When it ends at the latest.
    pub ends_at: String,
    /// How much faster the scenario's time runs.
    pub speed: u32,
    /// Whether nothing more happens.
    pub over: bool,
    /// What happened during this command.
    pub injected: Vec<InjectedDoc>,
    /// What comes next by itself.
    pub next: Option<NextDoc>,
    /// What waits for a deed.
    pub waiting: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InjectedDoc {
    /// Its id in the scenario.
    pub id: String,
    /// When the team was told.
    pub at: String,
    /// What the team was told.
    pub text: String,
}

/// Something that comes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NextDoc {
    /// Its id in the scenario.
    pub id: String,
    /// When.
    pub at: String,
}

/// `drill grade --json`. Seconds are the scenario's.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DrillGradeDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// What was played.
    pub scenario: String,
    /// Its version.
    pub version: u32,
    /// The team.
    pub team: Option<String>,
    /// Whether nothing more happens in it.
    pub over: bool,
    /// Whether this command recorded the grade.
    pub recorded: bool,
    /// The team's score, of 100.
    pub score: u32,
    /// Each criterion.
    pub results: Vec<ResultDoc>,
    /// Each role's holders.
    pub people: Vec<PersonDoc>,
}

/// How a criterion was met.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultDoc {
    /// Its id in the scenario.
    pub criterion: String,
    /// What was to be done.
    pub deed: Deed,
    /// How soon.
    pub target_seconds: i64,
    /// How long it took; of a cadence, the longest silence.
    pub actual_seconds: Option<i64>,
    /// How well that is.
    pub mark: Mark,
    /// How much it counts.
    pub weight: u32,
    /// The role that it grades.
    pub role: Option<String>,
    /// Who carried that role then.
    pub holders: Vec<String>,
}

/// How somebody did in a role.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PersonDoc {
    /// Who; `null` where nobody carried the role.
    pub person: Option<String>,
    /// The role.
    pub role: String,
    /// Of 100.
    pub score: u32,
}

/// `drill history --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DrillHistoryDoc {
    /// The document's version.
    pub schema: u32,
    /// The teams.
    pub teams: Vec<TrendDoc>,
}

/// How a team does.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrendDoc {
    /// The team; `null` for exercises that were held without one.
    pub team: Option<String>,
    /// Its exercises, the first one first.
    pub drills: Vec<HeldDrillDoc>,
}

/// An exercise that was held.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeldDrillDoc {
    /// The incident's number.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// When it began.
    pub at: String,
    /// Weekly exercise or monthly drill.
    pub kind: DrillKind,
    /// What was played.
    pub scenario: String,
    /// The team's score, of 100; `null` where it wasn't graded.
    pub score: Option<u32>,
    /// When the next one of its kind was due then.
    pub next_due_at: Option<String>,
}

const fn seconds(span: Span) -> i64 {
    span.millis() / 1000
}

impl DrillRunDoc {
    /// How an exercise stands.
    pub fn new(number: u32, play: &Play, over: bool) -> Self {
        Self {
            schema: super::SCHEMA,
            incident: number,
            scenario: play.started.scenario.clone(),
            started_at: play.at.to_string(),
            ends_at: play.ends_at().to_string(),
            speed: play.started.speed,
            over,
            injected: Vec::new(),
            next: None,
            waiting: Vec::new(),
        }
    }
}

impl NextDoc {
    /// What comes.
    pub fn new(turn: &Turn) -> Self {
        Self { id: turn.inject.id.clone(), at: turn.at.to_string() }
    }
}

impl InjectedDoc {
    /// What happened.
    pub fn new(id: &str, at: Timestamp, text: &str) -> Self {
        Self { id: id.to_owned(), at: at.to_string(), text: text.to_owned() }
    }
}

impl DrillGradeDoc {
    /// A grade.
    pub fn new(report: &DrillReport, recorded: bool) -> Self {
        let (grading, started) = (&report.grading, &report.play.started);
        let results = grading.criteria.iter().zip(&grading.graded.results).map(|(criterion, result)| ResultDoc {
            criterion: criterion.id.clone(),
            deed: criterion.deed,
            target_seconds: seconds(result.within),
            actual_seconds: result.actual.map(seconds),
            mark: result.mark,
            weight: criterion.weight,
            role: result.role.clone(),
            holders: result.holders.clone(),
        });
        let people = grading.graded.people.iter().map(|one| PersonDoc {
            person: one.person.clone(),
            role: one.role.clone(),
            score: one.score,
        });
        Self {
            schema: super::SCHEMA,
            incident: report.incident.number,
            scenario: started.scenario.clone(),
            version: started.version,
            team: started.team.clone(),
            over: report.over,
            recorded,
            score: grading.graded.score,
            results: results.collect(),
            people: people.collect(),
        }
    }
}

impl DrillHistoryDoc {
    /// How teams do.
    pub fn new(trends: &[Trend]) -> Self {
        let held = |row: &crate::view::DrillRow| HeldDrillDoc {
            reference: row.number,
            at: row.held.at.to_string(),
            kind: row.held.kind,
            scenario: row.scenario.clone(),
            score: row.score,
            next_due_at: row.held.next_due_at.map(|at| at.to_string()),
        };
        let team =
            |trend: &Trend| TrendDoc { team: trend.team.clone(), drills: trend.drills.iter().map(held).collect() };
        Self { schema: super::SCHEMA, teams: trends.iter().map(team).collect() }
    }
}
