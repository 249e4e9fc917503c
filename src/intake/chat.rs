//! A chat's log as people paste it: `10:32 aki: text`, or a name with a time and the text below it.

mod line;

use super::when;
use crate::incident::past::{Line, Skip, Skipped};
use crate::incident::time::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use line::Said;
use std::collections::HashMap;

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
    /// Who stands behind the names of an export of Slack, as far as its messages don't say.
    pub people: HashMap<String, String>,
}

impl Setting {
    /// The day that it is.
    fn today(&self) -> Date {
        let now = jiff::Timestamp::from_millisecond(self.now.millis()).unwrap_or_default();
        now.to_zoned(self.zone.clone()).date()
    }
}

/// A step back of more seconds than this is midnight; a smaller one is a message that came late.
const MIDNIGHT: i64 = 12 * 60 * 60;

/// A step forward of more seconds than this, after midnight, is a message from before it that came late.
const LATE: i64 = 22 * 60 * 60;

/// Reads a pasted log.
pub fn read(text: &str, setting: &Setting) -> Chat {
    let mut chat = Chat::default();
    let mut said: Vec<Said> = Vec::new();
    let mut day: Option<Date> = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let plain = line::ascii(line);
        let next = || said.last().and_then(|last| line::next(&plain, last));
        if let Some(date) = line::heading(&plain) {
            day = Some(date);
        } else if let Some(mut one) =
            line::one_line(&plain, setting).or_else(|| line::above(line, setting)).or_else(next)
        {
            one.line = index + 1;
            one.date = one.date.or_else(|| day.take());
            said.push(one);
        } else if let Some(last) = said.last_mut() {
            if line::begins_like_one(&plain) && !line.starts_with([' ', '\t', '　']) {
                chat.skipped.push(skipped(index + 1, Skip::LikeMessage { text: line.to_owned() }));
            }
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

/// The instants of messages: a time far before the one above it is of the next day.
fn dated<'a>(said: &'a [Said], setting: &Setting) -> Vec<(Option<Timestamp>, &'a Said)> {
    let mut days: Vec<Date> = Vec::with_capacity(said.len());
    let mut day = setting.date.unwrap_or_else(|| setting.today());
    let mut before: Option<Time> = None;
    let mut known = setting.date.is_some();
    let mut midnight = false;
    for one in said {
        let step = before.map_or(0, |before| seconds(one.time) - seconds(before));
        match one.date {
            Some(date) => (day, known, midnight) = (date, true, false),
            None if step < -MIDNIGHT => (day, midnight) = (day.tomorrow().unwrap_or(day), true),
            None if midnight && step > LATE => {
                days.push(day.yesterday().unwrap_or(day));
                continue;
            }
            None => {}
        }
        before = Some(one.time);
        days.push(day);
    }
    let instant =
        |day: Date, one: &Said| when::millis(day.to_datetime(one.time), one.zone.as_ref().unwrap_or(&setting.zone));
    // Nobody said which day it was: the latest message is the last that isn't after now.
    let latest = said.iter().zip(&days).max_by_key(|(one, day)| (**day, one.time));
    let mut back = 0;
    if !known && let Some((last, day)) = latest {
        back = day.since(setting.today()).map_or(0, |span| i64::from(span.get_days()));
        let last_day = day.checked_sub(jiff::Span::new().days(back)).unwrap_or(*day);
        if instant(last_day, last).is_some_and(|at| at > setting.now.millis()) {
            back += 1;
        }
    }
    let earlier = |day: &Date| day.checked_sub(jiff::Span::new().days(back)).unwrap_or(*day);
    said.iter().zip(&days).map(|(one, day)| (instant(earlier(day), one).map(Timestamp::from_millis), one)).collect()
}

fn seconds(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

#[cfg(test)]
mod tests {
    use super::{Setting, read};
    use crate::incident::past::Skip;
    use crate::incident::time::Timestamp;
    use jiff::tz::TimeZone;
    use std::collections::HashMap;

    fn setting(date: Option<&str>) -> Setting {
        let date = date.map(|date| date.parse().expect("a date"));
        // 2026-11-20T05:00:00Z
        Setting { zone: TimeZone::UTC, date, now: Timestamp::from_millis(1_795_150_800_000), people: HashMap::new() }
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
    fn a_message_that_came_late_stays_on_its_day() {
        let at = |text: &str| said(text).into_iter().map(|(at, ..)| at).collect::<Vec<_>>();
        assert_eq!(at("04:40 a: x\n04:39 b: late\n04:41 c: y"), ["11-20T04:40", "11-20T04:39", "11-20T04:41"]);
        let around = at("23:59 a: x\n00:03 b: y\n23:58 c: late\n00:04 d: z");
        assert_eq!(around, ["11-19T23:59", "11-20T00:03", "11-19T23:58", "11-20T00:04"]);
        assert_eq!(at("15:06 a: x\n04:30 b: late"), ["11-19T15:06", "11-19T04:30"]);
        let dated = read("10:40 a: x\n10:39 b: y\n10:41 c: z", &setting(Some("2024-05-01")));
        assert!(dated.lines.iter().all(|line| line.at.to_string().starts_with("2024-05-01")));
    }

    #[test]
    fn dates_and_times_of_other_shapes_are_read() {
        for (line, expected) in [
            ("2026-11-10T10:35:00+09:00 dan: x", one("11-10T01:35", "dan", "x")),
            ("[2026-11-10T10:35:00.123Z] dan: x", one("11-10T10:35", "dan", "x")),
            ("2026-11-10 10:35 JST dan: x", one("11-10T01:35", "dan", "x")),
            ("１０：３２ 佐藤：１件", one("11-19T10:32", "佐藤", "１件")),
            ("10時32分 佐藤: x", one("11-19T10:32", "佐藤", "x")),
            ("2026年11月10日 10:32 佐藤: x", one("11-10T10:32", "佐藤", "x")),
            ("11/10 10:32 佐藤: x", one("11-10T10:32", "佐藤", "x")),
            ("12/10 10:32 佐藤: x", one("12-10T10:32", "佐藤", "x")),
            ("aki — Today at 3:32 AM\nx", one("11-20T03:32", "aki", "x")),
            ("2026/11/03(火)\n22:01\t佐藤 花子\tx", one("11-03T22:01", "佐藤 花子", "x")),
            ("2026.11.19 木曜日\n22:01 佐藤: x", one("11-19T22:01", "佐藤", "x")),
        ] {
            assert_eq!(said(line), [expected], "{line}");
        }
        let slack = said("aki  3:32 AM\nx\n[3:33]\ny");
        assert_eq!(slack, [one("11-20T03:32", "aki", "x"), one("11-20T03:33", "aki", "y")]);
    }

    #[test]
    fn a_line_that_may_be_a_message_stays_with_the_one_above_and_is_told() {
        let chat = read("04:32 aki: x\n10/11/2026, 04:33 - dan says hi\n3/4 done\n  04:3 x", &setting(None));
        assert_eq!(chat.lines[0].text, "x\n10/11/2026, 04:33 - dan says hi\n3/4 done\n  04:3 x");
        assert!(matches!(&*chat.skipped, [one] if one.line == 2 && one.why.kind() == "like-a-message"));
    }

    #[test]
    fn what_belongs_to_nobody_and_what_lies_ahead_is_told() {
        let chat = read("hello?\n2026-11-19 04:00 ben:\n2027-01-01 10:00 aki: later\n", &setting(None));
        let why: Vec<(usize, &str)> = chat.skipped.iter().map(|one| (one.line, one.why.kind())).collect();
        assert_eq!(why, [(1, "no-message"), (2, "missing"), (3, "later")]);
        assert!(matches!(&chat.skipped[0].why, Skip::NoMessage { text } if text == "hello?"));
    }
}
