//! What stands where in a postmortem: summary, cause, impact, response, lessons, prevention (E2).
//!
//! Under each heading the recorded facts come first, then what people are asked to write.

use super::page::{Block, Human, Row, Table};
use super::times::Times;
use super::{causes, communication, prevention, response};
use crate::incident::localized::Lang;
use crate::incident::slug::DocumentStatus;
use crate::incident::state::Round;
use crate::incident::time::Timestamp;
use crate::text::postmortem::{self as say, Heading, Label};
use crate::text::{Moments, label};
use crate::view::postmortem::{Measure, MilestoneKind, Postmortem, SeverityMove, Stretch};

/// The sections that have a place of their own; others follow the lessons.
const PLACED: [&str; 12] = [
    "summary",
    "impact",
    "cause",
    "contributing-factors",
    "trigger",
    "detection",
    "response",
    "went-well",
    "went-badly",
    "lucky",
    "surprised",
    "prevention",
];

/// What the parts of a document are made from.
pub struct Source<'a> {
    /// The facts.
    pub facts: &'a Postmortem,
    /// How times are shown.
    pub times: Times<'a>,
    /// The language.
    pub lang: Lang,
}

/// The title of the document.
pub fn title(postmortem: &Postmortem, lang: Lang) -> String {
    say::title(postmortem.number, &words(&postmortem.title, lang), lang)
}

/// The document below its title.
pub fn outline(postmortem: &Postmortem, moments: &Moments) -> Vec<Block> {
    let source = Source { facts: postmortem, times: Times::new(postmortem, moments), lang: moments.lang() };
    let mut page = notices(&source);
    page.extend(summary(&source));
    page.extend(cause(&source));
    page.extend(impact(&source));
    page.extend(response::response(&source));
    let lessons: Vec<Block> =
        ["went-well", "went-badly", "lucky", "surprised"].into_iter().flat_map(|id| source.section(3, id)).collect();
    if !lessons.is_empty() {
        page.push(Block::Heading(2, Heading::Lessons));
        page.extend(lessons);
    }
    let own = postmortem.sections.iter().filter(|section| !PLACED.contains(&section.id.as_str()));
    page.extend(own.flat_map(|section| source.section(2, &section.id)));
    page.extend(prevention::prevention(&source));
    page
}

impl Source<'_> {
    /// A word or two.
    pub const fn label(&self, label: Label) -> &'static str {
        label.text(self.lang)
    }

    /// The heads of columns.
    pub fn head(&self, labels: &[Label]) -> Vec<&'static str> {
        labels.iter().map(|label| self.label(*label)).collect()
    }

    /// What people wrote in a section, or are asked to write there.
    pub fn human(&self, id: &str) -> Option<Block> {
        let section = self.facts.section(id)?;
        Some(Block::Human(Human {
            id: id.to_owned(),
            question: section.question.get(self.lang).to_owned(),
            text: section.written.as_ref().map(|written| written.text.clone()),
        }))
    }

    /// Whether people wrote something in a section.
    pub fn is_written(&self, id: &str) -> bool {
        self.facts.section(id).is_some_and(|section| section.written.is_some())
    }

    /// The heading of a section: as the policy has it, ours where it does without.
    pub fn heading(&self, level: u8, heading: Heading, id: &str) -> Block {
        match self.facts.section(id) {
            Some(section) => Block::Titled(level, heading.anchor().to_owned(), section.title.get(self.lang).to_owned()),
            None => Block::Heading(level, heading),
        }
    }

    /// A section that holds nothing but what people write.
    pub fn section(&self, level: u8, id: &str) -> Vec<Block> {
        let Some(section) = self.facts.section(id) else { return Vec::new() };
        let title = section.title.get(self.lang).to_owned();
        let heading = Block::Titled(level, Heading::anchor_of(id), title);
        [Some(heading), self.human(id)].into_iter().flatten().collect()
    }

    /// Says that nothing was recorded.
    pub fn nothing(&self, heading: Heading) -> Block {
        Block::Paragraph(say::nothing(heading, self.lang))
    }

    /// What people wrote, or that it was removed.
    pub fn words(&self, text: &str) -> String {
        words(text, self.lang)
    }

    fn known(&self, text: Option<&str>) -> String {
        text.map_or_else(|| self.label(Label::NotRecorded).to_owned(), |text| self.words(text))
    }
}

fn words(text: &str, lang: Lang) -> String {
    if text.is_empty() { say::words_removed(lang) } else { text.to_owned() }
}

pub fn notices(source: &Source<'_>) -> Vec<Block> {
    let (facts, lang) = (source.facts, source.lang);
    let mut blocks = Vec::new();
    if facts.drill {
        blocks.push(Block::Notice(say::drill_notice(lang)));
    }
    if facts.restricted {
        blocks.push(Block::Notice(say::restricted_notice(lang)));
    }
    blocks.push(Block::Paragraph(say::origin(&source.times.full(facts.made_at), source.times.zone(), lang)));
    blocks
}

