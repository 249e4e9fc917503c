//! Why nobody could say who is on call: a calendar that can't be used, or a command that gave no answer.

use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

/// The most people that are on call at one time: whoever names more has the wrong calendar or command.
pub const MOST_NAMES: usize = 20;

/// The most bytes of a calendar.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Why nobody could say who is on call.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OnCallError {
    /// A calendar can't be used.
    #[error("{}{}: {fault}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    Calendar {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where the fault has one.
        line: Option<usize>,
        /// What is wrong with it.
        fault: CalendarFault,
    },
    /// A command gave no answer.
    #[error("{program}: {fault}")]
    Command {
        /// The first word of the command.
        program: String,
        /// What went wrong.
        fault: CommandFault,
    },
}

/// What is wrong with a calendar. Texts from the file are cut to a short quotation, and may hold anything.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarFault {
    /// There is no such file, or a link leads nowhere.
    #[error("no such file")]
    Missing,
    /// Somebody else owns it, or what a link leads to.
    #[error("belongs to another user ({owner}), not to {me}")]
    Foreign {
        /// The owner's number.
        owner: u32,
        /// The number of who should own it.
        me: u32,
    },
    /// It is a folder, a device or a pipe.
    #[error("not a file")]
    NotAFile,
    /// The system refused it.
    #[error("{reason}")]
    Unreadable {
        /// What the system said.
        reason: String,
    },
    /// It is larger than [`MOST_BYTES`].
    #[error("more than {} bytes", MOST_BYTES)]
    TooLarge,
    /// It holds no iCalendar, or something beside it.
    #[error("no iCalendar (no BEGIN:VCALENDAR)")]
    NotACalendar,
    /// The line is no UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// The line has not the form `NAME;PARAMETER=VALUE:VALUE`.
    #[error("not a line of a calendar: {quoted:?}")]
    Malformed {
        /// The beginning of the line.
        quoted: String,
    },
    /// What was begun is not ended: the file was cut off, or two parts are crossed.
    #[error("BEGIN:{name} without its END")]
    Unclosed {
        /// What was begun.
        name: String,
    },
    /// Something ends that was not begun.
    #[error("END:{name} without its BEGIN")]
    Unopened {
        /// What ends.
        name: String,
    },
    /// Parts are inside of parts beyond measure.
    #[error("nested too deep")]
    TooDeep,
    /// A line that has to be there is not.
    #[error("no {property}")]
    Lacks {
        /// The line's name.
        property: &'static str,
    },
    /// A line stands twice where only one may be.
    #[error("{property} given twice")]
    Twice {
        /// The line's name.
        property: &'static str,
    },
    /// A value can't be read.
    #[error("{property}: can't read {quoted:?}")]
    Value {
        /// The line's name.
        property: &'static str,
        /// The value's beginning.
        quoted: String,
    },
    /// A value is a valid one that is not understood here: it is refused, so that nobody wrong is called.
    #[error("{property}: {quoted:?} is not supported")]
    Unsupported {
        /// The line's name.
        property: &'static str,
        /// The value's beginning.
        quoted: String,
    },
    /// A time zone that neither the file nor the system knows.
    #[error("unknown time zone {quoted:?}")]
    UnknownZone {
        /// Its name.
        quoted: String,
    },
    /// The end lies before the start.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// Its repetitions need more counting than any rota does.
    #[error("repeats too often to be counted")]
    Endless,
    /// More than [`MOST_NAMES`] people would be on call.
    #[error("more than {} people on call at once", MOST_NAMES)]
    TooMany,
}

/// Why a command gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CommandFault {
    /// No command was named.
    #[error("no command given")]
    Empty,
    /// It could not be started.
    #[error("can't be run: {reason}")]
    NotStarted {
        /// What the system said.
        reason: String,
    },
    /// It ended with a code other than 0, or by a signal (128 and its number).
    #[error("ended with {code}{}", said.as_ref().map(|said| format!(": {said}")).unwrap_or_default())]
    Failed {
        /// The exit code.
        code: i32,
        /// The last line of its standard error, secrets masked.
        said: Option<String>,
    },
    /// It had not ended in time, and was killed with all that it had started.
    #[error("no answer within {after:?}{}", said.as_ref().map(|said| format!(": {said}")).unwrap_or_default())]
    TimedOut {
        /// How long it was given.
        after: Duration,
        /// The last line of its standard error, secrets masked.
        said: Option<String>,
    },
    /// It named more than [`MOST_NAMES`] people.
    #[error("names more than {} people", MOST_NAMES)]
    TooMany,
    /// What it printed is no list of names: too long, not UTF-8, or with control characters.
    #[error("line {line} is no name")]
    NotAName {
        /// The line of its output, from 1.
        line: usize,
    },
}
