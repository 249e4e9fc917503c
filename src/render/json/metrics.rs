//! METRICS: the figures of many incidents.

use crate::incident::command::CancelCause;
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::render::metrics::shares;
use crate::view::metrics::{Again, BOUNDS, By, Group, GroupKey, Measure, Metrics, Of};
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of many incidents.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MetricsDoc {
    /// The version of this document.
    pub schema: u32,
    /// Incidents declared from then on; the beginning where there is none.
    pub since: Option<String>,
    /// Incidents declared before then.
    pub until: String,
    /// What is counted: `real`, `drills` or `near-misses`.
    pub of: &'static str,
    /// How many incidents are counted.
    pub incidents: usize,
    /// Incidents of the period that are not counted.
    pub left_out: LeftOutDoc,
    /// How long things took, over all of them.
    pub measures: Vec<MeasureDoc>,
    /// The upper bounds of the parts of each `distribution`, in seconds; its last part holds what is longer.
    pub distribution_bounds: Vec<i64>,
    /// Shares of a whole.
    pub shares: Vec<ShareDoc>,
    /// Category and service that came back, the most frequent first.
    pub places_again: Vec<AgainDoc>,
    /// Words of cause that came back, the most frequent first.
    pub causes_again: Vec<AgainDoc>,
    /// Near misses of the period; null where only drills or near misses are asked for.
    pub near_misses: Option<NearMissesDoc>,
    /// How incidents are parted.
    pub by: Option<&'static str>,
    /// How long things took, part by part.
    pub groups: Vec<GroupDoc>,
}

/// Incidents of the period that are not counted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LeftOutDoc {
    /// Real ones, where others are asked for.
    pub real: usize,
    /// Exercises.
    pub drills: usize,
    /// Near misses.
    pub near_misses: usize,
    /// Cancelled ones, by what they turned out to be.
    pub cancelled: Vec<CountDoc>,
}

/// A count under a name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CountDoc {
    /// The name; null where there is none.
    pub name: Option<String>,
    /// How many.
    pub count: usize,
}

/// A time that was measured over many incidents; lengths in seconds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MeasureDoc {
    /// `detect`, `acknowledge`, `mitigate`, `resolve` or `outage`.
    pub measure: &'static str,
    /// What is subtracted from `until`.
    pub from: &'static str,
    /// What it ends with.
    pub until: &'static str,
    /// How many incidents have such a time.
    pub n: usize,
    /// How many have none, and why.
    pub left_out: Vec<CountDoc>,
    /// The shortest.
    pub least_seconds: Option<i64>,
    /// The middle one, by nearest rank.
    pub median_seconds: Option<i64>,
    /// The ninetieth percentile, by nearest rank; null of fewer than five.
    pub p90_seconds: Option<i64>,
    /// The longest.
    pub most_seconds: Option<i64>,
    /// How many lie in each part.
    pub distribution: Vec<usize>,
}

/// A share of a whole.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShareDoc {
    /// Which one.
    pub share: &'static str,
    /// What is divided by what.
    pub formula: String,
    /// In percent; null of nothing.
    pub percent: Option<f64>,
    /// How many things it is of.
    pub n: usize,
    /// The part and the whole, and what is left out, in words.
    pub detail: String,
}

/// Something that came back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AgainDoc {
    /// Category and service, or the words of the cause.
    pub what: Vec<String>,
    /// In how many incidents.
    pub count: usize,
    /// The first of them.
    pub incidents: Vec<u32>,
}

/// Near misses (D1).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NearMissesDoc {
    /// How many.
    pub count: usize,
    /// Of which severity.
    pub severities: Vec<CountDoc>,
    /// The most frequent categories.
    pub categories: Vec<CountDoc>,
}

/// A part.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GroupDoc {
    /// What its incidents share: a slug, a name, `2026-11`, or the weekday from 1, Monday; null for none.
    pub group: Option<String>,
    /// How many there are.
    pub incidents: usize,
    /// How long things took.
    pub measures: Vec<MeasureDoc>,
}

impl MetricsDoc {
    /// The document of figures.
    pub fn new(metrics: &Metrics, lang: Lang) -> Self {
        let asked = &metrics.asked;
        let named = |name: Option<String>, count: usize| CountDoc { name, count };
        let ending = |because: Option<CancelCause>| because.map(|because| because.as_str().to_owned());
        let near = &metrics.near_misses;
        Self {
            schema: super::SCHEMA,
            since: asked.since.map(|at| at.to_string()),
            until: asked.until.to_string(),
            of: match asked.of {
                Of::Real => "real",
                Of::Drills => "drills",
                Of::NearMisses => "near-misses",
            },
            incidents: metrics.counted,
            left_out: LeftOutDoc {
                real: metrics.left_out.real,
                drills: metrics.left_out.drills,
                near_misses: metrics.left_out.near_misses,
                cancelled: metrics.left_out.cancelled.iter().map(|(why, n)| named(ending(*why), *n)).collect(),
            },
            measures: metrics.measures.iter().map(MeasureDoc::from).collect(),
            distribution_bounds: BOUNDS.iter().map(|minutes| minutes * 60).collect(),
            shares: shares(metrics, lang)
                .into_iter()
                .map(|share| ShareDoc {
                    share: share.slug,
                    percent: share.permille.map(|permille| f64::from(permille) / 10.0),
                    n: share.n,
                    detail: if share.note.is_empty() { share.of } else { format!("{}; {}", share.of, share.note) },
                    formula: share.formula,
                })
                .collect(),
            places_again: metrics.recurrence.places.iter().map(AgainDoc::from).collect(),
            causes_again: metrics.recurrence.causes.iter().map(AgainDoc::from).collect(),
            near_misses: (asked.of == Of::Real).then(|| NearMissesDoc {
                count: near.count,
                severities: near.severities.iter().map(|(one, n)| named(Some(one.as_str().to_owned()), *n)).collect(),
                categories: near.categories.iter().map(|(one, n)| named(one.clone(), *n)).collect(),
            }),
            by: asked.by.map(By::as_str),
            groups: metrics.groups.iter().map(GroupDoc::from).collect(),
        }
    }
}

impl From<&Measure> for MeasureDoc {
    fn from(measure: &Measure) -> Self {
        let seconds = |span: Option<Span>| span.map(|span| span.millis() / 1000);
        let (from, until) = measure.kind.between();
        let spread = &measure.spread;
        Self {
            measure: measure.kind.as_str(),
            from,
            until,
            n: spread.n,
            left_out: measure
                .left_out
                .iter()
                .map(|(why, count)| CountDoc { name: Some(why.as_str().to_owned()), count: *count })
                .collect(),
            least_seconds: seconds(spread.least),
            median_seconds: seconds(spread.median),
            p90_seconds: seconds(spread.p90),
            most_seconds: seconds(spread.most),
            distribution: spread.bins.to_vec(),
        }
    }
}

impl From<&Again> for AgainDoc {
    fn from(again: &Again) -> Self {
        Self { what: again.what.clone(), count: again.count, incidents: again.numbers.clone() }
    }
}

impl From<&Group> for GroupDoc {
    fn from(group: &Group) -> Self {
        let key = match &group.key {
            GroupKey::Severity(severity) => Some(severity.as_str().to_owned()),
            GroupKey::Named(name) => name.clone(),
            GroupKey::Month(year, month) => Some(format!("{year:04}-{month:02}")),
            GroupKey::Weekday(day) => Some(day.to_string()),
        };
        Self { group: key, incidents: group.counted, measures: group.measures.iter().map(MeasureDoc::from).collect() }
    }
}
