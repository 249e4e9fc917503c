//! The document for each reader: everything for engineers, one page for executives, nothing internal for customers (E8).

use super::mask::Mask;
use super::outline::{self, Source};
use super::page::{Block, Human, Picture, Row, Table};
use super::times::Times;
use super::{communication, plan};
use crate::incident::localized::Lang;
use crate::incident::state::Progress;
use crate::text::postmortem::{self as say, Heading, Label};
use crate::text::{Moments, label};
use crate::view::postmortem::{MilestoneKind, Outside, Postmortem, Said, TOTALS};
use crate::view::{Branch, tree};

/// How much of a text an executive reads; the rest is in the engineers' document.
const SHORT: usize = 420;

/// How many open issues stand on one page.
const ISSUES: usize = 6;

/// Whom a document is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reader<'a> {
    /// Those who work on it: everything.
    Engineers,
    /// Those who decide: one page.
    Executives,
    /// Those outside: nothing internal.
    Customers(&'a Outside),
}

/// A document as blocks.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its parts.
    pub blocks: Vec<Block>,
    /// Whether a list of contents helps: one page needs none.
    pub contents: bool,
    /// Names that were replaced, and by what.
    pub replaced: Vec<(String, String)>,
    /// Passages where a part of a name may still stand.
    pub doubtful: Vec<String>,
    /// Whether the cause is kept back, because it was told to nobody outside.
    pub cause_withheld: bool,
}

/// The document for a reader.
pub fn document(postmortem: &Postmortem, reader: Reader<'_>, moments: &Moments) -> Document {
    let lang = moments.lang();
    let source = Source { facts: postmortem, times: Times::new(postmortem, moments), lang };
    match reader {
        Reader::Engineers => Document {
            title: outline::title(postmortem, lang),
            blocks: outline::outline(postmortem, moments),
            contents: true,
            replaced: Vec::new(),
            doubtful: Vec::new(),
            cause_withheld: false,
        },
        Reader::Executives => Document {
            title: say::executive_title(postmortem.number, &source.words(&postmortem.title), lang),
            blocks: executives(&source),
            contents: false,
            replaced: Vec::new(),
            doubtful: Vec::new(),
            cause_withheld: false,
        },
        Reader::Customers(outside) => customers(&source, outside),
    }
}

/// Says in front of everything that nobody has approved it yet.
fn not_approved(source: &Source<'_>) -> Vec<Block> {
    let notice = source.facts.approved.is_none().then(|| Block::Notice(say::not_approved(source.lang)));
    notice.into_iter().collect()
}

fn fact(source: &Source<'_>, label: Label, value: String) -> Row {
    Row::new([source.label(label).into(), value.into()])
}

fn facts(rows: Vec<Row>) -> Block {
    Block::Table(Table { name: "facts", wordy: 1, head: Vec::new(), rows })
}

/// When it began and ended, and how long that was.
fn times(source: &Source<'_>) -> Vec<Row> {
    let known = |kind| source.facts.reached(kind).map(|at| source.times.full(at));
    let mut rows = Vec::new();
    for (kind, label) in [(MilestoneKind::Started, Label::Started), (MilestoneKind::Resolved, Label::Resolved)] {
        let at = known(kind).unwrap_or_else(|| source.label(Label::Unknown).to_owned());
        rows.push(fact(source, label, at));
    }
    let total = source.facts.measures.iter().find(|measure| TOTALS.contains(&(measure.from, measure.to)));
    if let Some(measure) = total {
        rows.push(fact(source, Label::Duration, outline::stretch(source, measure)));
    }
    rows
}

