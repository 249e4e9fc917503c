//! The impact over time: a stepped line for each figure that was measured more than once (E4).

use super::frame::svg;
use crate::incident::time::{Span, Timestamp};
use crate::render::escape::html as escape;
use crate::render::postmortem::outline::Source;
use crate::text::postmortem::{self as say, Label};
use crate::view::postmortem::Measured;
use std::fmt::Write as _;

const WIDTH: i64 = 860;
const LEFT: i64 = 110;
const HEIGHT: i64 = 110;
const GAP: i64 = 44;

/// What is drawn of a measurement.
type Pick = fn(&Measured) -> Option<f64>;

/// The drawing; nothing where no figure was measured twice.
pub fn impact_chart(source: &Source<'_>) -> Option<String> {
    let measured = &source.facts.communication.impact;
    #[expect(clippy::cast_precision_loss, reason = "a picture of a few hundred units")]
    let series: [(Label, Pick); 3] = [
        (Label::Users, |one| one.figures.users.map(|count| count as f64)),
        (Label::Failing, |one| one.figures.requests_failed),
        (Label::Units, |one| one.figures.units_done.map(|count| count as f64)),
    ];
    let (first, last) = (measured.iter().map(|one| one.at).min()?, measured.iter().map(|one| one.at).max()?);
    let mut body = String::new();
    let (mut top, mut told) = (16, Vec::new());
    for (label, pick) in series {
        let points: Vec<(Timestamp, f64)> = measured.iter().filter_map(|one| Some((one.at, pick(one)?))).collect();
        if points.len() < 2 {
            continue;
        }
        let most = points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
        draw(&mut body, source, label, (&points, most), (first, last), top);
        told.push(format!(
            "{} {}–{most}",
            label.text(source.lang),
            points.iter().map(|(_, value)| *value).fold(most, f64::min)
        ));
        top += HEIGHT + GAP;
    }
    let title = say::impact_title(source.lang);
    let description = say::impact_description(&told, source.lang);
    (!told.is_empty()).then(|| svg("impact", (WIDTH, top), &title, &description, &body))
}

fn draw(
    body: &mut String,
    source: &Source<'_>,
    label: Label,
    (points, most): (&[(Timestamp, f64)], f64),
    (first, last): (Timestamp, Timestamp),
    top: i64,
) {
    let right = WIDTH - 60;
    let whole = last.since(first).map_or(1, Span::millis).max(1);
    let x = |at: Timestamp| {
        let part = at.since(first).map_or(0, Span::millis);
        LEFT + i64::try_from(i128::from(part) * i128::from(right - LEFT) / i128::from(whole)).unwrap_or(0)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "within the height of the picture"
    )]
    let y = |value: f64| {
        let part = if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
        top + HEIGHT - (part * HEIGHT as f64).round() as i64
    };
    let bottom = top + HEIGHT;
    let _ = writeln!(body, r#"<path class="axis" d="M{LEFT} {top}V{bottom}H{right}"/>"#);
    let _ = writeln!(body, r#"<text x="{}" y="{}">{}</text>"#, LEFT + 6, top - 2, escape(label.text(source.lang)));
    let _ = writeln!(body, r#"<text x="{}" y="{}" text-anchor="end">{most}</text>"#, LEFT - 6, top + 10);
    let _ = writeln!(body, r#"<text x="{}" y="{bottom}" text-anchor="end">0</text>"#, LEFT - 6);
    let mut line = String::new();
    for (place, (at, value)) in points.iter().enumerate() {
        let (px, py) = (x(*at), y(*value));
        let _ = if place == 0 { write!(line, "M{px} {py}") } else { write!(line, "H{px}V{py}") };
        let told = format!("{} {value}", source.times.show(*at));
        let _ = writeln!(
            body,
            r#"<circle class="dot" cx="{px}" cy="{py}" r="3"><title>{}</title></circle>"#,
            escape(&told)
        );
    }
    let _ = writeln!(body, r#"<path class="line" d="{line}"/>"#);
    for (at, anchor) in [(first, "start"), (last, "end")] {
        let shown = escape(&source.times.show(at)).into_owned();
        let _ = writeln!(body, r#"<text x="{}" y="{}" text-anchor="{anchor}">{shown}</text>"#, x(at), bottom + 16);
    }
}
