//! One pass over the rows of a period.

use super::group::{Calendar, Groups};
use super::measure::Taken;
use super::recurrence::Sightings;
use super::{Actions, Asked, Coverage, LeftOut, Metrics, NearMisses, Of, Reopened, Updates, permille};
use crate::incident::command::CancelCause;
use crate::incident::severity::Severity;
use crate::incident::time::Timestamp;
use crate::store::{Figures, Period, Reader, StoreError, overdue};
use std::collections::HashMap;

/// How many categories of near misses are told.
const CATEGORIES: usize = 5;

impl Metrics {
    /// Gathers what is asked for; `calendar` knows the reader's zone.
    pub fn gather(
        reader: &Reader<'_>,
        asked: Asked,
        calendar: Calendar<'_>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut pass = Pass::new(asked, now);
        let period = Period { since: asked.since, until: asked.until, restricted: asked.restricted };
        reader.figures(period, |figures| pass.add(figures, calendar))?;
        let earlier = match asked.since {
            Some(since) if pass.counted == 0 => reader.declared_before(since, asked.restricted)?,
            _ => 0,
        };
        let mut cancelled: Vec<(Option<CancelCause>, usize)> = pass.cancelled.into_iter().collect();
        cancelled.sort_by(|(one, many), (other, more)| more.cmp(many).then_with(|| one.cmp(other)));
        Ok(Self {
            asked,
            counted: pass.counted,
            left_out: LeftOut {
                real: pass.real,
                drills: pass.drills,
                near_misses: pass.other_near_misses,
                cancelled,
                earlier,
            },
            measures: pass.taken.measures(),
            updates: pass.updates,
            coverage: pass.held.coverage(),
            actions: pass.actions,
            reopened: pass.reopened,
            recurrence: pass.sightings.finish(reader)?,
            near_misses: pass.near_misses.finish(),
            groups: pass.groups.finish(),
        })
    }
}

struct Pass {
    asked: Asked,
    now: Timestamp,
    counted: usize,
    real: usize,
    drills: usize,
    other_near_misses: usize,
    cancelled: HashMap<Option<CancelCause>, usize>,
    taken: Taken,
    updates: Updates,
    held: Sums,
    actions: Actions,
    reopened: Reopened,
    sightings: Sightings,
    near_misses: Near,
    groups: Groups,
    /// Services as they were read last: neighbours often share them.
    services: (String, Vec<String>),
}

impl Pass {
    fn new(asked: Asked, now: Timestamp) -> Self {
        Self {
            asked,
            now,
            counted: 0,
            real: 0,
            drills: 0,
            other_near_misses: 0,
            cancelled: HashMap::new(),
            taken: Taken::default(),
            updates: Updates::default(),
            held: Sums::default(),
            actions: Actions::default(),
            reopened: Reopened::default(),
            sightings: Sightings::default(),
            near_misses: Near::default(),
            groups: Groups::default(),
            services: ("[]".to_owned(), Vec::new()),
        }
    }

    fn add(&mut self, figures: &Figures<'_>, calendar: Calendar<'_>) {
        let kind = match (figures.drill, figures.near_miss) {
            (true, _) => Of::Drills,
            (false, true) => Of::NearMisses,
            (false, false) => Of::Real,
        };
        if kind == Of::NearMisses && self.asked.of == Of::Real && figures.cancelled.is_none() {
            self.near_misses.add(figures);
        }
        if kind != self.asked.of {
            match kind {
                Of::Real => self.real += 1,
                Of::Drills => self.drills += 1,
                Of::NearMisses => self.other_near_misses += 1,
            }
            return;
        }
        if let Some(because) = figures.cancelled {
            *self.cancelled.entry(because).or_default() += 1;
            return;
        }
        self.counted += 1;
        self.taken.add(&figures.times);
        self.told(figures);
        self.held.add(figures);
        self.acted(figures);
        if figures.times.resolved.is_some() || figures.reopened > 0 {
            self.reopened.resolved += 1;
            self.reopened.reopened += usize::from(figures.reopened > 0);
            self.reopened.times += count(figures.reopened);
        }
        if self.services.0 != figures.services {
            self.services = (figures.services.to_owned(), serde_json::from_str(figures.services).unwrap_or_default());
        }
        let services = &self.services.1;
        self.sightings.add(figures, services);
        if let Some(by) = self.asked.by {
            self.groups.add(figures, services, by, calendar);
        }
    }

    fn told(&mut self, figures: &Figures<'_>) {
        let updates = &figures.updates;
        let (in_time, late) = (count(updates.in_time), count(updates.late));
        let missed = count(updates.missed) + overdue(updates.open, self.now);
        self.updates.in_time += in_time;
        self.updates.late += late;
        self.updates.missed += missed;
        self.updates.without += usize::from(in_time + late + missed == 0);
    }

    fn acted(&mut self, figures: &Figures<'_>) {
        let (sum, one) = (&mut self.actions, &figures.actions);
        let overdue = overdue(one.open, self.now);
        sum.in_time += count(one.in_time);
        sum.late += count(one.late) + overdue;
        sum.open += one.open.split_ascii_whitespace().count() - overdue;
        sum.undated += count(one.undated);
        sum.dropped += count(one.dropped);
        sum.effective += count(one.effective);
        sum.ineffective += count(one.ineffective);
        sum.unchecked += count(one.unchecked);
    }
}

/// Time added up over incidents.
#[derive(Default)]
struct Sums {
    counts: Coverage,
    response: u128,
    led: u128,
    owed: u128,
    held: u128,
}

impl Sums {
    fn add(&mut self, figures: &Figures<'_>) {
        if figures.times.resolved.is_none() {
            self.counts.unresolved += 1;
            return;
        }
        let whole = |millis: i64| u128::try_from(millis).unwrap_or_default();
        let Some(response) = figures.response().map(|span| whole(span.millis())).filter(|span| *span > 0) else {
            self.counts.instant += 1;
            return;
        };
        let led = whole(figures.roles.manager);
        if led == 0 && figures.roles.count == 0 {
            // Another tool's history says nothing of who led; a near miss needs nobody to.
            self.counts.without_roles += 1;
            return;
        }
        self.counts.incidents += 1;
        self.counts.always_led += usize::from(led >= response);
        self.counts.with_roles += usize::from(figures.roles.count > 0);
        self.response += response;
        self.led += led;
        self.owed += response * u128::from(figures.roles.count);
        self.held += whole(figures.roles.held);
    }

    fn coverage(self) -> Coverage {
        Coverage { led: permille(self.led, self.response), held: permille(self.held, self.owed), ..self.counts }
    }
}

/// Near misses as they come.
#[derive(Default)]
struct Near {
    count: usize,
    severities: HashMap<Severity, usize>,
    categories: HashMap<Option<String>, usize>,
}

impl Near {
    fn add(&mut self, figures: &Figures<'_>) {
        self.count += 1;
        *self.severities.entry(figures.worst).or_default() += 1;
        *self.categories.entry(figures.category.map(str::to_owned)).or_default() += 1;
    }

    fn finish(self) -> NearMisses {
        let mut severities: Vec<_> = self.severities.into_iter().collect();
        severities.sort_unstable();
        let mut categories: Vec<_> = self.categories.into_iter().collect();
        categories.sort_by(|(one, many), (other, more)| more.cmp(many).then_with(|| one.cmp(other)));
        categories.truncate(CATEGORIES);
        NearMisses { count: self.count, severities, categories }
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