fn executives(source: &Source<'_>) -> Vec<Block> {
    let (made, lang) = (source.facts, source.lang);
    let mut page = not_approved(source);
    page.extend(outline::notices(source));
    let listed = |items: &[String]| {
        if items.is_empty() { source.label(Label::NotRecorded).to_owned() } else { say::listed(items, lang) }
    };
    let mut rows = vec![
        fact(source, Label::Status, label::status(made.status, lang).to_owned()),
        fact(source, Label::Severity, outline::severity(source)),
    ];
    rows.extend(times(source));
    page.push(source.heading(2, Heading::Summary, "summary"));
    page.push(facts(rows));
    page.extend(short(source, "summary", made.summary.as_deref()));
    page.push(source.heading(2, Heading::Impact, "impact"));
    let mut rows = vec![fact(source, Label::Services, listed(&made.services))];
    if let Some(customers) = made.customers {
        rows.push(fact(source, Label::Customers, label::customers(customers, lang).to_owned()));
    }
    rows.extend(communication::latest(source));
    page.push(facts(rows));
    page.extend(short(source, "impact", None));
    page.push(source.heading(2, Heading::Cause, "cause"));
    page.extend(roots(source));
    page.extend(short(source, "cause", made.cause.as_deref().filter(|_| made.causes.is_empty())));
    page.push(source.heading(2, Heading::Response, "response"));
    page.push(Block::Picture(Picture::Phases));
    page.push(facts(figures(source)));
    page.push(Block::Heading(2, Heading::Waiting));
    page.push(issues(source));
    page.push(Block::Paragraph(say::details_elsewhere(made.number, lang)));
    page
}

/// The beginning of what people wrote in a section, or of what was recorded.
fn short(source: &Source<'_>, id: &str, recorded: Option<&str>) -> Option<Block> {
    let written = source.facts.section(id).and_then(|section| section.written.as_ref()).map(|one| one.text.as_str());
    let text = written.or(recorded)?;
    let first = text.split("\n\n").next().unwrap_or_default().trim();
    let cut: String = first.chars().take(SHORT).collect();
    let text = if cut.len() < text.trim().len() { format!("{} …", cut.trim_end()) } else { cut };
    Some(Block::Human(Human { id: id.to_owned(), question: String::new(), text: Some(text) }))
}

/// What it started from: the causes that nothing explains further.
fn roots(source: &Source<'_>) -> Option<Block> {
    let roots = tree(&source.facts.causes).into_iter().filter(|branch| branch.is_root);
    let told = |branch: Branch<'_>| {
        let factor = branch.cause.factor.map(|factor| label::cause_kind(factor, source.lang)).unwrap_or_default();
        Row::new([crate::text::first_line(&source.words(&branch.cause.text)).into(), factor.into()])
    };
    let rows: Vec<Row> = roots.take(ISSUES).map(told).collect();
    let head = source.head(&[Label::RootCause, Label::Factor]);
    (!rows.is_empty()).then_some(Block::Table(Table { name: "roots", wordy: 0, head, rows }))
}

fn figures(source: &Source<'_>) -> Vec<Row> {
    let (made, lang) = (source.facts, source.lang);
    let measured = made.measures.iter().filter(|measure| !TOTALS.contains(&(measure.from, measure.to)));
    let known = measured.filter(|measure| matches!(measure.stretch, crate::view::postmortem::Stretch::Took(_)));
    let mut rows: Vec<Row> =
        known.map(|one| Row::new([outline::ends(one, lang).into(), outline::stretch(source, one).into()])).collect();
    let promises = &made.communication.promises;
    if !promises.is_empty() {
        let late = promises.iter().filter(|promise| promise.is_late()).count();
        let missed = promises.iter().filter(|promise| promise.is_late() && promise.met_at.is_none()).count();
        let told = say::in_time(promises.len() - late, late - missed, missed, lang);
        rows.push(fact(source, Label::Updates, told));
    }
    let (kept, all) = plan::kept(&made.plan);
    if all > 0 {
        rows.push(fact(source, Label::InTime, format!("{kept}/{all}")));
    }
    rows
}

fn issues(source: &Source<'_>) -> Block {
    let (made, lang) = (source.facts, source.lang);
    let waiting = made.waiting.iter().map(|one| (crate::text::waiting(one, lang), None, None));
    let open = made.actions.iter().filter(|action| matches!(action.progress(), Progress::Open | Progress::Done));
    let open = open.map(|one| (crate::text::first_line(&one.text), one.owner.clone(), one.due_at.or(one.check_at)));
    let all: Vec<_> = open.chain(waiting).collect();
    if all.is_empty() {
        return source.nothing(Heading::Waiting);
    }
    let head = source.head(&[Label::What, Label::Owner, Label::Due]);
    let mut rows: Vec<Row> = Vec::new();
    for (what, owner, due) in all.iter().take(ISSUES) {
        let due = due.map(|at| source.times.cell(at, false)).unwrap_or_default();
        rows.push(Row::new([what.clone().into(), owner.clone().unwrap_or_default().into(), due]));
    }
    if all.len() > ISSUES {
        rows.push(Row::new([say::more(all.len() - ISSUES, lang).into(), "".into(), "".into()]));
    }
    Block::Table(Table { name: "issues", wordy: 0, head, rows })
}

