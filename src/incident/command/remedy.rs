//! What people ask about causes (E9) and measures of prevention (E10).

use crate::incident::slug::{CauseKind, Priority};
use crate::incident::when::When;
use serde::{Deserialize, Serialize};

/// Adds a link to the chain of causes (E9).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddCause {
    /// What caused it.
    pub text: String,
    /// The cause that it explains, as typed.
    pub because: Option<String>,
    /// What kind of factor it is.
    pub factor: Option<CauseKind>,
    /// The entries and evidence that show it, as typed.
    pub evidence: Vec<String>,
}

/// Says what shows a cause (E9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportCause {
    /// The cause, as typed.
    pub cause: String,
    /// The entries and evidence that show it, as typed.
    pub evidence: Vec<String>,
}

/// Takes a link out of the chain of causes (E9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RemoveCause {
    /// The cause, as typed.
    pub cause: String,
    /// Why.
    pub reason: Option<String>,
}

/// Agrees on a measure of prevention (E10).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddAction {
    /// What is to be done.
    pub text: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// When it is to be done.
    pub due: Option<When>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// The cause that it takes away, as typed.
    pub prevents: Option<String>,
}

/// Changes a measure; what is absent stays as it was.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetAction {
    /// The measure, as typed.
    pub action: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// When it is to be done.
    pub due: Option<When>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// The cause that it takes away, as typed.
    pub prevents: Option<String>,
}

/// Says that a measure was carried out (E10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompleteAction {
    /// The measure, as typed.
    pub action: String,
    /// What was done.
    pub result: Option<String>,
    /// When its effect is to be checked; as the policy says where nobody says.
    pub check: Option<When>,
}

/// Says whether a measure works (E10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifyAction {
    /// The measure, as typed.
    pub action: String,
    /// Whether it works.
    pub effective: bool,
    /// What shows that.
    pub text: String,
    /// When it is to be done, where it is open again; as the policy says where nobody says.
    pub due: Option<When>,
}

/// Gives a measure up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropAction {
    /// The measure, as typed.
    pub action: String,
    /// Why.
    pub reason: String,
}
