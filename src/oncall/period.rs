//! The days on which a rule falls, counted out round by round, in bounded time.

use super::rule::{Every, Rule};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::cell::Cell;

/// How many days may be looked at for a whole file: thirty people's daily shifts over twenty years, counted one by one.
const STEPS: u64 = 1_000_000;

/// What is left of the days that may be looked at.
#[derive(Debug)]
pub(super) struct Budget(Cell<u64>);

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent;

impl Budget {
    pub(super) const fn new() -> Self {
        Self(Cell::new(STEPS))
    }

    fn spend(&self, steps: usize) -> Result<(), Spent> {
        self.0.set(self.0.get().checked_sub(steps as u64).ok_or(Spent)?);
        Ok(())
    }
}

impl Rule {
    /// The days from `from` to `to` on which the rule falls, `UNTIL` aside. The first day always counts, as in
    /// calendar programs, whether it fits the rule or not.
    pub(super) fn days(&self, start: Date, from: Date, to: Date, budget: &Budget) -> Result<Vec<Date>, Spent> {
        let mut found = Vec::new();
        let mut left = self.count.unwrap_or(i64::MAX) - 1;
        if (from..=to).contains(&start) {
            found.push(start);
        }
        // Only what is counted has to be counted from the beginning.
        let mut round = if self.count.is_some() { 0 } else { self.round_of(start, from) };
        while let Some((first, last)) = self.round(start, round).filter(|(first, _)| *first <= to) {
            for day in self.days_of(first, last, budget)?.into_iter().filter(|day| *day > start) {
                if left == 0 || day > to {
                    return Ok(found);
                }
                left -= 1;
                if day >= from {
                    found.push(day);
                }
            }
            round += 1;
        }
        Ok(found)
    }

    /// A round that is surely not later than a day.
    fn round_of(&self, start: Date, day: Date) -> i64 {
        let days = days_between(start, day);
        let rounds = match self.every {
            Every::Day => days,
            Every::Week => days / 7,
            Every::Month => days / 31,
            Every::Year => days / 366,
        };
        (rounds / self.interval - 1).max(0)
    }

