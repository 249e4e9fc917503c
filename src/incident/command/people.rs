//! What people ask about who does what (C).

use serde::{Deserialize, Serialize};

/// Gives a role to somebody.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AssignRole {
    /// The role, by any of its names.
    pub role: String,
    /// Who takes it.
    pub person: String,
    /// Whether beside those who hold it already (C2).
    pub add: bool,
    /// The part of the work that is theirs.
    pub scope: Option<String>,
    /// The duty of a role made up on the spot.
    pub duty: Option<String>,
    /// What the one before tells the one after.
    pub handover: Option<String>,
}

/// Takes a role from somebody, or from everybody who holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnassignRole {
    /// The role, by any of its names.
    pub role: String,
    /// Who gives it up; everybody where nobody is named.
    pub person: Option<String>,
}
