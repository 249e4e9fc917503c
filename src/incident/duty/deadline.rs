//! When a duty is due: the arithmetic of hours, days, months and business days (E6).
//!
//! - Hours are run off: clock changes don't stretch or shrink them. (Regulation (EEC, Euratom) 1182/71 art. 3(1) leaves
//!   out the hour of the event and so ends up to an hour later; Japan's Civil Code art. 139 counts from the instant.)
//! - Days and months are the calendar's, in the calendar's zone, and end with their last day. The day of the event is
//!   left out (1182/71 art. 3(1); Japan's Civil Code art. 140) unless the duty says that it is day 1.
//! - A month ends on the day with the same number, or on the month's last day where it has none (1182/71 art. 3(2)(c);
//!   Civil Code art. 143).
//! - Business days are open days after the day of the event: one that falls on a closed day has the next open day as
//!   day 1 (Form 8-K, General Instruction B.1).

use super::calendar::Calendar;
use super::day::Day;
use super::spec::Duty;
use super::term::Term;
use crate::incident::slug::DutyStart;
use crate::incident::time::{Span, Timestamp};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// How many closed days in a row are searched for an open one: more, and the calendar is never open.
const CLOSED_IN_A_ROW: u32 = 366;

/// The instants known so far from which duties run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Starts {
    /// When it happened.
    pub occurrence: Option<Timestamp>,
    /// When somebody of the organisation learned of it.
    pub awareness: Option<Timestamp>,
    /// When it was classified as one that must be reported.
    pub classification: Option<Timestamp>,
    /// When it was determined to be material.
    pub materiality: Option<Timestamp>,
    /// When the notice before was sent, that is the latest notice of the duty's `after`.
    pub notice: Option<Timestamp>,
}

/// When people are warned of a duty, and when it is due; `None` where there is no figure, or its start isn't known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deadline {
    /// When people are warned; never after it is due.
    pub warn_at: Option<Timestamp>,
    /// The last instant at which it is in time.
    pub due_at: Option<Timestamp>,
}

impl Starts {
    /// The instant of an event, once it is known.
    pub const fn get(&self, start: DutyStart) -> Option<Timestamp> {
        match start {
            DutyStart::Occurrence => self.occurrence,
            DutyStart::Awareness => self.awareness,
            DutyStart::Classification => self.classification,
            DutyStart::Materiality => self.materiality,
            DutyStart::Notice => self.notice,
        }
    }
}

/// When a duty is due, with the instants known so far, by the days of a calendar: the duty's own, else the
/// organisation's.
///
/// Where the duty is also due within a term from another event, the earlier counts; while its own start isn't known
/// yet, that other term alone does; and a start that comes only after the other term is over is not held against it
/// (DORA's Delegated Regulation (EU) 2025/301, art. 5(2)). A variant that the duty doesn't have changes nothing.
pub fn deadline(duty: &Duty, variant: Option<&str>, starts: &Starts, calendar: &Calendar) -> Deadline {
    let variant = variant.and_then(|id| duty.variant(id));
    let due = variant.map(|variant| variant.due).or(duty.due);
    let warn = variant.and_then(|variant| variant.warn).or(duty.warn);
    let count = Count { duty, calendar };
    let start = starts.get(duty.starts);
    let own = start.zip(due).and_then(|(start, term)| count.last_instant(start, term, duty.moves_to_open_day));
    let limit = duty.also_within.and_then(|within| {
        let from = starts.get(within.from)?;
        count.last_instant(from, within.due, duty.moves_to_open_day)
    });
    let due_at = match (own, limit) {
        (Some(own), Some(limit)) if start.is_some_and(|start| start > limit) => Some(own),
        (Some(own), Some(limit)) => Some(own.min(limit)),
        (own, limit) => own.or(limit),
    };
    let warn_at = start.zip(warn).and_then(|(start, term)| count.last_instant(start, term, false));
    Deadline { warn_at: warn_at.map(|warn| due_at.map_or(warn, |due| warn.min(due))), due_at }
}

/// The last holiday that a calendar knows, where this deadline lies after it and hangs on holidays: it is then too
/// early rather than too late.
pub fn beyond_holidays(duty: &Duty, variant: Option<&str>, calendar: &Calendar, due_at: Timestamp) -> Option<Day> {
    let due = variant.and_then(|id| duty.variant(id)).map(|variant| variant.due).or(duty.due);
    let hangs = match due? {
        Term::BusinessDays(_) => true,
        Term::Days(_) | Term::Months(_) => duty.moves_to_open_day,
        Term::Span(_) => false,
    };
    let last = calendar.last_holiday()?;
    let due_on = Count { duty, calendar }.day_of(due_at)?;
    (hangs && due_on > last.date()).then_some(last)
}

/// One duty counted by one calendar.
struct Count<'a> {
    duty: &'a Duty,
    calendar: &'a Calendar,
}

impl Count<'_> {
    /// The last instant of a term; `None` past the last day of the calendar, or when it is never open.
    fn last_instant(&self, start: Timestamp, term: Term, moves: bool) -> Option<Timestamp> {
        let day = self.day_of(start)?;
        let last = match term {
            Term::Span(span) => return Some(start.plus(span)),
            Term::BusinessDays(days) => return self.end_of(self.business_day(day, days)?),
            Term::Days(days) => {
                let days = if self.duty.first_day_counts { days.saturating_sub(1) } else { days };
                day.checked_add(i64::from(days).days()).ok()?
            }
            Term::Months(months) => self.same_day(day, months)?,
        };
        self.end_of(if moves { self.open_from(last)? } else { last })
    }

    fn day_of(&self, at: Timestamp) -> Option<Date> {
        let at = jiff::Timestamp::from_millisecond(at.millis()).ok()?;
        Some(self.calendar.zone.tz().to_datetime(at).date())
    }

    fn same_day(&self, day: Date, months: u32) -> Option<Date> {
        let last = day.checked_add(i64::from(months).months()).ok()?;
        // Counted from its first day, a month is over the day before the same number comes round; one too short to
        // have that number is over with its own last day.
        if self.duty.first_day_counts && last.day() == day.day() { last.yesterday().ok() } else { Some(last) }
    }

    /// The day on which so many open days are over, the day of the event among them only where the duty says so.
    fn business_day(&self, day: Date, days: u32) -> Option<Date> {
        let first = if self.duty.first_day_counts { day } else { day.tomorrow().ok()? };
        let first = self.open_from(first)?;
        (1..days).try_fold(first, |open, _| self.open_from(open.tomorrow().ok()?))
    }

    /// This day, or the next one on which the office is open.
    fn open_from(&self, day: Date) -> Option<Date> {
        let mut day = day;
        for _ in 0..CLOSED_IN_A_ROW {
            if self.calendar.is_open(day) {
                return Some(day);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The last millisecond of a day, or the time by which the office wants it.
    fn end_of(&self, day: Date) -> Option<Timestamp> {
        match self.duty.until {
            Some(until) => self.instant(day.to_datetime(until.time())),
            None => Some(self.instant(day.tomorrow().ok()?.to_datetime(jiff::civil::Time::midnight()))?.minus(MILLI)),
        }
    }

    /// The instant that clocks show this; the first one where they show it twice.
    fn instant(&self, shown: DateTime) -> Option<Timestamp> {
        let at = self.calendar.zone.tz().to_ambiguous_timestamp(shown).compatible().ok()?;
        Some(Timestamp::from_millis(at.as_millisecond()))
    }
}

/// A day's last instant is its last millisecond, so that it is shown as that day and not as the next one's 00:00.
const MILLI: Span = Span::from_millis(1);
