//! The picture of an incident: its stages, milestones, entries and roles over time.

mod causes;
mod frame;
mod impact;
pub(super) mod lanes;
mod plan;
mod rows;
mod scale;
mod updates;

pub use causes::causes;
pub use impact::impact_chart;
pub use plan::plan_chart;

use super::outline::milestone;
use super::times::Times;
use crate::incident::localized::Lang;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::render::escape::html as escape;
use crate::text::postmortem::{self as say, Label};
use crate::text::{Moments, label};
use crate::view::postmortem::{Phase, Postmortem, Stage, Tenure};
use lanes::{bar_lanes, fitted, label_lanes, width};
use rows::Rows;
use scale::Scale;
use std::fmt::Write as _;

/// How wide the picture is.
const WIDTH: i64 = 860;
/// How wide the names at the left may be.
const NAMES: i64 = 200;
/// How many entries are drawn; more would only blacken the row.
const TICKS: usize = 400;
/// How many rows of roles are drawn.
const ROLE_ROWS: usize = 14;
/// How far marks of the axis are apart at least.
const APART: i64 = 84;

/// What the parts of the picture share.
struct Drawing<'a> {
    facts: &'a Postmortem,
    times: Times<'a>,
    moments: &'a Moments,
    lang: Lang,
    scale: Scale,
    /// How far down it reaches so far.
    bottom: i64,
    /// The elements so far.
    body: String,
    /// What the picture leaves out.
    left_out: Vec<String>,
}

/// An `svg` element with a title and a description, and sentences about what it leaves out.
///
/// `whole` draws entries, updates and roles as well; without them nobody's name is in it.
pub fn chart(postmortem: &Postmortem, moments: &Moments, whole: bool) -> (String, Vec<String>) {
    let lang = moments.lang();
    let times = Times::new(postmortem, moments);
    let labels: Vec<String> = milestone_labels(postmortem, &times, lang).into_iter().map(|(_, text)| text).collect();
    let names = [Label::Stages, Label::Entries].map(|name| name.text(lang).to_owned());
    let names = names.into_iter().take(if whole { 2 } else { 1 });
    let told = (whole && !postmortem.communication.statements.is_empty()).then(|| Label::Updates.text(lang).to_owned());
    let titles = postmortem.tenures.iter().filter(|_| whole).map(|tenure| tenure.title.get(lang).to_owned());
    let left = names.chain(told).chain(titles).map(|name| width(&name)).max().unwrap_or(0).min(NAMES) + 14;
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 10;
    // The last label begins at the resolution: what follows it there must hold the label.
    let right = (widest - Scale::tail(WIDTH - left - widest)).max(52);
    let scale = Scale::new(postmortem, left, WIDTH - left - right);
    let body = String::new();
    let mut drawing = Drawing { facts: postmortem, times, moments, lang, scale, bottom: 4, body, left_out: Vec::new() };
    drawing.milestones();
    drawing.stages();
    let mut drawn = 0;
    if whole {
        drawn = drawing.entries();
        drawing.updates();
        drawing.roles();
    }
    drawing.axis();
    drawing.legend(whole);
    drawing.finish(drawn)
}

fn milestone_labels(postmortem: &Postmortem, times: &Times<'_>, lang: Lang) -> Vec<(Timestamp, String)> {
    let known = postmortem.milestones.iter().filter_map(|reached| {
        let at = reached.at?;
        let time = times.about(at, reached.approximate);
        Some((at, format!("{} {time}", milestone(reached.kind, lang))))
    });
    known.collect()
}

