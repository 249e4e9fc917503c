//! `assign-role`, `unassign-role`, `roles`: who does what (C).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::engine::Receipt;
use crate::error::Failure;
use crate::incident::command::{AssignRole, Command, UnassignRole};
use crate::incident::fact::Fact;
use crate::incident::rejection::Rejection;
use crate::incident::roster::{alike, find};
use crate::render::json::{IncidentDoc, RolesDoc, SCHEMA};
use crate::render::roles;
use crate::say;
use crate::text::one_line;

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
    let mut warnings = Vec::new();
    let (mut role, mut person) = (args.role, args.person);
    if is_swapped(desk, &role, &person) && args.duty.is_none() {
        std::mem::swap(&mut role, &mut person);
        let (role, person) = (one_line(&role), one_line(&person));
        warnings.push(say!(
            desk.lang,
            "taken as the role {role} for {person}: the role comes first",
            "役割 {role} を {person} に割り当てました（役割を先に書きます）"
        ));
    }
    let command = Command::AssignRole(AssignRole {
        role,
        person,
        add: args.add,
        scope: args.scope,
        duty: args.duty,
        handover: args.handover,
    });
    let Some(receipt) = desk.record_silently(command, &args.recording, Reach::NotOver)? else { return Ok(()) };
    warnings.extend(written_in_another_way(desk, &receipt));
    desk.confirm(&receipt, warnings);
    Ok(())
}

/// Whether the person and the role stand the other way round.
fn is_swapped(desk: &Desk, role: &str, person: &str) -> bool {
    let roles = &desk.engine.library().policy.role;
    let is_role = |typed: &str| !matches!(find(typed, roles), Err(Rejection::UnknownRole { .. }));
    !is_role(role) && is_role(person)
}

/// Points out that whoever got a role is written like somebody whom the incident knows.
fn written_in_another_way(desk: &Desk, receipt: &Receipt) -> Option<String> {
    let before = receipt.before.as_ref().filter(|_| !receipt.duplicate)?;
    let assigned = receipt.entries.iter().find_map(|entry| match &entry.fact {
        Fact::RoleAssigned(assigned) => Some(assigned),
        _ => None,
    })?;
    let holders = before.roles.iter().flat_map(|role| &role.holders).map(|holder| holder.name.as_str());
    let other = alike(&assigned.holder, holders.chain([before.declared_by.as_str()]))?;
    let line = shell_words::join(["assign-role", &assigned.role, other]);
    let (name, number, other) = (one_line(&assigned.holder), receipt.incident.number, one_line(other));
    Some(say!(
        desk.lang,
        "{name} is written like {other}; if it is the same person: hikeshi -i {number} {}",
        "{name} は {other} と表記が似ています。同じ人なら: hikeshi -i {number} {}",
        one_line(&line)
    ))
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
