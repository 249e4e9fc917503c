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

    /// The severity with which a title begins or ends, and the title without it: `sev1 checkout is down`.
    pub fn in_title(title: &str) -> Option<(Self, String)> {
        let title = title.trim();
        let letters: Vec<char> = title.chars().collect();
        let ends = |at: usize| {
            letters
                .get(at)
                .is_none_or(|letter| !narrow(&letter.to_string()).starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        let begins = |at: usize| at == 0 || !letters[at - 1].is_alphanumeric();
        for (from, to) in [(0, letters.len().min(8)), (letters.len().saturating_sub(8), letters.len())] {
            for start in from..to {
                for end in (start + 4..=to).rev() {
                    let word: String = letters[start..end].iter().collect();
                    let bare = word.starts_with(|c: char| c.is_alphabetic()) && narrow(&word).len() <= 5;
                    let Some(level) = Self::parse(&word).filter(|_| bare && begins(start) && ends(end)) else {
                        continue;
                    };
                    let (before, after): (String, String) =
                        (letters[..start].iter().collect(), letters[end..].iter().collect());
                    let mark = |c: char| c.is_whitespace() || "[](){}:,;-–—!/|【】（）：、，。！".contains(c);
                    let (before, after) = (before.trim_matches(mark), after.trim_matches(mark));
                    if before.is_empty() || after.is_empty() {
                        return Some((level, format!("{before}{after}")));
                    }
                }
            }
        }
        None
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

    #[test]
    fn a_title_that_begins_or_ends_with_a_severity_says_it() {
        for (title, level, rest) in [
            ("sev1 checkout is down", Severity::Sev1, "checkout is down"),
            ("everything is on fire sev1", Severity::Sev1, "everything is on fire"),
            ("SEV-0: everything", Severity::Sev0, "everything"),
            ("[SEV2] login slow", Severity::Sev2, "login slow"),
            ("【ＳＥＶ１】決済障害", Severity::Sev1, "決済障害"),
            ("sev1決済が落ちた", Severity::Sev1, "決済が落ちた"),
            ("db down (sev3)", Severity::Sev3, "db down"),
            ("sev 1 db down", Severity::Sev1, "db down"),
            ("sev1", Severity::Sev1, ""),
        ] {
            assert_eq!(Severity::in_title(title), Some((level, rest.to_owned())), "{title}");
        }
        for title in
            ["the sev1 page is stale today", "sev9 x", "sev10 x", "seven down", "1 db down", "p1 db", "", "dev1 down"]
        {
            assert_eq!(Severity::in_title(title), None, "{title}");
        }
    }
}
