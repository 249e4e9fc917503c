//! How bad an incident is, `sev0` (worst) to `sev4` (A2).

use super::when::narrow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A level of severity; the worst sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The worst: unified command (A4).
    Sev0,
    /// Critical.
    Sev1,
    /// Major.
    Sev2,
    /// Minor.
    Sev3,
    /// Least: near misses and cosmetic faults.
    Sev4,
}

impl Severity {
    /// Every level, worst first.
    pub const ALL: [Self; 5] = [Self::Sev0, Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4];

    /// Its slug, `sev0` to `sev4`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sev0 => "sev0",
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
        }
    }

    /// Reads `sev1`, `SEV1`, `sev-1`, `1`; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let lower = narrow(typed).to_ascii_lowercase();
        let digit = lower.strip_prefix("sev").map_or(lower.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
        Self::ALL.into_iter().find(|level| level.as_str().strip_prefix("sev") == Some(digit))
    }

    /// Its number, 0 (worst) to 4.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether this is worse than `other`.
    pub fn worse_than(self, other: Self) -> bool {
        self < other
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;

    #[test]
    fn reads_what_people_type() {
        for typed in ["sev1", "SEV1", "1", "sev-1", "Sev 1", " sev1 ", "１", "ＳＥＶ１", "sev－1"] {
            assert_eq!(Severity::parse(typed), Some(Severity::Sev1), "{typed}");
        }
        for typed in ["", "sev", "sev5", "5", "-1", "sev1x", "P1", "one"] {
            assert_eq!(Severity::parse(typed), None, "{typed}");
        }
    }
}