fn summary(source: &Source<'_>) -> Vec<Block> {
    let (facts, lang) = (source.facts, source.lang);
    let fact = |label: Label, value: String| Row::new([source.label(label).into(), value.into()]);
    let mut rows = vec![
        fact(Label::Status, status(source)),
        fact(Label::Severity, severity(source)),
        fact(Label::Category, source.known(facts.category.as_deref())),
        fact(Label::DetectedBy, source.known(facts.detected_by.as_deref())),
        fact(Label::DeclaredBy, facts.declared_by.clone()),
    ];
    let whole = facts.measures.iter().find(|measure| measure.from == MilestoneKind::Started && is_total(measure));
    if let Some(measure) = whole {
        let named = say::of(source.label(Label::Duration), &ends(measure, lang), lang);
        rows.push(Row::new([named.into(), stretch(source, measure).into()]));
    }
    rows.extend(facts.links.iter().map(|link| {
        let kind = label::link_kind(link.kind, lang);
        Row::new([kind.into(), source.words(&link.target).into()])
    }));
    if let Some(duty) = &facts.duty {
        let due = duty.due_at.map(|at| say::postmortem_due(&source.times.show(at), lang));
        let place = source.words(duty.place.as_deref().unwrap_or_default());
        let filed = duty.filed_at.map(|at| say::postmortem_filed(&place, &source.times.show(at), lang));
        let told: Vec<String> = [due, filed].into_iter().flatten().collect();
        if !told.is_empty() {
            rows.push(fact(Label::Postmortem, say::remarks(&told, lang)));
        }
    }
    if let Some(status) = facts.document {
        rows.push(fact(Label::Document, document(source, status)));
    }
    let mut blocks = vec![source.heading(2, Heading::Summary, "summary")];
    blocks.push(Block::Table(Table { name: "facts", wordy: 1, head: Vec::new(), rows }));
    match facts.summary.as_deref() {
        Some(summary) => blocks.push(Block::Words(source.words(summary))),
        None if source.is_written("summary") => {}
        None => blocks.push(source.nothing(Heading::Summary)),
    }
    blocks.extend(source.human("summary"));
    blocks
}

fn document(source: &Source<'_>, status: DocumentStatus) -> String {
    let lang = source.lang;
    let stands = label::document_status(status, lang).to_owned();
    let Some(approval) = &source.facts.approved else { return stands };
    let approved = say::approved(&source.times.show(approval.at), &approval.by, lang);
    let forced = approval.forced.then(|| say::approved_anyway(approval.findings, lang));
    let reason = approval.reason.clone().filter(|_| approval.forced);
    let told: Vec<String> = [Some(stands), Some(approved), forced, reason].into_iter().flatten().collect();
    say::remarks(&told, lang)
}

fn status(source: &Source<'_>) -> String {
    let (facts, lang) = (source.facts, source.lang);
    let status = label::status(facts.status, lang).to_owned();
    let Some(cancelled) = &facts.cancelled else { return status };
    let because = cancelled.because.map(|because| label::cancel_cause(because, lang).to_owned());
    let number = cancelled.of_number.map(|number| format!("#{number}"));
    let reason = Some(source.words(&cancelled.reason));
    let told: Vec<String> = [Some(status), because, number, reason].into_iter().flatten().collect();
    say::remarks(&told, lang)
}

pub fn severity(source: &Source<'_>) -> String {
    let (facts, lang) = (source.facts, source.lang);
    say::severity(label::severity(facts.severity, lang), label::severity(facts.worst, lang), lang)
}

fn cause(source: &Source<'_>) -> Vec<Block> {
    let mut blocks = vec![source.heading(2, Heading::Cause, "cause")];
    match source.facts.cause.as_deref() {
        Some(cause) => {
            blocks.push(Block::Paragraph(say::cause_understood(source.lang)));
            blocks.push(Block::Words(source.words(cause)));
        }
        None if source.is_written("cause") || !source.facts.causes.is_empty() => {}
        None => blocks.push(source.nothing(Heading::Cause)),
    }
    blocks.extend(causes::chain(source));
    blocks.extend(source.human("cause"));
    blocks.extend(source.section(3, "contributing-factors"));
    blocks.extend(source.section(3, "trigger"));
    blocks
}

