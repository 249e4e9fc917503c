//! The words of a look back: what is measured, from where to where, what is left out.

use crate::incident::command::CancelCause;
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::say;
use crate::text::{Moments, label};
use crate::view::metrics::{Absence, Again, BOUNDS, By, FEWEST, Measure, MeasureKind, Metrics, Of, Spread};

const fn either(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// What is counted, and of which period.
pub(super) fn title(metrics: &Metrics, moments: &Moments) -> String {
    let (lang, n) = (moments.lang(), metrics.counted);
    let what = match metrics.asked.of {
        Of::Real => say!(lang, "incidents: {n}", "インシデント: {n}件"),
        Of::Drills => say!(lang, "drills: {n}", "演習: {n}件"),
        Of::NearMisses => say!(lang, "near misses: {n}", "ヒヤリハット: {n}件"),
    };
    let until = moments.full(metrics.asked.until);
    match metrics.asked.since {
        Some(since) => {
            let since = moments.full(since);
            say!(lang, "{what}, declared from {since} until {until}", "{what}（宣言日時 {since} 〜 {until}）")
        }
        None => say!(lang, "{what}, declared until {until}", "{what}（宣言日時 〜 {until}）"),
    }
}

/// What of the period is not counted, and where to see it.
pub(super) fn left_out(metrics: &Metrics, lang: Lang) -> Vec<String> {
    let left = &metrics.left_out;
    let mut parts = Vec::new();
    if left.real > 0 {
        parts.push(say!(lang, "real incidents: {}", "実際のインシデント: {}件", left.real));
    }
    if left.drills > 0 {
        parts.push(say!(lang, "drills: {} (--drills)", "演習: {}件（--drills）", left.drills));
    }
    if left.near_misses > 0 {
        parts.push(say!(
            lang,
            "near misses: {} (--near-misses)",
            "ヒヤリハット: {}件（--near-misses）",
            left.near_misses
        ));
    }
    if !left.cancelled.is_empty() {
        let sum: usize = left.cancelled.iter().map(|(_, count)| count).sum();
        let because: Vec<String> =
            left.cancelled.iter().map(|(because, count)| format!("{} {count}", ending(*because, lang))).collect();
        let because = because.join(", ");
        parts.push(say!(lang, "cancelled: {sum} ({because})", "取り消し: {sum}件（{because}）"));
    }
    let mut lines = Vec::new();
    if !parts.is_empty() {
        let parts = parts.join(either(lang, "; ", "、"));
        lines.push(say!(lang, "not counted: {parts}", "集計外: {parts}"));
    }
    if left.earlier > 0 {
        let earlier = left.earlier;
        lines.push(say!(
            lang,
            "declared earlier: {earlier} (--since 2020-01-01)",
            "それ以前の宣言: {earlier}件（--since 2020-01-01）"
        ));
    }
    lines
}

/// As what an incident was cancelled.
pub(super) fn ending(because: Option<CancelCause>, lang: Lang) -> &'static str {
    match because {
        Some(because) => label::cancel_cause(because, lang),
        None => either(lang, "no reason given", "種別なし"),
    }
}

/// What is measured.
pub(super) const fn measure(kind: MeasureKind, lang: Lang) -> &'static str {
    match kind {
        MeasureKind::Detect => either(lang, "time to detect", "検出までの時間"),
        MeasureKind::Acknowledge => either(lang, "time to acknowledge", "応答までの時間"),
        MeasureKind::Mitigate => either(lang, "time to mitigate", "暫定対応までの時間"),
        MeasureKind::Resolve => either(lang, "time to resolve", "解決までの時間"),
        MeasureKind::Outage => either(lang, "whole outage", "障害の全期間"),
    }
}

/// What is measured, as the head of a column.
pub(super) const fn short(kind: MeasureKind, lang: Lang) -> &'static str {
    match kind {
        MeasureKind::Detect => either(lang, "detect", "検出"),
        MeasureKind::Acknowledge => either(lang, "acknowledge", "応答"),
        MeasureKind::Mitigate => either(lang, "mitigate", "暫定対応"),
        MeasureKind::Resolve => either(lang, "resolve", "解決"),
        MeasureKind::Outage => either(lang, "outage", "全期間"),
    }
}

/// From where to where.
pub(super) const fn formula(kind: MeasureKind, lang: Lang) -> &'static str {
    match kind {
        MeasureKind::Detect => either(lang, "detected − started", "検出 − 発生"),
        MeasureKind::Acknowledge => {
            either(lang, "first answer of somebody who was called − declared", "呼び出しへの最初の応答 − 宣言")
        }
        MeasureKind::Mitigate => either(lang, "workaround in place − declared", "ワークアラウンド実施 − 宣言"),
        MeasureKind::Resolve => {
            either(lang, "service restored (for the last time) − declared", "サービス復旧（最後のもの） − 宣言")
        }
        MeasureKind::Outage => {
            either(lang, "service restored (for the last time) − started", "サービス復旧（最後のもの） − 発生")
        }
    }
}

