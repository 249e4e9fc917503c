//! The people that an event names; the rule is written at the room's door.

use super::line::Line;
use super::part::Part;
use crate::incident::limits::NAME;

/// What calendars write before a name in `SUMMARY`, in small letters.
const LABELS: [&str; 5] = ["on call", "on-call", "oncall", "オンコール", "当番"];

/// Everybody whom an event names, in its order.
pub(super) fn people(event: &Part) -> Vec<String> {
    let invited: Vec<&Line> = event.all("ATTENDEE").filter(|line| is_person(line)).collect();
    let mut people = Vec::new();
    if invited.is_empty() {
        people.extend(event.all("SUMMARY").next().and_then(|line| tidy(unlabelled(&text(&line.value)))));
    } else {
        let accepted = invited.into_iter().filter(|line| !line.says("PARTSTAT", "DECLINED"));
        people.extend(accepted.filter_map(attendee));
    }
    people
}

fn is_person(line: &Line) -> bool {
    !line.says("CUTYPE", "ROOM") && !line.says("CUTYPE", "RESOURCE")
}

fn attendee(line: &Line) -> Option<String> {
    let address = line.value.trim();
    let mail = match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => address.get(7..).unwrap_or_default(),
        _ => address,
    };
    line.parameter("CN").and_then(tidy).or_else(|| tidy(mail))
}

/// The name without its label.
fn unlabelled(summary: &str) -> &str {
    let summary = summary.trim();
    for label in LABELS {
        let Some((start, rest)) = summary.split_at_checked(label.len()) else { continue };
        let rest = rest.trim_start();
        if !start.to_lowercase().eq(label) {
            continue;
        }
        if let Some(name) = rest.strip_prefix([':', '：']) {
            return name;
        }
        if let Some(name) = rest.strip_prefix(['-', '–', '—']) {
            return name.split_once(" - ").map_or(name, |(name, _)| name);
        }
    }
    summary
}

/// A name on one line, without what steers a screen, and not longer than a name may be; `None` when nothing is left.
fn tidy(name: &str) -> Option<String> {
    let spaced: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut name = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = (0..=NAME.min(name.len())).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    name.truncate(end);
    (!name.is_empty()).then_some(name)
}

/// A value of type TEXT as it was meant (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::people;
    use crate::oncall::part::calendars;

    fn named(lines: &str) -> Vec<String> {
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR");
        people(&calendars(text.as_bytes()).expect("a calendar")[0].parts[0])
    }

    #[test]
    fn who_is_named() {
        let long = format!("SUMMARY:{}", "火".repeat(100));
        for (lines, names) in [
            // PagerDuty
            ("ATTENDEE:sato@example.com\nSUMMARY:On Call - Sato Hanako - Primary", vec!["sato@example.com"]),
            ("SUMMARY:On Call - Sato Hanako - Primary", vec!["Sato Hanako"]),
            // Google Calendar
            ("ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=佐藤 花子:mailto:sato@example.com", vec!["佐藤 花子"]),
            (
                "ATTENDEE;CN=A:mailto:a@x\nATTENDEE;CN=\"B, C\":MAILTO:b@x\nATTENDEE:Mailto:d@x",
                vec!["A", "B, C", "d@x"],
            ),
            ("ATTENDEE;CN=A;PARTSTAT=DECLINED:mailto:a@x\nATTENDEE;CN=B:mailto:b@x", vec!["B"]),
            ("ATTENDEE;CN=A;PARTSTAT=declined:mailto:a@x\nSUMMARY:A", vec![]),
            ("ATTENDEE;CUTYPE=ROOM;CN=Room 3:mailto:r@x\nSUMMARY:当番：佐藤", vec!["佐藤"]),
            ("SUMMARY:オンコール: 鈴木", vec!["鈴木"]),
            ("SUMMARY:ON-CALL: Suzuki - night", vec!["Suzuki - night"]),
            ("SUMMARY:oncall – Suzuki", vec!["Suzuki"]),
            ("SUMMARY:Oncall Suzuki", vec!["Oncall Suzuki"]),
            ("SUMMARY:Suzuki\\, Ichiro\\n\\;", vec!["Suzuki, Ichiro ;"]),
            ("SUMMARY:On Call - ", vec![]),
            ("SUMMARY:a\u{1b}[31m\u{7}b", vec!["a [31m b"]),
            ("UID:1", vec![]),
            (&long, vec![&"火".repeat(66)]),
        ] {
            assert_eq!(named(lines), names, "{lines}");
        }
    }
}
