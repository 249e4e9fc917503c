//! Clocks as an iCalendar file (RFC 5545), so that a calendar program shows and announces what is due.
//!
//! Each clock is an event at the time it is due: calendar programs show no `VTODO`. Its `UID` stays the same and its
//! `SEQUENCE` grows from one export to the next, so that importing again updates it.

use crate::incident::time::{Span, Timestamp};
use crate::text::{one_line, visible};

/// A clock as a calendar shows it; every text may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarClock {
    /// The same for the same clock, whenever it is exported.
    pub uid: String,
    /// What is due, on one line.
    pub summary: String,
    /// What more there is to say.
    pub description: String,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// Whether it is past due: it is marked, and announced no more.
    pub overdue: bool,
    /// Where to read more; left out unless it is an address of the web.
    pub url: Option<String>,
    /// What it is filed under.
    pub categories: Vec<String>,
}

/// Bytes of a line without its end (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// How long an event is shown: one without any length is hard to see in a calendar.
const SHOWN: Span = Span::from_minutes(5);

/// The longest time before a clock is due at which it is announced.
const LEAD: Span = Span::from_minutes(15);

/// How often a program that subscribed may ask again.
const REFRESH: &str = "PT5M";

/// The first and the last second that a calendar can name and an event still fits in.
const EPOCH: i64 = 0;
const END: i64 = 253_402_203_600;

/// 2020-01-01T00:00:00Z: sequences count seconds from here, and fit into 31 bits until 2088.
const SEQUENCE_FROM: i64 = 1_577_836_800;

/// A calendar of clocks under a name, as exported at `now`.
pub fn calendar(clocks: &[CalendarClock], now: Timestamp, name: &str) -> String {
    let mut lines = Lines::default();
    let name = text(&one_line(name));
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//hikeshi//due//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("NAME", &name);
    lines.add("X-WR-CALNAME", &name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.add("X-PUBLISHED-TTL", REFRESH);
    for clock in clocks {
        event(&mut lines, clock, now);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

fn event(lines: &mut Lines, clock: &CalendarClock, now: Timestamp) {
    let summary = one_line(&clock.summary);
    // A mark needs no language.
    let summary = if clock.overdue { format!("⚠ {summary}") } else { summary.into_owned() };
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &text(&one_line(&clock.uid)));
    lines.add("DTSTAMP", &utc(now));
    lines.add("CREATED", &utc(clock.started_at));
    lines.add("LAST-MODIFIED", &utc(now));
    lines.add("SEQUENCE", &sequence(now).to_string());
    lines.add("DTSTART", &utc(clock.due_at));
    lines.add("DTEND", &shown(clamped(clock.due_at).plus(SHOWN)));
    lines.add("SUMMARY", &text(&summary));
    if !clock.description.trim().is_empty() {
        lines.add("DESCRIPTION", &text(&visible(&clock.description)));
    }
    if let Some(url) = clock.url.as_deref().and_then(web) {
        lines.add("URL", &url);
    }
    let categories: Vec<String> = clock.categories.iter().map(|category| text(one_line(category).trim())).collect();
    let categories: Vec<String> = categories.into_iter().filter(|category| !category.is_empty()).collect();
    if !categories.is_empty() {
        lines.add("CATEGORIES", &categories.join(","));
    }
    lines.add("STATUS", "CONFIRMED");
    // What is due takes nobody's time away.
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("PRIORITY", if clock.overdue { "1" } else { "5" });
    for lead in leads(clock, now) {
        lines.add("BEGIN", "VALARM");
        lines.add("ACTION", "DISPLAY");
        lines.add("TRIGGER", &if lead == 0 { "PT0S".to_owned() } else { format!("-PT{lead}M") });
        lines.add("DESCRIPTION", &text(&summary));
        lines.add("END", "VALARM");
    }
    lines.add("END", "VEVENT");
}

/// Minutes before the clock is due at which it is announced: half of its time but at most [`LEAD`], and when it is due.
/// What lies behind is announced no more: programs would show it all at once.
fn leads(clock: &CalendarClock, now: Timestamp) -> Vec<i64> {
    let minutes = |span: Span| span.millis() / 60_000;
    let whole = clock.due_at.since(clock.started_at).map_or(0, minutes);
    let early = (whole / 2).min(minutes(LEAD));
    let ahead = |lead: &i64| !clock.overdue && clock.due_at.minus(Span::from_minutes(*lead)) > now;
    let leads = if early == 0 { vec![0] } else { vec![early, 0] };
    leads.into_iter().filter(ahead).collect()
}

/// A later export is a later version of everything in it, also where only a title was mended.
fn sequence(now: Timestamp) -> i64 {
    (now.millis().div_euclid(1000) - SEQUENCE_FROM).clamp(0, i32::MAX.into())
}

fn clamped(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.millis().clamp(EPOCH * 1000, END * 1000))
}

/// An instant in UTC: `20261120T050500Z`.
fn utc(at: Timestamp) -> String {
    shown(clamped(at))
}

fn shown(at: Timestamp) -> String {
    let second = at.millis().div_euclid(1000);
    let instant = jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A value of type TEXT (RFC 5545, 3.3.11): nothing in it ends the line or the list it stands in.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len() + 8);
    for letter in value.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// An address of the web with whatever is no part of one written as percent and figures (RFC 3986, 2.1).
fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    if rest.is_empty() || !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return None;
    }
    let mut address = String::with_capacity(url.len());
    for byte in url.bytes() {
        let kept =
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}');
        if kept { address.push(char::from(byte)) } else { address.push_str(&format!("%{byte:02X}")) }
    }
    Some(address)
}

