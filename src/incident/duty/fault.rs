//! What is wrong with duties that can be read: what they name is not there, or they wait for each other.

use super::calendar::Calendar;
use super::spec::{Duties, Duty};
use super::term::Term;
use crate::incident::slug::DutyStart;
use std::collections::BTreeSet;
use thiserror::Error;

/// One fault of a duty or a calendar; `duty` is its id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DutyFault {
    /// An id is not lowercase letters, digits and hyphens.
    #[error("{id:?} is no id: lowercase letters, digits and hyphens")]
    NotSlug {
        /// The id as written.
        id: String,
    },
    /// Two duties, two calendars, or two variants of a duty have the same id.
    #[error("{id:?} is there twice")]
    Repeated {
        /// The id.
        id: String,
    },
    /// It starts with a notice and doesn't say which.
    #[error("{duty:?} starts with a notice: say after which duty")]
    AfterWhat {
        /// The duty.
        duty: String,
    },
    /// It names a duty before it and doesn't start with a notice.
    #[error("{duty:?} has an `after`, but doesn't start with a notice")]
    AfterForNothing {
        /// The duty.
        duty: String,
    },
    /// The duty whose notice starts it is not there.
    #[error("{duty:?} comes after {after:?}, which is not there")]
    NoSuchDuty {
        /// The duty.
        duty: String,
        /// The one that is missing.
        after: String,
    },
    /// It waits for its own notice, directly or through others.
    #[error("{duty:?} waits for its own notice")]
    Circle {
        /// The duty.
        duty: String,
    },
    /// The calendar it counts by is not there.
    #[error("{duty:?} counts by the calendar {calendar:?}, which is not there")]
    NoSuchCalendar {
        /// The duty.
        duty: String,
        /// The calendar that is missing.
        calendar: String,
    },
    /// Its second term runs from the event that starts it.
    #[error("both terms of {duty:?} run from the same event")]
    SameEvent {
        /// The duty.
        duty: String,
    },
    /// It warns when it is due, or later.
    #[error("{duty:?} warns at {warn}, which is not before {due}")]
    WarnsLate {
        /// The duty.
        duty: String,
        /// When it warns.
        warn: String,
        /// When it is due.
        due: String,
    },
}

impl DutyFault {
    /// The duty that it is about; a fault of an id names none.
    pub fn duty(&self) -> Option<&str> {
        match self {
            Self::NotSlug { .. } | Self::Repeated { .. } => None,
            Self::AfterWhat { duty }
            | Self::AfterForNothing { duty }
            | Self::NoSuchDuty { duty, .. }
            | Self::Circle { duty }
            | Self::NoSuchCalendar { duty, .. }
            | Self::SameEvent { duty }
            | Self::WarnsLate { duty, .. } => Some(duty),
        }
    }

    /// The keys to look at, the likeliest first.
    pub const fn keys(&self) -> &'static [&'static str] {
        match self {
            Self::NotSlug { .. } | Self::Repeated { .. } => &["id"],
            Self::AfterWhat { .. } => &["starts", "also_within"],
            Self::AfterForNothing { .. } | Self::NoSuchDuty { .. } | Self::Circle { .. } => &["after"],
            Self::NoSuchCalendar { .. } => &["calendar"],
            Self::SameEvent { .. } => &["also_within", "starts"],
            Self::WarnsLate { .. } => &["warn", "due", "variants"],
        }
    }

    /// Whether each key is right by itself: no id and no name that stands for nothing.
    pub const fn is_of_keys_together(&self) -> bool {
        matches!(
            self,
            Self::AfterWhat { .. }
                | Self::AfterForNothing { .. }
                | Self::Circle { .. }
                | Self::SameEvent { .. }
                | Self::WarnsLate { .. }
        )
    }
}

