//! One line of a pasted chat: when, who, what; or only which day it is.

use super::Setting;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A message as it was read: its day is known, or follows from its neighbours.
pub(super) struct Said {
    pub line: usize,
    pub date: Option<Date>,
    pub time: Time,
    pub zone: Option<TimeZone>,
    pub author: String,
    pub text: String,
    /// Whether its text stands below: then a time alone is the same person's next message.
    pub below: bool,
}

const OPENING: [char; 3] = ['[', '［', '('];
const CLOSING: [char; 3] = [']', '］', ')'];
const SPACE: [char; 5] = [' ', '\t', '　', '\u{a0}', '\u{202f}'];
const DASH: [char; 5] = ['-', '–', '—', '─', '='];

/// The line with the date and the time at its beginning in ASCII: `１０：３２`, `2026年11月10日 10時32分`.
pub(super) fn ascii(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    let (mut after_digit, mut timed) = (false, false);
    while let Some(&letter) = letters.peek() {
        let digit = |letter: char| match letter {
            '0'..='9' => Some(letter),
            '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10),
            _ => None,
        };
        let read = match letter {
            _ if digit(letter).is_some() => digit(letter),
            ' ' | '\t' | '　' if timed => break,
            ' ' | '\t' | '　' | '[' | '［' | '(' | '午' | '前' | '後' | '.' | '+' | '-' | '/' | ':' => {
                Some(letter)
            }
            '年' | '月' if after_digit => Some('-'),
            '日' | '秒' if after_digit => None,
            '：' | '時' if after_digit => Some(':'),
            '／' if after_digit => Some('/'),
            'T' if after_digit => Some('T'),
            '分' if after_digit => {
                let more = letters.clone().nth(1).is_some_and(|next| digit(next).is_some());
                more.then_some(':')
            }
            _ => break,
        };
        letters.next();
        timed |= read == Some(':');
        after_digit = digit(letter).is_some();
        plain.extend(read);
    }
    plain.extend(letters);
    plain
}

/// A line that only says which day it is: `2024-05-01`, `--- 2024/05/01 (水) ---`, `2024.05.01 水曜日`.
pub(super) fn heading(line: &str) -> Option<Date> {
    let line = line.trim_matches(|letter| SPACE.contains(&letter) || DASH.contains(&letter));
    let end = line.find(|letter| SPACE.contains(&letter) || matches!(letter, '(' | '（')).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    (rest.is_empty() || weekday(rest)).then(|| whole(word))?
}

/// `(火)`, `火曜日`, `Tuesday`.
fn weekday(word: &str) -> bool {
    const ENGLISH: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.trim_matches(|letter: char| SPACE.contains(&letter) || "()（）".contains(letter));
    let lower = word.to_ascii_lowercase();
    let japanese = word.strip_suffix("曜日").or_else(|| word.strip_suffix('曜')).unwrap_or(word);
    let english = lower.ends_with("day") || lower.len() <= 4;
    let one = japanese.chars().count() == 1 && "月火水木金土日".contains(japanese);
    one || (english && lower.get(..3).is_some_and(|start| ENGLISH.contains(&start)) && !lower.contains(' '))
}

/// `10:32 aki: text`, with the time in brackets or not, with a date before it or not.
pub(super) fn one_line(line: &str, setting: &Setting) -> Option<Said> {
    let (date, rest) = dated(line, setting);
    let (time, rest) = clock(rest.trim_start_matches(OPENING))?;
    let near = date.unwrap_or_else(|| setting.today()).to_datetime(time);
    let (zone, rest) = zone(rest, date.is_some(), (near, &setting.zone));
    let rest = rest.strip_prefix(CLOSING).unwrap_or(rest);
    // `10:32aki` is no message; `10:32] aki` and `10:32 aki` are.
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let start = rest.trim_start_matches([' ', '\t', '　', '-', '–']);
    if start.len() == rest.len() {
        return None;
    }
    let (author, text) = author(start)?;
    Some(Said { line: 0, date, time, zone, author, text, below: false })
}

/// The day at the beginning of a line, and what follows it.
fn dated<'l>(line: &'l str, setting: &Setting) -> (Option<Date>, &'l str) {
    let start = line.trim_start_matches(OPENING);
    let Some((first, rest)) = start.split_once([' ', 'T', '　', '\t']) else { return (None, line) };
    let first = first.trim_end_matches(',');
    let word = match first.split_once(['(', '（']) {
        Some((word, day)) if weekday(day) => word,
        _ => first,
    };
    match whole(word).or_else(|| of_the_year(word, setting)) {
        Some(date) => (Some(date), rest.trim_start()),
        None => (None, line),
    }
}

/// `[10:33]` under a name with a time: the same person's next message.
pub(super) fn next(line: &str, last: &Said) -> Option<Said> {
    let (time, rest) = clock(line.strip_prefix('[').filter(|_| last.below)?)?;
    let text = rest.strip_prefix(']')?.trim().to_owned();
    let author = last.author.clone();
    Some(Said { line: 0, date: None, time, zone: None, author, text, below: true })
}

