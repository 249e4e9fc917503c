//! What the words for zones that tools write behind a time stand for.
//!
//! `CST` is another zone in Chicago than in Shanghai: the zone in which a page is written decides what its words mean.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// Words of one meaning, with their offsets in minutes.
const WORDS: [(&str, i32); 48] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("WEST", 60),
    ("WAT", 60),
    ("CET", 60),
    ("CEST", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EAT", 180),
    ("MSK", 180),
    ("IDT", 180),
    ("PKT", 300),
    ("WIB", 420),
    ("ICT", 420),
    ("WITA", 480),
    ("AWST", 480),
    ("SGT", 480),
    ("HKT", 480),
    ("MYT", 480),
    ("PHT", 480),
    ("WIT", 540),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("ACDT", 630),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("NDT", -150),
    ("NST", -210),
    ("BRT", -180),
    ("ART", -180),
    ("ADT", -180),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
];

/// Words of several meanings, with the offset of the one that is written most, in minutes.
const DOUBTFUL: [(&str, i32); 5] = [("CST", -360), ("IST", 330), ("BST", 60), ("AST", -240), ("GST", 240)];

/// Words for a zone whatever the season.
const GENERAL: [(&str, &str); 4] =
    [("PT", "America/Los_Angeles"), ("MT", "America/Denver"), ("CT", "America/Chicago"), ("ET", "America/New_York")];

/// Half a year: the other season.
const SEASON: i64 = 182 * 86_400;

/// What a word stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The zone.
    pub zone: TimeZone,
    /// Whether it could as well be another one, or isn't known at all.
    pub doubtful: bool,
    /// Whether the word is one for a zone.
    pub known: bool,
}

impl Meaning {
    /// The zone, for people.
    pub fn shown(&self) -> String {
        match self.zone.iana_name() {
            Some(name) => name.to_owned(),
            None => self.zone.to_fixed_offset().map_or_else(|_| "UTC".to_owned(), |offset| format!("UTC{offset}")),
        }
    }
}

/// What the word behind a time stands for, where the page is written in `home`. What looks like a word for a zone and
/// isn't known is taken for `home`; `None` for what doesn't look like one.
pub fn meaning(word: &str, near: DateTime, home: &TimeZone) -> Option<Meaning> {
    let word = word.trim().trim_matches(['(', ')']);
    let sure = |zone| Some(Meaning { zone, doubtful: false, known: true });
    if let Some(minutes) = numeric(word) {
        return sure(fixed(minutes));
    }
    let upper = word.to_ascii_uppercase();
    if let Some(offset) = at_home(&upper, near, home) {
        return sure(offset.to_time_zone());
    }
    let listed =
        |list: &[(&str, i32)]| list.iter().find(|(name, _)| *name == upper).map(|(_, minutes)| fixed(*minutes));
    if let Some(zone) = listed(&WORDS) {
        return sure(zone);
    }
    if let Some((_, name)) = GENERAL.iter().find(|(short, _)| *short == upper) {
        return TimeZone::get(name).ok().and_then(sure);
    }
    if let Some(zone) = listed(&DOUBTFUL) {
        return Some(Meaning { zone, doubtful: true, known: true });
    }
    if word.contains('/')
        && let Ok(zone) = TimeZone::get(word)
    {
        return sure(zone);
    }
    let looks_like_one = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    looks_like_one.then(|| Meaning { zone: home.clone(), doubtful: true, known: false })
}

