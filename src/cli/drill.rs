//! `drill`: exercises that are planned, played, graded, so that a team sees itself improve (A5).

mod files;
mod play;

use super::arguments::{Recording, limit, number};
use super::desk::{Desk, warn_about_configuration};
use crate::engine::{Request, Subject, named_incident};
use crate::error::Failure;
use crate::incident::command::{Command, GradeDrill};
use crate::incident::id::SubjectId;
use crate::incident::rejection::{PromiseRejection, Rejection};
use crate::policy::{Playable, scenarios};
use crate::render::json::{DrillGradeDoc, DrillHistoryDoc, DrillListDoc, SCHEMA, ScenarioDoc};
use crate::render::{drill_grade, drill_history, scenario_list};
use crate::store::Reader;
use crate::view::{DrillReport, trends};
use std::path::PathBuf;

/// Play a scenario on a drill, grade it from the log, and see how a team improves
///
/// A drill never pages, sends or counts as real. Own scenarios lie in the folder drills/ of the configuration.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the scenarios there are
    List,
    /// Play a scenario: what happens in it is told and recorded when it is due
    ///
    /// The team works in another terminal with the usual commands, on the drill that this opens, or on the one that they
    /// declared themselves (-i, and --at for when it began). It ends when the incident is resolved or the scenario's
    /// time is up. Broken off, it goes on where it was; with --once it tells what is due by now and ends, for cron.
    Run(Run),
    /// Grade a drill from the log: in time is fully, late but within twice the time partly, else not
    ///
    /// For the team and for whoever carried each role. Recorded once the drill is over, and again where it changed.
    Grade {
        /// The drill's number; the last one, where nobody says
        #[arg(value_name = "REF", add = super::complete::incidents())]
        drill: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Show how each team does, drill by drill
    History {
        /// Only this team
        #[arg(long, value_name = "TEAM")]
        team: Option<String>,
        /// The last so many of each team
        #[arg(long, value_name = "N", value_parser = limit())]
        limit: Option<usize>,
        /// Restricted incidents too
        #[arg(long)]
        restricted: bool,
    },
    /// Write a commented new scenario into the configuration folder
    New {
        /// Its id: lower-case letters, digits, hyphens
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Report every problem of scenarios in one go; without a file, of all of one's own
    Lint {
        /// Files of scenarios
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

#[derive(Debug, clap::Args)]
struct Run {
    /// The scenario's id
    #[arg(value_name = "SCENARIO", add = super::complete::scenarios())]
    scenario: String,
    /// The team that is drilled
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// How much faster than the wall clock: 10
    #[arg(long, value_name = "N", default_value = "1", hide_default_value = true, value_parser = number(1..=1000))]
    speed: u32,
    /// Who leads from the beginning; else the team is to say so
    #[arg(long, value_name = "PERSON", add = super::complete::contacts())]
    commander: Option<String>,
    /// Tell what is due by now, and end
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::List => list(desk),
        Action::Run(args) => play::run(desk, &args),
        Action::Grade { drill, recording } => grade(desk, drill.as_deref(), &recording),
        Action::History { team, limit, restricted } => history(desk, team.as_deref(), limit, restricted),
        Action::New { id } => files::new(desk, &id),
        Action::Lint { files } => files::lint(desk, files),
    }
}

/// Every scenario that can be played; what was left out is told.
fn playable(desk: &Desk) -> Vec<Playable> {
    let (found, problems) = scenarios(desk.config.as_deref(), desk.engine.library());
    warn_about_configuration(&desk.ui, &problems);
    found
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let all = playable(desk);
    if desk.ui.quiet && !desk.ui.json {
        for one in &all {
            desk.ui.out(&one.scenario.id);
        }
        return Ok(());
    }
    let document = || DrillListDoc {
        schema: SCHEMA,
        scenarios: all.iter().map(|one| ScenarioDoc { own: one.own, scenario: one.scenario.clone() }).collect(),
    };
    let rows: Vec<_> = all.iter().map(|one| (&one.scenario, one.own)).collect();
    desk.print(document, |page| scenario_list(page, &rows));
    Ok(())
}

/// The drill that is meant: the one named, or the last one that was held.
fn meant(desk: &Desk, reader: &Reader<'_>, typed: Option<&str>) -> Result<SubjectId, Failure> {
    if let Some(typed) = typed {
        return named_incident(reader, typed).map_err(|error| desk.failed(&error.into(), None));
    }
    if desk.names_incident() {
        return desk.incident(reader, super::desk::Reach::NotOver);
    }
    let rows = reader.drills().map_err(|error| desk.failed(&error.into(), None))?;
    rows.iter().rev().find(|row| !row.restricted).map(|row| row.id).ok_or_else(|| none_held(desk))
}

fn none_held(desk: &Desk) -> Failure {
    let message = crate::say!(desk.lang, "no drill was held yet", "演習はまだ実施されていません");
    Failure::new(crate::error::Exit::Reference, "no-drill", message).hint("hikeshi drill list")
}

/// How the exercise on an incident stands.
fn report(desk: &Desk, reader: &Reader<'_>, id: SubjectId) -> Result<DrillReport, Failure> {
    let incident = desk.load(reader, id)?;
    let number = incident.number;
    let found = DrillReport::gather(reader, incident, desk.env.now());
    let found = found.map_err(|error| desk.failed(&error.into(), None))?;
    found.ok_or_else(|| desk.failed(&Rejection::from(PromiseRejection::NoDrill { number }).into(), Some(number)))
}

fn grade(desk: &Desk, typed: Option<&str>, recording: &Recording) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let report = report(desk, &reader, meant(desk, &reader, typed)?)?;
    let recorded = report.over && report.recorded.as_ref() != Some(&report.grading.graded);
    if recorded {
        let command = Command::GradeDrill(GradeDrill { graded: report.grading.graded.clone() });
        let request: Request = desk.request(Subject::Incident(report.incident.id), command, recording)?;
        let number = Some(report.incident.number);
        desk.open()?.record(&request).map_err(|error| desk.failed(&error, number))?;
    }
    if desk.ui.quiet && !desk.ui.json {
        desk.ui.out(&report.grading.graded.score.to_string());
    } else {
        desk.print(|| DrillGradeDoc::new(&report, recorded), |page| drill_grade(page, &report));
    }
    Ok(())
}

fn history(desk: &Desk, team: Option<&str>, limit: Option<usize>, restricted: bool) -> Result<(), Failure> {
    let store = desk.store()?;
    let found = trends(&store.reader(), team.map(str::trim), restricted);
    let mut found = found.map_err(|error| desk.failed(&error.into(), None))?;
    for trend in &mut found {
        let surplus = trend.drills.len().saturating_sub(limit.unwrap_or(usize::MAX));
        trend.drills.drain(..surplus);
    }
    desk.print(|| DrillHistoryDoc::new(&found), |page| drill_history(page, &found));
    Ok(())
}
