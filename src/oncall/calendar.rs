//! Who is on call, as an iCalendar file says it.

use super::event::Event;
use super::line::{Spot, quoted};
use super::part::{Part, calendars};
use super::period::Budget;
use super::shift::shifts;
use super::zone::Zones;
use crate::incident::oncall::{CalendarFault, MOST_NAMES};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;

/// Everybody whose shift holds the instant, who began first before the others.
pub(super) fn on_call(bytes: &[u8], at: Timestamp, system: &TimeZone) -> Result<Vec<String>, Spot> {
    // Calendars know whole seconds.
    let at = at.millis().div_euclid(1000);
    let budget = Budget::new();
    let mut found = Vec::new();
    for calendar in calendars(bytes)? {
        let zones = Zones::of(&calendar, at, system, &budget);
        found.extend(shifts(&events(&calendar, &zones)?, at, &budget)?);
    }
    found.sort_by_key(|(begun, _)| *begun);
    let mut names: Vec<String> = Vec::new();
    for name in found.into_iter().flat_map(|(_, people)| people) {
        if !names.contains(&name) {
            if names.len() == MOST_NAMES {
                return Err(Spot::whole(CalendarFault::TooMany));
            }
            names.push(name);
        }
    }
    Ok(names)
}

fn events(calendar: &Part, zones: &Zones<'_>) -> Result<Vec<Event>, Spot> {
    let foreign = calendar.all("CALSCALE").find(|line| !line.value.trim().eq_ignore_ascii_case("GREGORIAN"));
    if let Some(line) = foreign {
        let quoted = quoted(&line.value);
        return Err(Spot::at(line.number, CalendarFault::Unsupported { property: "CALSCALE", quoted }));
    }
    let withdrawn = calendar.all("METHOD").any(|line| line.value.trim().eq_ignore_ascii_case("CANCEL"));
    let read = |part: &Part| {
        let mut event = Event::read(part, zones)?;
        event.cancelled |= withdrawn;
        Ok(event)
    };
    calendar.parts.iter().filter(|part| part.name == "VEVENT").map(read).collect()
}