/// Lines as they are written: folded, each ended as RFC 5545 wants it.
#[derive(Debug, Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn add(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if used + letter.len_utf8() > WIDTH {
                self.text.push_str("\r\n ");
                used = 1;
            }
            self.text.push(letter);
            used += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{CalendarClock, calendar};
    use crate::incident::time::{Span, Timestamp};
    use proptest::prelude::{any, proptest};

    /// 2026-11-20T05:05:00Z
    const NOW: Timestamp = Timestamp::from_millis(1_795_151_100_000);

    fn clock() -> CalendarClock {
        CalendarClock {
            uid: "0191f5c0-0000-7000-8000-000000000001".to_owned(),
            summary: "INC-12 決済が失敗する: next update for customers".to_owned(),
            description: "Promised at 14:05.\nOwner: 佐藤".to_owned(),
            started_at: NOW,
            due_at: NOW.plus(Span::from_minutes(30)),
            overdue: false,
            url: Some("https://status.example.com/12".to_owned()),
            categories: vec!["sev1".to_owned(), "next update".to_owned()],
        }
    }

    /// The lines, unfolded.
    fn lines(calendar: &str) -> Vec<String> {
        calendar.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn values(calendar: &str, name: &str) -> Vec<String> {
        let start = format!("{name}:");
        lines(calendar).iter().filter_map(|line| line.strip_prefix(&start)).map(str::to_owned).collect()
    }

    #[test]
    fn a_clock_is_an_event_at_its_time() {
        let expected = "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//hikeshi//due//EN|CALSCALE:GREGORIAN|NAME:Due\\, payments|\
            X-WR-CALNAME:Due\\, payments|REFRESH-INTERVAL;VALUE=DURATION:PT5M|X-PUBLISHED-TTL:PT5M|BEGIN:VEVENT|\
            UID:0191f5c0-0000-7000-8000-000000000001|DTSTAMP:20261120T050500Z|CREATED:20261120T050500Z|\
            LAST-MODIFIED:20261120T050500Z|SEQUENCE:217314300|DTSTART:20261120T053500Z|DTEND:20261120T054000Z|\
            SUMMARY:INC-12 決済が失敗する: next update for customers|\
            DESCRIPTION:Promised at 14:05.\\nOwner: 佐藤|URL:https://status.example.com/12|CATEGORIES:sev1,next update|\
            STATUS:CONFIRMED|TRANSP:TRANSPARENT|PRIORITY:5|\
            BEGIN:VALARM|ACTION:DISPLAY|TRIGGER:-PT15M|\
            DESCRIPTION:INC-12 決済が失敗する: next update for customers|END:VALARM|\
            BEGIN:VALARM|ACTION:DISPLAY|TRIGGER:PT0S|\
            DESCRIPTION:INC-12 決済が失敗する: next update for customers|END:VALARM|END:VEVENT|END:VCALENDAR";
        let found = calendar(&[clock()], NOW, "Due, payments");
        assert_eq!(lines(&found), expected.split('|').collect::<Vec<_>>());
        assert!(calendar(&[], NOW, "Due").ends_with("PT5M\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn a_later_export_is_a_newer_version_of_the_same_event() {
        let (first, second) =
            (calendar(&[clock()], NOW, ""), calendar(&[clock()], NOW.plus(Span::from_millis(1000)), ""));
        assert_eq!(values(&first, "UID"), values(&second, "UID"));
        let sequence = |calendar| values(calendar, "SEQUENCE").concat().parse::<i32>().expect("a number");
        assert!(sequence(&second) > sequence(&first));
    }

    #[test]
    fn what_lies_behind_is_not_announced() {
        let minutes = Span::from_minutes;
        for (length, passed, overdue, triggers) in [
            (240, 0, false, vec!["-PT15M", "PT0S"]),
            (10, 0, false, vec!["-PT5M", "PT0S"]),
            (1, 0, false, vec!["PT0S"]),
            (30, 15, false, vec!["PT0S"]),
            (30, 30, false, vec![]),
            (30, 40, true, vec![]),
        ] {
            let clock = CalendarClock { due_at: NOW.plus(minutes(length)), overdue, ..clock() };
            let found = calendar(&[clock], NOW.plus(minutes(passed)), "");
            assert_eq!(values(&found, "TRIGGER"), triggers, "{length} {passed}");
            assert_eq!(values(&found, "SUMMARY").concat().starts_with('⚠'), overdue);
        }
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let hostile = "a;b,c\\n\r\nATTENDEE:mailto:x@example.com\rEND:VEVENT\u{2028}\u{85}\u{0}\u{202e}\tz";
        let escaped =
            "a\\;b\\,c\\\\n ATTENDEE:mailto:x@example.com\\\\x0dEND:VEVENT\\\\u{2028}\\\\u{85}\\\\x00\\\\u{202e} z";
        let clock = CalendarClock {
            uid: hostile.to_owned(),
            summary: hostile.to_owned(),
            description: hostile.to_owned(),
            url: Some("https://example.com/a b\r\nX:1;,\"<é>".to_owned()),
            categories: vec![hostile.to_owned(), " ".to_owned(), "b".to_owned()],
            ..clock()
        };
        let found = calendar(&[clock], NOW, hostile);
        assert_eq!(values(&found, "UID"), [escaped]);
        assert_eq!(values(&found, "SUMMARY"), [escaped]);
        assert_eq!(values(&found, "X-WR-CALNAME"), [escaped]);
        assert_eq!(values(&found, "CATEGORIES"), [format!("{escaped},b")]);
        assert_eq!(values(&found, "URL"), ["https://example.com/a%20b%0D%0AX:1;,%22%3C%C3%A9%3E"]);
        assert!(values(&found, "DESCRIPTION").first().is_some_and(|first| first.contains("\\\\n\\nATTENDEE")));
        assert!(values(&found, "ATTENDEE").is_empty() && values(&found, "X").is_empty());
        for url in ["javascript:alert(1)", "file:///etc/passwd", "https://", "example.com", ""] {
            let clock = CalendarClock { url: Some(url.to_owned()), ..self::clock() };
            assert!(values(&calendar(&[clock], NOW, ""), "URL").is_empty(), "{url}");
        }
    }

    #[test]
    fn times_that_no_calendar_can_name_are_held_at_its_ends() {
        for (millis, start, end) in [
            (i64::MIN, "19700101T000000Z", "19700101T000500Z"),
            (i64::MAX, "99991230T210000Z", "99991230T210500Z"),
            (NOW.millis() + 999, "20261120T050500Z", "20261120T051000Z"),
        ] {
            let at = Timestamp::from_millis(millis);
            let clock = CalendarClock { started_at: at, due_at: at, ..clock() };
            let found = calendar(&[clock], at, "");
            assert_eq!(
                (values(&found, "DTSTART").concat(), values(&found, "DTEND").concat()),
                (start.into(), end.into())
            );
        }
    }

    proptest! {
        #[test]
        fn lines_are_short_whole_and_as_many_as_they_should_be(title in any::<String>(), long in "[あ-ん😀a-z\r\n]{0,300}") {
            let clock = CalendarClock { summary: title.clone(), description: format!("d{long}"), uid: title.clone(), ..clock() };
            let found = calendar(&[clock], NOW, &title);
            for line in found.split_terminator("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            let plain = calendar(&[self::clock()], NOW, "Due");
            assert_eq!(lines(&found).len(), lines(&plain).len());
        }
    }
}
