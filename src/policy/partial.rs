//! A policy file of which every part may be left out: what is left out stays as compiled in.

use crate::incident::playbook::RoleSpec;
use crate::incident::policy::{Category, Policy, SeverityRule};
use crate::incident::severity::Severity;
use serde::Deserialize;

/// What a policy file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partial {
    #[serde(rename = "schema")]
    _schema: Option<u32>,
    default_severity: Option<Severity>,
    default_playbook: Option<String>,
    unified_playbook: Option<String>,
    #[serde(default)]
    severity: Vec<SeverityRule>,
    #[serde(default)]
    category: Vec<Category>,
    #[serde(default)]
    role: Vec<RoleSpec>,
}

impl Partial {
    /// Lays what the file says over a policy: an entry with a known id replaces it, any other is added.
    pub fn lay_over(self, policy: &mut Policy) {
        policy.default_severity = self.default_severity.unwrap_or(policy.default_severity);
        if let Some(id) = self.default_playbook {
            policy.default_playbook = id;
        }
        if let Some(id) = self.unified_playbook {
            policy.unified_playbook = id;
        }
        replace(&mut policy.severity, self.severity, |left, right| left.id == right.id);
        replace(&mut policy.category, self.category, |left, right| left.id == right.id);
        replace(&mut policy.role, self.role, |left, right| left.id == right.id);
    }
}

/// Puts each new item in the place of the one that is the same, or at the end.
pub fn replace<T>(items: &mut Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for item in new {
        match items.iter_mut().find(|other| same(other, &item)) {
            Some(place) => *place = item,
            None => items.push(item),
        }
    }
}
