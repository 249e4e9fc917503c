//! Times and lengths of time as they are typed, and how they were understood.

use super::Desk;
use crate::error::{Exit, Failure};
use crate::incident::time::{Span, Timestamp};
use crate::incident::when::{self, When};
use crate::say;
use crate::text::{due_forms, one_line, span_error, when_error};
use jiff::tz::TimeZone;

impl Desk {
    /// Reads a typed time.
    pub fn when(&self, typed: &str) -> Result<When, Failure> {
        self.read_time(typed, when::parse)
    }

    fn read_time(
        &self,
        typed: &str,
        reader: fn(&str, Timestamp, &TimeZone) -> Result<When, when::WhenError>,
    ) -> Result<When, Failure> {
        let read = reader(typed, self.env.now(), &self.zone).map_err(|error| {
            let (message, hint) = when_error(&error, &self.moments());
            Failure::new(Exit::Usage, "time", message).hint(hint)
        })?;
        let another_day = self.moments().day(read.at) != self.moments().day(self.env.now());
        if when::leaves_open(typed) || (read.date_assumed && another_day) {
            let understood = self.moments().full(read.at);
            self.ui.remark(&say!(
                self.lang,
                "`{}` taken as {understood}",
                "「{}」を {understood} と解釈しました",
                one_line(typed)
            ));
        }
        Ok(read)
    }

    /// Reads an optional typed time at which a period begins or ends; a day alone means its beginning.
    pub fn maybe_day(&self, typed: Option<&String>) -> Result<Option<Timestamp>, Failure> {
        typed.map(|typed| self.read_time(typed, when::parse_start).map(|when| when.at)).transpose()
    }

    /// Reads an optional typed time.
    pub fn maybe_when(&self, typed: Option<&String>) -> Result<Option<When>, Failure> {
        typed.map(|typed| self.when(typed)).transpose()
    }

    /// Reads a typed time by which something is to be done; a length of time counts from when it was agreed.
    pub fn due(&self, typed: &str, agreed_at: Timestamp) -> Result<When, Failure> {
        when::parse_due(typed, agreed_at, &self.zone).map_err(|error| {
            let (message, hint) = when_error(&error, &self.moments());
            let unclear = matches!(error, when::WhenError::Unreadable { .. } | when::WhenError::OutOfRange { .. });
            Failure::new(Exit::Usage, "time", message).hint(if unclear { due_forms(self.lang) } else { hint })
        })
    }

    /// Reads a typed length of time.
    pub fn span(&self, typed: &str) -> Result<Span, Failure> {
        when::parse_span(typed).map_err(|error| {
            let (message, hint) = span_error(&error, self.lang);
            Failure::new(Exit::Usage, "duration", message).hint(hint)
        })
    }
}
