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
mod recognise;
mod restored;
mod slack;
mod split;
mod statuspage;
mod when;
mod zone;

use crate::incident::alert::AlertRules;
use crate::incident::past::{Past, Skipped};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;

pub use alert::{AlertFormat, is_cut};
pub use chat::{Chat, Setting};
pub use recognise::Shape;
pub use split::decode;

/// What a person says of a file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The zone of times that name none, and in which the words for zones are to be understood.
    pub zone: Option<TimeZone>,
}

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
    if !slack::is_json(&text) {
        return Ok(chat::read(&text, setting));
    }
    let read = slack::read(&text, setting);
    let nothing = read.as_ref().map_or(true, |chat| chat.lines.is_empty());
    other_than(Shape::Chat, &text, nothing).map_or(read, Err)
}

/// The people of an export of Slack, by what it calls them.
pub fn people(bytes: &[u8]) -> Result<HashMap<String, String>, Unreadable> {
    let text = decode(bytes)?;
    let read = slack::people(&text);
    let nothing = read.as_ref().map_or(true, HashMap::is_empty);
    other_than(Shape::People, &text, nothing).map_or(read, Err)
}

/// That a file of which nothing could be read looks like something else.
fn other_than(said: Shape, text: &str, nothing: bool) -> Option<Unreadable> {
    let shape = nothing.then(|| recognise::recognise(text)).flatten();
    shape.filter(|shape| *shape != said).map(Unreadable::Other)
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

    /// Leaves planned maintenance out; how much there was.
    pub fn without_maintenance(&mut self) -> usize {
        let before = self.pasts.len();
        let mut planned = self.pasts.iter().map(|past| past.planned.is_some()).collect::<Vec<_>>().into_iter();
        self.places.retain(|_| !planned.next().unwrap_or_default());
        self.pasts.retain(|past| past.planned.is_none());
        before - self.pasts.len()
    }

    /// Takes the severities that a policy has for the sources' words.
    pub fn rate(&mut self, rules: &AlertRules) {
        self.pasts.iter_mut().for_each(|past| past.rate(rules));
    }

    /// How many records were read or left out.
    fn records(&self) -> usize {
        let read = self.places.iter().map(|(_, record)| *record);
        read.chain(self.skipped.iter().filter_map(|skipped| skipped.record)).max().unwrap_or_default()
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
    /// It is JSON of another shape than the format's.
    #[error("line {line}, column {column}: {message}")]
    Unfit {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// It looks like what another format or command is for.
    #[error("it is something else")]
    Other(Shape),
    /// It says nothing by which it could be called.
    #[error("none of {fields} is there")]
    Nameless {
        /// What could say it.
        fields: &'static str,
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

    /// Whether planned maintenance is left out unless it is asked for; an archive of everything is taken whole.
    pub const fn leaves_maintenance_out(self) -> bool {
        !matches!(self, Self::GithubStatuses)
    }

    /// Reads a file.
    pub fn read(self, bytes: &[u8], reading: &Reading) -> Result<Contents, Unreadable> {
        let text = decode(bytes)?;
        let zone = reading.zone.clone().unwrap_or(TimeZone::UTC);
        let read = match self {
            Self::Statuspage => statuspage::read(&text, reading),
            Self::GoogleCloud => google::read(&text, &zone),
            Self::Aws => aws::read(&text, &zone),
            Self::GithubStatuses => Ok(github::read(&text, &zone)),
        };
        let nothing = read.as_ref().map_or(true, |contents| contents.pasts.is_empty());
        other_than(Shape::Past(self), &text, nothing).map_or(read, Err)
    }
}
