//! `assign-role`, `unassign-role`, `roles`: who does what (C).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::{AssignRole, Command, UnassignRole};
use crate::render::json::{IncidentDoc, RolesDoc, SCHEMA};
use crate::render::roles;

/// Give a role to somebody; the one before is relieved
///
/// Roles go by their names in English and Japanese. A role that no playbook knows needs --duty.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The role
    #[arg(value_name = "ROLE", add = super::complete::roles())]
    role: String,
    /// Who takes it
    #[arg(value_name = "PERSON", add = super::complete::contacts())]
    person: String,
    /// Beside those who hold it already
    #[arg(long)]
    add: bool,
    /// The part of the work that is theirs
    #[arg(long, value_name = "TEXT")]
    scope: Option<String>,
    /// What a role made up on the spot is for
    #[arg(long, value_name = "TEXT")]
    duty: Option<String>,
    /// What the one before tells the one after
    #[arg(long, value_name = "TEXT")]
    handover: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

/// Take a role from somebody; the incident manager then carries its duties
#[derive(Debug, clap::Args)]
pub struct Unassign {
    /// The role
    #[arg(value_name = "ROLE", add = super::complete::roles())]
    role: String,
    /// Who gives it up; everybody who holds it, where nobody is named
    #[arg(value_name = "PERSON")]
    person: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

/// Show every role, its duties, and who carries it
#[derive(Debug, clap::Args)]
pub struct Roles {}

pub fn assign(desk: &Desk, args: Assign) -> Result<(), Failure> {
    let command = Command::AssignRole(AssignRole {
        role: args.role,
        person: args.person,
        add: args.add,
        scope: args.scope,
        duty: args.duty,
        handover: args.handover,
    });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}

pub fn unassign(desk: &Desk, args: Unassign) -> Result<(), Failure> {
    let command = Command::UnassignRole(UnassignRole { role: args.role, person: args.person });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}

pub fn show(desk: &Desk, _args: Roles) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    desk.print(
        || RolesDoc {
            schema: SCHEMA,
            incident: incident.number,
            roles: IncidentDoc::new(&incident, desk.env.now()).roles,
        },
        |page| roles(page, &incident),
    );
    Ok(())
}
