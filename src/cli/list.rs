//! `list`: incidents, the worst first.

use super::arguments::limit;
use super::desk::Desk;
use super::escalate::severity;
use super::reopen::statuses;
use crate::error::Failure;
use crate::incident::status::Status;
use crate::render::json::{IncidentDoc, ListDoc, SCHEMA};
use crate::render::list;
use crate::store::Listing;

/// How many incidents are listed when nobody says.
const LIMIT: usize = 50;

/// List unresolved incidents, the worst first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Resolved and closed ones too
    #[arg(long)]
    all: bool,
    /// Only of this status; several times for several
    #[arg(long, value_name = "STATUS", value_parser = statuses())]
    status: Vec<Status>,
    /// Only of this severity; several times for several
    #[arg(long, value_name = "SEV")]
    severity: Vec<String>,
    /// Only those declared since
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only near misses, resolved and closed ones too
    #[arg(long)]
    near_miss: bool,
    /// So many at the most (default 50)
    #[arg(long, value_name = "N", value_parser = limit())]
    limit: Option<usize>,
    /// Restricted ones too
    #[arg(long)]
    restricted: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let severities = args.severity.iter().map(|typed| severity(desk, typed)).collect::<Result<_, _>>()?;
    let limit = args.limit.unwrap_or(LIMIT);
    let listing = Listing {
        all: args.all || args.near_miss,
        statuses: args.status,
        severities,
        since: desk.maybe_day(args.since.as_ref())?,
        restricted: args.restricted,
        near_miss: args.near_miss,
        limit: Some(limit.saturating_add(1)),
    };
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let failed = |error: crate::store::StoreError| desk.failed(&error.into(), None);
    let mut rows = reader.list(&listing).map_err(failed)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    if desk.ui.quiet && !desk.ui.json {
        for row in &rows {
            desk.ui.out(&row.number.to_string());
        }
        return Ok(());
    }
    // A name that leads nowhere keeps nobody from looking.
    let in_force = desk.in_force(&reader).ok().flatten().map(|row| row.number);
    if desk.ui.json {
        let now = desk.env.now();
        let mut incidents = Vec::with_capacity(rows.len());
        for row in &rows {
            incidents.push(IncidentDoc::new(&desk.load(&reader, row.id)?, now));
        }
        desk.print(|| ListDoc { schema: SCHEMA, incidents, more, in_force }, |_| String::new());
        return Ok(());
    }
    desk.ui.show(&list(&desk.page(), &rows, more, in_force));
    Ok(())
}
