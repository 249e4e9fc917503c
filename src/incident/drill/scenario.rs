//! A scenario as it stands in its file, and what of it goes into the log.

use crate::incident::command::Customers;
use crate::incident::fact::{Criterion, PlannedInject};
use crate::incident::localized::Localized;
use crate::incident::severity::Severity;
use crate::incident::slug::{Deed, DrillKind};
use crate::incident::time::Span;
use crate::incident::when::parse_span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The audience that is meant where none is named.
const CUSTOMERS: &str = "customers";

/// Something to exercise: what happens, and what is expected (A5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// Its version: higher after each change.
    pub version: u32,
    /// Weekly exercise or monthly drill.
    pub kind: DrillKind,
    /// Its name.
    pub title: Localized,
    /// What the team is told at the beginning.
    pub situation: Localized,
    /// Where it comes from: a published postmortem, a report.
    #[serde(default)]
    pub source: Option<String>,
    /// How long it lasts: `90m`.
    pub length: String,
    /// The playbook to use instead of the selected one.
    #[serde(default)]
    pub playbook: Option<String>,
    /// What the first report says.
    pub declare: Hint,
    /// What happens, in any order.
    #[serde(default)]
    pub inject: Vec<Inject>,
    /// What is expected.
    pub expect: Vec<Expectation>,
}

/// What the first report says; the team may find that it is otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hint {
    /// What is wrong, in a few words.
    pub title: Localized,
    /// How bad it looks at first.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The services that it hits.
    #[serde(default)]
    pub services: Vec<String>,
    /// Its category.
    #[serde(default)]
    pub category: Option<String>,
    /// One customer or many.
    #[serde(default)]
    pub customers: Option<Customers>,
}

/// Something that happens: at a time, or after a deed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// Its id.
    pub id: String,
    /// How long after the beginning: `5m`.
    #[serde(default)]
    pub at: Option<String>,
    /// After which deed.
    #[serde(default)]
    pub after: Option<Deed>,
    /// How long after that deed; at once where nobody says.
    #[serde(default)]
    pub delay: Option<String>,
    /// What the team is told.
    pub text: Localized,
}

/// Something that is expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Its id; the deed's name where nobody says.
    #[serde(default)]
    pub id: Option<String>,
    /// What is to be done.
    pub deed: Deed,
    /// How soon after the beginning; of a cadence, the longest silence.
    pub within: String,
    /// How much it counts; 1 where nobody says.
    #[serde(default)]
    pub weight: Option<u32>,
    /// The role that it grades.
    #[serde(default)]
    pub role: Option<String>,
    /// The right severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The audience that is to be told; customers where nobody says.
    #[serde(default)]
    pub audience: Option<String>,
    /// The roles that are to be filled.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The steps that are to be done.
    #[serde(default)]
    pub steps: Vec<String>,
}

impl Scenario {
    /// What is expected, as the log keeps it.
    pub fn criteria(&self) -> Vec<Criterion> {
        self.expect.iter().map(Expectation::criterion).collect()
    }

    /// What is to happen, as the log keeps it.
    pub fn planned(&self) -> Vec<PlannedInject> {
        let planned = |inject: &Inject| PlannedInject {
            id: inject.id.clone(),
            at: inject.at.as_deref().map(span),
            after: inject.after,
            delay: inject.delay.as_deref().map_or(Span::from_millis(0), span),
            text: inject.text.clone(),
        };
        self.inject.iter().map(planned).collect()
    }

    /// How long it lasts, in its own time.
    pub fn lasts(&self) -> Span {
        span(&self.length)
    }
}

impl Expectation {
    /// Its id: its own, or the deed's name.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or_else(|| self.deed.as_str())
    }

    fn criterion(&self) -> Criterion {
        let tells = matches!(self.deed, Deed::FirstNotice | Deed::Cadence);
        Criterion {
            id: self.name().to_owned(),
            deed: self.deed,
            within: span(&self.within),
            weight: self.weight.unwrap_or(1),
            role: self.role.clone(),
            severity: self.severity,
            audience: self.audience.clone().or_else(|| tells.then(|| CUSTOMERS.to_owned())),
            roles: self.roles.clone(),
            steps: self.steps.clone(),
        }
    }
}

/// Lengths of time were checked when the file was read.
fn span(written: &str) -> Span {
    parse_span(written).unwrap_or(Span::from_millis(0))
}
