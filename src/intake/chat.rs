//! A chat's log as people paste it: `10:32 aki: text`, or a name with a time and the text below it.

use super::when;
use crate::incident::past::{Line, Skip, Skipped};
use crate::incident::time::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// What a log was read as.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chat {
    /// The messages, in the log's order.
    pub lines: Vec<Line>,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

/// What a log without dates needs to know.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// The day of the first message, where somebody said so; otherwise the log ends before now.
    pub date: Option<Date>,
    /// Now.
    pub now: Timestamp,
}

/// A message as it was read: its day is known, or follows from its neighbours.
struct Said {
    line: usize,
    date: Option<Date>,
    time: Time,
    author: String,
    text: String,
}

/// Reads a pasted log.
pub fn read(text: &str, setting: &Setting) -> Chat {
    let mut chat = Chat::default();
    let mut said: Vec<Said> = Vec::new();
    let mut day: Option<Date> = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if let Some(date) = heading(line) {
            day = Some(date);
        } else if let Some(mut one) = one_line(line).or_else(|| above(line)) {
            one.line = index + 1;
            one.date = one.date.or_else(|| day.take());
            said.push(one);
        } else if let Some(last) = said.last_mut() {
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(line);
        } else if !line.trim().is_empty() {
            chat.skipped.push(skipped(index + 1, Skip::NoMessage { text: line.to_owned() }));
        }
    }
    for (at, one) in dated(&said, setting) {
        let text = one.text.trim().to_owned();
        let Some(at) = at.filter(|at| *at <= setting.now) else {
            let shown = one.date.map_or_else(|| one.time.to_string(), |date| format!("{date} {}", one.time));
            chat.skipped.push(skipped(one.line, Skip::Later { value: shown }));
            continue;
        };
        if text.is_empty() {
            chat.skipped.push(skipped(one.line, Skip::Missing { field: "text".to_owned() }));
            continue;
        }
        let author = one.author.clone();
        chat.lines.push(Line { source: None, thread: None, at, edited: false, author, text });
    }
    chat.skipped.sort_by_key(|skipped| skipped.line);
    chat
}

fn skipped(line: usize, why: Skip) -> Skipped {
    Skipped { line, record: None, source: None, why }
}

/// The instants of messages: a time before the one above it is of the next day.
fn dated<'a>(said: &'a [Said], setting: &Setting) -> Vec<(Option<Timestamp>, &'a Said)> {
    let mut days: Vec<Date> = Vec::with_capacity(said.len());
    let today = jiff::Timestamp::from_millisecond(setting.now.millis()).unwrap_or_default();
    let today = today.to_zoned(setting.zone.clone());
    let mut day = setting.date.unwrap_or_else(|| today.date());
    let mut before: Option<Time> = None;
    let mut known = setting.date.is_some();
    for one in said {
        match one.date {
            Some(date) => (day, known) = (date, true),
            None if before.is_some_and(|before| one.time < before) => day = day.tomorrow().unwrap_or(day),
            None => {}
        }
        before = Some(one.time);
        days.push(day);
    }
    let instant = |day: Date, time: Time| when::millis(day.to_datetime(time), &setting.zone);
    // Nobody said which day it was: the last message is the latest that isn't after now.
    let mut back = 0;
    if !known && let (Some(last), Some(day)) = (said.last(), days.last()) {
        let days_on = day.since(today.date()).map_or(0, |span| i64::from(span.get_days()));
        back = days_on;
        let last_day = day.checked_sub(jiff::Span::new().days(back)).unwrap_or(*day);
        if instant(last_day, last.time).is_some_and(|at| at > setting.now.millis()) {
            back += 1;
        }
    }
    let earlier = |day: &Date| day.checked_sub(jiff::Span::new().days(back)).unwrap_or(*day);
    said.iter()
        .zip(&days)
        .map(|(one, day)| (instant(earlier(day), one.time).map(Timestamp::from_millis), one))
        .collect()
}

/// A line that only says which day it is: `2024-05-01`, `--- 2024/05/01 (水) ---`.
fn heading(line: &str) -> Option<Date> {
    let words: Vec<&str> = line.split([' ', '　', '-', '—', '─', '=']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        [date] | [date, _] if date.contains('/') => self::date(date),
        _ => None,
    }
}

