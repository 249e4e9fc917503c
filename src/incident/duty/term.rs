//! How long a duty leaves: `72h`, `5d`, `1mo`, `4bd`, each counted by its own rule.

use crate::incident::time::Span;
use crate::incident::when::{SpanError, parse_span};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// The longest term in days, open or not: ten years.
const LONGEST_DAYS: u32 = 3_660;

/// The longest term in months: ten years.
const LONGEST_MONTHS: u32 = 120;

/// A length of time as laws write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub enum Term {
    /// Hours and minutes, run off without regard to day, night or clock changes: `72h`, `90m`.
    Span(Span),
    /// Days of the calendar, open or closed: `5d`.
    Days(u32),
    /// Months of the calendar: `1mo`.
    Months(u32),
    /// Days on which the office is open: `4bd`.
    BusinessDays(u32),
}

/// Why a term was refused. Messages quote it with control characters escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// It is not one number with one of the units, or hours and minutes.
    #[error("cannot read {written:?} as a term: hours (72h), days (5d), months (1mo) or business days (4bd)")]
    Unreadable {
        /// As written; of a long one, only its beginning.
        written: String,
    },
    /// It is no time at all: what is due at once has no figure.
    #[error("{written:?} is no time at all; leave the term out where the law gives no figure")]
    Zero {
        /// As written.
        written: String,
    },
    /// It is longer than ten years.
    #[error("{written:?} is longer than ten years")]
    TooLong {
        /// As written; of a long one, only its beginning.
        written: String,
    },
}

impl Term {
    /// Reads a term: hours and minutes (`72h`, `1h30m`), or one whole number of days (`5d`), weeks (`1w`), months
    /// (`1mo`) or business days (`4bd`).
    ///
    /// # Errors
    ///
    /// Names the value when it is something else, nothing, or more than ten years. Days don't mix with hours: a day
    /// ends at midnight, 24 hours end when they are over.
    pub fn parse(written: &str) -> Result<Self, TermError> {
        let text = written.trim();
        let quoted = || written.chars().take(40).collect::<String>();
        let figures = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(figures);
        let term: fn(u32) -> Self = match unit {
            "d" => Self::Days,
            "w" => |weeks| Self::Days(weeks.saturating_mul(7)),
            "mo" => Self::Months,
            "bd" => Self::BusinessDays,
            _ => return hours(text, quoted),
        };
        if number.is_empty() {
            return Err(TermError::Unreadable { written: quoted() });
        }
        // More digits than a u32 holds are a number all the same: one that is too high.
        let term = term(number.parse().unwrap_or(u32::MAX));
        match term {
            Self::Days(0) | Self::Months(0) | Self::BusinessDays(0) => Err(TermError::Zero { written: quoted() }),
            Self::Days(days) | Self::BusinessDays(days) if days > LONGEST_DAYS => {
                Err(TermError::TooLong { written: quoted() })
            }
            Self::Months(months) if months > LONGEST_MONTHS => Err(TermError::TooLong { written: quoted() }),
            term => Ok(term),
        }
    }
}

/// Reads hours and minutes as people type them elsewhere, but no days.
fn hours(text: &str, quoted: impl Fn() -> String) -> Result<Term, TermError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'h' | b'm')) {
        return Err(TermError::Unreadable { written: quoted() });
    }
    match parse_span(text) {
        Ok(span) if span.millis() == 0 => Err(TermError::Zero { written: quoted() }),
        Ok(span) => Ok(Term::Span(span)),
        Err(SpanError::TooLong { .. }) => Err(TermError::TooLong { written: quoted() }),
        Err(_) => Err(TermError::Unreadable { written: quoted() }),
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days}d"),
            Self::Months(months) => write!(f, "{months}mo"),
            Self::BusinessDays(days) => write!(f, "{days}bd"),
            Self::Span(span) => {
                let minutes = span.millis() / 60_000;
                match (minutes / 60, minutes % 60) {
                    (hours, 0) => write!(f, "{hours}h"),
                    (0, minutes) => write!(f, "{minutes}m"),
                    (hours, minutes) => write!(f, "{hours}h{minutes}m"),
                }
            }
        }
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Term, TermError};
    use crate::incident::time::Span;

    #[test]
    fn terms_are_read_and_written_back() {
        for (written, term) in [
            ("72h", Term::Span(Span::from_minutes(72 * 60))),
            ("30m", Term::Span(Span::from_minutes(30))),
            ("1h30m", Term::Span(Span::from_minutes(90))),
            ("5d", Term::Days(5)),
            ("1mo", Term::Months(1)),
            ("4bd", Term::BusinessDays(4)),
        ] {
            assert_eq!(Term::parse(written), Ok(term), "{written}");
            assert_eq!(term.to_string(), written);
        }
        assert_eq!(Term::parse(" 2w "), Ok(Term::Days(14)));
    }

    #[test]
    fn what_is_no_term_is_named() {
        let unreadable = |written: &str| Err(TermError::Unreadable { written: written.to_owned() });
        for written in ["", "d", "mo", "72", "72 hours", "1d12h", "1.5h", "-1d", "4BD", "1M", "soon", "24h5", "٣d"] {
            assert_eq!(Term::parse(written), unreadable(written), "{written}");
        }
        for written in ["0h", "0d", "0mo", "0bd", "0w"] {
            assert_eq!(Term::parse(written), Err(TermError::Zero { written: written.to_owned() }), "{written}");
        }
        for written in ["3661d", "99999999999999999999mo", "600w", "87841h", "121mo", "4000bd"] {
            assert_eq!(Term::parse(written), Err(TermError::TooLong { written: written.to_owned() }), "{written}");
        }
        let error = Term::parse("three\u{1b}[31m days").expect_err("refused").to_string();
        assert!(error.contains("three\\u{1b}[31m days") && !error.contains('\u{1b}'), "{error}");
    }
}
