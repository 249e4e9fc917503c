//! How an event repeats, as `RRULE` says it (RFC 5545, 3.3.10).

use super::line::{Line, Spot, quoted};
use super::value::{Moment, moment, number};
use crate::incident::oncall::CalendarFault;
use jiff::civil::{DateTime, Weekday};

/// How long one round is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// A rule, with what it leaves to the first day filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) every: Every,
    /// Rounds from one to the next, at least 1.
    pub(super) interval: i64,
    pub(super) count: Option<i64>,
    pub(super) until: Option<Moment>,
    pub(super) months: Vec<i64>,
    /// From 1, or from the month's end: -1 is its last.
    pub(super) month_days: Vec<i64>,
    /// With the number in the month or year: 2 its second, -1 its last, 0 each.
    pub(super) week_days: Vec<(i64, Weekday)>,
    /// Which of a round's days are meant: 1 the first, -1 the last.
    pub(super) positions: Vec<i64>,
    pub(super) week_start: Weekday,
}

impl Rule {
    /// Reads the rule of an event that begins at `start`.
    pub(super) fn read(line: &Line, start: DateTime) -> Result<Self, Spot> {
        let unreadable =
            |text: &str| Spot::at(line.number, CalendarFault::Value { property: "RRULE", quoted: quoted(text) });
        let mut every = None;
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            week_days: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        for part in line.value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let unsupported =
                || Spot::at(line.number, CalendarFault::Unsupported { property: "RRULE", quoted: quoted(part) });
            let (key, value) = part.split_once('=').ok_or_else(|| unreadable(part))?;
            let numbers = |least, most| numbers(value, least, most).ok_or_else(|| unreadable(part));
            let positive = || number(value).filter(|number| *number > 0).ok_or_else(|| unreadable(part));
            match key.to_ascii_uppercase().as_str() {
                "FREQ" => {
                    every = Some(match value.to_ascii_uppercase().as_str() {
                        "DAILY" => Every::Day,
                        "WEEKLY" => Every::Week,
                        "MONTHLY" => Every::Month,
                        "YEARLY" => Every::Year,
                        _ => return Err(unsupported()),
                    });
                }
                "INTERVAL" => rule.interval = positive()?,
                "COUNT" => rule.count = Some(positive()?),
                "UNTIL" => rule.until = Some(moment(value).ok_or_else(|| unreadable(part))?),
                "BYMONTH" => rule.months = numbers(1, 12)?,
                "BYMONTHDAY" => rule.month_days = numbers(-31, 31)?,
                "BYSETPOS" => rule.positions = numbers(-366, 366)?,
                "BYDAY" => rule.week_days = week_days(value).ok_or_else(|| unreadable(part))?,
                "WKST" => rule.week_start = week_day(value).ok_or_else(|| unreadable(part))?,
                // Some write the time of the first once more.
                "BYHOUR" if number(value) == Some(i64::from(start.hour())) => {}
                "BYMINUTE" if number(value) == Some(i64::from(start.minute())) => {}
                "BYSECOND" if number(value) == Some(i64::from(start.second())) => {}
                _ => return Err(unsupported()),
            }
        }
        rule.every = every.ok_or_else(|| unreadable(&line.value))?;
        let numbered = rule.week_days.iter().any(|(which, _)| *which != 0);
        let strange = match rule.every {
            Every::Day => numbered,
            Every::Week => numbered || !rule.month_days.is_empty(),
            Every::Month | Every::Year => false,
        };
        if strange {
            let quoted = quoted(&line.value);
            return Err(Spot::at(line.number, CalendarFault::Unsupported { property: "RRULE", quoted }));
        }
        rule.fill(start);
        Ok(rule)
    }

    /// What a rule doesn't say is as on the first day.
    fn fill(&mut self, start: DateTime) {
        let days_unsaid = self.week_days.is_empty() && self.month_days.is_empty();
        match self.every {
            Every::Week if self.week_days.is_empty() => self.week_days.push((0, start.weekday())),
            Every::Month if days_unsaid => self.month_days.push(start.day().into()),
            Every::Year if days_unsaid => {
                self.month_days.push(start.day().into());
                if self.months.is_empty() {
                    self.months.push(start.month().into());
                }
            }
            Every::Day | Every::Week | Every::Month | Every::Year => {}
        }
    }
}

/// A list of numbers, none of them 0, each once and in order.
fn numbers(value: &str, least: i64, most: i64) -> Option<Vec<i64>> {
    let one = |text: &str| {
        let number = signed(text.trim())?;
        (number != 0 && (least..=most).contains(&number)).then_some(number)
    };
    let mut numbers = value.split(',').map(one).collect::<Option<Vec<_>>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

fn week_days(value: &str) -> Option<Vec<(i64, Weekday)>> {
    let one = |text: &str| {
        let text = text.trim();
        let (which, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
        let which = if which.is_empty() { 0 } else { signed(which).filter(|which| *which != 0)? };
        (-53..=53).contains(&which).then_some((which, week_day(day)?))
    };
    let mut days = value.split(',').map(one).collect::<Option<Vec<_>>>()?;
    days.sort_unstable_by_key(|(which, day)| (*which, day.to_monday_zero_offset()));
    days.dedup();
    Some(days)
}

fn week_day(name: &str) -> Option<Weekday> {
    Some(match name.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

fn signed(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(figures) => number(figures).map(|number| -number),
        None => number(text.strip_prefix('+').unwrap_or(text)),
    }
}
