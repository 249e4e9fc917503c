//! The times that are measured: from which instant to which, and why an incident may have none.

use super::statistics::Spread;
use crate::incident::time::Span;
use crate::store::Passed;

/// A time that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureKind {
    /// From the beginning to its being noticed.
    Detect,
    /// From declaration to the first answer of somebody who was called.
    Acknowledge,
    /// From declaration to the workaround.
    Mitigate,
    /// From declaration to the end.
    Resolve,
    /// From the beginning to the end: what customers felt.
    Outage,
}

/// Why an incident has no such time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Nobody said when it began.
    NoStart,
    /// Nobody said when it was noticed.
    NotDetected,
    /// Nobody who was called has answered, or nobody was called.
    NotAcknowledged,
    /// No workaround was recorded, and it is resolved.
    NoWorkaround,
    /// It is neither mitigated nor resolved yet.
    NotMitigated,
    /// It is not resolved yet.
    NotResolved,
    /// The end lies before the beginning: clocks or memories disagree.
    Negative,
    /// Beginning and end are the same instant: how long it took is not known, as with what is only told afterwards.
    NoLength,
}

/// A time that was measured over many incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Which one.
    pub kind: MeasureKind,
    /// What came out.
    pub spread: Spread,
    /// How many incidents have none, and why.
    pub left_out: Vec<(Absence, usize)>,
}

impl MeasureKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Detect, Self::Acknowledge, Self::Mitigate, Self::Resolve, Self::Outage];

    /// Its slug.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Mitigate => "mitigate",
            Self::Resolve => "resolve",
            Self::Outage => "outage",
        }
    }

    /// The instants that it lies between, by their names in JSON.
    pub const fn between(self) -> (&'static str, &'static str) {
        match self {
            Self::Detect => ("started_at", "detected_at"),
            Self::Acknowledge => ("declared_at", "acknowledged_at"),
            Self::Mitigate => ("declared_at", "mitigated_at"),
            Self::Resolve => ("declared_at", "resolved_at"),
            Self::Outage => ("started_at", "resolved_at"),
        }
    }

    /// How long it took, in milliseconds.
    fn take(self, times: &Passed) -> Result<i64, Absence> {
        let resolved = times.resolved.ok_or(Absence::NotResolved);
        let (from, until) = match self {
            Self::Detect => (times.started.ok_or(Absence::NoStart)?, times.detected.ok_or(Absence::NotDetected)?),
            Self::Acknowledge => (times.declared, times.acknowledged.ok_or(Absence::NotAcknowledged)?),
            Self::Mitigate => {
                let absent = if times.resolved.is_some() { Absence::NoWorkaround } else { Absence::NotMitigated };
                (times.declared, times.mitigated.ok_or(absent)?)
            }
            Self::Resolve => (times.declared, resolved?),
            Self::Outage => (times.started.ok_or(Absence::NoStart)?, resolved?),
        };
        let whole = matches!(self, Self::Resolve | Self::Outage);
        if whole && until == from {
            return Err(Absence::NoLength);
        }
        let calm = if whole { times.calm } else { Span::default() };
        until.since(from).map(|whole| whole.without(calm).millis()).ok_or(Absence::Negative)
    }
}

impl Absence {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NoStart,
        Self::NotDetected,
        Self::NotAcknowledged,
        Self::NoWorkaround,
        Self::NotMitigated,
        Self::NotResolved,
        Self::Negative,
        Self::NoLength,
    ];

    /// Its slug.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoStart => "no-start-time",
            Self::NotDetected => "no-detection-time",
            Self::NotAcknowledged => "not-acknowledged",
            Self::NoWorkaround => "no-workaround",
            Self::NotMitigated => "not-mitigated-yet",
            Self::NotResolved => "not-resolved-yet",
            Self::Negative => "clocks-disagree",
            Self::NoLength => "no-length",
        }
    }
}

impl Measure {
    /// How many incidents have no such time.
    pub fn absent(&self) -> usize {
        self.left_out.iter().map(|(_, count)| count).sum()
    }
}

/// Times of incidents as they come.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    values: [Vec<i64>; MeasureKind::ALL.len()],
    absent: [[usize; Absence::ALL.len()]; MeasureKind::ALL.len()],
}

impl Taken {
    /// Takes an incident's times in.
    pub(super) fn add(&mut self, times: &Passed) {
        for ((kind, values), absent) in MeasureKind::ALL.iter().zip(&mut self.values).zip(&mut self.absent) {
            match kind.take(times) {
                Ok(value) => values.push(value),
                Err(why) => {
                    let place = Absence::ALL.iter().position(|absence| *absence == why);
                    if let Some(count) = place.and_then(|place| absent.get_mut(place)) {
                        *count += 1;
                    }
                }
            }
        }
    }

    /// What came out.
    pub(super) fn measures(self) -> Vec<Measure> {
        let all = MeasureKind::ALL.into_iter().zip(self.values).zip(self.absent);
        let told = |absent: [usize; Absence::ALL.len()]| {
            Absence::ALL.into_iter().zip(absent).filter(|(_, count)| *count > 0).collect()
        };
        all.map(|((kind, values), absent)| Measure { kind, spread: Spread::of(values), left_out: told(absent) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Absence, MeasureKind, Taken};
    use crate::incident::time::{Span, Timestamp};
    use crate::store::Passed;

    fn at(minute: i64) -> Option<Timestamp> {
        Some(Timestamp::from_millis(minute * 60_000))
    }

    fn times(minutes: [Option<i64>; 5]) -> Passed {
        let [started, detected, acknowledged, mitigated, resolved] = minutes.map(|minute| minute.and_then(at));
        let declared = Timestamp::from_millis(600_000);
        Passed { declared, started, detected, acknowledged, mitigated, resolved, calm: Span::default() }
    }

    #[test]
    fn calm_between_rounds_is_no_outage() {
        let took = Passed { calm: Span::from_minutes(25), ..times([Some(0), None, None, None, Some(70)]) };
        assert_eq!(MeasureKind::Outage.take(&took), Ok(45 * 60_000));
        assert_eq!(MeasureKind::Resolve.take(&took), Ok(35 * 60_000));
    }

    #[test]
    fn each_counts_from_where_it_says() {
        let took = times([Some(0), Some(4), Some(12), Some(30), Some(70)]);
        let minutes = MeasureKind::ALL.map(|kind| kind.take(&took).map(|millis| millis / 60_000));
        assert_eq!(minutes, [Ok(4), Ok(2), Ok(20), Ok(60), Ok(70)]);
    }

    #[test]
    fn what_is_missing_is_told_apart() {
        let open = MeasureKind::ALL.map(|kind| kind.take(&times([None; 5])));
        assert_eq!(
            open.map(Result::unwrap_err),
            [Absence::NoStart, Absence::NotAcknowledged, Absence::NotMitigated, Absence::NotResolved, Absence::NoStart,]
        );
        let odd = times([Some(20), Some(4), Some(2), None, Some(5)]);
        let odd = MeasureKind::ALL.map(|kind| kind.take(&odd));
        assert_eq!(
            odd.map(Result::unwrap_err),
            [Absence::Negative, Absence::Negative, Absence::NoWorkaround, Absence::Negative, Absence::Negative,]
        );
    }

    #[test]
    fn every_incident_is_counted_or_left_out() {
        let mut taken = Taken::default();
        taken.add(&times([None; 5]));
        taken.add(&times([Some(0), None, None, None, Some(70)]));
        for measure in taken.measures() {
            assert_eq!(measure.spread.n + measure.absent(), 2, "{:?}", measure.kind);
        }
    }
}