/// Whether a line begins with a time or a date, as a message does.
pub(super) fn begins_like_one(line: &str) -> bool {
    let line = line.trim_start_matches(OPENING);
    if clock(line).is_some() {
        return true;
    }
    let numbers: Vec<&str> = line.split(|letter: char| !letter.is_ascii_digit()).take(3).collect();
    let marks = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let (Some(first), true) = (numbers.first(), marks.starts_with(['-', '/', '.'])) else { return false };
    let filled = numbers.iter().filter(|number| (1..=4).contains(&number.len())).count();
    let hands = line.split([' ', ',', '　']).find(|word| word.contains(':'));
    filled == 3 && first.len() == 4 || filled >= 2 && hands.is_some_and(|word| clock(word).is_some())
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

/// A name with a time behind it, the text below: `Aki Sato  10:32 AM`, `佐藤 秋  10:32`, `Aki Sato [10:32 AM]`,
/// `aki — Today at 10:32 AM`.
pub(super) fn above(line: &str, setting: &Setting) -> Option<Said> {
    let rest = line.trim().trim_end_matches([']', ')']);
    let (head, half) = match rest.rsplit_once([' ', '\u{a0}', '\u{202f}']) {
        Some((head, half)) if is_half(half) => (head.trim_end(), Some(half)),
        _ => (rest, None),
    };
    let (name, hands) = head.rsplit_once([' ', '\u{a0}', '　', '[', '('])?;
    let (time, left) = clock(&half.map_or_else(|| hands.to_owned(), |half| format!("{hands} {half}")))
        .map(|(time, left)| (time, left.is_empty()))?;
    let today = setting.today();
    let (date, name) = match (name.strip_suffix(" Today at"), name.strip_suffix(" Yesterday at")) {
        (Some(name), _) => (Some(today), name),
        (_, Some(name)) => (today.yesterday().ok(), name),
        _ => (None, name),
    };
    // Two spaces, a dash, a bracket or AM and PM tell it from a sentence that ends in a time.
    let spaced = name.ends_with([' ', '\u{a0}', '　', '—']);
    let marked = date.is_some() || half.is_some() || spaced || line.trim().ends_with([']', ')']);
    let name = name.trim_matches([' ', '\u{a0}', '　', '[', '(', ',', '—']).trim_end_matches(" APP").trim();
    let fits = !name.is_empty() && name.chars().count() <= 80 && !name.contains([':', '：']);
    let author = name.to_owned();
    (left && marked && fits).then(|| Said { line: 0, date, time, zone: None, author, text: String::new(), below: true })
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
    let (nanosecond, rest) = fraction(rest);
    Time::new(hour, minute, second, nanosecond).ok().map(|time| (time, rest))
}

/// The part of a second behind a time, as `.123`, and what follows it.
fn fraction(text: &str) -> (i32, &str) {
    let Some(digits) = text.strip_prefix(['.', ',']) else { return (0, text) };
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    if digits.is_empty() {
        return (0, text);
    }
    let millis: String = digits.chars().chain("00".chars()).take(3).collect();
    (millis.parse().map_or(0, |millis: i32| millis * 1_000_000), rest)
}

/// The zone behind a time: `Z`, ` UTC`, and behind a date `+09:00` too.
fn zone<'t>(text: &'t str, dated: bool, (near, home): (DateTime, &TimeZone)) -> (Option<TimeZone>, &'t str) {
    let start = text.trim_start_matches(' ');
    let end = start.find([' ', '\t', '　', ']', '］', ')', ',']).unwrap_or(start.len());
    let (word, rest) = start.split_at(end);
    let east = match word.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ => {
            let upper = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
            // `10:32 Z aki` may be a name, `10:32Z aki` is none.
            let own = upper && (word.len() > 1 || start.len() == text.len());
            let zone = own.then(|| crate::intake::zone::in_chat(word, near, home)).flatten();
            return if zone.is_some() { (zone, rest) } else { (None, text) };
        }
    };
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let parts = (digits.get(..2).and_then(|hours| hours.parse::<i32>().ok()), digits.get(2..));
    let (Some(hours @ 0..=14), Some(minutes), true) = (parts.0, parts.1, dated) else { return (None, text) };
    let minutes = if minutes.is_empty() { Some(0) } else { minutes.parse::<i32>().ok().filter(|one| *one < 60) };
    let offset = minutes.and_then(|minutes| Offset::from_seconds(east * (hours * 60 + minutes) * 60).ok());
    offset.map_or((None, text), |offset| (Some(TimeZone::fixed(offset)), rest))
}

/// `2024-05-01`, `2024/5/1`, `2024.5.1`.
fn whole(word: &str) -> Option<Date> {
    let mut parts = word.split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}

/// `11/10`: the day after the first that was named, or the last one that is not to come.
fn of_the_year(word: &str, setting: &Setting) -> Option<Date> {
    let (month, day) = word.split_once(['/', '-'])?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let near = setting.date.unwrap_or_else(|| setting.today());
    let step = if setting.date.is_some() { 1 } else { -1 };
    let own = |year| Date::new(year, month, day).ok();
    let fits = |date: &Date| if step > 0 { *date >= near } else { *date <= near };
    own(near.year()).filter(fits).or_else(|| own(near.year() + step))
}
