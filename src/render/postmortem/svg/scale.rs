//! From instants to places on the picture, in whole units of its width.

use crate::incident::time::{Span, Timestamp};
use crate::text::Moments;
use crate::view::postmortem::{MilestoneKind, Postmortem};

const MINUTE: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// Distances between marks that people find round, in minutes.
const STEPS: [i64; 21] = [
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    180,
    360,
    720,
    DAY_MINUTES,
    2 * DAY_MINUTES,
    5 * DAY_MINUTES,
    7 * DAY_MINUTES,
    14 * DAY_MINUTES,
    30 * DAY_MINUTES,
    60 * DAY_MINUTES,
    90 * DAY_MINUTES,
    180 * DAY_MINUTES,
    365 * DAY_MINUTES,
];

/// The part of the whole that is added after the resolution, so that its stage has a place: one in so many.
const TAIL: i64 = 10;

/// What the picture shows of time, and where.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The first instant.
    pub start: Timestamp,
    /// The last instant.
    pub end: Timestamp,
    /// Where the first instant stands.
    pub left: i64,
    /// How wide the whole is.
    pub width: i64,
}

impl Scale {
    /// From the beginning to the resolution and a little beyond, or to the last entry while it is unresolved.
    pub fn new(postmortem: &Postmortem, left: i64, width: i64) -> Self {
        let early = [MilestoneKind::Started, MilestoneKind::Detected, MilestoneKind::Declared];
        let start = early.iter().filter_map(|kind| postmortem.reached(*kind)).min().unwrap_or(postmortem.made_at);
        let last = postmortem.timeline.last().map_or(start, |moment| moment.at);
        let end = postmortem.reached(MilestoneKind::Resolved).unwrap_or(last).max(start);
        let span = end.since(start).map_or(0, Span::millis).max(MINUTE);
        let end = start.plus(Span::from_millis(span.saturating_add(span / TAIL)));
        Self { start, end, left, width }
    }

    /// How wide the part after the resolution is at least.
    pub const fn tail(width: i64) -> i64 {
        width / (TAIL + 1)
    }

    /// Whether the picture reaches to an instant.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.start <= at && at <= self.end
    }

    /// Where an instant stands; one outside stands at the edge.
    pub fn place(&self, at: Timestamp) -> i64 {
        let whole = i128::from(self.end.millis()) - i128::from(self.start.millis());
        let part = i128::from(at.millis()) - i128::from(self.start.millis());
        let offset = part.clamp(0, whole) * i128::from(self.width) / whole.max(1);
        self.left + i64::try_from(offset).unwrap_or(self.width)
    }

    /// Round times of day, each at least `apart` from the next, and whether they are whole days.
    pub fn marks(&self, moments: &Moments, apart: i64) -> (Vec<Timestamp>, bool) {
        let whole = self.end.since(self.start).map_or(0, Span::millis) / MINUTE;
        let least = whole.saturating_mul(apart) / self.width.max(1);
        let wide = (least / DAY_MINUTES + 1).saturating_mul(DAY_MINUTES);
        let step = STEPS.into_iter().find(|step| *step > least).unwrap_or(wide);
        let round = step.min(DAY_MINUTES);
        let full_minute = Timestamp::from_millis(self.start.millis().div_euclid(MINUTE).saturating_mul(MINUTE));
        let mut mark =
            full_minute.plus(Span::from_minutes((round - moments.minute_of_day(full_minute) % round) % round));
        let mut marks = Vec::new();
        let most = usize::try_from(self.width / apart.max(1)).unwrap_or(0) + 2;
        while self.end >= mark && marks.len() < most {
            if self.holds(mark) {
                marks.push(mark);
            }
            mark = rounded(mark.plus(Span::from_minutes(step)), round, moments);
        }
        (marks, step >= DAY_MINUTES)
    }
}

/// The nearest instant at which the time of day is round again: clocks may have changed on the way.
fn rounded(at: Timestamp, round: i64, moments: &Moments) -> Timestamp {
    let over = moments.minute_of_day(at) % round;
    if over * 2 <= round { at.minus(Span::from_minutes(over)) } else { at.plus(Span::from_minutes(round - over)) }
}

#[cfg(test)]
mod tests {
    use super::Scale;
    use crate::incident::localized::Lang;
    use crate::incident::time::Timestamp;
    use crate::text::Moments;
    use crate::view::postmortem::story::{START, minute};
    use jiff::tz::TimeZone;

    fn marks(minutes: i64, zone: &str) -> Vec<String> {
        let moments = Moments::new(TimeZone::get(zone).expect("a zone"), Lang::En);
        let scale = Scale { start: minute(0), end: minute(minutes), left: 0, width: 600 };
        scale.marks(&moments, 80).0.iter().map(|mark| moments.day_clock(*mark)[5..].to_owned()).collect()
    }

    #[test]
    fn marks_are_round_in_the_local_zone() {
        assert_eq!(marks(20, "UTC"), ["11-20 05:00", "11-20 05:05", "11-20 05:10", "11-20 05:15", "11-20 05:20"]);
        assert_eq!(
            marks(200, "Asia/Kolkata"),
            ["11-20 10:30", "11-20 11:00", "11-20 11:30", "11-20 12:00", "11-20 12:30", "11-20 13:00", "11-20 13:30"]
        );
        assert_eq!(marks(12 * 1440, "Asia/Tokyo")[..2], ["11-21 00:00", "11-23 00:00"]);
        assert_eq!(marks(4000 * 1440, "Asia/Tokyo").len(), 8);
    }

    #[test]
    fn marks_stay_round_when_the_clocks_change() {
        let moments = Moments::new(TimeZone::get("Europe/Berlin").expect("a zone"), Lang::En);
        let before: jiff::Timestamp = "2026-10-23T10:00:00Z".parse().expect("a time");
        let start = Timestamp::from_millis(before.as_millisecond());
        let scale = Scale { start, end: Timestamp::from_millis(start.millis() + 4 * 86_400_000), left: 0, width: 600 };
        let days: Vec<String> = scale.marks(&moments, 80).0.iter().map(|mark| moments.day_clock(*mark)).collect();
        assert_eq!(days, ["2026-10-24 00:00", "2026-10-25 00:00", "2026-10-26 00:00", "2026-10-27 00:00"]);
    }

    #[test]
    fn places_stay_inside() {
        let scale = Scale { start: minute(0), end: minute(10), left: 100, width: 500 };
        assert_eq!(
            [minute(-5), minute(0), minute(5), minute(10), minute(99)].map(|at| scale.place(at)),
            [100, 100, 350, 600, 600]
        );
        let ends = Scale {
            start: Timestamp::from_millis(i64::MIN),
            end: Timestamp::from_millis(i64::MAX),
            left: 0,
            width: 10,
        };
        assert_eq!(ends.place(Timestamp::from_millis(START)), 5);
    }
}
