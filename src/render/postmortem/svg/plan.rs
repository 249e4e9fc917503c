//! Planned against actual durations (E11): an outline for the plan, a bar for what it took.

use super::frame::svg;
use super::lanes::{fitted, width};
use crate::incident::time::Span;
use crate::render::escape::html as escape;
use crate::render::postmortem::outline::Source;
use crate::render::postmortem::plan;
use crate::text::postmortem::{self as say, Label};
use crate::view::postmortem::Planned;
use std::fmt::Write as _;

const WIDTH: i64 = 860;
const ROW: i64 = 24;
/// How wide names may be.
const NAMES: i64 = 240;
/// How many rows are drawn; the table has all.
const ROWS: usize = 24;

/// The drawing, and how many rows it leaves out.
pub fn plan_chart(source: &Source<'_>) -> (String, usize) {
    let all: &[Planned] = &source.facts.plan;
    let drawn = all.get(..all.len().min(ROWS)).unwrap_or_default();
    let names: Vec<String> = drawn.iter().map(|one| plan::name(source, one)).collect();
    let left = names.iter().map(|name| width(name)).max().unwrap_or(0).min(NAMES) + 14;
    let longest = drawn.iter().flat_map(|one| [one.planned(), one.took()]).flatten().map(Span::millis).max();
    let longest = longest.unwrap_or(1).max(1);
    let room = WIDTH - left - 130;
    let place = |millis: i64| {
        let part = i128::from(millis.clamp(0, longest)) * i128::from(room) / i128::from(longest);
        i64::try_from(part).unwrap_or(room)
    };
    let mut body = String::new();
    for (row, (one, name)) in drawn.iter().zip(&names).enumerate() {
        let top = ROW * i64::try_from(row).unwrap_or_default() + 4;
        let planned = place(one.planned().map_or(0, Span::millis)).max(2);
        let shown = escape(&fitted(name, left - 12)).into_owned();
        let _ = writeln!(body, r#"<text x="{}" y="{}" text-anchor="end">{shown}</text>"#, left - 8, top + 13);
        let mut end = planned;
        let mut told = source.label(Label::Open).to_owned();
        if let Some(took) = one.took() {
            let class = if one.is_in_time() { "kept" } else { "late" };
            let wide = place(took.millis()).max(2);
            let _ = writeln!(body, r#"<rect class="{class}" x="{left}" y="{}" width="{wide}" height="10"/>"#, top + 4);
            end = end.max(wide);
            told = source.times.span(took);
        }
        let _ = writeln!(body, r#"<rect class="planned" x="{left}" y="{top}" width="{planned}" height="18"/>"#);
        let _ = writeln!(body, r#"<text x="{}" y="{}">{}</text>"#, left + end + 6, top + 13, escape(&told));
    }
    let mut bottom = ROW * i64::try_from(drawn.len()).unwrap_or_default() + 10;
    let mut x = left;
    for (class, label) in [("planned", Label::Planned), ("kept", Label::InTime), ("late", Label::TooLate)] {
        let name = label.text(source.lang);
        let _ = writeln!(
            body,
            r#"<rect class="{class}" x="{x}" y="{bottom}" width="14" height="14"/><text x="{}" y="{}">{}</text>"#,
            x + 19,
            bottom + 11,
            escape(name)
        );
        x += width(name) + 40;
    }
    bottom += 20;
    let (kept, of) = plan::kept(all);
    let title = say::plan_title(source.lang);
    (
        svg("plan", (WIDTH, bottom), &title, &say::plan_description(kept, of, source.lang), &body),
        all.len() - drawn.len(),
    )
}
