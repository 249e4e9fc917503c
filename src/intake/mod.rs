//! What comes in from elsewhere: bytes in, records out, and what could not be read with its reason and place.
//!
//! Nothing here asks a store or a clock.

mod alert;
mod aws;
mod chat;
mod fields;
mod github;
mod google;
mod html;
mod order;
mod slack;
mod split;
mod statuspage;
mod when;

use crate::incident::past::{Past, Skipped};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;

pub use alert::{AlertFormat, is_cut};
pub use chat::{Chat, Setting};
pub use split::decode;

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contents {
    /// The incidents, in the file's order.
    pub pasts: Vec<Past>,
    /// Where each of them stands: its line and its place among the records, both from 1.
    pub places: Vec<(usize, usize)>,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

/// Reads a chat's log: an export of Slack, or lines as people paste them.
pub fn chat(bytes: &[u8], setting: &Setting) -> Result<Chat, Unreadable> {
    let text = decode(bytes)?;
    if slack::is_json(&text) { slack::read(&text, setting) } else { Ok(chat::read(&text, setting)) }
}

impl Contents {
    /// Leaves out what can't have happened, as seen from `now`.
    #[must_use]
    pub fn possible(self, now: Timestamp) -> Self {
        let mut kept = Self { skipped: self.skipped, ..Self::default() };
        for (past, (line, record)) in self.pasts.into_iter().zip(self.places) {
            if let Some(why) = past.impossible(now) {
                kept.skipped.push(Skipped { line, record: Some(record), source: Some(past.source), why });
            } else {
                kept.pasts.push(past);
                kept.places.push((line, record));
            }
        }
        kept.skipped.sort_by_key(|skipped| skipped.line);
        kept
    }

    /// How many records were read or left out.
    const fn len(&self) -> usize {
        self.pasts.len() + self.skipped.len()
    }

    fn extend(&mut self, more: Self) {
        self.pasts.extend(more.pasts);
        self.places.extend(more.places);
        self.skipped.extend(more.skipped);
    }
}

/// A file of which nothing can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no text.
    #[error("byte {offset} is not UTF-8")]
    NotText {
        /// The first byte that is none, from 0.
        offset: usize,
    },
    /// It is no JSON.
    #[error("line {line}, column {column}: {message}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// It is JSON without what the format has.
    #[error("`{field}` is missing")]
    NoList {
        /// The list that should be there.
        field: &'static str,
    },
}

/// The formats of other tools' histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A status page of Atlassian.
    Statuspage,
    /// The status page of Google Cloud.
    GoogleCloud,
    /// The health dashboard of AWS.
    Aws,
    /// The status page of GitHub, as the open data set of it has it: a JSON document a line.
    GithubStatuses,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Statuspage, Self::GoogleCloud, Self::Aws, Self::GithubStatuses];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statuspage => statuspage::FORMAT,
            Self::GoogleCloud => google::FORMAT,
            Self::Aws => aws::FORMAT,
            Self::GithubStatuses => github::FORMAT,
        }
    }

    /// Reads a name; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == typed)
    }

    /// Reads a file; `zone` is for times that name none.
    pub fn read(self, bytes: &[u8], zone: &TimeZone) -> Result<Contents, Unreadable> {
        let text = decode(bytes)?;
        match self {
            Self::Statuspage => statuspage::read(&text, zone),
            Self::GoogleCloud => google::read(&text, zone),
            Self::Aws => aws::read(&text, zone),
            Self::GithubStatuses => Ok(github::read(&text, zone)),
        }
    }
}