fn impact(source: &Source<'_>) -> Vec<Block> {
    let (facts, lang) = (source.facts, source.lang);
    let customers = facts.customers.map(|customers| label::customers(customers, lang));
    let services = (!facts.services.is_empty()).then(|| say::listed(&facts.services, lang));
    let rows = vec![
        Row::new([source.label(Label::Services).into(), source.known(services.as_deref()).into()]),
        Row::new([source.label(Label::Customers).into(), source.known(customers).into()]),
    ];
    let mut blocks = vec![source.heading(2, Heading::Impact, "impact")];
    blocks.push(Block::Table(Table { name: "facts", wordy: 1, head: Vec::new(), rows }));
    blocks.extend(source.human("impact"));
    blocks.extend(communication::impact(source));
    blocks.push(Block::Heading(3, Heading::Severities));
    if facts.severity_changes.is_empty() {
        blocks.push(source.nothing(Heading::Severities));
    } else {
        let rows = facts.severity_changes.iter().map(|change| severity_row(source, change)).collect();
        let head = source.head(&[Label::Time, Label::Severity, Label::By, Label::Reason]);
        blocks.push(Block::Table(Table { name: "severities", wordy: 3, head, rows }));
    }
    blocks.push(Block::Heading(3, Heading::Durations));
    let head = source.head(&[Label::Stretch, Label::Duration, Label::From, Label::Until]);
    let rows = facts.measures.iter().map(|measure| measure_row(source, measure)).collect();
    blocks.push(Block::Table(Table { name: "durations", wordy: 1, head, rows }));
    blocks.extend(rounds(source));
    blocks
}

/// The rounds of an incident that came back, each with its own times; the durations leave out the calm between.
fn rounds(source: &Source<'_>) -> Vec<Block> {
    let facts = source.facts;
    if facts.rounds.is_empty() {
        return Vec::new();
    }
    let cell = |at: Option<Timestamp>| {
        at.map_or_else(|| source.label(Label::Unknown).into(), |at| source.times.cell(at, false))
    };
    let row = |(number, round): (usize, &Round)| {
        let (resolved, reopened) = (Some(round.resolved), Some(round.reopened));
        let [one, two, three, four, five] =
            [round.identified, round.mitigated, round.monitoring, resolved, reopened].map(cell);
        Row::new([(number + 1).to_string().into(), one, two, three, four, five])
    };
    let head = [Label::Round, Label::Identified, Label::Mitigated, Label::Monitoring, Label::Resolved, Label::CameBack];
    let rows = facts.rounds.iter().enumerate().map(row).collect();
    vec![
        Block::Heading(3, Heading::Rounds),
        Block::Table(Table { name: "rounds", wordy: 0, head: source.head(&head), rows }),
    ]
}

fn severity_row(source: &Source<'_>, change: &SeverityMove) -> Row {
    let lang = source.lang;
    let moved = say::stretch(label::severity(change.from, lang), label::severity(change.to, lang), lang);
    let (reason, full) = super::page::first_line(change.reason.as_deref().unwrap_or_default());
    let cells = [source.times.cell(change.at, false), moved.into(), change.by.clone().into(), reason.into()];
    Row::new(cells).with_full(full)
}

fn measure_row(source: &Source<'_>, measure: &Measure) -> Row {
    let end = |kind: MilestoneKind| {
        let found = source.facts.milestones.iter().find(|milestone| milestone.kind == kind);
        let known = found.and_then(|milestone| milestone.at.map(|at| source.times.cell(at, milestone.approximate)));
        known.unwrap_or_else(|| source.label(Label::Unknown).into())
    };
    let cells =
        [ends(measure, source.lang).into(), stretch(source, measure).into(), end(measure.from), end(measure.to)];
    Row::new(cells)
}

pub fn ends(measure: &Measure, lang: Lang) -> String {
    say::stretch(milestone(measure.from, lang), milestone(measure.to, lang), lang)
}

fn is_total(measure: &Measure) -> bool {
    crate::view::postmortem::TOTALS.contains(&(measure.from, measure.to))
}

pub fn stretch(source: &Source<'_>, measure: &Measure) -> String {
    let lang = source.lang;
    match &measure.stretch {
        Stretch::Took(span) if measure.approximate => say::about_span(&source.times.span(*span), lang),
        Stretch::Took(span) => source.times.span(*span),
        Stretch::Unknown(missing) => {
            let missing: Vec<String> = missing.iter().map(|kind| milestone(*kind, lang).to_owned()).collect();
            say::unknown_stretch(&missing, lang)
        }
        Stretch::OutOfOrder(span) => {
            let (from, to) = (milestone(measure.from, lang), milestone(measure.to, lang));
            say::out_of_order(from, to, &source.times.span(*span), lang)
        }
    }
}

/// The name of a milestone.
pub const fn milestone(kind: MilestoneKind, lang: Lang) -> &'static str {
    let label = match kind {
        MilestoneKind::Started => Label::Started,
        MilestoneKind::Detected => Label::Detected,
        MilestoneKind::Declared => Label::Declared,
        MilestoneKind::Identified => Label::Identified,
        MilestoneKind::Mitigated => Label::Mitigated,
        MilestoneKind::Resolved => Label::Resolved,
    };
    label.text(lang)
}
