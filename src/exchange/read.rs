//! Taking an export in: all of it, or nothing.

use super::line::{FORMAT, Head, Line, MARK};
use super::{ExchangeError, LineError};
use crate::incident::id::{OriginId, SpaceId};
use crate::store::{Merged, RawEntry, Store};
use std::io::BufRead;

/// Longer lines are none of ours: what an entry may hold is bounded, and JSON in a string doubles it at the most.
const LONGEST: u64 = 32 << 20;

/// Takes an export into a store: an empty one becomes the same store; in one that has a part of it already, the rest is
/// added. `progress` is told entries done and all entries. Without `commit` nothing is written.
pub fn read(
    store: &mut Store,
    lines: &mut dyn BufRead,
    commit: bool,
    mut progress: impl FnMut(u64, u64),
) -> Result<Merged, ExchangeError> {
    let head = head(lines)?;
    let space = SpaceId(head.space);
    let writer = store.begin()?;
    if writer.reader().space()?.is_some_and(|own| own != space) {
        return Err(ExchangeError::OtherStore { space });
    }
    let mut taking = writer.merge(space, head.origin.map(OriginId))?;
    let mut found = 0;
    while let Some(line) = next(lines, found + 2)? {
        let number = found + 2;
        let wrong = |error: LineError| ExchangeError::Line { number, error };
        let line: Line = serde_json::from_str(&line).map_err(|error| wrong(LineError::Shape(error.to_string())))?;
        let entry = RawEntry::try_from(line).map_err(wrong)?;
        taking.take(&entry).map_err(|error| wrong(error.into()))?;
        found += 1;
        if found % 1_000 == 0 {
            progress(found, head.entries);
        }
    }
    if found != head.entries {
        return Err(ExchangeError::CutOff { found, entries: head.entries });
    }
    let taken = taking.finish()?;
    if commit {
        writer.commit()?;
    }
    Ok(taken)
}

/// Reads the first line, which says what follows.
fn head(lines: &mut dyn BufRead) -> Result<Head, ExchangeError> {
    let not = |reason: String| ExchangeError::NotAnExport { reason };
    let line = next(lines, 1)?.ok_or_else(|| not("an empty file".to_owned()))?;
    let value: serde_json::Value = serde_json::from_str(&line).map_err(|error| not(error.to_string()))?;
    if value.get("hikeshi").and_then(serde_json::Value::as_str) != Some(MARK) {
        return Err(not("its first line is another one".to_owned()));
    }
    let schema = value.get("schema").and_then(serde_json::Value::as_u64).unwrap_or_default();
    match u32::try_from(schema) {
        Ok(FORMAT) => {}
        Ok(found) if found < FORMAT => return Err(not(format!("format {found}"))),
        found => return Err(ExchangeError::Newer { found: found.unwrap_or(u32::MAX), known: FORMAT }),
    }
    let head: Head = serde_json::from_value(value).map_err(|error| not(error.to_string()))?;
    if head.complete { Ok(head) } else { Err(ExchangeError::Partial) }
}

/// The next line that isn't empty.
fn next(lines: &mut dyn BufRead, number: u64) -> Result<Option<String>, ExchangeError> {
    use std::io::Read as _;
    let wrong = |reason: &str| ExchangeError::Line { number, error: LineError::Shape(reason.to_owned()) };
    loop {
        let mut bytes = Vec::new();
        (&mut *lines).take(LONGEST).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if !bytes.ends_with(b"\n") && u64::try_from(bytes.len()).unwrap_or(u64::MAX) >= LONGEST {
            return Err(ExchangeError::Line { number, error: LineError::TooLong { most: LONGEST } });
        }
        let line = String::from_utf8(bytes).map_err(|_| wrong("not UTF-8"))?;
        if !line.trim().is_empty() {
            return Ok(Some(line));
        }
    }
}
