//! Reads a calendar, whatever stands in its place; links are followed.

use super::line::Spot;
use crate::incident::oncall::{CalendarFault, MOST_BYTES};
use crate::owner;
use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// The bytes of a calendar.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Spot> {
    let failed = |error: Error| {
        Spot::whole(match error.kind() {
            ErrorKind::NotFound => CalendarFault::Missing,
            _ => CalendarFault::Unreadable { reason: error.to_string() },
        })
    };
    // Looked at before it is opened: opening a pipe waits for a writer.
    if !path.metadata().map_err(failed)?.is_file() {
        return Err(Spot::whole(CalendarFault::NotAFile));
    }
    // Whoever owns it says who is called.
    if let Err(found) = owner::check_with_folder(path) {
        return Err(Spot::whole(CalendarFault::Foreign { owner: found.owner, me: found.me }));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MOST_BYTES { Err(Spot::whole(CalendarFault::TooLarge)) } else { Ok(bytes) }
}