/// `10:32 aki: text`, with the time in brackets or not, with a date before it or not.
fn one_line(line: &str) -> Option<Said> {
    let (date, rest) = match line.trim_start_matches(['[', '［', '(']).split_once([' ', 'T', '　']) {
        Some((first, rest)) if self::date(first).is_some() => (self::date(first), rest.trim_start()),
        _ => (None, line),
    };
    let rest = rest.trim_start_matches(['[', '［', '(']);
    let (time, rest) = clock(rest)?;
    let rest = rest.strip_prefix([']', '］', ')']).unwrap_or(rest);
    // `10:32aki` is no message; `10:32] aki` and `10:32 aki` are.
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let start = rest.trim_start_matches([' ', '\t', '　', '-', '–']);
    if start.len() == rest.len() {
        return None;
    }
    let (author, text) = author(start)?;
    Some(Said { line: 0, date, time, author, text })
}

/// Who, and what follows the colon; a name in angle brackets, as IRC has it, or before a tab, as LINE has it.
fn author(rest: &str) -> Option<(String, String)> {
    const LONGEST: usize = 80;
    let (name, text) = if let Some((name, text)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        (name, text)
    } else if let Some((name, text)) = rest.split_once('\t') {
        (name, text)
    } else {
        let (name, text) = rest.split_once([':', '：'])?;
        // An address is no name.
        if text.starts_with("//") {
            return None;
        }
        (name, text)
    };
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    fits.then(|| (name.to_owned(), text.trim().to_owned()))
}

/// A name with a time behind it, the text below: `Aki Sato  10:32 AM`, `佐藤 秋  10:32`, `Aki Sato [10:32 AM]`.
fn above(line: &str) -> Option<Said> {
    let rest = line.trim().trim_end_matches([']', ')']);
    let (head, half) = match rest.rsplit_once([' ', '\u{a0}', '\u{202f}']) {
        Some((head, half)) if is_half(half) => (head.trim_end(), Some(half)),
        _ => (rest, None),
    };
    let (name, hands) = head.rsplit_once([' ', '\u{a0}', '　', '[', '('])?;
    let (time, left) = clock(&half.map_or_else(|| hands.to_owned(), |half| format!("{hands} {half}")))
        .map(|(time, left)| (time, left.is_empty()))?;
    // Two spaces, a bracket or AM and PM tell it from a sentence that ends in a time.
    let marked = half.is_some() || name.ends_with([' ', '\u{a0}', '　']) || line.trim().ends_with([']', ')']);
    let name = name.trim_matches([' ', '\u{a0}', '　', '[', '(', ',']).trim_end_matches(" APP").trim();
    let fits = !name.is_empty() && name.chars().count() <= 80 && !name.contains([':', '：']);
    (left && marked && fits).then(|| Said { line: 0, date: None, time, author: name.to_owned(), text: String::new() })
}

fn is_half(word: &str) -> bool {
    matches!(word.to_ascii_uppercase().trim_end_matches('.'), "AM" | "PM" | "A.M" | "P.M")
}

