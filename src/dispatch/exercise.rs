//! Reminders of deadlines that belong to no incident: exercises that were not held (A5).

use crate::engine::EngineError;
use crate::incident::clock::Clock;
use crate::incident::fact::{ClockReminded, Fact};
use crate::incident::id::SubjectId;
use crate::incident::policy::Policy;
use crate::incident::reminding::of_store;
use crate::incident::time::Timestamp;
use crate::store::{Filter, Reader};
use crate::text::{Moments, tick};

/// What is to be recorded of each deadline whose moment has come, and in words.
pub fn store_reminders(
    reader: &Reader<'_>,
    policy: &Policy,
    clocks: &[Clock],
    moments: &Moments,
    now: Timestamp,
) -> Result<Vec<(ClockReminded, String)>, EngineError> {
    let (Some(space), false) = (reader.space()?, clocks.is_empty()) else { return Ok(Vec::new()) };
    let filter = Filter { kinds: vec!["clock.reminded".to_owned()], ..Filter::default() };
    let said: Vec<ClockReminded> = reader
        .timeline(SubjectId(space.0), &filter)?
        .into_iter()
        .filter_map(|entry| if let Fact::ClockReminded(said) = entry.fact { Some(said) } else { None })
        .collect();
    let due = clocks.iter().filter_map(|clock| Some((clock, of_store(&policy.reminders, clock, &said, now)?)));
    Ok(due.map(|(clock, reminded)| (reminded, tick::deadline(clock, now, moments))).collect())
}
