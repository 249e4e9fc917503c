//! The figures as rows for a spreadsheet: lengths of time in seconds, shares in percent.

use super::{key, share::shares};
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::render::escape::csv::cell;
use crate::text::Moments;
use crate::view::metrics::{BOUNDS, Measure, Metrics};

/// One row for each measure, of all incidents and of each part, then one for each share. Heads are the same in both
/// languages: programs read them.
pub fn csv(metrics: &Metrics, moments: &Moments) -> String {
    let mut head: Vec<String> =
        ["section", "group", "measure", "n", "left_out", "median_s", "p90_s", "least_s", "most_s"]
            .map(str::to_owned)
            .to_vec();
    head.extend(BOUNDS.iter().map(|minutes| format!("up_to_{minutes}_min")));
    head.extend(["longer".to_owned(), "share_percent".to_owned()]);
    let width = head.len();
    let mut rows = vec![head];
    rows.extend(metrics.measures.iter().map(|measure| timed("all", "", measure)));
    let by = metrics.asked.by.map_or("", |by| by.as_str());
    for group in &metrics.groups {
        let name = key(group, moments);
        rows.extend(group.measures.iter().map(|measure| timed(by, &name, measure)));
    }
    for share in shares(metrics, Lang::En) {
        let mut row = vec!["share".to_owned(), String::new(), share.slug.to_owned(), share.n.to_string()];
        row.resize(width - 1, String::new());
        row.push(share.permille.map(|permille| format!("{}.{}", permille / 10, permille % 10)).unwrap_or_default());
        rows.push(row);
    }
    let line = |row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        cells.resize(width, String::new());
        cells.join(",") + "\r\n"
    };
    rows.iter().map(line).collect()
}

fn timed(section: &str, group: &str, measure: &Measure) -> Vec<String> {
    let seconds = |span: Option<Span>| span.map(|span| (span.millis() / 1000).to_string()).unwrap_or_default();
    let spread = &measure.spread;
    let mut row = vec![
        section.to_owned(),
        group.to_owned(),
        measure.kind.as_str().to_owned(),
        spread.n.to_string(),
        measure.absent().to_string(),
        seconds(spread.median),
        seconds(spread.p90),
        seconds(spread.least),
        seconds(spread.most),
    ];
    row.extend(spread.bins.iter().map(ToString::to_string));
    row
}
