//! Drawings of distributions and of parts, each with a title and a description for whoever can't see it.

use super::words;
use crate::incident::localized::Lang;
use crate::incident::time::Span;
use crate::render::escape::html as escape;
use crate::say;
use crate::text::Moments;
use crate::view::metrics::{Group, Measure, MeasureKind};
use std::fmt::Write as _;

const WIDTH: usize = 760;
const HEIGHT: usize = 120;
/// How many parts are drawn; the table beside the drawing has them all.
const PARTS: usize = 24;
const NAMES: usize = 180;

/// How many incidents lie in each part of a distribution.
pub(super) fn distribution(measure: &Measure, moments: &Moments) -> String {
    let lang = moments.lang();
    let id = measure.kind.as_str();
    let bounds = words::bounds(moments);
    let most = measure.spread.bins.iter().copied().max().unwrap_or_default().max(1);
    let step = WIDTH / bounds.len().max(1);
    let mut body = String::new();
    for (place, (count, bound)) in measure.spread.bins.iter().zip(&bounds).enumerate() {
        let (x, high) = (place * step, count * HEIGHT / most);
        let middle = x + step / 2;
        let _ = writeln!(
            body,
            r#"<rect class="bar" x="{}" y="{}" width="{}" height="{high}"/><text x="{middle}" y="{}" text-anchor="middle">{count}</text><text x="{middle}" y="{}" text-anchor="middle">{}</text>"#,
            x + 6,
            18 + HEIGHT - high,
            step - 12,
            12 + HEIGHT - high,
            36 + HEIGHT,
            escape(bound)
        );
    }
    let name = words::measure(measure.kind, lang);
    let title = say!(lang, "Distribution: {name}", "分布: {name}");
    let told: Vec<String> = bounds
        .iter()
        .zip(&measure.spread.bins)
        .filter(|(_, count)| **count > 0)
        .map(|(bound, count)| format!("{bound}: {count}"))
        .collect();
    let line = 18 + HEIGHT;
    let _ = writeln!(body, r#"<path class="axis" d="M0 {line}H{WIDTH}"/>"#);
    picture(&format!("distribution-{id}"), HEIGHT + 44, &title, &told.join(", "), &body)
}

/// The median and the ninetieth percentile of each part.
pub(super) fn parts(groups: &[Group], kind: MeasureKind, name: &dyn Fn(&Group) -> String, moments: &Moments) -> String {
    let lang = moments.lang();
    let of = |group: &Group| group.measures.iter().find(|measure| measure.kind == kind).map(|measure| measure.spread);
    let drawn: Vec<&Group> = groups.iter().filter(|group| of(group).is_some_and(|one| one.n > 0)).take(PARTS).collect();
    let longest = |group: &&Group| of(group).and_then(|one| one.p90.max(one.median)).map_or(0, Span::millis);
    let most = drawn.iter().map(longest).max().unwrap_or_default().max(1);
    let room = i64::try_from(WIDTH - NAMES - 130).unwrap_or(1);
    let wide = |span: Span| span.millis().saturating_mul(room) / most;
    let (mut body, mut told) = (String::new(), Vec::new());
    for (place, group) in drawn.iter().enumerate() {
        let (Some(spread), y) = (of(group), place * 24 + 4) else { continue };
        let Some(median) = spread.median else { continue };
        let name = name(group);
        let shown: String =
            if name.chars().count() > 22 { name.chars().take(21).chain(['…']).collect() } else { name.clone() };
        let mut label = moments.span(median);
        let _ = writeln!(
            body,
            r#"<text x="{}" y="{}" text-anchor="end">{}</text><rect class="bar" x="{NAMES}" y="{y}" width="{}" height="16"/>"#,
            NAMES - 8,
            y + 13,
            escape(&shown),
            wide(median).max(1)
        );
        if let Some(p90) = spread.p90 {
            let end = i64::try_from(NAMES).unwrap_or_default() + wide(p90);
            let _ = writeln!(body, r#"<path class="p90" d="M{end} {y}v16M{NAMES} {}H{end}"/>"#, y + 8);
            label = format!("{label} / {}", moments.span(p90));
        }
        let end = i64::try_from(NAMES).unwrap_or_default() + wide(spread.p90.unwrap_or(median).max(median)) + 6;
        let _ = writeln!(body, r#"<text x="{end}" y="{}">{}</text>"#, y + 13, escape(&label));
        told.push(format!("{name}: {label}"));
    }
    let measured = words::measure(kind, lang);
    let title = say!(lang, "{measured}: median (bar) and p90 (line)", "{measured}: 中央値（棒）と p90（線）");
    picture(&format!("parts-{}", kind.as_str()), drawn.len() * 24 + 8, &title, &told.join("; "), &body)
}

fn picture(id: &str, height: usize, title: &str, description: &str, body: &str) -> String {
    let (name, description) = (escape(title), escape(description));
    format!(
        "<figure>\n<section class=\"picture\" aria-label=\"{name}\" tabindex=\"0\">\n\
         <svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{name}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n{body}</svg>\n\
         </section>\n<figcaption>{name}</figcaption>\n</figure>\n"
    )
}

/// The language as HTML names it.
pub(super) const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    }
}
