//! When somebody is reminded of a deadline, and who (D6): pure arithmetic over the policy's schedule.
//!
//! Of the moments that have passed only the last counts: whoever slept for a day is told once how it stands, not
//! everything that they missed.

use super::clock::Clock;
use super::communication::Reminders;
use super::fact::ClockReminded;
use super::state::{Incident, Reminder};
use super::time::{Span, Timestamp};
use super::when::parse_span;

/// A moment of the schedule that has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When it was.
    pub at: Timestamp,
    /// Its name: `before 10m`, `due`, `after 30m`, `warn`.
    pub threshold: String,
    /// How far up the ladder of roles it goes: 0 for the owner alone.
    pub level: usize,
}

/// Every moment of a deadline, the first one first.
pub fn moments(schedule: &Reminders, clock: &Clock) -> Vec<Moment> {
    let spans = |written: &[String]| -> Vec<(String, Span)> {
        written.iter().filter_map(|text| Some((text.clone(), parse_span(text).ok()?))).collect()
    };
    let mut moments = vec![Moment { at: clock.due_at, threshold: "due".to_owned(), level: 0 }];
    // A moment before the deadline even began would remind at once, of what was only just asked for.
    let before = spans(&schedule.before).into_iter().map(|(text, span)| (text, clock.due_at.minus(span)));
    moments.extend(before.filter(|(_, at)| *at > clock.started_at).map(|(text, at)| Moment {
        at,
        threshold: format!("before {text}"),
        level: 0,
    }));
    moments.extend(clock.warn_at.map(|at| Moment { at, threshold: "warn".to_owned(), level: 0 }));
    let after = spans(&schedule.after).into_iter().enumerate();
    moments.extend(after.map(|(index, (text, span))| Moment {
        at: clock.due_at.plus(span),
        threshold: format!("after {text}"),
        level: index + 1,
    }));
    moments.sort_by_key(|moment| moment.at);
    moments
}

/// What is to be said of a deadline by now, where it wasn't yet, and when to look again.
pub fn due(
    schedule: &Reminders,
    incident: &Incident,
    clock: &Clock,
    now: Timestamp,
) -> (Option<(Reminder, usize)>, Option<Timestamp>) {
    let all = moments(schedule, clock);
    let next = all.iter().map(|moment| moment.at).find(|at| *at > now);
    let last = all.iter().rfind(|moment| moment.at <= now);
    let said = |moment: &Moment| incident.promises.reminded(&clock.name, clock.due_at, &moment.threshold);
    let reminder = last.filter(|moment| !said(moment)).map(|moment| {
        let (clock, due_at) = (clock.name.clone(), clock.due_at);
        (Reminder { clock, due_at, threshold: moment.threshold.clone() }, moment.level)
    });
    (reminder, next)
}

/// What is to be said of a deadline of the store by now, where it wasn't yet.
pub fn of_store(schedule: &Reminders, clock: &Clock, said: &[ClockReminded], now: Timestamp) -> Option<ClockReminded> {
    let last = moments(schedule, clock).into_iter().rfind(|moment| moment.at <= now)?;
    let same =
        |one: &ClockReminded| one.clock == clock.name && one.due_at == clock.due_at && one.threshold == last.threshold;
    (!said.iter().any(same)).then(|| ClockReminded {
        clock: clock.name.clone(),
        due_at: clock.due_at,
        threshold: last.threshold,
        to: clock.owner.iter().cloned().collect(),
    })
}

/// Who is reminded: the owner, and from one missed moment to the next one role more.
pub fn addressees(schedule: &Reminders, incident: &Incident, clock: &Clock, level: usize) -> Vec<String> {
    let mut to: Vec<String> = clock.owner.iter().cloned().collect();
    for role in schedule.up.iter().take(level) {
        for person in incident.carriers(role) {
            if !to.iter().any(|known| known == person) {
                to.push(person.to_owned());
            }
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::{addressees, due, moments};
    use crate::incident::clock::{Clock, ClockKind};
    use crate::incident::communication::Reminders;
    use crate::incident::decide::Scene;
    use crate::incident::time::{Span, Timestamp};

    fn schedule() -> Reminders {
        let spans = |list: &[&str]| list.iter().map(|span| (*span).to_owned()).collect();
        Reminders {
            before: spans(&["10m"]),
            after: spans(&["10m", "30m"]),
            up: spans(&["incident-manager"]),
            channels: Vec::new(),
        }
    }

    fn clock(minutes: i64) -> Clock {
        Clock {
            name: "fix".to_owned(),
            kind: ClockKind::Fix,
            owner: Some("ben".to_owned()),
            role: None,
            started_at: Scene::NOW,
            warn_at: None,
            due_at: Scene::NOW.plus(Span::from_minutes(minutes)),
        }
    }

    fn at(minutes: i64) -> Timestamp {
        Scene::NOW.plus(Span::from_minutes(minutes))
    }

    #[test]
    fn the_last_moment_that_passed_counts_and_says_when_to_look_again() {
        let incident = Scene::declared().incident();
        for (now, threshold, next) in [
            (0, None, Some(20)),
            (19, None, Some(20)),
            (20, Some("before 10m"), Some(30)),
            (30, Some("due"), Some(40)),
            (45, Some("after 10m"), Some(60)),
            (525_600, Some("after 30m"), None),
        ] {
            let (reminder, again) = due(&schedule(), &incident, &clock(30), at(now));
            assert_eq!(reminder.map(|(one, _)| one.threshold).as_deref(), threshold, "{now}");
            assert_eq!(again, next.map(at), "{now}");
        }
    }

    #[test]
    fn a_short_deadline_has_no_moment_before_it_began() {
        let names: Vec<String> = moments(&schedule(), &clock(5)).into_iter().map(|one| one.threshold).collect();
        assert_eq!(names, ["due", "after 10m", "after 30m"]);
    }

    #[test]
    fn one_role_more_is_told_at_each_missed_moment() {
        let incident = Scene::declared().incident();
        assert_eq!(addressees(&schedule(), &incident, &clock(30), 0), ["ben"]);
        assert_eq!(addressees(&schedule(), &incident, &clock(30), 2), ["ben", "aki"]);
    }
}
