//! The sections that people write in a postmortem, as the policy has them.

use super::localized::Localized;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What people are asked to write after an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostmortemRule {
    /// The sections.
    #[serde(default)]
    pub section: Vec<SectionRule>,
}

/// A section that people write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionRule {
    /// Its slug.
    pub id: String,
    /// Its heading.
    pub title: Localized,
    /// What it is to answer.
    #[serde(default)]
    pub question: Localized,
    /// Whether the postmortem isn't approved while it is empty.
    #[serde(default)]
    pub required: bool,
    /// Whether customers read it too: without the names of people and machines.
    #[serde(default)]
    pub customers: bool,
    /// Whether the organisation does without it.
    #[serde(default)]
    pub omit: bool,
}

impl PostmortemRule {
    /// The sections that are asked for.
    pub fn asked(&self) -> impl Iterator<Item = &SectionRule> {
        self.section.iter().filter(|section| !section.omit)
    }

    /// The section that people mean by `typed`: its slug or a title.
    pub fn named(&self, typed: &str) -> Option<&SectionRule> {
        let wanted = super::roster::fold(typed);
        self.section.iter().find(|section| {
            [&section.id, &section.title.en, &section.title.ja]
                .into_iter()
                .any(|name| super::roster::fold(name) == wanted)
        })
    }
}
