//! Facts about the checklist.

use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A step began to apply, and its due time with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activation {
    /// The playbook's copy in the incident.
    pub instance: String,
    /// The step's slug.
    pub step: String,
    /// When it is due; fixed now, so that a later playbook changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

/// Steps began to apply, because severity, customers or status came to what they wait for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepsActivated {
    /// The steps.
    pub steps: Vec<Activation>,
}

/// A task was made up on the spot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepAdded {
    /// Its slug.
    pub step: String,
    /// What is to be done.
    #[serde(default)]
    pub text: String,
    /// The role that carries it.
    #[serde(default)]
    pub role: Option<String>,
    /// The person who carries it.
    #[serde(default)]
    pub person: Option<String>,
    /// When it is due.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
}

/// A step was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepChecked {
    /// The playbook's copy in the incident.
    pub instance: String,
    /// The step's slug.
    pub step: String,
    /// What came of it.
    #[serde(default)]
    pub result: Option<String>,
}

/// A step was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepSkipped {
    /// The playbook's copy in the incident.
    pub instance: String,
    /// The step's slug.
    pub step: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A step's tick or its skipping was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepReopened {
    /// The playbook's copy in the incident.
    pub instance: String,
    /// The step's slug.
    pub step: String,
}
