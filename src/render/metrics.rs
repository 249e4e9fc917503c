//! A look back over many incidents, for a terminal; below, for a browser and for a spreadsheet.

mod chart;
mod csv;
mod html;
mod share;
mod words;

pub use csv::csv;
pub use html::html;
pub use share::{Share, shares};

use super::{Page, Table};
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::say;
use crate::text::{Moments, label, one_line};
use crate::view::metrics::{Again, Group, GroupKey, Measure, Metrics, NearMisses, Of};

/// How many parts a table on a terminal shows.
const PARTS: usize = 40;

/// Heights of a bar, in eighths.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The figures as tables, each with what it counts and what it leaves out.
pub fn metrics(page: &Page, metrics: &Metrics) -> String {
    let lang = page.lang();
    let mut lines = vec![page.bold(&words::title(metrics, &page.moments))];
    lines.extend(words::left_out(metrics, lang));
    if metrics.counted > 0 {
        let heading = |en: &str, ja: &str| vec![String::new(), page.bold(if lang == Lang::En { en } else { ja })];
        lines.extend(heading("how long it took", "所要時間"));
        lines.extend(times(page, metrics));
        lines.extend(heading("what was kept", "守られたか"));
        lines.extend(kept(page, metrics));
        for (name, again) in words::came_back(metrics, lang) {
            lines.extend(heading(&name, &name));
            lines.extend(again.iter().map(|one| format!("  {}", told(one, lang))));
        }
        if metrics.asked.by.is_some() {
            lines.push(String::new());
            lines.extend(parts(page, metrics));
        }
    }
    if metrics.asked.of == Of::Real {
        lines.push(String::new());
        lines.push(page.bold(&say!(lang, "near misses", "ヒヤリハット")));
        lines.extend(near_misses(&metrics.near_misses, lang).into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

fn times(page: &Page, metrics: &Metrics) -> Vec<String> {
    let lang = page.lang();
    let headings = match lang {
        Lang::En => ["", "n", "left out", "median", "p90", "distribution"],
        Lang::Ja => ["", "n", "除外", "中央値", "p90", "分布"],
    };
    let mut table = Table::new(page, &headings.map(str::to_owned)).gives_up(&[5, 2, 4]);
    for measure in &metrics.measures {
        table.row(vec![
            words::measure(measure.kind, lang).to_owned(),
            measure.spread.n.to_string(),
            measure.absent().to_string(),
            length(measure.spread.median, &page.moments),
            length(measure.spread.p90, &page.moments),
            spark(&measure.spread.bins),
        ]);
    }
    let mut lines: Vec<String> = table.lines();
    lines.push(page.dim(&words::scale(&page.moments)));
    lines.push(page.dim(&words::ranks(lang)));
    lines.extend(metrics.measures.iter().map(|measure| page.dim(&formula(measure, lang))));
    lines
}

/// What a measure counts from and to, what it leaves out, and whether it is of few.
fn formula(measure: &Measure, lang: Lang) -> String {
    let (name, formula) = (words::measure(measure.kind, lang), words::formula(measure.kind, lang));
    let mut line = say!(lang, "{name} = {formula}", "{name}＝{formula}");
    if let Some(absences) = words::absences(measure, lang) {
        line += &say!(lang, "; left out: {absences}", "。除外: {absences}");
    }
    if let Some(few) = words::few(&measure.spread, lang) {
        line += &say!(lang, "; {few}", "。{few}");
    }
    line
}

fn kept(page: &Page, metrics: &Metrics) -> Vec<String> {
    let lang = page.lang();
    let mut table = Table::new(page, &[]);
    let all = shares(metrics, lang);
    for share in &all {
        table.row(vec![share.name.clone(), share.percent(), share.of.clone(), share.note.clone()]);
    }
    let mut lines = table.lines();
    let formula = |share: &Share| {
        let (name, formula) = (&share.name, &share.formula);
        say!(lang, "{name} = {formula}", "{name}＝{formula}")
    };
    lines.extend(all.iter().map(|share| page.dim(&formula(share))));
    lines
}

fn parts(page: &Page, metrics: &Metrics) -> Vec<String> {
    let lang = page.lang();
    let mut headings = vec![words::parted(metrics, lang), words::incidents(lang).to_owned()];
    headings.extend(metrics.measures.iter().map(|measure| words::short(measure.kind, lang).to_owned()));
    let mut table = Table::new(page, &headings);
    for group in metrics.groups.iter().take(PARTS) {
        let mut row = vec![key(group, &page.moments), group.counted.to_string()];
        row.extend(group.measures.iter().map(|measure| middle(measure, &page.moments)));
        table.row(row);
    }
    let mut lines = table.lines();
    lines.push(page.dim(&words::middles(lang)));
    let more = metrics.groups.len().saturating_sub(PARTS);
    if more > 0 {
        lines.push(say!(lang, "… and {more} more: --format csv", "… ほか{more}件: --format csv"));
    }
    lines
}

/// Median and ninetieth percentile, and of how many.
fn middle(measure: &Measure, moments: &Moments) -> String {
    if measure.spread.n == 0 {
        return "–".to_owned();
    }
    let (median, p90) = (length(measure.spread.median, moments), length(measure.spread.p90, moments));
    format!("{median} / {p90} ({})", measure.spread.n)
}

/// What the incidents of a part share, as people read it.
fn key(group: &Group, moments: &Moments) -> String {
    let lang = moments.lang();
    match &group.key {
        GroupKey::Severity(severity) => label::severity(*severity, lang).to_owned(),
        GroupKey::Named(Some(name)) => one_line(name).into_owned(),
        GroupKey::Named(None) => say!(lang, "(none)", "（なし）"),
        GroupKey::Month(year, month) => format!("{year:04}-{month:02}"),
        GroupKey::Weekday(day) => words::weekday(*day, lang).to_owned(),
    }
}

/// Something that came back, how often, and in which incidents.
fn told(again: &Again, lang: Lang) -> String {
    let what = one_line(&again.what.join(" · ")).into_owned();
    let what: String = if what.chars().count() > 100 { what.chars().take(99).chain(['…']).collect() } else { what };
    let count = again.count;
    let mut numbers: Vec<String> = again.numbers.iter().map(|number| format!("#{number}")).collect();
    if again.count > again.numbers.len() {
        numbers.push("…".to_owned());
    }
    let numbers = numbers.join(" ");
    say!(lang, "{what}: {count} times ({numbers})", "{what}: {count}回（{numbers}）")
}

fn near_misses(near: &NearMisses, lang: Lang) -> Vec<String> {
    let count = near.count;
    let mut lines = vec![say!(lang, "recorded: {count}", "記録: {count}件")];
    if !near.severities.is_empty() {
        let severities: Vec<String> =
            near.severities.iter().map(|(severity, n)| format!("{}: {n}", label::severity(*severity, lang))).collect();
        lines.push(severities.join(", "));
        let name = |name: &Option<String>| match name {
            Some(name) => one_line(name).into_owned(),
            None => say!(lang, "(no category)", "（分類なし）"),
        };
        let categories: Vec<String> = near.categories.iter().map(|(one, n)| format!("{}: {n}", name(one))).collect();
        lines.push(categories.join(", "));
    }
    lines
}

fn length(span: Option<Span>, moments: &Moments) -> String {
    span.map_or_else(|| "–".to_owned(), |span| moments.span(span))
}

/// A distribution in one line: a bar for each part, a point where there is nothing.
fn spark(bins: &[usize]) -> String {
    let most = bins.iter().copied().max().unwrap_or_default().max(1);
    let bar = |count: &usize| {
        if *count == 0 {
            return '·';
        }
        let height = count.saturating_mul(HEIGHTS.len()).div_ceil(most).max(1) - 1;
        HEIGHTS.get(height).copied().unwrap_or('█')
    };
    bins.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::spark;

    #[test]
    fn the_highest_bar_is_full_and_nothing_is_a_point() {
        assert_eq!(spark(&[0, 1, 4, 8, 0]), "·▁▄█·");
        assert_eq!(spark(&[1, 1000]), "▁█");
        assert_eq!(spark(&[0, 0]), "··");
    }
}
