//! What was done: the picture, the timeline, the roles, the calls, the changes.

use super::outline::Source;
use super::page::{Block, Picture, Row, Table, first_line};
use super::{communication, plan, remedies};
use crate::incident::command::NoteKind;
use crate::incident::localized::Localized;
use crate::text::postmortem::{self as say, Heading, Label};
use crate::text::{entry_with, is_shortened, label, words};
use crate::view::postmortem::{Moment, Tenure, Until, Verdict};

/// The section on the response.
pub fn response(source: &Source<'_>) -> Vec<Block> {
    let mut blocks = vec![source.heading(2, Heading::Response, "response"), Block::Picture(Picture::Timeline)];
    blocks.extend(source.human("response"));
    blocks.extend(source.section(3, "detection"));
    blocks.extend(timeline(source));
    blocks.extend(roles(source));
    blocks.extend(calls(source));
    blocks.extend(communication::communication(source));
    blocks.extend(changes(source));
    blocks.extend(remedies::remedies(source));
    blocks.extend(remedies::checklists(source));
    blocks.extend(plan::plan(source));
    blocks
}

fn timeline(source: &Source<'_>) -> Vec<Block> {
    let facts = source.facts;
    let rows = facts.timeline.iter().map(|moment| moment_row(source, moment)).collect();
    let head = source.head(&[Label::Time, Label::Who, Label::What, Label::Remarks]);
    vec![
        Block::Heading(3, Heading::Timeline),
        Block::Paragraph(say::entries(facts.timeline.len(), facts.undone, source.lang)),
        Block::Table(Table { name: "timeline", wordy: 2, head, rows }),
    ]
}

fn moment_row(source: &Source<'_>, moment: &Moment) -> Row {
    let what = entry_with(&moment.fact, source.lang, |slug| source.facts.role_title(slug));
    let full = words(&moment.fact).filter(|_| is_shortened(&moment.fact));
    let cells = [
        source.times.cell(moment.at, moment.approximate),
        moment.actor.clone().into(),
        what.into(),
        say::remarks(&moment_remarks(source, moment), source.lang).into(),
    ];
    Row::new(cells).with_full(full)
}

fn moment_remarks(source: &Source<'_>, moment: &Moment) -> Vec<String> {
    let lang = source.lang;
    let kind = moment.note_kind().filter(|kind| *kind != NoteKind::Observation);
    let judged = moment.judgement.as_ref().map(|judgement| {
        let time = source.times.show(judgement.at);
        match judgement.verdict {
            Verdict::Confirmed => say::confirmed(&time, &judgement.by, lang),
            Verdict::Refuted => say::refuted(&time, &judgement.by, lang),
        }
    });
    let remarks = [
        kind.map(|kind| label::note_kind(kind, lang).to_owned()),
        judged,
        moment.bridge().map(|bridge| label::bridge(bridge, lang).to_owned()),
        moment.pinned().then(|| source.label(Label::Pinned).to_owned()),
        moment.late().then(|| say::recorded_late(&source.times.show(moment.recorded_at), lang)),
        moment.duplicate.map(|number| say::on_duplicate(number, lang)),
        moment.conflict.then(|| say::conflict(lang)),
        moment.redacted.then(|| source.label(Label::WordsRemoved).to_owned()),
    ];
    remarks.into_iter().flatten().collect()
}

fn roles(source: &Source<'_>) -> Vec<Block> {
    let facts = source.facts;
    let mut blocks = vec![Block::Heading(3, Heading::Roles)];
    if facts.tenures.is_empty() {
        blocks.push(source.nothing(Heading::Roles));
    } else {
        let rows = facts.tenures.iter().map(|tenure| tenure_row(source, tenure)).collect();
        let head = source.head(&[Label::Role, Label::Who, Label::From, Label::Until, Label::Remarks]);
        blocks.push(Block::Table(Table { name: "roles", wordy: 4, head, rows }));
    }
    if !facts.never_held.is_empty() {
        let title = |title: &Localized| title.get(source.lang).to_owned();
        let titles: Vec<String> = facts.never_held.iter().map(title).collect();
        blocks.push(Block::Paragraph(say::never_held(&titles, source.lang)));
    }
    blocks
}

fn tenure_row(source: &Source<'_>, tenure: &Tenure) -> Row {
    let lang = source.lang;
    let until = match tenure.until {
        Until::Left(at) | Until::End(at) => source.times.cell(at, false),
        Until::Open => source.label(Label::StillHeld).into(),
    };
    let relieved = say::listed(&tenure.relieved, lang);
    let handover = tenure.handover.as_deref().map(first_line);
    let told = handover.as_ref().map(|(line, _)| line.as_str());
    let took_over = (told.is_some() || !relieved.is_empty()).then(|| say::took_over(&relieved, told, lang));
    let scope = tenure.scope.as_deref().map(|scope| say::scope(scope, lang));
    let duty = tenure.duty.as_deref().map(|duty| say::duty(&first_line(duty).0, lang));
    let remarks: Vec<String> = [scope, duty, took_over].into_iter().flatten().collect();
    let cells = [
        tenure.title.get(lang).into(),
        tenure.holder.clone().into(),
        source.times.cell(tenure.from, false),
        until,
        say::remarks(&remarks, lang).into(),
    ];
    let duty_in_full = tenure.duty.as_deref().and_then(|duty| first_line(duty).1);
    let in_full: Vec<String> = [duty_in_full, handover.and_then(|(_, full)| full)].into_iter().flatten().collect();
    Row::new(cells).with_full((!in_full.is_empty()).then(|| in_full.join("\n\n")))
}

fn calls(source: &Source<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(3, Heading::Calls)];
    if source.facts.called.is_empty() {
        blocks.push(source.nothing(Heading::Calls));
        return blocks;
    }
    let rows = source.facts.called.iter().map(|call| {
        let (reason, full) = first_line(call.reason.as_deref().unwrap_or_default());
        let at = source.times.cell(call.at, false);
        Row::new([at, call.who.clone().into(), call.by.clone().into(), reason.into()]).with_full(full)
    });
    let head = source.head(&[Label::Time, Label::Called, Label::By, Label::Reason]);
    blocks.push(Block::Table(Table { name: "calls", wordy: 3, head, rows: rows.collect() }));
    blocks
}

fn changes(source: &Source<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(3, Heading::Changes)];
    if source.facts.changes.is_empty() {
        blocks.push(source.nothing(Heading::Changes));
        return blocks;
    }
    let rows = source.facts.changes.iter().map(|change| {
        let (text, full) = first_line(&source.words(&change.text));
        let at = source.times.cell(change.at, change.approximate);
        Row::new([at, change.by.clone().into(), text.into()]).with_full(full)
    });
    let head = source.head(&[Label::Time, Label::Who, Label::Change]);
    blocks.push(Block::Table(Table { name: "changes", wordy: 2, head, rows: rows.collect() }));
    blocks
}