/// A time of day at the beginning of a text, and what follows it.
fn clock(text: &str) -> Option<(Time, &str)> {
    let text = text.trim_start();
    let (afternoon, text) = match text.strip_prefix("午前") {
        Some(rest) => (Some(false), rest),
        None => text.strip_prefix("午後").map_or((None, text), |rest| (Some(true), rest)),
    };
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '：')).unwrap_or(text.len());
    let hands = text.get(..end)?.trim_end_matches([':', '：']);
    let mut rest = text.get(hands.len()..)?;
    let mut numbers = hands.split([':', '：']);
    let part = |word: Option<&str>| word.filter(|word| (1..=2).contains(&word.len()))?.parse::<i8>().ok();
    let (hour, minute) = (part(numbers.next())?, part(numbers.next())?);
    let second = match numbers.next() {
        None => 0,
        word => part(word)?,
    };
    let mut afternoon = afternoon;
    let next = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let word_end = next.find([' ', ']', ')', ',', '\t']).unwrap_or(next.len());
    let (word, after) = next.split_at(word_end);
    if is_half(word) {
        (afternoon, rest) = (Some(word.to_ascii_uppercase().starts_with('P')), after);
    }
    let hour = match afternoon {
        Some(later) if (0..=12).contains(&hour) => hour % 12 + if later { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    if numbers.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok().map(|time| (time, rest))
}

/// `2024-05-01`, `2024/5/1`.
fn date(word: &str) -> Option<Date> {
    let mut parts = word.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}

#[cfg(test)]
mod tests {
    use super::{Setting, read};
    use crate::incident::past::Skip;
    use crate::incident::time::Timestamp;
    use jiff::tz::TimeZone;

    fn setting(date: Option<&str>) -> Setting {
        let date = date.map(|date| date.parse().expect("a date"));
        // 2026-11-20T05:00:00Z
        Setting { zone: TimeZone::UTC, date, now: Timestamp::from_millis(1_795_150_800_000) }
    }

    fn said(text: &str) -> Vec<(String, String, String)> {
        let lines = read(text, &setting(None)).lines;
        lines.into_iter().map(|line| (line.at.to_string()[5..16].to_owned(), line.author, line.text)).collect()
    }

    fn one(at: &str, author: &str, text: &str) -> (String, String, String) {
        (at.to_owned(), author.to_owned(), text.to_owned())
    }

    #[test]
    fn lines_are_read_as_people_paste_them() {
        for (line, expected) in [
            ("04:32 aki: db-3 is down", one("11-20T04:32", "aki", "db-3 is down")),
            ("[04:32:10] aki: see http://x:80", one("11-20T04:32", "aki", "see http://x:80")),
            ("4:32 佐藤 秋：DB が落ちています", one("11-20T04:32", "佐藤 秋", "DB が落ちています")),
            ("2024-05-01 14:05 aki: hello", one("05-01T14:05", "aki", "hello")),
            ("[2024/5/1 14:05] aki: hello", one("05-01T14:05", "aki", "hello")),
            ("4:32 AM <aki> up?", one("11-20T04:32", "aki", "up?")),
            ("4:32\t秋\tはい", one("11-20T04:32", "秋", "はい")),
            ("午前4:32 秋: はい", one("11-20T04:32", "秋", "はい")),
        ] {
            assert_eq!(said(line), [expected], "{line}");
        }
    }

    #[test]
    fn a_name_with_a_time_has_its_text_below() {
        let text = "Aki Sato  3:32 AM\ndb-3 is down\n\nsecond part at 10:30\nben [3:33 AM]\nlooking\n";
        assert_eq!(
            said(text),
            [
                one("11-20T03:32", "Aki Sato", "db-3 is down\n\nsecond part at 10:30"),
                one("11-20T03:33", "ben", "looking")
            ]
        );
    }

    #[test]
    fn after_midnight_comes_the_next_day_and_the_log_ends_before_now() {
        let text = "23:50 aki: down\n00:10 ben: looking\n  and looking\n04:59 aki: up";
        let at: Vec<String> = said(text).into_iter().map(|(at, ..)| at).collect();
        assert_eq!(at, ["11-19T23:50", "11-20T00:10", "11-20T04:59"]);
        let yesterday: Vec<String> = said("10:00 a: x\n11:00 b: y").into_iter().map(|(at, ..)| at).collect();
        assert_eq!(yesterday, ["11-19T10:00", "11-19T11:00"]);
        let dated = read("23:50 aki: down\n00:10 ben: up", &setting(Some("2024-05-01")));
        let at: Vec<String> = dated.lines.iter().map(|line| line.at.to_string()[..10].to_owned()).collect();
        assert_eq!(at, ["2024-05-01", "2024-05-02"]);
    }

    #[test]
    fn what_belongs_to_nobody_and_what_lies_ahead_is_told() {
        let chat = read("hello?\n2026-11-19 04:00 ben:\n2027-01-01 10:00 aki: later\n", &setting(None));
        let why: Vec<(usize, &str)> = chat.skipped.iter().map(|one| (one.line, one.why.kind())).collect();
        assert_eq!(why, [(1, "no-message"), (2, "missing"), (3, "later")]);
        assert!(matches!(&chat.skipped[0].why, Skip::NoMessage { text } if text == "hello?"));
    }
}
