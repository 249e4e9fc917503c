//! What we run and who answers for it (E1), and whom to call in which order (D3, E12).

use super::localized::Localized;
use super::roster::fold;
use super::slug::{Importance, Party};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its slug, as `declare --service` takes it.
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// Other names, in any language.
    #[serde(default)]
    pub also: Vec<String>,
    /// How much depends on it (E3).
    #[serde(default)]
    pub importance: Option<Importance>,
    /// The team that owns it.
    #[serde(default)]
    pub owner: Option<String>,
    /// The ladder by which its people are called.
    #[serde(default)]
    pub ladder: Option<String>,
    /// Who to reach about it, by the names of contacts.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// Who answers for each layer (E1).
    #[serde(default)]
    pub layer: Vec<Layer>,
}

impl Service {
    /// Whether people mean it by this name: its slug, a title, or another name.
    pub fn goes_by(&self, name: &str) -> bool {
        let wanted = fold(name);
        let titles = [&self.id, &self.title.en, &self.title.ja];
        titles.into_iter().chain(&self.also).any(|own| fold(own) == wanted)
    }

    /// The contacts that the policy names for it or for one of its layers, each once.
    pub fn all_contacts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.contacts.iter().chain(self.layer.iter().flat_map(|layer| &layer.contacts)) {
            if !names.iter().any(|known| fold(known) == fold(name)) {
                names.push(name);
            }
        }
        names
    }
}

/// A layer of a service (E1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Which: hardware, virtualisation, OS, application, data.
    pub name: String,
    /// Who answers for it.
    pub by: Party,
    /// The team or the vendor.
    #[serde(default)]
    pub owner: Option<String>,
    /// Who to reach about it.
    #[serde(default)]
    pub contacts: Vec<String>,
}

/// Whom to call, and whom next (D3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Its slug, as `escalate --to` takes it.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub title: Option<Localized>,
    /// Its tiers, the first one first.
    pub tier: Vec<Tier>,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// People and teams.
    #[serde(default)]
    pub call: Vec<String>,
    /// An iCalendar file that says who is on call.
    #[serde(default)]
    pub calendar: Option<String>,
    /// A command that prints who is on call, one a line.
    #[serde(default)]
    pub command: Vec<String>,
    /// The environment variables that hold channels' secrets: the command doesn't get them. Filled in by
    /// [`super::policy::Policy::withhold`].
    #[serde(skip)]
    pub withheld: Vec<String>,
    /// The channel that calls go through.
    #[serde(default)]
    pub channel: Option<String>,
    /// How long they have to answer.
    #[serde(default)]
    pub wait: Option<String>,
}
