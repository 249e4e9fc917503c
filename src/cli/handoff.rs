//! `handoff`: the brief of a shift, and roles that pass to the next one when they accept.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::{postmortem, sheets};
use crate::error::Failure;
use crate::incident::command::{AnswerHandoff, Command, OfferHandoff};
use crate::render::json::{HandoffDoc, SCHEMA};
use crate::render::{handoff, offered};
use crate::say;
use crate::text;
use crate::view::Shift;
use clap::ArgGroup;
use std::path::PathBuf;

/// Print the brief for the next shift, and offer roles to whoever takes over
///
/// Until the receiver accepts, the giver carries on; to change a role at once there is assign-role.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("answer").args(["accept", "accepted_by", "refuse"]).multiple(false)
    .conflicts_with_all(["to", "role", "output", "force", "restricted", "text"]))]
pub struct Args {
    /// What the next one must know besides; `-` reads standard input
    #[arg(value_name = "TEXT", requires = "to")]
    text: Vec<String>,
    /// Offer your roles to this person
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Only this role; several times for several
    #[arg(long, value_name = "ROLE", requires = "to", add = super::complete::roles())]
    role: Vec<String>,
    /// Write the brief as Markdown to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long, requires = "output")]
    force: bool,
    /// Also of a restricted incident
    #[arg(long, requires = "output")]
    restricted: bool,
    /// Take over what was offered to you
    #[arg(long)]
    accept: bool,
    /// Note that this person has taken over what was offered to them
    #[arg(long, value_name = "NAME")]
    accepted_by: Option<String>,
    /// Don't take over; says why with --reason
    #[arg(long)]
    refuse: bool,
    /// Why not
    #[arg(long, value_name = "TEXT", requires = "refuse")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if args.accept || args.accepted_by.is_some() || args.refuse {
        let accept = !args.refuse;
        let reason = if accept { None } else { Some(freetext::reason(desk, args.reason, "handoff --refuse")?) };
        let command = Command::AnswerHandoff(AnswerHandoff { person: args.accepted_by, accept, reason });
        return desk.record(command, &args.recording, Reach::NotOver).map(drop);
    }
    let purpose =
        Purpose { verb: "handoff", question: ("what must the next one know", "次の担当者への申し送り") };
    let words = freetext::optional(desk, &args.text, purpose)?;
    let Some(to) = args.to.clone() else { return brief(desk, &args, true) };
    // What can't be written must not leave an offer behind that nobody can read up on.
    let quiet = desk.ui.quiet || desk.ui.json;
    if args.output.is_some() {
        brief(desk, &args, !quiet)?;
    } else if !quiet {
        // Where the store can't be read, the offer itself says so, and its words are kept.
        let _ = brief(desk, &args, true);
    }
    let command = Command::OfferHandoff(OfferHandoff { to, roles: args.role, brief: words });
    let Some(receipt) = desk.record(command, &args.recording, Reach::NotOver)? else { return Ok(()) };
    if let Some(next) = offered(&receipt.incident, &receipt.entries, desk.lang) {
        desk.ui.remark(&text::one_line(&next));
    }
    Ok(())
}

/// Prints the brief, or writes it to a file.
fn brief(desk: &Desk, args: &Args, say_so: bool) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    if incident.restricted && args.output.is_some() && !args.restricted {
        return Err(postmortem::restricted(desk, incident.number, "handoff -o FILE"));
    }
    let gathered = Shift::gather(&reader, incident, &desk.engine.library().policy);
    let shift = gathered.map_err(|error| desk.failed(&error.into(), None))?;
    let Some(path) = &args.output else {
        let document = || HandoffDoc::new(&shift, desk.env.now(), desk.lang);
        return sheets::print(desk, None, document, |page| handoff(page, &shift));
    };
    let document = handoff(&sheets::plain(desk), &shift).markdown();
    sheets::save(desk, "handoff", path, &document, args.force)?;
    if say_so {
        let file = path.display().to_string();
        desk.print(|| serde_json::json!({ "schema": SCHEMA, "file": file }), |_| text::path(path));
        if args.to.is_none() {
            desk.ui.remark(&say!(
                desk.lang,
                "next: hikeshi -i {} handoff --to NAME",
                "次: hikeshi -i {} handoff --to 名前",
                shift.incident.number
            ));
        }
    }
    Ok(())
}
