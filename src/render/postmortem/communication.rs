//! What stakeholders were told: statements, lateness, reach, and the impact over time. Only where there is something.

use super::outline::Source;
use super::page::{Block, Cell, Row, Table, first_line};
use crate::incident::fact::ImpactMeasured;
use crate::render::brief::conveyed;
use crate::text::label;
use crate::text::postmortem::{self as say, Heading, Label};
use crate::view::postmortem::{Measured, Said};
use crate::view::punctual::Promise;

/// How many columns the longest bar of the chart takes.
const BAR: f64 = 40.0;

/// What was said, whether in time, and whether it arrived.
pub fn communication(source: &Source<'_>) -> Vec<Block> {
    let told = &source.facts.communication;
    let mut blocks = Vec::new();
    if !told.statements.is_empty() {
        let head = [Label::Time, Label::Audience, Label::How, Label::By, Label::What, Label::Remarks];
        let rows = told.statements.iter().map(|said| statement_row(source, said)).collect();
        blocks.push(Block::Heading(3, Heading::Statements));
        blocks.push(Block::Table(Table { name: "statements", wordy: 4, head: source.head(&head), rows }));
    }
    blocks.extend(punctuality(source));
    blocks.extend(reach(source));
    blocks
}

fn statement_row(source: &Source<'_>, said: &Said) -> Row {
    let lang = source.lang;
    let (text, full) = first_line(&source.words(&said.text));
    let undelivered = (!said.undelivered.is_empty()).then(|| say::undelivered(&said.undelivered, lang));
    let remarks = [
        Some(label::stage(said.stage, lang).to_owned()),
        Some(said.short.clone()),
        said.corrects.as_ref().map(|wrong| say::corrects(wrong, lang)),
        said.superseded_by.as_ref().map(|by| say::superseded(by, lang)),
        undelivered,
    ];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    let cells = [
        source.times.cell(said.at, said.approximate),
        say::listed(&said.audiences, lang).into(),
        conveyed(said.how, &said.channels, lang).into(),
        said.by.clone().into(),
        text.into(),
        say::remarks(&remarks, lang).into(),
    ];
    Row::new(cells).with_full(full)
}

/// Which updates were late against their clocks, and by how much (A6).
fn punctuality(source: &Source<'_>) -> Vec<Block> {
    let promises = &source.facts.communication.promises;
    if promises.is_empty() {
        return Vec::new();
    }
    let late: Vec<&Promise> = promises.iter().filter(|promise| promise.is_late()).collect();
    let missed = late.iter().filter(|promise| promise.met_at.is_none()).count();
    let sentence = say::in_time(promises.len() - late.len(), late.len() - missed, missed, source.lang);
    let mut blocks = vec![Block::Heading(3, Heading::InTime), Block::Paragraph(sentence)];
    if !late.is_empty() {
        let head = source.head(&[Label::Clock, Label::Audience, Label::Due, Label::Kept, Label::LateBy]);
        let rows = late.into_iter().map(|promise| promise_row(source, promise)).collect();
        blocks.push(Block::Table(Table { name: "promises", wordy: 0, head, rows }));
    }
    blocks
}

fn promise_row(source: &Source<'_>, promise: &Promise) -> Row {
    let audience = promise.audience.iter().chain(&promise.channel).cloned().collect::<Vec<_>>();
    let kept = match (promise.met_at, promise.ended_at) {
        (Some(at), _) => source.times.cell(at, false),
        (None, Some(_)) => source.label(Label::Missed).into(),
        (None, None) => source.label(Label::StillOwed).into(),
    };
    let late = promise.late_by.map(|late| source.times.span(late)).unwrap_or_default();
    let name = promise.clock.split_once(':').map_or(promise.clock.as_str(), |(_, name)| name);
    Row::new([
        name.into(),
        say::listed(&audience, source.lang).into(),
        source.times.cell(promise.due_at, false),
        kept,
        late.into(),
    ])
}

/// How many each channel reached, and which did not reach their people (B7).
fn reach(source: &Source<'_>) -> Vec<Block> {
    let counts = &source.facts.communication.reach;
    if counts.is_empty() {
        return Vec::new();
    }
    let lang = source.lang;
    let rows = counts.iter().map(|count| {
        let of = count.of.map_or_else(|| source.label(Label::Unknown).to_owned(), |of| of.to_string());
        let remark = count.missed().map(|missed| say::not_reached(missed, lang)).unwrap_or_default();
        let cells = [
            count.channel.clone().into(),
            count.reached.to_string().into(),
            of.into(),
            source.times.cell(count.at, false),
            remark.into(),
        ];
        Row::new(cells)
    });
    let head = source.head(&[Label::Channel, Label::Reached, Label::OfHowMany, Label::Time, Label::Remarks]);
    let table = Block::Table(Table { name: "reach", wordy: 4, head, rows: rows.collect() });
    vec![Block::Heading(3, Heading::Reach), table]
}

/// How the impact grew and shrank: a table, and a chart of what was counted more than once (E4).
pub fn impact(source: &Source<'_>) -> Vec<Block> {
    let measured = &source.facts.communication.impact;
    if measured.is_empty() {
        return Vec::new();
    }
    let head = [Label::Time, Label::Users, Label::Failing, Label::Units, Label::Downtime, Label::Remarks];
    let rows = measured.iter().map(|one| measured_row(source, one)).collect();
    let table = Table { name: "impact", wordy: 5, head: source.head(&head), rows };
    let mut blocks = vec![Block::Heading(3, Heading::OverTime), Block::Table(table)];
    let chart = chart(source, measured);
    if !chart.is_empty() {
        blocks.push(Block::Bars(chart));
    }
    blocks
}