    /// The first and the last day of a round; `None` after the last year that a calendar can name.
    fn round(&self, start: Date, round: i64) -> Option<(Date, Date)> {
        let steps = round.checked_mul(self.interval)?;
        match self.every {
            Every::Day => after(start, steps).map(|day| (day, day)),
            Every::Week => {
                let begun = i64::from(start.weekday().since(self.week_start));
                let first = after(start, steps.checked_mul(7)?.checked_sub(begun)?)?;
                Some((first, after(first, 6)?))
            }
            Every::Month => {
                let months = (i64::from(start.year()) * 12 + i64::from(start.month()) - 1).checked_add(steps)?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                let first = Date::new(i16::try_from(months.div_euclid(12)).ok()?, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Every::Year => {
                let year = i16::try_from(i64::from(start.year()).checked_add(steps)?).ok()?;
                Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
            }
        }
    }

    /// The days of a round on which the rule falls, in order.
    fn days_of(&self, first: Date, last: Date, budget: &Budget) -> Result<Vec<Date>, Spent> {
        budget.spend(1)?;
        let mut days = Vec::new();
        let by_month = self.every == Every::Year && !self.months.is_empty();
        if by_month {
            for month in &self.months {
                let month = i8::try_from(*month).ok().and_then(|month| Date::new(first.year(), month, 1).ok());
                if let Some(first) = month {
                    self.add(first, first.last_of_month(), &mut days, budget)?;
                }
            }
        } else {
            self.add(first, last, &mut days, budget)?;
        }
        if !self.positions.is_empty() {
            let all = i64::try_from(days.len()).unwrap_or(i64::MAX);
            let mut place = 0;
            days.retain(|_| {
                place += 1;
                self.positions.contains(&place) || self.positions.contains(&(place - all - 1))
            });
        }
        Ok(days)
    }

    /// Adds the days that fit, from the first to the last of a round or of one month in it.
    fn add(&self, first: Date, last: Date, days: &mut Vec<Date>, budget: &Budget) -> Result<(), Spent> {
        let tests = 1 + (self.week_days.len() + self.month_days.len() + self.positions.len()) / 8;
        let mut day = Some(first);
        while let Some(this) = day.filter(|day| *day <= last) {
            budget.spend(tests)?;
            if self.fits(this, first, last) {
                days.push(this);
            }
            day = this.tomorrow().ok();
        }
        Ok(())
    }

    fn fits(&self, day: Date, first: Date, last: Date) -> bool {
        let of_month = i64::from(day.day());
        let from_end = of_month - i64::from(day.days_in_month()) - 1;
        let named = |(which, week_day): &(i64, Weekday)| {
            *week_day == day.weekday()
                && (*which == 0
                    || *which == days_between(first, day) / 7 + 1
                    || *which == -(days_between(day, last) / 7 + 1))
        };
        (self.months.is_empty() || self.months.contains(&day.month().into()))
            && (self.month_days.is_empty() || [of_month, from_end].iter().any(|day| self.month_days.contains(day)))
            && (self.week_days.is_empty() || self.week_days.iter().any(named))
    }
}

/// The day this many days later.
pub(super) fn after(day: Date, days: i64) -> Option<Date> {
    // No two days of a calendar are further apart, and a longer span is no span.
    let days = i32::try_from(days).ok().filter(|days| days.abs() < 7_300_000)?;
    day.checked_add(days.days()).ok()
}

fn days_between(first: Date, last: Date) -> i64 {
    first.duration_until(last).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::{Budget, Rule, Spent};
    use crate::oncall::line::lines;
    use jiff::civil::{Date, DateTime, Time, date};
    use std::time::{Duration, Instant};

    fn rule(text: &str, start: Date) -> Rule {
        let line = lines(format!("RRULE:{text}").as_bytes()).expect("a line").remove(0);
        Rule::read(&line, DateTime::from_parts(start, Time::midnight())).expect(text)
    }

    fn days(text: &str, start: Date, from: Date, to: Date) -> Vec<String> {
        let days = rule(text, start).days(start, from, to, &Budget::new()).expect("in bounds");
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_of_rules() {
        // Thursday, 1 January 2026
        let start = date(2026, 1, 1);
        for (text, expected) in [
            ("FREQ=DAILY;COUNT=3", "2026-01-01 2026-01-02 2026-01-03"),
            ("FREQ=DAILY;INTERVAL=30", "2026-01-01 2026-01-31"),
            ("FREQ=DAILY;BYDAY=SA,SU;BYMONTHDAY=3,4,5,6,7,8,9,10", "2026-01-01 2026-01-03 2026-01-04 2026-01-10"),
            ("FREQ=WEEKLY;COUNT=3", "2026-01-01 2026-01-08 2026-01-15"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-01-01 2026-01-12 2026-01-15 2026-01-26 2026-01-29"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=4", "2026-01-01 2026-01-04 2026-01-13 2026-01-18"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4", "2026-01-01 2026-01-11 2026-01-13 2026-01-25"),
            ("FREQ=MONTHLY;BYDAY=2MO,-1FR", "2026-01-01 2026-01-12 2026-01-30"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1,15", "2026-01-01 2026-01-15 2026-01-31"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01 2026-01-30"),
            ("FREQ=YEARLY;BYDAY=5SA", "2026-01-01 2026-01-31"),
        ] {
            assert_eq!(days(text, start, start, date(2026, 1, 31)).join(" "), expected, "{text}");
        }
        for (text, start, expected) in [
            ("FREQ=MONTHLY", date(2025, 12, 31), "2026-01-31 2026-03-31"),
            ("FREQ=YEARLY;INTERVAL=4", date(1996, 2, 29), ""),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", date(1981, 3, 29), "2026-03-29"),
            ("FREQ=YEARLY;BYMONTH=1,4", date(2020, 1, 20), "2026-01-20 2026-04-20"),
            ("FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", date(2020, 1, 1), "2026-02-13 2026-03-13"),
            ("FREQ=MONTHLY;INTERVAL=5;COUNT=100", date(1990, 6, 1), "2026-04-01"),
            ("FREQ=WEEKLY;COUNT=1", date(2020, 1, 1), ""),
        ] {
            assert_eq!(days(text, start, date(2026, 1, 1), date(2026, 5, 1)).join(" "), expected, "{text}");
        }
    }

    /// Jumping to the window finds the same as counting from the beginning.
    #[test]
    fn jumping_is_counting() {
        let start = date(2001, 8, 29);
        for text in [
            "FREQ=DAILY;INTERVAL=11",
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE,SU;WKST=SU",
            "FREQ=MONTHLY;INTERVAL=7;BYDAY=-1WE,1TH",
            "FREQ=MONTHLY;BYMONTHDAY=29,-3",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,8;BYMONTHDAY=29",
        ] {
            let counted = format!("{text};COUNT=1000000");
            for year in [2001, 2002, 2016, 2028] {
                let window = (date(year, 1, 1), date(year + 2, 3, 1));
                let jumped = days(text, start, window.0, window.1);
                assert_eq!(jumped, days(&counted, start, window.0, window.1), "{text} {year}");
            }
        }
    }

    #[test]
    fn hostile_rules_end() {
        let window = (date(9998, 1, 1), date(9999, 12, 31));
        let begun = Instant::now();
        for text in [
            "FREQ=DAILY;INTERVAL=9223372036854775807",
            "FREQ=MONTHLY;INTERVAL=9000000000000000000;COUNT=9000000000000000000",
            "FREQ=YEARLY;INTERVAL=100000;COUNT=1000000000",
            "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        ] {
            let rule = rule(text, date(1, 1, 1));
            assert!(rule.days(date(1, 1, 1), window.0, window.1, &Budget::new()).is_ok(), "{text}");
        }
        let endless = rule("FREQ=DAILY;COUNT=1000000000", date(1, 1, 1));
        assert_eq!(endless.days(date(1, 1, 1), window.0, window.1, &Budget::new()), Err(Spent));
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}