/// Every fault of these duties and calendars; `known` are calendars that there are besides.
pub fn faults(duties: &Duties, known: &[Calendar]) -> Vec<DutyFault> {
    let mut found = Vec::new();
    ids(duties.duty.iter().map(|duty| &duty.id), &mut found);
    ids(duties.calendar.iter().map(|calendar| &calendar.id), &mut found);
    for duty in &duties.duty {
        if !is_slug(&duty.regime) {
            found.push(DutyFault::NotSlug { id: duty.regime.clone() });
        }
        ids(duty.variants.iter().map(|variant| &variant.id), &mut found);
        order(duty, &duties.duty, &mut found);
        terms(duty, &mut found);
        let there = |id: &String| duties.calendar.iter().chain(known).any(|calendar| calendar.id == *id);
        if let Some(calendar) = duty.calendar.as_ref().filter(|id| !there(id)) {
            found.push(DutyFault::NoSuchCalendar { duty: duty.id.clone(), calendar: calendar.clone() });
        }
    }
    found
}

fn ids<'a>(ids: impl Iterator<Item = &'a String>, found: &mut Vec<DutyFault>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !is_slug(id) {
            found.push(DutyFault::NotSlug { id: id.clone() });
        }
        if !seen.insert(id) {
            found.push(DutyFault::Repeated { id: id.clone() });
        }
    }
}

fn is_slug(id: &str) -> bool {
    let letters = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    letters && !id.is_empty() && !id.starts_with('-') && !id.ends_with('-')
}

fn order(duty: &Duty, all: &[Duty], found: &mut Vec<DutyFault>) {
    let id = || duty.id.clone();
    let within_notice = duty.also_within.is_some_and(|within| within.from == DutyStart::Notice);
    let waits = duty.starts == DutyStart::Notice || within_notice;
    match &duty.after {
        None if waits => found.push(DutyFault::AfterWhat { duty: id() }),
        Some(_) if !waits => found.push(DutyFault::AfterForNothing { duty: id() }),
        Some(after) if !all.iter().any(|other| other.id == *after) => {
            found.push(DutyFault::NoSuchDuty { duty: id(), after: after.clone() });
        }
        _ if waits_for_itself(duty, all) => found.push(DutyFault::Circle { duty: id() }),
        _ => {}
    }
}

fn waits_for_itself(duty: &Duty, all: &[Duty]) -> bool {
    let mut before = duty.after.as_ref();
    // A chain longer than there are duties runs in a circle that this duty only leads into.
    for _ in 0..all.len() {
        let Some(id) = before else { return false };
        if *id == duty.id {
            return true;
        }
        before = all.iter().find(|other| other.id == *id).and_then(|other| other.after.as_ref());
    }
    false
}

fn terms(duty: &Duty, found: &mut Vec<DutyFault>) {
    if duty.also_within.is_some_and(|within| within.from == duty.starts) {
        found.push(DutyFault::SameEvent { duty: duty.id.clone() });
    }
    let own = (duty.warn, duty.due);
    let cases = duty.variants.iter().map(|variant| (variant.warn.or(duty.warn), Some(variant.due)));
    for (warn, due) in std::iter::once(own).chain(cases) {
        if let (Some(warn), Some(due)) = (warn, due)
            && !warn_is_earlier(warn, due)
        {
            let (warn, due) = (warn.to_string(), due.to_string());
            found.push(DutyFault::WarnsLate { duty: duty.id.clone(), warn, due });
        }
    }
}

/// Whether one term is over before another in any calendar; where that hangs on the calendar, it is taken to be.
fn warn_is_earlier(warn: Term, due: Term) -> bool {
    match (warn, due) {
        (Term::Span(warn), Term::Span(due)) => warn < due,
        (Term::Days(warn), Term::Days(due))
        | (Term::Months(warn), Term::Months(due))
        | (Term::BusinessDays(warn), Term::BusinessDays(due)) => warn < due,
        (Term::Days(warn), Term::Months(due)) => warn < due.saturating_mul(28),
        (Term::Months(warn), Term::Days(due)) => warn.saturating_mul(31) < due,
        _ => true,
    }
}