/// Everything that was measured, for one page: the worst of what comes and goes, the last of what is found out.
pub fn latest(source: &Source<'_>) -> Vec<Row> {
    let (total, lang) = (totals(&source.facts.communication.impact), source.lang);
    let fact = |label, value: Option<String>| Some(Row::new([source.label(label).into(), value?.into()]));
    let listed = |items: &[String]| Some(say::listed(items, lang)).filter(|text| !text.is_empty());
    let rows = [
        fact(Label::Users, total.users.map(|count| count.to_string())),
        fact(Label::Failing, total.requests_failed.map(|percent| format!("{percent} %"))),
        fact(Label::Regions, listed(&total.regions)),
        fact(Label::Units, units(&total)),
        fact(Label::Downtime, total.downtime.map(|span| source.times.span(span))),
        fact(Label::DataLoss, total.data_loss.map(|loss| label::data_loss(loss, lang).to_owned())),
        fact(Label::Cost, total.cost.as_deref().map(|cost| source.words(cost))),
        fact(Label::Meaning, total.text.as_deref().map(|text| source.words(text))),
    ];
    rows.into_iter().flatten().collect()
}

/// All measurements as one: the worst of what comes and goes, the last of what is found out, every place that was hit.
pub fn totals(measured: &[Measured]) -> ImpactMeasured {
    let mut total = ImpactMeasured::default();
    for ImpactMeasured {
        users,
        requests_failed,
        regions,
        services,
        downtime,
        units_done,
        units_total,
        data_loss,
        cost,
        text,
    } in measured.iter().map(|one| &one.figures)
    {
        total.users = total.users.max(*users);
        total.requests_failed = match (total.requests_failed, *requests_failed) {
            (Some(worst), Some(one)) => Some(worst.max(one)),
            (worst, one) => worst.or(one),
        };
        let new = |all: &[String], more: &[String]| -> Vec<String> {
            more.iter().filter(|one| !all.contains(one)).cloned().collect()
        };
        total.regions.extend(new(&total.regions, regions));
        total.services.extend(new(&total.services, services));
        total.downtime = downtime.or(total.downtime);
        total.units_done = units_done.or(total.units_done);
        total.units_total = units_total.or(total.units_total);
        total.data_loss = data_loss.or(total.data_loss);
        total.cost = cost.clone().or(total.cost);
        total.text = text.clone().or(total.text);
    }
    total
}

fn units(figures: &ImpactMeasured) -> Option<String> {
    Some(match (figures.units_done, figures.units_total) {
        (None, None) => return None,
        (done, Some(total)) => format!("{}/{total}", done.unwrap_or(0)),
        (Some(done), None) => done.to_string(),
    })
}

fn measured_row(source: &Source<'_>, one: &Measured) -> Row {
    let lang = source.lang;
    let figures = &one.figures;
    let (text, full) = figures.text.as_deref().map(first_line).unwrap_or_default();
    let listed = |items: &[String]| Some(say::listed(items, lang)).filter(|text| !text.is_empty());
    let remarks = [
        listed(&figures.regions),
        listed(&figures.services),
        figures.data_loss.map(|loss| label::data_loss(loss, lang).to_owned()),
        figures.cost.clone(),
        Some(text).filter(|text| !text.is_empty()),
    ];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    let number = |count: Option<u64>| Cell::from(count.map(|count| count.to_string()).unwrap_or_default());
    let cells = [
        source.times.cell(one.at, one.approximate),
        number(figures.users),
        figures.requests_failed.map(|percent| format!("{percent} %")).unwrap_or_default().into(),
        units(figures).unwrap_or_default().into(),
        figures.downtime.map(|span| source.times.span(span)).unwrap_or_default().into(),
        say::remarks(&remarks, lang).into(),
    ];
    Row::new(cells).with_full(full)
}

/// A bar for each figure of what was measured more than once.
#[expect(clippy::cast_precision_loss, reason = "bars of forty columns")]
fn chart(source: &Source<'_>, measured: &[Measured]) -> String {
    type Pick = fn(&Measured) -> Option<f64>;
    let series: [(Label, Pick); 3] = [
        (Label::Users, |one| one.figures.users.map(|count| count as f64)),
        (Label::Failing, |one| one.figures.requests_failed),
        (Label::Units, |one| one.figures.units_done.map(|count| count as f64)),
    ];
    let mut charts = Vec::new();
    for (label, pick) in series {
        let points: Vec<(String, f64)> =
            measured.iter().filter_map(|one| Some((source.times.show(one.at), pick(one)?))).collect();
        if points.len() < 2 {
            continue;
        }
        // What is counted up is shown against all there are.
        let all = measured.iter().filter_map(|one| one.figures.units_total).max().filter(|_| label == Label::Units);
        let most = points.iter().map(|(_, value)| *value).fold(all.map_or(0.0, |all| all as f64), f64::max);
        let time = points.iter().map(|(time, _)| time.chars().count()).max().unwrap_or(0);
        let width = points.iter().map(|(_, value)| value.to_string().len()).max().unwrap_or(0);
        let bar = |(at, value): &(String, f64)| {
            format!("{at:<time$}  {:>width$} {}", value.to_string(), bar(*value, most)).trim_end().to_owned()
        };
        let lines: Vec<String> = points.iter().map(bar).collect();
        charts.push(format!("{}\n{}", source.label(label), lines.join("\n")));
    }
    charts.join("\n\n")
}

/// A bar as long as the figure's part of the greatest; what is more than nothing is seen.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and forty columns")]
fn bar(value: f64, most: f64) -> String {
    if value <= 0.0 || most <= 0.0 {
        return String::new();
    }
    "█".repeat(((value / most * BAR).round() as usize).max(1))
}
