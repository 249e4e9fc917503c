//! Alerts of monitoring tools, and how bad the policy takes them to be (D1, D6).

use super::command::{Declare, Link};
use super::limits;
use super::policy::Policy;
use super::severity::Severity;
use super::slug::AlertState;
use super::time::Timestamp;
use super::when::When;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An alert, as a monitoring tool sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The format that it came in.
    pub format: String,
    /// What is the same about it whenever it is sent.
    pub fingerprint: String,
    /// Whether it still holds.
    pub state: AlertState,
    /// What it is called.
    pub title: String,
    /// What it says.
    #[serde(default)]
    pub text: Option<String>,
    /// Where it can be looked at.
    #[serde(default)]
    pub link: Option<String>,
    /// Where else to look or to read: its runbook, a dashboard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The services that it is about.
    #[serde(default)]
    pub services: Vec<String>,
    /// How bad it is, as the tool wrote it.
    #[serde(default)]
    pub severity: Option<String>,
    /// Since when it holds.
    #[serde(default)]
    pub starts_at: Option<Timestamp>,
    /// Until when it held.
    #[serde(default)]
    pub ends_at: Option<Timestamp>,
}

impl Alert {
    /// The name under which a store looks it up.
    pub fn name(&self) -> String {
        super::past::alert_name(&self.format, &self.fingerprint)
    }

    /// Whether it still holds.
    pub fn fires(&self) -> bool {
        self.state == AlertState::Firing
    }
}

/// Which words of monitoring tools stand for which severity; a word in two lists has the worse one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertRules {
    /// Words for sev0.
    #[serde(default)]
    pub sev0: Vec<String>,
    /// Words for sev1.
    #[serde(default)]
    pub sev1: Vec<String>,
    /// Words for sev2.
    #[serde(default)]
    pub sev2: Vec<String>,
    /// Words for sev3.
    #[serde(default)]
    pub sev3: Vec<String>,
    /// Words for sev4.
    #[serde(default)]
    pub sev4: Vec<String>,
}

impl AlertRules {
    /// No words.
    pub const fn none() -> Self {
        Self { sev0: Vec::new(), sev1: Vec::new(), sev2: Vec::new(), sev3: Vec::new(), sev4: Vec::new() }
    }

    /// The severity of a tool's word; a severity of ours stands for itself. `None` where nobody said.
    pub fn severity(&self, word: &str) -> Option<Severity> {
        let word = word.trim();
        let lists = [&self.sev0, &self.sev1, &self.sev2, &self.sev3, &self.sev4];
        let in_list = |list: &&Vec<String>| list.iter().any(|one| one.trim().to_lowercase() == word.to_lowercase());
        let at = lists.iter().position(in_list);
        at.and_then(|at| Severity::ALL.get(at).copied()).or_else(|| {
            let own = word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("sev"));
            own.then(|| Severity::parse(word)).flatten()
        })
    }

    /// The worst severity of alerts; `None` where none of them says anything that stands for one.
    pub fn worst(&self, alerts: &[Alert]) -> Option<Severity> {
        let known = alerts.iter().filter_map(|alert| self.severity(alert.severity.as_deref()?));
        known.reduce(|worst, next| if next.worse_than(worst) { next } else { worst })
    }
}

/// A declaration with what its alerts say where the person says nothing.
pub fn filled<'d>(declare: &'d Declare, policy: &Policy, now: Timestamp) -> Cow<'d, Declare> {
    let Some(first) = declare.alerts.first() else { return Cow::Borrowed(declare) };
    let mut filled = declare.clone();
    if filled.title.trim().is_empty() {
        filled.title = limits::headline(&first.title).0;
    }
    filled.severity = filled.severity.or_else(|| policy.alerts.worst(&declare.alerts));
    if filled.services.is_empty() {
        let named = declare.alerts.iter().flat_map(|alert| &alert.services);
        for service in named {
            // Our own name for it, where the policy has one.
            let own = policy.service(service).map_or_else(|| service.clone(), |known| known.id.clone());
            if !filled.services.contains(&own) && filled.services.len() < limits::NAMES {
                filled.services.push(own);
            }
        }
    }
    if filled.detected_at.is_none() {
        let began = declare.alerts.iter().filter_map(|alert| alert.starts_at).min();
        // A tool whose clock is ahead tells of no time at all; by the time its alert came, it was noticed.
        let told = began.filter(|at| *at <= now);
        let at = told.unwrap_or(now);
        filled.detected_at =
            Some(When { at, approximate: told.is_none(), zone: None, typed: at.to_string(), date_assumed: false });
    }
    filled.detected_by.get_or_insert_with(|| first.format.clone());
    Cow::Owned(filled)
}

#[cfg(test)]
mod tests {
    use super::AlertRules;
    use crate::incident::severity::Severity;

    #[test]
    fn a_word_stands_for_its_worst_severity() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let rules =
            AlertRules { sev1: words(&["Critical"]), sev3: words(&["critical", "warning"]), ..AlertRules::default() };
        let severity = |word: &str| rules.severity(word);
        assert_eq!(severity(" CRITICAL"), Some(Severity::Sev1));
        assert_eq!((severity("warning"), severity("SEV-2")), (Some(Severity::Sev3), Some(Severity::Sev2)));
        assert_eq!((severity("odd"), severity("3")), (None, None));
    }
}