const fn absence(absence: Absence, lang: Lang) -> &'static str {
    match absence {
        Absence::NoStart => either(lang, "no start time", "発生時刻なし"),
        Absence::NotDetected => either(lang, "no detection time", "検出時刻なし"),
        Absence::NotAcknowledged => either(lang, "nobody acknowledged", "応答の記録なし"),
        Absence::NoWorkaround => either(lang, "resolved without a workaround", "ワークアラウンドなしで解決"),
        Absence::NotMitigated => either(lang, "not mitigated yet", "暫定対応前"),
        Absence::NotResolved => either(lang, "not resolved yet", "未解決"),
        Absence::Negative => either(lang, "negative: the clocks disagree", "負の値（時刻の食い違い）"),
        Absence::NoLength => either(lang, "begun and over at one instant", "開始と終了が同時刻（長さ不明）"),
    }
}

/// How many incidents have no such time, and why; none where all have one.
pub(super) fn absences(measured: &Measure, lang: Lang) -> Option<String> {
    let told = measured.left_out.iter().map(|(why, count)| format!("{count} {}", absence(*why, lang)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// That a figure is of few.
pub(super) fn few(spread: &Spread, lang: Lang) -> Option<String> {
    let n = spread.n;
    (spread.is_small() && n > 0).then(|| {
        say!(lang, "few (n = {n}): one more may change it much", "件数が少ない（n = {n}）ため、1件で大きく変わる")
    })
}

/// What the median and the ninetieth percentile are.
pub(super) fn ranks(lang: Lang) -> String {
    say!(
        lang,
        "median and p90 by nearest rank: times that occurred; no p90 of fewer than {FEWEST}",
        "中央値と p90 は最近順位法による実際の値。{FEWEST}件未満では p90 を示さない"
    )
}

/// What each bar of a distribution counts.
pub(super) fn scale(moments: &Moments) -> String {
    let lang = moments.lang();
    let bars = bounds(moments).join(" ");
    say!(lang, "bars: {bars}", "棒: {bars}")
}

/// The name of each part of a distribution.
pub(super) fn bounds(moments: &Moments) -> Vec<String> {
    let lang = moments.lang();
    let mut bounds: Vec<String> =
        BOUNDS.iter().map(|bound| format!("≤{}", moments.mark(Span::from_minutes(*bound)))).collect();
    if let Some(last) = BOUNDS.last() {
        let last = moments.mark(Span::from_minutes(*last));
        bounds.push(say!(lang, ">{last}", ">{last}"));
    }
    bounds
}

/// By what incidents are parted.
pub(super) fn parted(metrics: &Metrics, lang: Lang) -> String {
    let name = match metrics.asked.by {
        Some(By::Severity) => either(lang, "worst severity", "最大の重大度"),
        Some(By::Service) => either(lang, "service", "サービス"),
        Some(By::Category) => either(lang, "category", "分類"),
        Some(By::Month) => either(lang, "month declared", "宣言した月"),
        Some(By::Weekday) => either(lang, "weekday declared", "宣言した曜日"),
        None => "",
    };
    name.to_owned()
}

/// What a cell of the table of parts holds.
pub(super) fn middles(lang: Lang) -> String {
    say!(
        lang,
        "median / p90 (n); an incident of several services counts with each",
        "中央値 / p90（n）。複数サービスのインシデントはそれぞれに数える"
    )
}

/// The head of a column of counts.
pub(super) const fn incidents(lang: Lang) -> &'static str {
    either(lang, "incidents", "件数")
}

/// What came back, with its heading.
pub(super) fn came_back(metrics: &Metrics, lang: Lang) -> Vec<(String, &[Again])> {
    let recurrence = &metrics.recurrence;
    let all = [
        (say!(lang, "the same category at the same service", "同じ分類・同じサービス"), &recurrence.places[..]),
        (say!(lang, "the same words of cause", "同じ原因"), &recurrence.causes[..]),
    ];
    all.into_iter().filter(|(_, again)| !again.is_empty()).collect()
}

/// A day of the week; Monday is 1.
pub(super) const fn weekday(day: i8, lang: Lang) -> &'static str {
    match day {
        1 => either(lang, "Monday", "月曜日"),
        2 => either(lang, "Tuesday", "火曜日"),
        3 => either(lang, "Wednesday", "水曜日"),
        4 => either(lang, "Thursday", "木曜日"),
        5 => either(lang, "Friday", "金曜日"),
        6 => either(lang, "Saturday", "土曜日"),
        _ => either(lang, "Sunday", "日曜日"),
    }
}
