//! What an organisation decides beforehand: severities, categories, roles, defaults.

use super::localized::Localized;
use super::playbook::RoleSpec;
use super::severity::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The policy, as written in `policy.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The version of this file's shape.
    pub schema: u32,
    /// The severity when nobody gives one: when unsure, treat as higher.
    pub default_severity: Severity,
    /// The playbook when none is selected.
    pub default_playbook: String,
    /// The playbook that joins when command becomes unified (A4).
    pub unified_playbook: String,
    /// Whether words that look like a secret are refused instead of warned about (E6).
    #[serde(default)]
    pub strict_secrets: bool,
    /// The severities and their definitions.
    pub severity: Vec<SeverityRule>,
    /// The categories of incidents (D2).
    pub category: Vec<Category>,
    /// The roles and their duties (C).
    pub role: Vec<RoleSpec>,
}

/// What a severity means and what it asks for (A2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// The severity.
    pub id: Severity,
    /// Its name.
    pub title: Localized,
    /// How to tell that an incident has it.
    pub definition: Localized,
    /// The duties of the response.
    pub response: Localized,
    /// Whether it opens unified command (A4).
    #[serde(default)]
    pub unified_command: bool,
    /// Whether the incident can't be closed without a postmortem.
    #[serde(default)]
    pub postmortem_required: bool,
    /// How long after resolution the postmortem is due: `3d`.
    #[serde(default)]
    pub postmortem_due: Option<String>,
}

/// A category of incidents (D2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// Other names, in any language.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Policy {
    /// The rule for a severity; every one has one in a checked policy.
    pub fn rule(&self, severity: Severity) -> Option<&SeverityRule> {
        self.severity.iter().find(|rule| rule.id == severity)
    }

    /// The category that people mean by `typed`: its slug, its title, or another name of it.
    pub fn category(&self, typed: &str) -> Option<&Category> {
        let wanted = super::roster::fold(typed);
        self.category.iter().find(|category| {
            [category.id.as_str(), &category.title.en, &category.title.ja]
                .into_iter()
                .chain(category.also.iter().map(String::as_str))
                .any(|name| super::roster::fold(name) == wanted)
        })
    }
}
