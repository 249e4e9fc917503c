//! The shifts of one calendar that hold an instant, the newest version of each.

use super::event::{Event, Marks};
use super::line::Spot;
use super::period::Budget;
use std::collections::HashMap;

/// An event's versions: the same event, standing for the same repetition.
type Version<'e> = (&'e str, Option<i64>);

/// When each shift began that holds the instant, and whom it names, in the order of the file.
pub(super) fn shifts(events: &[Event], at: i64, budget: &Budget) -> Result<Vec<(i64, Vec<String>)>, Spot> {
    let mut newest: HashMap<Version<'_>, i64> = HashMap::new();
    for event in events {
        if let Some(version) = version(event) {
            let sequence = newest.entry(version).or_insert(event.sequence);
            *sequence = event.sequence.max(*sequence);
        }
    }
    let is_newest = |event: &Event| version(event).is_none_or(|version| newest.get(&version) == Some(&event.sequence));
    let mut replaced: HashMap<&str, Marks> = HashMap::new();
    for event in events {
        if let (Some(uid), Some(stated)) = (&event.uid, &event.replaces) {
            replaced.entry(uid).or_default().add(stated);
        }
    }
    let mut shifts = Vec::new();
    for event in events.iter().filter(|event| !event.cancelled && is_newest(event)) {
        // An exception is not replaced by itself.
        let series = event.uid.as_deref().filter(|_| event.replaces.is_none());
        if let Some(begun) = event.holding(at, series.and_then(|uid| replaced.get(uid)), budget)? {
            shifts.push((begun, event.people.clone()));
        }
    }
    Ok(shifts)
}

fn version(event: &Event) -> Option<Version<'_>> {
    Some((event.uid.as_deref()?, event.replaces.as_ref().map(super::event::Stated::second)))
}