fn customers(source: &Source<'_>, outside: &Outside) -> Document {
    let (made, lang) = (source.facts, source.lang);
    let told: Vec<&Said> = made.communication.statements.iter().filter(|one| is_outside(one, outside)).collect();
    let public = told.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n");
    let mask = Mask::new(outside, public.clone(), lang);
    let mut page = not_approved(source);
    if made.drill {
        page.push(Block::Notice(say::drill_notice(lang)));
    }
    page.push(source.heading(2, Heading::Summary, "summary"));
    page.push(facts(times(source)));
    page.extend(for_customers(source, "summary"));
    page.push(source.heading(2, Heading::Impact, "impact"));
    let services: Vec<String> = made.services.iter().map(|name| service(outside, name, lang)).collect();
    if !services.is_empty() {
        page.push(facts(vec![fact(source, Label::Services, say::listed(&services, lang))]));
    }
    page.extend(for_customers(source, "impact"));
    page.push(Block::Picture(Picture::Phases));
    page.push(source.heading(2, Heading::Cause, "cause"));
    let (published, written) = (published_cause(source, &public), for_customers(source, "cause"));
    let cause_withheld = published.is_none() && written.is_none();
    if cause_withheld {
        page.push(Block::Paragraph(say::cause_not_published(lang)));
    }
    page.extend(published.into_iter().chain(written));
    page.push(Block::Heading(2, Heading::Told));
    page.push(statements(source, &told));
    let others = made.sections.iter().filter(|one| !["summary", "impact", "cause"].contains(&one.id.as_str()));
    for section in others.filter(|section| section.customers && section.written.is_some()) {
        page.push(Block::Titled(2, Heading::anchor_of(&section.id), section.title.get(lang).to_owned()));
        page.extend(for_customers(source, &section.id));
    }
    let began = made.reached(MilestoneKind::Started).or(made.reached(MilestoneKind::Declared)).unwrap_or(made.made_at);
    let own = made.public_title.clone().filter(|title| !title.is_empty());
    let title =
        own.unwrap_or_else(|| say::outside_title(&services, made.category.as_deref(), &source.times.day(began), lang));
    let title = say::customer_title(&title, lang);
    let blocks = mask.blocks(page);
    Document { title, blocks, contents: false, replaced: mask.replaced(), doubtful: mask.doubtful(), cause_withheld }
}

fn is_outside(said: &Said, outside: &Outside) -> bool {
    said.audiences.iter().any(|audience| outside.audiences.contains(audience))
}

fn service(outside: &Outside, slug: &str, lang: Lang) -> String {
    outside.services.get(slug).map_or_else(|| slug.to_owned(), |title| title.get(lang).to_owned())
}

/// What people wrote in a section that customers read too.
fn for_customers(source: &Source<'_>, id: &str) -> Option<Block> {
    let section = source.facts.section(id).filter(|section| section.customers)?;
    let text = section.written.as_ref()?.text.clone();
    Some(Block::Human(Human { id: id.to_owned(), question: String::new(), text: Some(text) }))
}

/// The cause where it was published in these words.
fn published_cause(source: &Source<'_>, public: &str) -> Option<Block> {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let published = source.facts.cause.as_deref().filter(|cause| {
        let cause = flat(cause);
        !cause.is_empty() && flat(public).contains(cause.trim_end_matches(['.', '。']))
    });
    published.map(|cause| Block::Words(cause.to_owned()))
}

fn statements(source: &Source<'_>, told: &[&Said]) -> Block {
    if told.is_empty() {
        return source.nothing(Heading::Told);
    }
    let row = |said: &&Said| {
        let (text, full) = super::page::first_line(&source.words(&said.text));
        let gone = said.superseded_by.as_ref().map(|_| say::corrected_later(source.lang)).unwrap_or_default();
        Row::new([source.times.cell(said.at, said.approximate), text.into(), gone.into()]).with_full(full)
    };
    let head = source.head(&[Label::Time, Label::What, Label::Remarks]);
    Block::Table(Table { name: "told", wordy: 1, head, rows: told.iter().map(row).collect() })
}
