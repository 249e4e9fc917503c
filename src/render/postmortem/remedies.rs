//! Workarounds and fixes, checklists, and what is still open.

use super::outline::Source;
use super::page::{Block, Cell, Row, Table, first_line};
use crate::incident::state::{AD_HOC, Waiting};
use crate::incident::time::Timestamp;
use crate::text::postmortem::{self as say, Heading, Label};
use crate::text::waiting as waiting_words;
use crate::view::postmortem::{ChecklistReport, FixMade, FixTiming, Outcome, StepReport, WorkaroundHeld};

/// The workarounds and the permanent fixes (B3).
pub fn remedies(source: &Source<'_>) -> Vec<Block> {
    let facts = source.facts;
    let workarounds = facts.workarounds.iter().map(|held| (held.at, workaround_row(source, held)));
    let fixes = facts.fixes.iter().map(|fix| (fix.at, fix_row(source, fix)));
    let mut rows: Vec<(Timestamp, Row)> = workarounds.chain(fixes).collect();
    rows.sort_by_key(|(at, _)| *at);
    let mut blocks = vec![Block::Heading(3, Heading::Remedies)];
    if rows.is_empty() {
        blocks.push(source.nothing(Heading::Remedies));
    } else {
        let head = source.head(&[Label::Time, Label::Which, Label::What, Label::Who, Label::Remarks]);
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        blocks.push(Block::Table(Table { name: "remedies", wordy: 2, head, rows }));
    }
    blocks
}

fn workaround_row(source: &Source<'_>, held: &WorkaroundHeld) -> Row {
    let (lang, times) = (source.lang, &source.times);
    let timing = held.timing.map(|timing| match timing {
        FixTiming::InTime => say::fix_in_time(lang),
        FixTiming::Late(span) => say::fix_late(&times.span(span), lang),
        FixTiming::Overdue(span) => say::fix_overdue(&times.span(span), lang),
        FixTiming::Pending => say::fix_pending(lang),
        FixTiming::Replaced => say::replaced(lang),
    });
    let due = held.fix_due_at.map(|due| say::fix_due(&times.show(due), lang));
    let reverted = held.reverted_at.map(|at| say::reverted(&times.show(at), lang));
    let remarks: Vec<String> = [due, timing, reverted].into_iter().flatten().collect();
    remedy_row(source, held.at, Label::Workaround, &held.text, &held.by, say::remarks(&remarks, lang))
}

fn fix_row(source: &Source<'_>, fix: &FixMade) -> Row {
    let remark = if fix.reverts_workaround { source.label(Label::TookBack) } else { "" };
    remedy_row(source, fix.at, Label::Fix, &fix.text, &fix.by, remark.to_owned())
}

fn remedy_row(source: &Source<'_>, at: Timestamp, kind: Label, text: &str, by: &str, remark: String) -> Row {
    let (text, full) = first_line(&source.words(text));
    let time = source.times.cell(at, false);
    Row::new([time, source.label(kind).into(), text.into(), by.into(), remark.into()]).with_full(full)
}

/// The checklists, with what was left out and why.
pub fn checklists(source: &Source<'_>) -> Vec<Block> {
    let lists = &source.facts.checklists;
    let mut blocks = vec![Block::Heading(3, Heading::Checklist)];
    if lists.is_empty() {
        blocks.push(source.nothing(Heading::Checklist));
    }
    for list in lists {
        blocks.extend(checklist(source, list));
    }
    blocks
}

fn checklist(source: &Source<'_>, list: &ChecklistReport) -> Vec<Block> {
    let lang = source.lang;
    let count = |wanted: fn(&Outcome) -> bool| list.steps.iter().filter(|step| wanted(&step.outcome)).count();
    let done = count(|outcome| matches!(outcome, Outcome::Done { .. }));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped { .. }));
    let open = count(|outcome| matches!(outcome, Outcome::Open { .. }));
    let title = list.title.get(lang);
    let title = match list.playbook.as_str() {
        AD_HOC => title.to_owned(),
        id => say::playbook(title, id, list.version, lang),
    };
    let mut blocks = vec![
        Block::Subheading(title),
        Block::Paragraph(say::step_counts(done, skipped, open, list.never_applied, lang)),
    ];
    if !list.steps.is_empty() {
        let labels = [Label::Number, Label::Step, Label::Outcome, Label::Time, Label::Who, Label::Remarks];
        let rows = list.steps.iter().map(|step| step_row(source, step)).collect();
        blocks.push(Block::Table(Table { name: "checklist", wordy: 5, head: source.head(&labels), rows }));
    }
    blocks
}

fn step_row(source: &Source<'_>, step: &StepReport) -> Row {
    let lang = source.lang;
    let (text, text_in_full) = first_line(&source.words(step.text.get(lang)));
    let late = |at: Timestamp| {
        let late = step.due_at.and_then(|due| at.since(due)).filter(|span| span.millis() >= 60_000);
        late.map(|span| say::late_by(&source.times.span(span), lang))
    };
    let told = |words: Option<&str>| {
        words.map_or((None, None), |words| {
            let (line, full) = first_line(&source.words(words));
            (Some(line), full)
        })
    };
    let required = step.required.then(|| source.label(Label::Required).to_owned());
    let owner = step.owner.as_ref().map(|owner| owner.get(lang)).unwrap_or_default();
    let (outcome, at, by, remarks, full) = match &step.outcome {
        Outcome::Done { at, by, result } => {
            let (line, full) = told(result.as_deref());
            (Label::Done, Some(*at), by.as_str(), vec![line, late(*at)], full)
        }
        Outcome::Skipped { at, by, reason } => {
            let (line, full) = told(Some(reason));
            (Label::Skipped, Some(*at), by.as_str(), vec![required, line], full)
        }
        Outcome::Open { overdue } => {
            let overdue = overdue.then(|| source.label(Label::Overdue).to_owned());
            (Label::Open, None, owner, vec![required, overdue], None)
        }
    };
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    let in_full: Vec<String> = [text_in_full, full].into_iter().flatten().collect();
    let cells = [
        step.number.to_string().into(),
        format!("{}: {text}", step.slug).into(),
        source.label(outcome).into(),
        at.map_or_else(Cell::default, |at| source.times.cell(at, false)),
        by.into(),
        say::remarks(&remarks, lang).into(),
    ];
    Row::new(cells).with_full((!in_full.is_empty()).then(|| in_full.join("\n\n")))
}

/// What keeps the incident from closing.
pub fn waiting(source: &Source<'_>) -> Block {
    let rows = source.facts.waiting.iter().map(|waiting| {
        let due = match waiting {
            Waiting::Fix { due_at, .. }
            | Waiting::Postmortem { due_at }
            | Waiting::FollowUp { due_at, .. }
            | Waiting::Duty { due_at, .. } => *due_at,
            Waiting::Step { .. } | Waiting::Workaround { .. } | Waiting::Units { .. } => None,
        };
        let overdue = due.is_some_and(|due| due < source.facts.made_at);
        let remark = if overdue { source.label(Label::Overdue) } else { "" };
        let due = due.map_or_else(Cell::default, |due| source.times.cell(due, false));
        let (what, full) = first_line(&waiting_words(waiting, source.lang));
        Row::new([what.into(), due, remark.into()]).with_full(full)
    });
    let head = source.head(&[Label::What, Label::Due, Label::Remarks]);
    Block::Table(Table { name: "waiting", wordy: 0, head, rows: rows.collect() })
}
