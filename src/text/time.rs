//! Instants and spans as people read them, in the configured zone.

use crate::incident::localized::Lang;
use crate::incident::time::{Span, Timestamp};
use jiff::Zoned;
use jiff::tz::TimeZone;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Shows instants and spans in one zone and one language.
#[derive(Debug, Clone)]
pub struct Moments {
    zone: TimeZone,
    lang: Lang,
}

impl Moments {
    /// Shows them in this zone and language.
    pub const fn new(zone: TimeZone, lang: Lang) -> Self {
        Self { zone, lang }
    }

    fn zoned(&self, at: Timestamp) -> Option<Zoned> {
        jiff::Timestamp::from_millisecond(at.millis()).ok().map(|instant| instant.to_zoned(self.zone.clone()))
    }

    fn format(&self, at: Timestamp, pattern: &str) -> String {
        self.zoned(at).map_or_else(|| at.to_string(), |zoned| zoned.strftime(pattern).to_string())
    }

    /// The first instant of a day written `2026-11-21`; `None` for anything else.
    pub fn start_of_day(&self, day: &str) -> Option<Timestamp> {
        let day: jiff::civil::Date = day.parse().ok()?;
        let zoned = day.to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
    }

    /// `14:05`
    pub fn clock(&self, at: Timestamp) -> String {
        self.format(at, "%H:%M")
    }

    /// `14:05`, and `01:30 -04:00` in the night the clocks go back, when it comes twice.
    pub fn clock_apart(&self, at: Timestamp) -> String {
        self.apart(at, self.clock(at))
    }

    /// `2026-11-20 14:05`, with the offset where that time comes twice.
    pub fn day_clock_apart(&self, at: Timestamp) -> String {
        self.apart(at, self.day_clock(at))
    }

    fn apart(&self, at: Timestamp, shown: String) -> String {
        let twice = self.zoned(at).is_some_and(|at| self.zone.to_ambiguous_timestamp(at.datetime()).is_ambiguous());
        if twice { format!("{shown} {}", self.format(at, "%:z")) } else { shown }
    }

    /// `2026-11-20`
    pub fn day(&self, at: Timestamp) -> String {
        self.format(at, "%Y-%m-%d")
    }

    /// `2026-11-20 14:05`
    pub fn day_clock(&self, at: Timestamp) -> String {
        self.format(at, "%Y-%m-%d %H:%M")
    }

    /// `2026-11-20 14:05 JST`, with the offset where the zone has no name of letters.
    pub fn full(&self, at: Timestamp) -> String {
        format!("{} {}", self.day_clock(at), self.zone_name(at))
    }

    /// `14:05 JST` on the same day as `now`, with the date on another.
    pub fn near(&self, at: Timestamp, now: Timestamp) -> String {
        if self.day(at) == self.day(now) { format!("{} {}", self.clock(at), self.zone_name(at)) } else { self.full(at) }
    }

    /// `JST`, or `+09:00` where the zone has no name of letters.
    pub fn zone_name(&self, at: Timestamp) -> String {
        let name = self.format(at, "%Z");
        if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) { name } else { self.format(at, "%:z") }
    }

    /// Year, month, and the day of the week from 1, Monday.
    pub fn calendar(&self, at: Timestamp) -> (i16, i8, i8) {
        let Some(zoned) = self.zoned(at) else { return (1970, 1, 4) };
        (zoned.year(), zoned.month(), zoned.weekday().to_monday_one_offset())
    }

    /// Minutes since midnight, to put the marks of a scale on round times of day.
    pub fn minute_of_day(&self, at: Timestamp) -> i64 {
        self.zoned(at).map_or(0, |zoned| i64::from(zoned.hour()) * 60 + i64::from(zoned.minute()))
    }

    /// A length of time, as [`span`] writes it.
    pub fn span(&self, length: Span) -> String {
        span(length, self.lang)
    }

    /// A mark on a scale, in the largest unit that it is whole in: `15 min`, `2 h`, `3 d`.
    pub fn mark(&self, length: Span) -> String {
        let millis = length.millis();
        let units = [(DAY, "d", "日"), (HOUR, "h", "時間"), (MINUTE, "min", "分"), (1000, "s", "秒")];
        let whole = units.into_iter().find(|(unit, ..)| millis > 0 && millis % unit == 0);
        match (whole, self.lang) {
            (Some((unit, en, _)), Lang::En) => format!("{} {en}", millis / unit),
            (Some((unit, _, ja)), Lang::Ja) => format!("{}{ja}", millis / unit),
            (None, _) => self.span(length),
        }
    }

    /// The language of the words.
    pub const fn lang(&self) -> Lang {
        self.lang
    }
}

/// Below this many days, minutes are told beside them: whoever reads "1 d" can't tell it from 1 d 23 h.
const DAYS_WITH_MINUTES: i64 = 4;

