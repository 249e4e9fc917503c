//! A statement's first words: the template for stage, audience and language, filled from what the log holds (E2).

use super::super::desk::{Desk, Reach};
use super::filling;
use crate::error::{Exit, Failure};
use crate::incident::command::Update;
use crate::incident::communication::Audience;
use crate::incident::fact::Fact;
use crate::incident::localized::Lang;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::incident::slug::Stage;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;
use crate::policy::templates;
use crate::say;
use crate::store::{Found, Reader};
use crate::text::postmortem::outside_title;
use crate::text::statement::{Draft, Frame, Templates};
use crate::text::{Moments, first_line, label, one_line};
use crate::view::Shown;

/// Fills the update's words from its template; on a terminal the person edits them.
pub fn from_template(desk: &Desk, update: &mut Update, at: Timestamp) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let policy = &desk.engine.library().policy;
    let wrong = update.corrects.as_deref().map(|typed| wrong(desk, &reader, typed)).transpose()?;
    if let Some((audiences, _)) = wrong.as_ref().filter(|_| update.audiences.is_empty()) {
        update.audiences.clone_from(audiences);
    }
    let known = || policy.audience.iter().map(|audience| audience.id.clone()).collect();
    let number = Some(incident.number);
    let refused = |rejection: PromiseRejection| desk.failed(&Rejection::from(rejection).into(), number);
    let Some(first) = update.audiences.first() else {
        return Err(refused(PromiseRejection::NoAudience { known: known() }));
    };
    let unknown = || PromiseRejection::UnknownAudience { typed: first.clone(), known: known() };
    let audience = policy.audience(first).ok_or_else(|| refused(unknown()))?;
    let stage = update.stage.unwrap_or_else(|| stage(&incident, &audience.id, wrong.is_some()));
    let shown = Shown::gather(&reader, incident).map_err(|error| desk.failed(&error.into(), None))?;
    let frame = frame(desk, &shown, audience, (update, at), wrong.map(|(_, text)| text));
    let draft = render(desk, stage, &audience.id, &frame)?;
    // A time that the words promise is a promise like one that was typed.
    if update.next.is_none()
        && let Some(next) = next_due(&shown.incident, &audience.id, at)
        && draft.text.contains(&desk.moments().full(next))
    {
        update.next = next.since(at);
    }
    update.stage = Some(stage);
    update.template = Some(draft.template);
    if update.subject.is_none() && !draft.subject.is_empty() {
        update.subject = Some(draft.subject);
    }
    update.text = Some(edited(desk, draft.text)?);
    Ok(())
}

/// The organisation's own template where it works, the compiled-in one where it doesn't: a slip in a template must
/// not keep anybody from telling customers.
fn render(desk: &Desk, stage: Stage, audience: &str, frame: &Frame) -> Result<Draft, Failure> {
    let (own, problems) = templates(desk.config.as_deref());
    for problem in &problems {
        let what = crate::text::problem(&problem.what, desk.lang);
        desk.ui.warning(&format!("{}: {what}", one_line(&problem.file)));
    }
    let mut all = Templates::compiled_in();
    for (name, text) in own {
        if let Err(fault) = all.with(&name, text) {
            desk.ui.warning(&fault.text(desk.lang));
        }
    }
    let rendered = filling::draft(&all, stage, audience, desk.lang, frame).or_else(|fault| {
        desk.ui.warning(&fault.text(desk.lang));
        let instead = say!(desk.lang, "the compiled-in template is used instead", "組み込みのテンプレートを使います");
        desk.ui.warning(&instead);
        Templates::compiled_in().render(stage, audience, desk.lang, frame)
    });
    rendered.map_err(|fault| Failure::new(Exit::Refused, "template", fault.text(desk.lang)))
}

/// What the person makes of the draft; without a terminal it stays as it is.
fn edited(desk: &Desk, text: String) -> Result<String, Failure> {
    if !desk.ui.interactive {
        return Ok(text);
    }
    super::super::editor::edited(desk, &text)
}

