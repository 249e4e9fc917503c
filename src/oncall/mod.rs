//! Who is on call at an instant, asked of a calendar that a rota tool exported or of a command.
//!
//! # Who an event of a calendar names
//!
//! 1. The people invited to it (`ATTENDEE`): each one's `CN`, or else the mail address. Rooms and equipment are nobody,
//!    and who declined is not on call.
//! 2. Without invited people, what `SUMMARY` says, a leading label (`On Call - `, `On-call: `, `オンコール:`, `当番:`)
//!    left out; behind `On Call - ` only up to the next ` - `, where PagerDuty adds the schedule's name.
//!
//! Everybody whose shift holds the instant is named once, who began first before the others. A shift begins with its
//! first instant and is over at its last: at the minute of a hand-over only the next one is on call.
//!
//! # What is refused
//!
//! What a calendar says and is not understood here is an error with its line, never passed over: a pager that calls
//! the wrong person is worse than one that says why it calls nobody.

mod calendar;
mod command;
mod event;
mod file;
mod line;
mod part;
mod period;
mod person;
mod rule;
mod shift;
mod value;
mod windows;
mod zone;

#[cfg(test)]
mod tests;

use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use std::path::Path;
use std::time::Duration;

pub use crate::incident::oncall::{CalendarFault, CommandFault, MOST_BYTES, MOST_NAMES, OnCallError};

/// Where it is written who is on call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// An iCalendar file (RFC 5545).
    Calendar(&'a Path),
    /// A program and its arguments, run without a shell: one name per line of its standard output. It finds the instant
    /// in `HIKESHI_ON_CALL_AT`, as RFC 3339, and doesn't find the variables that the second list names.
    Command(&'a [String], &'a [String]),
}

/// Everybody who is on call at an instant, nobody being an answer too; a command is given `timeout`.
///
/// Times that a calendar gives without a zone are those of the calendar (`X-WR-TIMEZONE`), or else of the system.
pub fn on_call(source: &Source<'_>, at: Timestamp, timeout: Duration) -> Result<Vec<String>, OnCallError> {
    match source {
        Source::Calendar(path) => file::read(path)
            .and_then(|bytes| calendar::on_call(&bytes, at, &TimeZone::system()))
            .map_err(|spot| OnCallError::Calendar { path: (*path).to_owned(), line: spot.line, fault: spot.fault }),
        Source::Command(words, withheld) => command::on_call((words, withheld), at, timeout).map_err(|fault| {
            OnCallError::Command { program: words.first().map_or_else(String::new, Clone::clone), fault }
        }),
    }
}
