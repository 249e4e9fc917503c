//! `similar`: past incidents like this one, why, what resolved them, and how long it took (D2).

use super::arguments::limit;
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::search::indexing;
use crate::engine::named_incident;
use crate::error::Failure;
use crate::incident::id::SubjectId;
use crate::incident::state::Incident;
use crate::render::json::{AlikeDoc, SCHEMA, SimilarDoc};
use crate::render::similar;
use crate::say;
use crate::store::Store;
use crate::view::alike::{self, Alike, Bounds, alike};
use crate::view::similar::Case;

/// How many incidents are shown when nobody says.
const LIMIT: usize = 5;

/// So much of a text is compared.
const COMPARED: usize = 2_000;

/// Find past incidents like this one: why, what resolved them, how long it took
///
/// Compares services, category, the words of title, cause, workaround and notes, and how rare they are. Exercises and
/// incidents that were cancelled stay out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An incident's number, or words that say what is wrong; left out, the open incident
    #[arg(value_name = "REF|TEXT")]
    what: Vec<String>,
    /// So many at the most (default 5)
    #[arg(long, value_name = "N", value_parser = limit())]
    limit: Option<usize>,
    /// Restricted incidents too
    #[arg(long)]
    restricted: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    desk.remark_spool();
    let store = desk.store()?;
    let failed = |error: crate::store::StoreError| desk.failed(&error.into(), None);
    let (case, itself) = match args.what.as_slice() {
        [] => known(desk, &store, desk.incident(&store.reader(), Reach::NotOver)?)?,
        [one] if is_reference(one) => {
            let id = named_incident(&store.reader(), one).map_err(|error| desk.failed(&error.into(), None))?;
            known(desk, &store, id)?
        }
        words => {
            let purpose = Purpose { verb: "similar", question: ("what is wrong?", "何が起きていますか") };
            let text = freetext::required(desk, words, purpose)?;
            // What is wrong is said in a few words; a pasted log would be compared word by word for seconds.
            let title: String = text.chars().take(COMPARED).collect();
            if title.len() < text.len() {
                desk.ui.remark(&say!(
                    desk.lang,
                    "the first {COMPARED} characters are compared",
                    "先頭の{COMPARED}文字で比較しました"
                ));
            }
            (Case { title, ..Case::default() }, None)
        }
    };
    // Without an index the newest incidents are compared.
    drop(store.catch_up(indexing(desk)));
    let bounds = Bounds::asked(args.limit.unwrap_or(LIMIT));
    let found = alike(&store, &case, itself, args.restricted, bounds).map_err(failed)?;
    if desk.ui.json {
        let similar = found.iter().map(|one| AlikeDoc::new(one, desk.lang)).collect();
        desk.print(|| SimilarDoc { schema: SCHEMA, similar }, |_| String::new());
    } else if found.is_empty() {
        desk.ui.remark(&say!(
            desk.lang,
            "no incident like this one (single words: hikeshi search WORD)",
            "似たインシデントはありません（語で探す: hikeshi search 語）"
        ));
    } else if desk.ui.quiet {
        for one in &found {
            desk.ui.out(&one.incident.number.to_string());
        }
    } else {
        desk.print(|| (), |page| similar(page, &found));
    }
    Ok(())
}

/// Past incidents like one that was just declared. That nothing is found, or nothing can be, stops nobody.
pub fn at_declare(desk: &Desk, incident: &Incident) -> Vec<Alike> {
    let Ok(store) = desk.store() else { return Vec::new() };
    let case = alike::of(incident, incident.summary.iter().cloned().collect());
    alike(&store, &case, Some(incident.id), false, Bounds::at_declare()).unwrap_or_default()
}

fn is_reference(typed: &str) -> bool {
    let number = typed.trim_start_matches(['#', '＃']);
    !number.is_empty() && number.chars().all(char::is_numeric)
        || typed.split_once('/').is_some_and(|(space, number)| {
            !space.is_empty() && !space.contains(char::is_whitespace) && number.parse::<u32>().is_ok()
        })
}

/// What is known of an incident, with all that was said in it.
fn known(desk: &Desk, store: &Store, id: SubjectId) -> Result<(Case, Option<SubjectId>), Failure> {
    let incident = desk.load(&store.reader(), id)?;
    let said = store.said(id).map_err(|error| desk.failed(&error.into(), None))?;
    Ok((alike::of(&incident, said), Some(id)))
}