/// The audiences and the words of the wrong statement.
fn wrong(desk: &Desk, reader: &Reader<'_>, typed: &str) -> Result<(Vec<String>, String), Failure> {
    let failed = |error: crate::engine::EngineError| desk.failed(&error, None);
    let mut entry = crate::engine::named_entry(reader, typed).map_err(|error| failed(error.into()))?;
    if let Fact::StatementSent(sent) = &entry.fact {
        let found = reader.find_entry(&sent.statement.tag()).map_err(|error| failed(error.into()))?;
        if let Found::One(drafted) = found {
            entry = *drafted;
        }
    }
    match entry.fact {
        Fact::StatementDrafted(drafted) => Ok((drafted.audiences, drafted.text)),
        _ => Err(failed(Rejection::from(PromiseRejection::NoStatement { entry: entry.short }).into())),
    }
}

fn stage(incident: &Incident, audience: &str, corrects: bool) -> Stage {
    let told = incident.promises.standing(audience).is_some();
    match incident.status {
        _ if corrects => Stage::Correction,
        Status::Resolved | Status::Closed => Stage::Resolved,
        _ if told => Stage::Progress,
        _ => Stage::Initial,
    }
}

/// What may be said to this audience: people outside learn nothing that was written for the inside.
fn frame(
    desk: &Desk,
    shown: &Shown,
    audience: &Audience,
    (update, said_at): (&Update, Timestamp),
    corrects: Option<String>,
) -> Frame {
    let (incident, policy, lang) = (&shown.incident, &desk.engine.library().policy, desk.lang);
    let (moments, now) = (desk.moments(), desk.env.now());
    let title = |name: &String| policy.service(name).map_or_else(|| name.clone(), |one| one.title.get(lang).to_owned());
    let times = &incident.times;
    let at = |at: Option<Timestamp>| at.map(|at| moments.full(at));
    let length = times.started.and_then(|_| incident.lasted(now));
    let next = update.next.map(|next| said_at.plus(next)).or_else(|| next_due(incident, &audience.id, said_at));
    let inside = !audience.external;
    let words = incident.promises.impact.text.as_deref().or(incident.summary.as_deref().filter(|_| inside));
    let figures = incident.promises.impact.figures().into_iter();
    let figures = figures.map(|(name, figure)| (name.to_owned(), figure.value.to_string()));
    let changes = shown.changes.iter().map(|entry| crate::text::entry(&entry.fact, lang));
    let services: Vec<String> = incident.services.iter().map(title).collect();
    let day = moments.day(times.started.unwrap_or(times.declared));
    // The title was written for inside: a template of somebody's own can't carry it out.
    let outside = || outside_title(&services, incident.category.as_deref(), &day, lang);
    let title = if inside { incident.title.clone() } else { incident.public_title.clone().unwrap_or_else(outside) };
    Frame {
        incident: incident.number,
        title,
        severity: incident.severity.to_string(),
        status: label::status(incident.status, lang).to_owned(),
        services,
        started_at: at(times.started),
        detected_at: at(times.detected),
        resolved_at: at(times.resolved),
        duration: length.map(|length| moments.span(length)),
        now: Some(moments.full(now)),
        cause: incident.cause.clone(),
        impact: words.map(first_line),
        figures: figures.filter(|_| inside).collect(),
        response: changes.filter(|_| inside).collect(),
        workaround: incident.workaround.as_ref().map(|held| held.text.clone()),
        timeline: if inside { timeline(incident, &moments, lang) } else { Vec::new() },
        next_update: next.filter(|_| incident.status < Status::Resolved).map(|next| moments.full(next)),
        corrects,
        audience: audience.id.clone(),
        audience_title: audience.title.get(lang).to_owned(),
        external: audience.external,
        drill: incident.drill,
        ..Frame::default()
    }
}

/// When the audience's next statement will be due once this one is out.
fn next_due(incident: &Incident, audience: &str, now: Timestamp) -> Option<Timestamp> {
    let clocks = incident.promises.clocks.iter().filter(|clock| clock.audience == audience);
    clocks.filter_map(|clock| clock.every).map(|every| now.plus(every)).min()
}

fn timeline(incident: &Incident, moments: &Moments, lang: Lang) -> Vec<(String, String)> {
    let times = &incident.times;
    let status = |status: Status| label::status(status, lang).to_owned();
    let moves = [
        (Some(times.declared), say!(lang, "declared", "宣言")),
        (times.identified, status(Status::Identified)),
        (times.mitigated, status(Status::Mitigated)),
        (times.monitoring, status(Status::Monitoring)),
        (times.resolved, status(Status::Resolved)),
    ];
    moves.into_iter().filter_map(|(at, what)| Some((moments.full(at?), what))).collect()
}
