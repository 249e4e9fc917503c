//! What a playbook is: the roles and steps that a category of incident calls for (A3).
//!
//! These are the shapes of the TOML files, and of the copies that an incident keeps.

use super::command::Customers;
use super::localized::Localized;
use super::severity::Severity;
use super::status::Status;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A playbook, as written in one TOML file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// Its id, also the file's name.
    pub id: String,
    /// Its version: raised at every change.
    pub version: u32,
    /// The day of its last review, `YYYY-MM-DD` (E12).
    #[schemars(with = "String")]
    #[serde(with = "toml_date")]
    pub reviewed: String,
    /// Its title.
    pub title: Localized,
    /// When to use it.
    pub purpose: Localized,
    /// The slugs of its roles, in the order of filling them (A3).
    pub roles: Vec<String>,
    /// Which incidents it fits; without it, it is used only by name.
    #[serde(default)]
    pub select: Option<Select>,
    /// Roles that only this playbook knows.
    #[serde(default)]
    pub role: Vec<RoleSpec>,
    /// Its steps, in order.
    #[serde(default)]
    pub step: Vec<Step>,
}

/// Which incidents a playbook fits: everything given must match, and the most that is given wins.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// Categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Severities.
    #[serde(default)]
    pub severities: Vec<Severity>,
    /// One customer or many.
    #[serde(default)]
    pub customers: Option<Customers>,
}

/// A role and its duties (C).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleSpec {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// What it is there for.
    pub primary: Localized,
    /// What else falls to it.
    #[serde(default)]
    pub secondary: Localized,
    /// Other names, in any language.
    #[serde(default)]
    pub also: Vec<String>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its slug, unique in the playbook and stable.
    pub id: String,
    /// What to do.
    pub text: Localized,
    /// The role that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// How long it may take once it applies: `15m`, `1h`, `3d`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Whether the incident can't be closed while it is open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// A command line to copy; never run by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What it waits for before it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// What a step waits for; everything given must hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// This severity or worse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// One customer or many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customers: Option<Customers>,
    /// This status, reached or passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

impl Condition {
    /// Whether an incident of this severity, reach and status is what the step waits for.
    pub fn holds(&self, severity: Severity, customers: Option<Customers>, status: Status) -> bool {
        self.severity.is_none_or(|least| severity <= least)
            && self.customers.is_none_or(|wanted| customers.unwrap_or(Customers::Many) == wanted)
            && self.status.is_none_or(|reached| status.has_reached(reached))
    }
}

impl Select {
    /// How well an incident fits: the number of things that match, or `None` when one doesn't.
    pub fn score(&self, category: Option<&str>, severity: Severity, customers: Option<Customers>) -> Option<u32> {
        let mut score = 0;
        if !self.categories.is_empty() {
            self.categories.iter().find(|wanted| Some(wanted.as_str()) == category)?;
            score += 1;
        }
        if !self.severities.is_empty() {
            self.severities.iter().find(|wanted| **wanted == severity)?;
            score += 1;
        }
        if let Some(wanted) = self.customers {
            (customers == Some(wanted)).then_some(())?;
            score += 1;
        }
        Some(score)
    }
}

/// The playbook for an incident: the one whose selection matches most; among equals the one that names a category,
/// then the first by id.
pub fn select<'a>(
    playbooks: &'a [Playbook],
    category: Option<&str>,
    severity: Severity,
    customers: Option<Customers>,
) -> Option<&'a Playbook> {
    let rank = |playbook: &Playbook| {
        let select = playbook.select.as_ref()?;
        let score = select.score(category, severity, customers).filter(|score| *score > 0)?;
        Some((score, !select.categories.is_empty()))
    };
    let fitting = playbooks.iter().filter_map(|playbook| rank(playbook).map(|rank| (rank, playbook)));
    let best = fitting.max_by(|(a, left), (b, right)| a.cmp(b).then_with(|| right.id.cmp(&left.id)));
    best.map(|(_, playbook)| playbook)
}

/// A day, written in TOML with or without quotes.
mod toml_date {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(day: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let day = match &value {
            toml::Value::String(day) => day.clone(),
            toml::Value::Datetime(day) => day.to_string(),
            other => return Err(D::Error::custom(format!("`{other}` is no day; write YYYY-MM-DD"))),
        };
        day.parse::<jiff::civil::Date>()
            .map_err(|_| D::Error::custom(format!("`{day}` is no day; write YYYY-MM-DD")))?;
        Ok(day)
    }
}
