//! The parts of a calendar (`BEGIN:` … `END:`), one inside the other.

use super::line::{Line, Spot, lines, quoted};
use crate::incident::oncall::CalendarFault;

/// Parts inside of parts: a calendar needs three.
const DEEPEST: usize = 8;

/// A part: its own lines and the parts inside it.
#[derive(Debug)]
pub(super) struct Part {
    /// What it is, in capitals: `VEVENT`.
    pub(super) name: String,
    /// Where it begins.
    pub(super) number: usize,
    pub(super) lines: Vec<Line>,
    pub(super) parts: Vec<Part>,
}

impl Part {
    /// The lines of a name.
    pub(super) fn all(&self, name: &'static str) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// The line of a name; two of them are a fault.
    pub(super) fn one(&self, name: &'static str) -> Result<Option<&Line>, Spot> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (_, Some(second)) => Err(Spot::at(second.number, CalendarFault::Twice { property: name })),
            (first, None) => Ok(first),
        }
    }

    /// The line of a name, which has to be there.
    pub(super) fn needed(&self, name: &'static str) -> Result<&Line, Spot> {
        self.one(name)?.ok_or_else(|| Spot::at(self.number, CalendarFault::Lacks { property: name }))
    }
}

/// The calendars of a file.
pub(super) fn calendars(bytes: &[u8]) -> Result<Vec<Part>, Spot> {
    let mut calendars = Vec::new();
    let mut open: Vec<Part> = Vec::new();
    for line in lines(bytes).map_err(|spot| not_at_all(bytes, spot))? {
        let named = || line.value.trim().to_ascii_uppercase();
        match (line.name.as_str(), open.last_mut()) {
            ("BEGIN", around) => {
                let name = named();
                if around.is_none() && name != "VCALENDAR" {
                    return Err(Spot::at(line.number, CalendarFault::NotACalendar));
                }
                if open.len() == DEEPEST {
                    return Err(Spot::at(line.number, CalendarFault::TooDeep));
                }
                open.push(Part { name, number: line.number, lines: Vec::new(), parts: Vec::new() });
            }
            ("END", _) => {
                let name = named();
                match open.pop() {
                    Some(ended) if ended.name == name => match open.last_mut() {
                        Some(around) => around.parts.push(ended),
                        None => calendars.push(ended),
                    },
                    Some(other) => return Err(unclosed(&other)),
                    None => {
                        return Err(Spot::at(line.number, CalendarFault::Unopened { name: quoted(&name) }));
                    }
                }
            }
            (_, Some(around)) => around.lines.push(line),
            (_, None) => return Err(Spot::at(line.number, CalendarFault::NotACalendar)),
        }
    }
    match open.last() {
        Some(part) => Err(unclosed(part)),
        None if calendars.is_empty() => Err(Spot::whole(CalendarFault::NotACalendar)),
        None => Ok(calendars),
    }
}

fn unclosed(part: &Part) -> Spot {
    Spot::at(part.number, CalendarFault::Unclosed { name: quoted(&part.name) })
}

/// A file that doesn't begin like a calendar, such as a web page, is not told about its lines.
fn not_at_all(bytes: &[u8], spot: Spot) -> Spot {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let begins = bytes.get(..15).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"));
    if begins { spot } else { Spot::whole(CalendarFault::NotACalendar) }
}

#[cfg(test)]
mod tests {
    use super::{CalendarFault, Spot, calendars};

    #[test]
    fn parts_hold_parts() {
        let text = b"begin:vcalendar\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nUID:2\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
        let found = calendars(text).expect("calendars");
        let event = &found[0].parts[0];
        assert_eq!((event.name.as_str(), event.number, event.lines.len(), event.parts.len()), ("VEVENT", 3, 1, 1));
    }

    #[test]
    fn what_is_cut_off_or_crossed_is_named() {
        let name = |name: &str| name.to_owned();
        let deep = "BEGIN:VCALENDAR\n".to_owned() + &"BEGIN:A\n".repeat(300_000);
        for (text, line, fault) in [
            ("", None, CalendarFault::NotACalendar),
            ("<!DOCTYPE html>\n<p>Sign in", None, CalendarFault::NotACalendar),
            ("UID:1", Some(1), CalendarFault::NotACalendar),
            ("BEGIN:VEVENT\nEND:VEVENT", Some(1), CalendarFault::NotACalendar),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", Some(2), CalendarFault::Unclosed { name: name("VEVENT") }),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", Some(2), CalendarFault::Unclosed { name: name("VEVENT") }),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:X", Some(3), CalendarFault::Unopened { name: name("X") }),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR\nUID:1", Some(3), CalendarFault::NotACalendar),
            (&deep, Some(9), CalendarFault::TooDeep),
        ] {
            let shown = text.get(..40).unwrap_or(text);
            assert_eq!(calendars(text.as_bytes()).expect_err(shown), Spot { line, fault }, "{shown}");
        }
    }
}