impl Drawing<'_> {
    fn write(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    fn name(&mut self, name: &str, middle: i64) {
        let shown = fitted(name, self.scale.left - 12);
        let x = self.scale.left - 8;
        self.write(format_args!(r#"<text x="{x}" y="{}" text-anchor="end">{}</text>"#, middle + 4, escape(&shown)));
    }

    fn milestones(&mut self) {
        let scale = self.scale;
        let mut labels: Vec<(i64, String)> = milestone_labels(self.facts, &self.times, self.lang)
            .into_iter()
            .filter(|(at, _)| scale.holds(*at))
            .map(|(at, text)| (scale.place(at), text))
            .collect();
        labels.sort_by_key(|(place, _)| *place);
        let places: Vec<(i64, i64)> = labels.iter().map(|(place, text)| (*place, width(text) + 10)).collect();
        let lanes = label_lanes(&places);
        let count = lanes.iter().max().map_or(0, |highest| highest + 1);
        let rows = Rows::new(self.bottom, 16);
        let foot = rows.top(count);
        for ((x, text), lane) in labels.iter().zip(lanes) {
            let top = rows.top(count - 1 - lane);
            self.write(format_args!(r#"<path class="leader" d="M{x} {}V{}"/>"#, top + 2, foot + 4));
            self.write(format_args!(r#"<text x="{}" y="{}">{}</text>"#, x + 4, top + 12, escape(text)));
        }
        self.bottom = foot + 4;
    }

    fn stages(&mut self) {
        let (top, height) = (self.bottom, 26);
        self.name(Label::Stages.text(self.lang), top + height / 2);
        for phase in &self.facts.phases {
            let until = phase.until.unwrap_or(self.scale.end);
            if phase.from > self.scale.end || until < self.scale.start {
                continue;
            }
            let (from, to) = (self.scale.place(phase.from), self.scale.place(until));
            let wide = (to - from).max(2);
            let told = escape(&stage_told(phase, &self.times, self.lang)).into_owned();
            self.write(format_args!(
                r#"<rect class="{}" x="{from}" y="{top}" width="{wide}" height="{height}"><title>{told}</title></rect>"#,
                stage_class(phase.stage)
            ));
            let name = stage_name(phase.stage, self.lang);
            if width(name) + 8 <= wide {
                let (x, y) = (from + wide / 2, top + height / 2 + 4);
                self.write(format_args!(r#"<text x="{x}" y="{y}" text-anchor="middle">{}</text>"#, escape(name)));
            }
        }
        self.bottom = top + height + 8;
    }

    fn roles(&mut self) {
        let scale = self.scale;
        let mut roles: Vec<(&str, Vec<&Tenure>)> = Vec::new();
        for tenure in &self.facts.tenures {
            match roles.last_mut().filter(|(role, _)| *role == tenure.role) {
                Some((_, tenures)) => tenures.push(tenure),
                None => roles.push((&tenure.role, vec![tenure])),
            }
        }
        let mut rows = Rows::new(self.bottom, 20);
        let (mut used, mut not_drawn) = (0, 0);
        for (_, tenures) in roles {
            let (inside, outside): (Vec<&Tenure>, Vec<&Tenure>) = tenures.into_iter().partition(|tenure| {
                tenure.from <= scale.end && tenure.until.at().is_none_or(|until| until >= scale.start)
            });
            let bars: Vec<(i64, i64)> = inside
                .iter()
                .map(|tenure| {
                    let until = tenure.until.at().unwrap_or(scale.end).max(tenure.from);
                    (scale.place(tenure.from), scale.place(until))
                })
                .collect();
            let lanes = bar_lanes(&bars);
            let count = lanes.iter().max().map_or(0, |highest| highest + 1);
            not_drawn += outside.len();
            if used + count > ROLE_ROWS {
                not_drawn += inside.len();
                continue;
            }
            if let Some(first) = inside.first() {
                self.name(first.title.get(self.lang), rows.top(used) + 8);
            }
            for ((tenure, (from, until)), lane) in inside.iter().zip(bars).zip(lanes) {
                self.bar(tenure, from, until, rows.top(used + lane));
            }
            used += count;
        }
        rows.skip(used);
        self.bottom = rows.top(0) + 2;
        if not_drawn > 0 {
            self.left_out.push(say::chart_roles_left(not_drawn, self.lang));
        }
    }

    fn bar(&mut self, tenure: &Tenure, from: i64, until: i64, top: i64) {
        let wide = (until - from).max(3);
        let end = tenure.until.at().map(|at| self.times.show(at));
        let told = say::stage(&tenure.holder, &self.times.show(tenure.from), end.as_deref(), self.lang);
        self.write(format_args!(
            r#"<rect class="role" x="{from}" y="{top}" width="{wide}" height="16" rx="3"><title>{}</title></rect>"#,
            escape(&told)
        ));
        let name = fitted(&tenure.holder, wide - 8);
        if !name.is_empty() {
            self.write(format_args!(r#"<text x="{}" y="{}">{}</text>"#, from + 5, top + 12, escape(&name)));
        }
    }

    fn axis(&mut self) {
        let (scale, top) = (self.scale, self.bottom);
        let right = scale.left + scale.width;
        self.write(format_args!(r#"<path class="axis" d="M{} {top}H{right}"/>"#, scale.left));
        let (marks, whole_days) = scale.marks(self.moments, APART);
        let mut day = String::new();
        for mark in marks {
            let x = scale.place(mark);
            let clock = if whole_days { self.moments.day(mark) } else { self.moments.clock(mark) };
            self.write(format_args!(r#"<path class="axis" d="M{x} {top}v5"/>"#));
            self.write(format_args!(r#"<text x="{x}" y="{}" text-anchor="middle">{clock}</text>"#, top + 17));
            if !whole_days && self.moments.day(mark) != day {
                day = self.moments.day(mark);
                self.write(format_args!(r#"<text x="{x}" y="{}" text-anchor="middle">{day}</text>"#, top + 31));
            }
        }
        let zone = self.moments.zone_name(scale.start);
        self.write(format_args!(r#"<text x="{}" y="{}">{}</text>"#, right + 6, top + 4, escape(&zone)));
        self.bottom = top + 44;
    }

    fn legend(&mut self, whole: bool) {
        let mut items: Vec<(&str, &str)> = Vec::new();
        for phase in self.facts.phases.iter().filter(|phase| phase.from <= self.scale.end) {
            let item = (stage_class(phase.stage), stage_name(phase.stage, self.lang));
            if !items.contains(&item) {
                items.push(item);
            }
        }
        let kinds = [("event", Label::Event), ("note", Label::Note), ("change", Label::ChangeMade)];
        items.extend(kinds.into_iter().filter(|_| whole).map(|(class, name)| (class, name.text(self.lang))));
        let mut rows = Rows::new(self.bottom, 18);
        let mut x = self.scale.left;
        for (class, name) in items {
            let wide = width(name) + 34;
            if x + wide > WIDTH && x > self.scale.left {
                x = self.scale.left;
                rows.skip(1);
            }
            let top = rows.top(0);
            let sample = rows::sample(class, x, top);
            self.write(format_args!(r#"{sample}<text x="{}" y="{}">{}</text>"#, x + 19, top + 11, escape(name)));
            x += wide;
        }
        self.bottom = rows.top(1);
    }

    fn finish(self, drawn: usize) -> (String, Vec<String>) {
        let (lang, scale) = (self.lang, self.scale);
        let stages: Vec<String> = self.facts.phases.iter().map(|phase| stage_told(phase, &self.times, lang)).collect();
        let (from, until) = (self.times.show(scale.start), self.times.show(scale.end));
        let title = say::chart_title(self.facts.number, lang);
        let description = say::chart_description(&from, &until, &stages, drawn, lang);
        (frame::svg("chart", (WIDTH, self.bottom), &title, &description, &self.body), self.left_out)
    }
}

fn stage_told(phase: &Phase, times: &Times<'_>, lang: Lang) -> String {
    let until = phase.until.map(|until| times.show(until));
    say::stage(stage_name(phase.stage, lang), &times.show(phase.from), until.as_deref(), lang)
}

const fn stage_name(stage: Stage, lang: Lang) -> &'static str {
    match stage {
        Stage::Undeclared => Label::Undeclared.text(lang),
        Stage::In(status) => label::status(status, lang),
    }
}

const fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::Undeclared => "undeclared",
        Stage::In(status) => match status {
            Status::Investigating => "investigating",
            Status::Identified => "identified",
            Status::Mitigated => "mitigated",
            Status::Monitoring => "monitoring",
            Status::Resolved => "resolved",
            Status::Closed | Status::Cancelled => "over",
        },
    }
}
