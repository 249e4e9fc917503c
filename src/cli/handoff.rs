//! `handoff`: the brief of a shift, and roles that pass to the next one when they accept.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::{postmortem, sheets};
use crate::engine::Receipt;
use crate::error::Failure;
use crate::incident::command::{AnswerHandoff, Command, OfferHandoff};
use crate::incident::fact::Fact;
use crate::incident::playbook::RoleSpec;
use crate::incident::roster::find;
use crate::incident::state::{Handoff, Incident};
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
        let Some(receipt) = desk.record(command, &args.recording, Reach::NotOver)? else { return Ok(()) };
        tell(desk, &receipt);
        return Ok(());
    }
    let purpose =
        Purpose { verb: "handoff", question: ("what must the next one know", "次の担当者への申し送り") };
    let words = freetext::optional(desk, &args.text, purpose)?;
    let Some(to) = args.to.clone() else { return brief(desk, &args, None, true) };
    // What can't be written must not leave an offer behind that nobody can read up on.
    let quiet = desk.ui.quiet || desk.ui.json;
    if args.output.is_some() {
        brief(desk, &args, words.as_deref(), !quiet)?;
    } else if !quiet {
        // Where the store can't be read, the offer itself says so, and its words are kept.
        let _ = brief(desk, &args, words.as_deref(), true);
    }
    let command = Command::OfferHandoff(OfferHandoff { to, roles: args.role, brief: words });
    let Some(receipt) = desk.record(command, &args.recording, Reach::NotOver)? else { return Ok(()) };
    if let Some(next) = offered(&receipt.incident, &receipt.entries, desk.lang) {
        desk.ui.remark(&text::one_line(&next));
    }
    Ok(())
}

/// Says what the giver told whoever took over just now.
fn tell(desk: &Desk, receipt: &Receipt) {
    let before = receipt.before.iter().flat_map(Incident::open_handoffs);
    let settled = |offer: &&Handoff| {
        receipt.entries.iter().any(
            |entry| matches!(&entry.fact, Fact::HandoffAnswered(answer) if answer.accepted && answer.handoff == offer.id),
        )
    };
    for offer in before.filter(settled) {
        if let Some(words) = &offer.brief {
            let (from, words) = (text::one_line(&offer.from), text::visible(words));
            desk.ui.remark(&say!(desk.lang, "{from} says: {words}", "{from} からの申し送り: {words}"));
        }
    }
}

/// The offer as the brief shows it before it is recorded.
fn offer(desk: &Desk, args: &Args, incident: &Incident, words: Option<&str>) -> Option<Handoff> {
    let (stamp, to) = (desk.stamp().ok()?, args.to.clone()?);
    let specs: Vec<RoleSpec> = incident.roles.iter().map(|role| role.spec.clone()).collect();
    let named: Vec<&String> = args.role.iter().filter_map(|typed| Some(&find(typed, &specs).ok()?.id)).collect();
    let held = incident.roles.iter().filter(|role| role.holders.iter().any(|holder| holder.name == stamp.actor));
    let roles = held.map(|role| role.spec.id.clone()).filter(|role| args.role.is_empty() || named.contains(&role));
    let (roles, brief) = (roles.collect(), words.map(str::to_owned));
    Some(Handoff { id: stamp.batch.event(0), from: stamp.actor, to, roles, since: stamp.now, brief })
}

/// Prints the brief, or writes it to a file, with the offer that is about to be made.
fn brief(desk: &Desk, args: &Args, words: Option<&str>, say_so: bool) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let mut incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    if incident.restricted && args.output.is_some() && !args.restricted {
        return Err(postmortem::restricted(desk, incident.number, "handoff -o FILE"));
    }
    if let Some(offer) = offer(desk, args, &incident, words) {
        incident.promises.handoffs.retain(|known| known.from != offer.from || known.to != offer.to);
        incident.promises.handoffs.push(offer);
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
