//! `checklist`: what is to be done, and tasks made up on the spot.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{AddStep, Command};
use crate::incident::roster;
use crate::incident::state::StepPlace;
use crate::render::checklist;
use crate::render::json::{ChecklistDoc, ChecklistsDoc, SCHEMA, StepDoc};

/// Show the steps, or add a task
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Only a role's steps
    #[arg(long, value_name = "ROLE", add = super::complete::roles())]
    role: Option<String>,
    /// Only what is open
    #[arg(long)]
    open: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add a task made up on the spot
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// What is to be done; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Who does it: a person or a role
    #[arg(long, value_name = "NAME|ROLE", add = super::complete::roles())]
    owner: Option<String>,
    /// How long it may take: 15m, 2h
    #[arg(long, value_name = "LENGTH")]
    due: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if let Some(Action::Add(add)) = args.action {
        let purpose = Purpose { verb: "checklist add", question: ("task", "タスク") };
        let text = freetext::required(desk, &add.text, purpose)?;
        let due = add.due.as_deref().map(|typed| desk.span(typed)).transpose()?;
        let command = Command::AddStep(AddStep { text, owner: add.owner, due });
        return desk.record(command, &add.recording, Reach::NotOver).map(drop);
    }
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    let role = match &args.role {
        None => None,
        Some(typed) => {
            let specs: Vec<_> = incident.roles.iter().map(|role| role.spec.clone()).collect();
            let found =
                roster::find(typed, &specs).map_err(|error| desk.failed(&error.into(), Some(incident.number)))?;
            Some(found.id.clone())
        }
    };
    let wanted = |place: &StepPlace<'_>| {
        (role.is_none() || place.state.step.role == role) && (!args.open || place.state.is_open())
    };
    desk.print(
        || ChecklistsDoc {
            schema: SCHEMA,
            incident: incident.number,
            checklists: incident.checklists.iter().map(ChecklistDoc::new).collect(),
            steps: incident.steps().filter(|place| wanted(place)).map(StepDoc::new).collect(),
        },
        |page| checklist(page, &incident, wanted, args.open),
    );
    Ok(())
}
