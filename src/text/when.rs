//! Why a typed time or length of time was refused, in words.

use super::visible::one_line;
use crate::incident::localized::Lang;
use crate::incident::when::{SpanError, WhenError};
use crate::say;

/// What was wrong with a typed time, and what to type instead.
pub fn when_error(error: &WhenError, moments: &super::Moments) -> (String, String) {
    let lang = moments.lang();
    let full = |at| moments.full(at);
    let forms = || {
        say!(
            lang,
            "times: 14:05, 2026-11-20 14:05, yesterday 14:05, 5m ago, 14:05 JST, ~02:10",
            "時刻の例: 14:05、2026-11-20 14:05、昨日 14:05、5分前、14:05 JST、~02:10"
        )
    };
    match error {
        WhenError::Unreadable { typed } => {
            (say!(lang, "can't read `{}` as a time", "「{}」を時刻として読めません", one_line(typed)), forms())
        }
        WhenError::DateOnly { typed } => {
            (say!(lang, "`{}` has no time of day", "「{}」には時刻がありません", one_line(typed)), forms())
        }
        WhenError::OutOfRange { typed } => (
            say!(lang, "`{}` is a date or time that does not exist", "「{}」という日時は存在しません", one_line(typed)),
            forms(),
        ),
        WhenError::Future { typed, understood } => (
            say!(
                lang,
                "`{}` lies in the future: understood as {}",
                "「{}」は未来の時刻です（{} と解釈）",
                one_line(typed),
                full(*understood)
            ),
            say!(
                lang,
                "give the date or the zone: `yesterday 14:05`, `14:05 UTC`",
                "日付かタイムゾーンを添える: `昨日 14:05`、`14:05 JST`"
            ),
        ),
        WhenError::Ambiguous { typed, first, second } => (
            say!(
                lang,
                "clocks were set back, so `{}` happened twice: {} and {}",
                "時計の切り替えで「{}」は2回あります: {} と {}",
                one_line(typed),
                full(*first),
                full(*second)
            ),
            say!(lang, "say which: {first} or {second}", "どちらかを指定: {first} または {second}"),
        ),
        WhenError::Nonexistent { typed, before, after } => (
            say!(
                lang,
                "clocks were set forward, so `{}` never happened",
                "時計の切り替えで「{}」は存在しません",
                one_line(typed)
            ),
            say!(lang, "the nearest are {before} and {after}", "近いのは {before} と {after}"),
        ),
        WhenError::NoonOrMidnight { typed } => (
            say!(lang, "`{}` could mean noon or midnight", "「{}」は正午とも深夜0時とも読めます", one_line(typed)),
            say!(lang, "type 12:00 or 00:00", "12:00 または 00:00 と入力する"),
        ),
        WhenError::UnknownZone { typed, zone } => (
            say!(
                lang,
                "no time zone `{}` (in `{}`)",
                "「{}」というタイムゾーンはありません（{}）",
                one_line(zone),
                one_line(typed)
            ),
            say!(lang, "zones: UTC, JST, +09:00, Asia/Tokyo", "タイムゾーンの例: UTC、JST、+09:00、Asia/Tokyo"),
        ),
        WhenError::AmbiguousZone { zone, readings, .. } => (
            say!(
                lang,
                "`{}` is the name of several time zones",
                "「{}」は複数のタイムゾーンを指します",
                one_line(zone)
            ),
            say!(lang, "say which: {}", "どれかを指定: {}", readings.join(" / ")),
        ),
    }
}

/// What was wrong with a typed length of time, and what to type instead.
pub fn span_error(error: &SpanError, lang: Lang) -> (String, String) {
    let forms = say!(lang, "lengths: 15m, 1h30m, 3d, 2w", "長さの例: 15m、1h30m、3日、2週間");
    let message = match error {
        SpanError::Unreadable { typed } => {
            say!(lang, "can't read `{}` as a length of time", "「{}」を長さとして読めません", one_line(typed))
        }
        SpanError::NoUnit { typed } => say!(lang, "`{}` has no unit", "「{}」に単位がありません", one_line(typed)),
        SpanError::UnknownUnit { typed, unit } => {
            say!(lang, "no unit `{}` (in `{}`)", "「{}」という単位はありません（{}）", one_line(unit), one_line(typed))
        }
        SpanError::Negative { typed } => say!(lang, "`{}` is negative", "「{}」は負の値です", one_line(typed)),
        SpanError::TooLong { typed } => {
            say!(lang, "`{}` is longer than ten years", "「{}」は10年を超えています", one_line(typed))
        }
    };
    (message, forms)
}
