//! Times in a document: with dates where it spans several days, with zones where the clocks changed meanwhile.

use super::page::Cell;
use crate::incident::time::{Span, Timestamp};
use crate::text::{Moments, postmortem as say};
use crate::view::postmortem::Postmortem;

/// How the times of one document are shown.
#[derive(Debug)]
pub struct Times<'a> {
    moments: &'a Moments,
    /// The only day there is, where there is only one.
    day: Option<String>,
    /// The only zone there is, where there is only one.
    zone: Option<String>,
}

impl<'a> Times<'a> {
    /// Looks at every time of the document to see what must be said of each.
    pub fn new(postmortem: &Postmortem, moments: &'a Moments) -> Self {
        let happened = postmortem.timeline.iter().map(|moment| moment.at);
        let reached = postmortem.milestones.iter().filter_map(|milestone| milestone.at);
        let told: Vec<Timestamp> = happened.chain(reached).collect();
        let recorded = postmortem.timeline.iter().map(|moment| moment.recorded_at);
        let due = postmortem.workarounds.iter().filter_map(|held| held.fix_due_at);
        let duty = postmortem.duty.iter().flat_map(|duty| [duty.due_at, duty.filed_at]).flatten();
        let promised = postmortem.communication.promises.iter().map(|promise| promise.due_at);
        let any: Vec<Timestamp> = told.iter().copied().chain(recorded).chain(due).chain(duty).chain(promised).collect();
        Self {
            moments,
            day: only(told.iter().map(|at| moments.day(*at))),
            zone: only(any.iter().map(|at| moments.zone_name(*at))),
        }
    }

    /// The zone that holds for all times, if there is one.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// A time.
    pub fn show(&self, at: Timestamp) -> String {
        let same_day = self.day.as_ref() == Some(&self.moments.day(at));
        match (&self.zone, same_day) {
            (Some(_), true) => self.moments.clock(at),
            (Some(_), false) => self.moments.day_clock(at),
            (None, true) => format!("{} {}", self.moments.clock(at), self.moments.zone_name(at)),
            (None, false) => self.moments.full(at),
        }
    }

    /// A time with its day, whatever the document spans, and its zone.
    pub fn full(&self, at: Timestamp) -> String {
        self.moments.full(at)
    }

    /// The day alone.
    pub fn day(&self, at: Timestamp) -> String {
        self.moments.day(at)
    }

    /// A time that may be only approximately known.
    pub fn about(&self, at: Timestamp, approximate: bool) -> String {
        let shown = self.show(at);
        if approximate { say::about(&shown, self.moments.lang()) } else { shown }
    }

    /// A cell with a time.
    pub fn cell(&self, at: Timestamp, approximate: bool) -> Cell {
        Cell { text: self.about(at, approximate), at: Some(at) }
    }

    /// A length of time.
    pub fn span(&self, span: Span) -> String {
        self.moments.span(span)
    }
}

/// What all are, if they are all the same.
fn only(mut all: impl Iterator<Item = String>) -> Option<String> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
