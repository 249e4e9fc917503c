//! `man`: manual pages, made from the same texts as the help.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::render::json::SCHEMA;
use crate::text;
use std::path::PathBuf;

/// Print the manual page, or write all of them to a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write a page for every verb to this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(Exit::Refused, "man", error.to_string());
    let command = super::help::translated(super::command(), desk.lang);
    match &args.dir {
        Some(dir) => {
            std::fs::create_dir_all(dir).map_err(failed)?;
            clap_mangen::generate_to(command, dir).map_err(failed)?;
            let folder = dir.display().to_string();
            desk.print(|| serde_json::json!({ "schema": SCHEMA, "folder": folder }), |_| text::path(dir));
            Ok(())
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
            let page = String::from_utf8_lossy(&page).into_owned();
            desk.print(|| serde_json::json!({ "schema": SCHEMA, "page": page }), |_| page.clone());
            Ok(())
        }
    }
}
