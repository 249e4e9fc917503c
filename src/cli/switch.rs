//! `use`: which incident a shell is about.

use super::desk::Desk;
use crate::engine::named_incident;
use crate::env;
use crate::error::Failure;
use crate::render::json::SCHEMA;
use crate::say;

/// Print what sets the incident for a shell: eval "$(hikeshi use 12)"
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The incident; without it, what forgets the one that is set
    #[arg(value_name = "REF", add = super::complete::incidents())]
    reference: Option<String>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let fish = env::var("SHELL").is_some_and(|shell| shell.ends_with("fish"));
    let number = match &args.reference {
        None => None,
        Some(typed) => {
            let store = desk.store()?;
            let reader = store.reader();
            let id = named_incident(&reader, typed).map_err(|error| desk.failed(&error.into(), None))?;
            Some(desk.load(&reader, id)?.number)
        }
    };
    let script = match (number, fish) {
        (Some(number), false) => format!("export HIKESHI_INCIDENT={number}"),
        (Some(number), true) => format!("set -gx HIKESHI_INCIDENT {number}"),
        (None, false) => "unset HIKESHI_INCIDENT".to_owned(),
        (None, true) => "set -e HIKESHI_INCIDENT".to_owned(),
    };
    desk.print(|| serde_json::json!({ "schema": SCHEMA, "incident": number, "script": script }), |_| script.clone());
    if desk.ui.terminal {
        let reference = args.reference.as_deref().unwrap_or_default();
        desk.ui.remark(&say!(
            desk.lang,
            "to set it for this shell: eval \"$(hikeshi use {reference})\"",
            "このシェルで有効にする: eval \"$(hikeshi use {reference})\""
        ));
    }
    Ok(())
}
