//! Playing a scenario: tells what happens when it is due, until the drill is over.

use super::{Run, playable, report};
use crate::cli::arguments::Recording;
use crate::cli::desk::{Desk, Reach};
use crate::engine::{EngineError, Request, Subject};
use crate::error::Failure;
use crate::incident::command::{Command, Declare, InjectDrill, StartDrill};
use crate::incident::drill::{Scenario, Turns, turns};
use crate::incident::id::SubjectId;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::render::json::{DrillRunDoc, InjectedDoc, NextDoc, line};
use crate::render::{situation, turn, what_next};
use crate::view::{DrillReport, standing_facts};
use std::time::Duration;

/// How often the log is looked at for deeds that something waits for.
const LOOK: Duration = Duration::from_secs(1);

/// Plays a scenario; with `--once`, or where the clock stands still, only what is due by now.
pub(super) fn run(desk: &Desk, args: &Run) -> Result<(), Failure> {
    let scenario = &scenario(desk, &args.scenario)?;
    let id = match going_on(desk, args, scenario)? {
        Some(id) => id,
        None => begin(desk, args, scenario)?,
    };
    let opening = look(desk, id)?;
    if desk.ui.quiet && !desk.ui.json {
        desk.ui.out(&opening.incident.number.to_string());
    } else if !desk.ui.json {
        let told = scenario.situation.get(desk.lang);
        desk.ui.show(&situation(&desk.page(), &opening.play, told, opening.incident.number));
    }
    let stands_still = args.once || desk.env.clock_overridden();
    let mut told = Vec::new();
    loop {
        let (report, next) = step(desk, id, &mut told)?;
        if report.over || stands_still {
            end(desk, &report, &next, told);
            return Ok(());
        }
        // A deed that something waits for can come at any moment.
        std::thread::sleep(LOOK);
    }
}

fn scenario(desk: &Desk, typed: &str) -> Result<Scenario, Failure> {
    let all = playable(desk);
    let found = all.iter().find(|one| one.scenario.id == typed.trim());
    found.map(|one| one.scenario.clone()).ok_or_else(|| {
        let known = all.iter().map(|one| one.scenario.id.clone()).collect();
        let unknown = PromiseRejection::UnknownScenario { typed: typed.to_owned(), known };
        desk.failed(&Rejection::from(unknown).into(), None)
    })
}

/// The drill on which it is played: the one named, or the one on which this team is playing it already.
fn going_on(desk: &Desk, args: &Run, scenario: &Scenario) -> Result<Option<SubjectId>, Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    if desk.names_incident() {
        let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
        let goes_on = incident.play.as_ref().is_some_and(|play| play.started.scenario == scenario.id);
        return if goes_on { Ok(Some(incident.id)) } else { start(desk, args, scenario, incident.id, None).map(Some) };
    }
    let team = args.team.as_deref().map(str::trim);
    let rows = reader.drills().map_err(|error| desk.failed(&error.into(), None))?;
    let same = rows.iter().rev().filter(|row| row.scenario == scenario.id && row.held.team.as_deref() == team);
    for row in same.filter(|row| row.status.is_unresolved()) {
        let incident = desk.load(&reader, row.id)?;
        if incident.play.as_ref().is_some_and(|play| !play.is_over(incident.status, desk.env.now())) {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

/// Opens a drill for the team, and begins.
fn begin(desk: &Desk, args: &Run, scenario: &Scenario) -> Result<SubjectId, Failure> {
    let hint = &scenario.declare;
    let command = Command::Declare(Declare {
        title: hint.title.get(desk.lang).to_owned(),
        severity: hint.severity,
        category: hint.category.clone(),
        services: hint.services.clone(),
        customers: hint.customers,
        playbooks: scenario.playbook.iter().cloned().collect(),
        commander: args.commander.clone(),
        drill: true,
        // The same scenario may have been played before and never resolved.
        force: true,
        ..Declare::default()
    });
    let request = desk.request(Subject::New, command, &args.recording)?;
    let stand_in = args.commander.is_none().then(|| request.stamp.actor.clone());
    let receipt = desk.open()?.record(&request).map_err(|error| desk.failed(&error, None))?;
    if receipt.incident.play.is_some() {
        // The same key again.
        return Ok(receipt.incident.id);
    }
    start(desk, args, scenario, receipt.incident.id, stand_in)
}

/// Begins the exercise on a drill.
fn start(
    desk: &Desk,
    args: &Run,
    scenario: &Scenario,
    id: SubjectId,
    stand_in: Option<String>,
) -> Result<SubjectId, Failure> {
    let (team, speed) = (args.team.clone(), args.speed);
    let command = Command::StartDrill(StartDrill { scenario: scenario.clone(), team, speed, stand_in });
    // The key is the declaration's.
    let recording = Recording { key: None, ..args.recording.clone() };
    let request = desk.request(Subject::Incident(id), command, &recording)?;
    desk.open()?.record(&request).map(|_| id).map_err(|error| desk.failed(&error, None))
}

/// How it stands now.
fn look(desk: &Desk, id: SubjectId) -> Result<DrillReport, Failure> {
    let store = desk.store()?;
    report(desk, &store.reader(), id)
}

/// Tells and records what is due by now; how it stands then, and what comes next.
fn step(desk: &Desk, id: SubjectId, told: &mut Vec<InjectedDoc>) -> Result<(DrillReport, Turns), Failure> {
    let report = look(desk, id)?;
    let facts = standing_facts(&desk.store()?.reader(), id).map_err(|error| desk.failed(&error.into(), None))?;
    let now = desk.env.now();
    let turns = turns(&report.play, &facts, now.min(report.play.ends_at()));
    for due in &turns.due {
        let text = due.inject.text.get(desk.lang).to_owned();
        let command = Command::InjectDrill(InjectDrill { inject: due.inject.id.clone(), text: text.clone() });
        let request: Request = desk.request(Subject::Incident(id), command, &Recording::default())?;
        match desk.open()?.record(&request) {
            Ok(_) => {}
            // Somebody else plays it too, and was faster.
            Err(EngineError::Rejected(_)) => continue,
            Err(error) => return Err(desk.failed(&error, Some(report.incident.number))),
        }
        if !desk.ui.json && !desk.ui.quiet {
            desk.ui.show(&turn(&desk.page(), &report.play, now, &text));
        }
        told.push(InjectedDoc::new(&due.inject.id, now, &text));
    }
    Ok((report, turns))
}

/// Says how it stands when this command ends.
fn end(desk: &Desk, report: &DrillReport, turns: &Turns, told: Vec<InjectedDoc>) {
    let next = turns.next.as_ref().filter(|next| !report.over && next.at <= report.play.ends_at());
    if desk.ui.json {
        let document = DrillRunDoc {
            injected: told,
            next: next.map(NextDoc::new),
            waiting: turns.waiting.iter().map(|inject| inject.id.clone()).collect(),
            ..DrillRunDoc::new(report.incident.number, &report.play, report.over)
        };
        desk.ui.out(&line(&document));
    } else if !desk.ui.quiet {
        desk.ui.show(&what_next(&desk.page(), report, next.map(|next| next.at), turns.waiting.len()));
    }
}
