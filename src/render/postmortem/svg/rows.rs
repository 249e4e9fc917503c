//! Rows below each other, and the row of entries.

use super::{Drawing, TICKS, fitted};
use crate::incident::command::NoteKind;
use crate::render::escape::html as escape;
use crate::text::postmortem::{self as say, Label};
use crate::text::{entry_with, one_line};
use crate::view::postmortem::Moment;

/// How much of an entry's text the picture tells: the timeline below has it all.
const TOLD: i64 = 600;

/// Rows of one height below each other.
pub struct Rows {
    top: i64,
    height: i64,
}

impl Rows {
    /// Rows from `top` down.
    pub const fn new(top: i64, height: i64) -> Self {
        Self { top, height }
    }

    /// Where a row begins.
    pub fn top(&self, row: usize) -> i64 {
        self.top + self.height * i64::try_from(row).unwrap_or(i64::MAX / self.height)
    }

    /// Goes down so many rows.
    pub fn skip(&mut self, count: usize) {
        self.top = self.top(count);
    }
}

impl Drawing<'_> {
    /// Draws the entries as ticks; how many.
    pub fn entries(&mut self) -> usize {
        let (scale, top, lang) = (self.scale, self.bottom, self.lang);
        let all = &self.facts.timeline;
        let shown: Vec<&Moment> = all.iter().filter(|moment| scale.holds(moment.at)).collect();
        let drawn = shown.len().min(TICKS);
        self.name(Label::Entries.text(lang), top + 10);
        // Evenly spread over the entries, so that busy stretches stay visible as such.
        for moment in (0..drawn).filter_map(|index| shown.get(index * shown.len() / drawn.max(1))) {
            let line = entry_with(&moment.fact, lang, |slug| self.facts.role_title(slug));
            let time = self.times.about(moment.at, moment.approximate);
            let told = format!("{time} {}: {}", moment.actor, fitted(&one_line(&line), TOLD));
            let shape = tick(class(moment), scale.place(moment.at), top, &escape(&told));
            self.write(format_args!("{shape}"));
        }
        self.bottom = top + 28;
        if drawn < shown.len() {
            self.left_out.push(say::chart_capped(drawn, shown.len(), lang));
        }
        let before = all.iter().filter(|moment| moment.at < scale.start).count();
        let after = all.iter().filter(|moment| moment.at > scale.end).count();
        if before + after > 0 {
            self.left_out.push(say::chart_outside(before, after, lang));
        }
        drawn
    }
}

const fn class(moment: &Moment) -> &'static str {
    match moment.note_kind() {
        Some(NoteKind::Change) => "change",
        Some(_) => "note",
        None => "event",
    }
}

fn tick(class: &str, x: i64, top: i64, told: &str) -> String {
    let shape = match class {
        "change" => format!("M{x} {}l5 5l-5 5l-5 -5z", top + 5),
        "note" => format!("M{x} {}v10", top + 5),
        _ => format!("M{x} {top}v20"),
    };
    format!(r#"<path class="{class}" d="{shape}"><title>{told}</title></path>"#)
}

/// A sample of a stage's colour or of an entry's shape, for the legend.
pub fn sample(class: &str, x: i64, top: i64) -> String {
    let shape = match class {
        "change" => format!("M{} {}l5 5l-5 5l-5 -5z", x + 7, top + 2),
        "note" => format!("M{} {}v10", x + 7, top + 2),
        "event" => format!("M{} {}v14", x + 7, top),
        _ => return format!(r#"<rect class="{class}" x="{x}" y="{top}" width="14" height="14"/>"#),
    };
    format!(r#"<path class="{class}" d="{shape}"/>"#)
}
