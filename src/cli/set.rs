//! `set`: what was said at declare is changed; the former value stays readable.

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use crate::error::Failure;
use crate::incident::command::{Command, Customers, Set};
use crate::text::one_line;
use crate::{say, slug_parser};

/// Change what was said at declare
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A new title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// What people outside read instead of the title; without it the services are named
    #[arg(long, value_name = "TITLE")]
    public_title: Option<String>,
    /// A service to add (+name) or to remove (-name); several times for several
    #[arg(long, value_name = "+NAME|-NAME", allow_hyphen_values = true)]
    service: Vec<String>,
    /// A new category
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Whether it hits one customer or many
    #[arg(long, value_name = "HOW MANY", value_parser = slug_parser!(Customers))]
    customers: Option<Customers>,
    /// When it began
    #[arg(long, value_name = "TIME")]
    started_at: Option<String>,
    /// When it was noticed
    #[arg(long, value_name = "TIME")]
    detected_at: Option<String>,
    /// A new summary
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// Keep it out of lists and reports from now on
    #[arg(long)]
    restricted: bool,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let mut set = Set {
        title: args.title,
        public_title: args.public_title,
        summary: args.summary,
        category: args.category,
        customers: args.customers,
        started_at: desk.maybe_when(args.started_at.as_ref())?,
        detected_at: desk.maybe_when(args.detected_at.as_ref())?,
        restricted: args.restricted,
        ..Set::default()
    };
    for service in args.service {
        match (service.strip_prefix('+'), service.strip_prefix('-')) {
            (Some(name), _) => set.add_services.push(name.to_owned()),
            (_, Some(name)) => set.remove_services.push(name.to_owned()),
            _ => {
                let service = one_line(&service);
                let message = say!(
                    desk.lang,
                    "`{service}` says neither + (add) nor - (remove)",
                    "「{service}」に +（追加）も -（削除）もありません"
                );
                let meant = format!("+{service}");
                return Err(
                    Failure::usage(message).hint(format!("hikeshi set --service {}", shell_words::quote(&meant)))
                );
            }
        }
    }
    let receipt = desk.record(Command::Set(set), &args.recording, Reach::NotOver)?;
    if let Some(incident) = receipt.map(|receipt| receipt.incident).filter(|incident| incident.restricted) {
        let forgotten = super::scribe::forget_incident(desk, incident.id);
        forgotten.map_err(|error| super::scribe::remembers(desk, &error))?;
    }
    Ok(())
}
