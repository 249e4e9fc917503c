//! What an organisation decides beforehand: severities, categories, roles, defaults.

use super::alert::AlertRules;
use super::channel::Channel;
use super::communication::{Audience, Cadence, Classification, Heartbeat, Limits, Reminders};
use super::drill::Drills;
use super::duty::{Calendar, Duty};
use super::localized::Localized;
use super::playbook::RoleSpec;
use super::service::{Ladder, Service};
use super::severity::Severity;
use super::writing::PostmortemRule;
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
    /// The stakeholders (B2).
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// How often they are told (A6).
    #[serde(default)]
    pub cadence: Vec<Cadence>,
    /// The services that we run (E1).
    #[serde(default)]
    pub service: Vec<Service>,
    /// Whom to call in which order (D3).
    #[serde(default)]
    pub ladder: Vec<Ladder>,
    /// The ladder for what has none of its own.
    #[serde(default)]
    pub default_ladder: Option<String>,
    /// How messages get there.
    #[serde(default)]
    pub channel: Vec<Channel>,
    /// What the law and contracts ask for (E6).
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// The days on which offices are open.
    #[serde(default)]
    pub calendar: Vec<Calendar>,
    /// The regimes whose duties apply; none does until the organisation says so.
    #[serde(default)]
    pub legal: Vec<String>,
    /// When an incident is worse than it is classified (B1, D6).
    #[serde(default)]
    pub classification: Vec<Classification>,
    /// What people are asked to write afterwards.
    #[serde(default)]
    pub postmortem: PostmortemRule,
    /// When people are reminded.
    #[serde(default)]
    pub reminders: Reminders,
    /// How long things may take.
    #[serde(default)]
    pub limits: Limits,
    /// How bad monitoring tools' alerts are.
    #[serde(default)]
    pub alerts: AlertRules,
    /// The address that each `tick` touches.
    /// How often exercises are to be held (A5).
    #[serde(default)]
    pub drills: Drills,
    #[serde(default)]
    pub heartbeat: Heartbeat,
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
    /// Takes out what would run a program or send anything: channels, commands that say who is on call, the heartbeat.
    pub fn disarm(&mut self) {
        self.channel.clear();
        self.heartbeat = Heartbeat { url: None, url_env: None };
        self.ladder.iter_mut().flat_map(|ladder| &mut ladder.tier).for_each(|tier| tier.command.clear());
    }

    /// Tells every program that the policy starts which environment variables are not for it: those that hold the
    /// secrets of channels, its own channel's excepted.
    pub fn withhold(&mut self) {
        let named = |channel: &Channel| [channel.url_env.clone(), channel.secret_env.clone()].into_iter().flatten();
        let mut all: Vec<String> = self.channel.iter().flat_map(named).collect();
        all.extend(self.heartbeat.url_env.clone());
        all.sort();
        all.dedup();
        for channel in &mut self.channel {
            let own: Vec<String> = named(channel).collect();
            channel.withheld = all.iter().filter(|name| !own.contains(name)).cloned().collect();
        }
        for tier in self.ladder.iter_mut().flat_map(|ladder| &mut ladder.tier) {
            tier.withheld.clone_from(&all);
        }
    }

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

    /// The stakeholders that people mean by `typed`: a slug or a title.
    pub fn audience(&self, typed: &str) -> Option<&Audience> {
        let wanted = super::roster::fold(typed);
        let names = |audience: &Audience| {
            [&audience.id, &audience.title.en, &audience.title.ja].map(|name| super::roster::fold(name))
        };
        self.audience.iter().find(|audience| names(audience).contains(&wanted))
    }

    /// The service that people mean by `typed`: a slug, a title, or another name.
    pub fn service(&self, typed: &str) -> Option<&Service> {
        let wanted = super::roster::fold(typed);
        self.service.iter().find(|service| {
            let titles = [&service.id, &service.title.en, &service.title.ja];
            titles.into_iter().chain(&service.also).any(|name| super::roster::fold(name) == wanted)
        })
    }

    /// The ladder that a name stands for: its own, or that of a service.
    pub fn ladder(&self, typed: &str) -> Option<&Ladder> {
        let by_id = |id: &str| self.ladder.iter().find(|ladder| ladder.id == id);
        by_id(typed).or_else(|| by_id(self.service(typed)?.ladder.as_deref()?))
    }

    /// Whether there is such a channel.
    pub fn has_channel(&self, id: &str) -> bool {
        self.channel.iter().any(|channel| channel.id == id)
    }

    /// The duties of the regimes that apply (E6).
    pub fn duties(&self) -> Vec<&Duty> {
        self.duty.iter().filter(|duty| self.legal.contains(&duty.regime)).collect()
    }
}
