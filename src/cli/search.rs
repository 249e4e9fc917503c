//! `search`: every word ever recorded, the best first, with the passage.

use super::arguments::limit;
use super::desk::{Desk, Reach};
use super::kinds::known;
use crate::env;
use crate::error::Failure;
use crate::render::json::{FoundDoc, SCHEMA, SearchDoc};
use crate::render::search;
use crate::say;
use crate::search::{MOST_PHRASES, Query};
use crate::store::Wanted;
use crate::text::one_line;
use crate::ui::Progress;
use crate::view::search::hits;
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// How many entries are shown when nobody says.
const LIMIT: usize = 20;

/// Work that takes longer than this shows how far it is.
const SOON: Duration = Duration::from_secs(1);

/// Find every word ever recorded: notes, statements, causes, postmortems, of all incidents
///
/// All words must stand in an entry. "In a row", -without, beginning*. Full-width and half-width forms are alike, and
/// one Japanese character is enough. What can't be read as an operator is taken as a word.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for: words, "a phrase", -without, begin*
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Only entries of this kind: note, role, incident.resolved, decision, …; several times for several
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only what happened since
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<String>,
    /// Only incidents that hit this service
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// So many at the most (default 20)
    #[arg(long, value_name = "N", value_parser = limit())]
    limit: Option<usize>,
    /// Restricted incidents too
    #[arg(long)]
    restricted: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let typed = args.query.join(" ");
    let query = Query::read(&typed);
    let since = desk.maybe_day(args.since.as_ref())?;
    for kind in &args.kind {
        known(desk, kind)?;
    }
    desk.remark_spool();
    let store = desk.store()?;
    // What helps in one incident is mostly written in another: the one that a shell is set to narrows nothing.
    let named = desk.names_incident() && env::var("HIKESHI_INCIDENT").is_none();
    let incident = if named { Some(desk.incident(&store.reader(), Reach::NotOver)?) } else { None };
    let wanted = Wanted {
        kinds: args.kind,
        since,
        service: args.service,
        incident,
        restricted: args.restricted || named,
        limit: args.limit.unwrap_or(LIMIT),
    };
    let found = store.find(&query, &wanted, indexing(desk)).map_err(|error| desk.failed(&error.into(), None))?;
    let (more, capped) = (found.more, found.capped);
    let hits = hits(&query, found.hits);
    if query.cut {
        desk.ui.remark(&say!(
            desk.lang,
            "the query is too long: {MOST_PHRASES} words of it are used",
            "検索語が長すぎます。先頭の{MOST_PHRASES}語で検索しました"
        ));
    }
    if query.turned {
        desk.ui.remark(&say!(
            desk.lang,
            "-words alone are taken as words to look for; name one that must be there, too",
            "除外語だけの指定は、探す語として扱いました。含むべき語も指定してください"
        ));
    }
    if hits.is_empty() {
        let typed: String = typed.chars().take(60).collect();
        let typed = one_line(&typed);
        desk.ui.remark(&say!(
            desk.lang,
            "nothing found for: {typed} (fewer words, the beginning of a word as begin*, or --restricted)",
            "見つかりません: {typed}（語を減らす、前方一致 語*、--restricted も試せます）"
        ));
        if !desk.ui.json {
            return Ok(());
        }
    }
    if desk.ui.quiet && !desk.ui.json {
        for hit in &hits {
            desk.ui.out(&hit.entry.short);
        }
        return Ok(());
    }
    let document =
        || SearchDoc { schema: SCHEMA, hits: hits.iter().map(FoundDoc::new).collect(), more, capped, cut: query.cut };
    desk.print(document, |page| search(page, &hits, more, capped));
    Ok(())
}

/// Says how far the index is, where taking entries in takes its time.
pub fn indexing(desk: &Desk) -> impl FnMut(u64, u64) + '_ {
    let begun = Instant::now();
    let bar: RefCell<Option<Progress>> = RefCell::new(None);
    let what = say!(desk.lang, "indexing", "索引を作成中");
    move |done, all| {
        if begun.elapsed() < SOON || done >= all {
            return;
        }
        let mut bar = bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            if !desk.ui.shows_progress() && !desk.ui.json {
                desk.ui.remark(&say!(
                    desk.lang,
                    "indexing {all} entries, once …",
                    "索引を作成しています（{all}件、初回のみ）…"
                ));
            }
            desk.ui.progress(all, &what)
        });
        bar.set(done);
    }
}
