//! Which incident or entry a reference means.

use crate::incident::fact::Fact;
use crate::incident::id::{SubjectId, is_tag};
use crate::incident::when::narrow;
use crate::store::{Entry, Found, Reader, Row, StoreError};

/// How many incidents are named when one could not be told.
const SHOWN: usize = 20;

/// A reference that leads nowhere, or to several.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The text is no reference.
    #[error("`{typed}` is no incident reference")]
    NoReference {
        /// What was typed.
        typed: String,
    },
    /// There is no such incident.
    #[error("no incident {typed}")]
    NoIncident {
        /// What was typed.
        typed: String,
    },
    /// No incident was named, and none is open.
    #[error("no open incident")]
    NoneOpen {
        /// Whether resolved ones would have done.
        resolved_too: bool,
    },
    /// No incident was named, and several are open.
    #[error("{} open incidents", rows.len())]
    Several {
        /// Some of them, the worst first.
        rows: Vec<Row>,
        /// Whether resolved ones would have done.
        resolved_too: bool,
    },
    /// There is no such entry.
    #[error("no entry {typed}")]
    NoEntry {
        /// What was typed.
        typed: String,
    },
    /// A beginning that several entries share.
    #[error("{typed} could be several entries")]
    SeveralEntries {
        /// What was typed.
        typed: String,
        /// Their ids.
        entries: Vec<String>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The incident that a typed reference means: `12`, `#12` or `[12]`, of either width.
pub fn named_incident(reader: &Reader<'_>, typed: &str) -> Result<SubjectId, TargetError> {
    let read = narrow(typed);
    if let Some(tag) = read.strip_prefix("new-") {
        // A provisional name, given while the declaration was in the spool.
        return match named_entry(reader, tag) {
            Ok(entry) if matches!(entry.fact, Fact::IncidentDeclared(_)) => Ok(entry.header.subject),
            Ok(_) | Err(TargetError::NoEntry { .. }) => Err(TargetError::NoIncident { typed: typed.to_owned() }),
            Err(error) => Err(error),
        };
    }
    let bare = read.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&read);
    let bare = bare.trim_start_matches('#');
    let missing = || TargetError::NoIncident { typed: typed.to_owned() };
    if let Ok(id) = uuid::Uuid::try_parse(bare) {
        let id = SubjectId(id);
        return reader.incident(id)?.map(|incident| incident.id).ok_or_else(missing);
    }
    let in_space = bare.rsplit_once('/').is_some_and(|(_, number)| number.parse::<u32>().is_ok());
    match bare.parse::<u32>() {
        Ok(number) => reader.by_number(number)?.ok_or_else(missing),
        Err(_) if in_space || (!bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())) => Err(missing()),
        Err(_) => Err(TargetError::NoReference { typed: typed.to_owned() }),
    }
}

/// The only incident that can be meant when none is named: the only unresolved one, however many are resolved; where
/// none is, and it will do, the only one that is not over. A drill never stands in for a real one.
pub fn only_incident(reader: &Reader<'_>, resolved_too: bool) -> Result<SubjectId, TargetError> {
    let mut rows = reader.candidates(false, SHOWN)?;
    let fall_back = rows.is_empty() && resolved_too;
    if fall_back {
        rows = reader.candidates(true, SHOWN)?;
    }
    match rows.len() {
        0 => Err(TargetError::NoneOpen { resolved_too }),
        1 => rows.pop().map(|row| row.id).ok_or(TargetError::NoneOpen { resolved_too }),
        _ => Err(TargetError::Several { rows, resolved_too: fall_back }),
    }
}

/// The incident that the entry with a typed id belongs to, open or not.
pub fn incident_of(reader: &Reader<'_>, typed: &str) -> Result<SubjectId, TargetError> {
    let subject = named_entry(reader, typed)?.header.subject;
    let known = reader.incident(subject)?.map(|incident| incident.id);
    known.ok_or_else(|| TargetError::NoEntry { typed: typed.to_owned() })
}

/// The entry that a typed id means.
pub fn named_entry(reader: &Reader<'_>, typed: &str) -> Result<Entry, TargetError> {
    let wanted = narrow(typed).to_ascii_lowercase();
    let missing = || TargetError::NoEntry { typed: typed.to_owned() };
    if !is_tag(&wanted) {
        return Err(missing());
    }
    match reader.find_entry(&wanted)? {
        Found::None => Err(missing()),
        Found::One(entry) => Ok(*entry),
        Found::Many(entries) => Err(TargetError::SeveralEntries { typed: typed.to_owned(), entries }),
    }
}