/// The zone of a word in a chat's line, where a name may stand as well: only what is written most, and what people
/// write at home.
pub fn in_chat(word: &str, near: DateTime, home: &TimeZone) -> Option<TimeZone> {
    const OFTEN: [&str; 14] =
        ["UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "CET", "CEST", "JST"];
    let known = OFTEN.contains(&word) || (word.len() > 2 && at_home(word, near, home).is_some());
    known.then(|| meaning(word, near, home)).flatten().map(|meaning| meaning.zone)
}

/// The offset for which a word stands in a zone: at that time, or in the other season where it isn't used then.
fn at_home(upper: &str, near: DateTime, home: &TimeZone) -> Option<Offset> {
    let ambiguous = home.to_ambiguous_timestamp(near).offset();
    let offsets = match ambiguous {
        AmbiguousOffset::Unambiguous { offset } => [offset, offset],
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => [before, after],
    };
    let now: Vec<Timestamp> = offsets.iter().filter_map(|offset| offset.to_timestamp(near).ok()).collect();
    let season = |by: i64| now.first().and_then(|at| Timestamp::from_second(at.as_second().saturating_add(by)).ok());
    let all = now.iter().copied().chain(season(SEASON)).chain(season(-SEASON));
    all.map(|at| home.to_offset_info(at))
        .find(|info| info.abbreviation().eq_ignore_ascii_case(upper))
        .map(|info| info.offset())
}

/// Minutes of `+08`, `+0530`, `-03:00`, `UTC+9`, `GMT-3`.
fn numeric(word: &str) -> Option<i32> {
    let upper = word.to_ascii_uppercase();
    let rest = ["UTC", "GMT"].iter().find_map(|name| upper.strip_prefix(name)).unwrap_or(&upper);
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().skip(1).filter(|letter| *letter != ':').collect();
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (whole && hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn fixed(minutes: i32) -> TimeZone {
    Offset::from_seconds(minutes * 60).map_or(TimeZone::UTC, TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use jiff::tz::TimeZone;

    /// The time in UTC, with a question mark where the word is doubtful.
    fn read(written: &str, word: &str, home: &str) -> String {
        let civil: jiff::civil::DateTime = written.parse().expect("a time");
        let home = TimeZone::get(home).expect("a zone");
        let Some(meaning) = meaning(word, civil, &home) else { return "none".to_owned() };
        let at = meaning.zone.to_ambiguous_zoned(civil).compatible().expect("a time").timestamp();
        format!("{}{}", &at.to_string()[5..16], if meaning.doubtful { "?" } else { "" })
    }

    #[test]
    fn a_word_means_what_it_means_where_the_page_is_written() {
        for (written, word, home, expected) in [
            ("2026-11-20T14:00", "CST", "Asia/Shanghai", "11-20T06:00"),
            ("2026-11-20T14:00", "CST", "America/Chicago", "11-20T20:00"),
            ("2026-11-20T14:00", "IST", "Asia/Kolkata", "11-20T08:30"),
            ("2026-11-20T14:00", "IST", "Asia/Jerusalem", "11-20T12:00"),
            ("2026-07-20T14:00", "BST", "Europe/London", "07-20T13:00"),
            ("2026-11-20T14:00", "AEST", "Australia/Sydney", "11-20T04:00"),
            ("2026-11-20T14:00", "+08", "Asia/Singapore", "11-20T06:00"),
            ("2026-11-20T14:00", "+0545", "UTC", "11-20T08:15"),
            ("2026-11-20T14:00", "UTC-3", "UTC", "11-20T17:00"),
            ("2026-11-20T14:00", "PT", "UTC", "11-20T22:00"),
            ("2026-11-20T14:00", "PST", "Asia/Tokyo", "11-20T22:00"),
            ("2026-11-20T14:00", "CST", "UTC", "11-20T20:00?"),
            ("2026-11-20T14:00", "XYZT", "Asia/Tokyo", "11-20T05:00?"),
            ("2026-11-20T14:00", "soon", "Asia/Tokyo", "none"),
        ] {
            assert_eq!(read(written, word, home), expected, "{written} {word} {home}");
        }
    }

    #[test]
    fn the_word_tells_the_two_hours_of_a_night_apart_and_holds_out_of_season() {
        for (written, word, expected) in [
            ("2026-11-01T01:30", "PDT", "11-01T08:30"),
            ("2026-11-01T01:30", "PST", "11-01T09:30"),
            ("2026-07-01T12:00", "PST", "07-01T20:00"),
        ] {
            assert_eq!(read(written, word, "America/Los_Angeles"), expected, "{written} {word}");
        }
    }
}