/// `40 s`, `5 min`, `1 h 5 min`, `1 d 0 h 11 min`, `12 d 3 h`; `1時間5分` in Japanese.
///
/// From an hour up there are two units at least, and minutes are kept below four days. What is left over is dropped,
/// never rounded up.
pub fn span(span: Span, lang: Lang) -> String {
    let millis = span.millis();
    let unit = |number: i64, en: &str, ja: &str| match lang {
        Lang::En => format!("{number} {en}"),
        Lang::Ja => format!("{number}{ja}"),
    };
    let days = unit(millis / DAY, "d", "日");
    let hours = unit(millis % DAY / HOUR, "h", "時間");
    let minutes = unit(millis % HOUR / MINUTE, "min", "分");
    let parts = match millis {
        ..MINUTE => vec![unit(millis / 1000, "s", "秒")],
        MINUTE..HOUR => vec![minutes],
        HOUR..DAY => vec![hours, minutes],
        _ if millis < DAYS_WITH_MINUTES * DAY => vec![days, hours, minutes],
        _ => vec![days, hours],
    };
    parts.join(if lang == Lang::En { " " } else { "" })
}

/// A number of bytes for people: `512 B`, `1.5 KiB`, `5.0 GiB`.
#[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut scaled = bytes as f64 / 1024.0;
    let mut unit = 0;
    while scaled >= 1024.0 && unit + 1 < UNITS.len() {
        scaled /= 1024.0;
        unit += 1;
    }
    format!("{scaled:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, Lang, MINUTE, Moments, Span, TimeZone, Timestamp};
    use proptest::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn a_length_of_time_swallows_no_minutes() {
        let moments = |lang| Moments::new(TimeZone::UTC, lang);
        for (millis, en, ja) in [
            (0, "0 s", "0秒"),
            (40_000, "40 s", "40秒"),
            (59 * MINUTE + 59_999, "59 min", "59分"),
            (HOUR + 5 * MINUTE, "1 h 5 min", "1時間5分"),
            (2 * HOUR, "2 h 0 min", "2時間0分"),
            (DAY + 11 * MINUTE, "1 d 0 h 11 min", "1日0時間11分"),
            (4 * DAY - 1, "3 d 23 h 59 min", "3日23時間59分"),
            (4 * DAY + 2 * HOUR + MINUTE, "4 d 2 h", "4日2時間"),
            (40 * DAY, "40 d 0 h", "40日0時間"),
        ] {
            let span = Span::from_millis(millis);
            assert_eq!((moments(Lang::En).span(span).as_str(), moments(Lang::Ja).span(span).as_str()), (en, ja));
        }
    }

    proptest! {
        /// What is read back from the words is the length, to the smallest unit that they promise.
        #[test]
        fn a_length_of_time_can_be_read_back(millis in 0i64..400 * DAY) {
            let words = super::span(Span::from_millis(millis), Lang::En);
            let words: Vec<&str> = words.split(' ').collect();
            let read: i64 = words.chunks(2).map(|part| {
                let length = [("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", 1000)];
                let unit = length.iter().find(|(unit, _)| *unit == part[1]).expect("a unit").1;
                part[0].parse::<i64>().expect("a number") * unit
            }).sum();
            let grain = if millis < MINUTE { 1000 } else if millis < 4 * DAY { MINUTE } else { HOUR };
            prop_assert_eq!(read, millis / grain * grain);
            prop_assert!(millis < HOUR || words.len() >= 4, "{:?}", words);
        }
    }

    #[test]
    fn a_time_that_comes_twice_carries_its_offset() {
        let moments = Moments::new(TimeZone::get("America/New_York").expect("a zone"), Lang::En);
        // 2026-11-01T05:30:00Z: the clocks go back half an hour later.
        let first = 1_793_511_000_000;
        let shown = [-31, 0, 30, 60, 89, 90]
            .map(|minutes| moments.clock_apart(Timestamp::from_millis(first + minutes * MINUTE)));
        assert_eq!(shown, ["00:59", "01:30 -04:00", "01:00 -05:00", "01:30 -05:00", "01:59 -05:00", "02:00"]);
    }

    #[test]
    fn instants_name_their_zone() {
        let at = Timestamp::from_millis(1_795_151_100_000);
        let tokyo = Moments::new(TimeZone::get("Asia/Tokyo").expect("a zone"), Lang::En);
        assert_eq!(tokyo.full(at), "2026-11-20 14:05 JST");
        assert_eq!(tokyo.near(at, at), "14:05 JST");
        let nameless = Moments::new(TimeZone::get("America/Sao_Paulo").expect("a zone"), Lang::En);
        assert_eq!(nameless.full(at), "2026-11-20 02:05 -03:00");
    }
}
