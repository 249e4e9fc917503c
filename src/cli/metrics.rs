//! `metrics`: how long incidents take, what is kept in time, what comes back.

use super::desk::Desk;
use super::sheets;
use crate::error::Failure;
use crate::incident::time::Span;
use crate::render::json::{MetricsDoc, SCHEMA};
use crate::render::metrics::{csv, html, metrics};
use crate::say;
use crate::text;
use crate::view::Metrics;
use crate::view::metrics::{Asked, By, Of};
use std::path::PathBuf;

/// How far back is looked when nobody says.
const BACK: Span = Span::from_minutes(90 * 24 * 60);

/// Show how long incidents take, what is kept in time, and what comes back
///
/// Counts incidents declared in the last 90 days. Every figure says of how many it is, and how many were left out and
/// why. Drills, near misses and cancelled incidents are never counted with real ones.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Incidents declared from then on: 90d, 2026-01-01 00:00 (default: 90 days ago)
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Incidents declared before then (default: now)
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Part by part
    #[arg(long, value_name = "PART", value_enum)]
    by: Option<Part>,
    /// How to print it; by default what the file's name says, or a table
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// The file to write; standard output where none is named, or `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
    /// Only drills
    #[arg(long, conflicts_with = "near_misses")]
    drills: bool,
    /// Only near misses
    #[arg(long)]
    near_misses: bool,
    /// Restricted incidents too
    #[arg(long)]
    restricted: bool,
}

/// How incidents are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Severity,
    Service,
    Category,
    Month,
    Weekday,
}

/// How the figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Html,
}

impl From<Part> for By {
    fn from(part: Part) -> Self {
        match part {
            Part::Severity => Self::Severity,
            Part::Service => Self::Service,
            Part::Category => Self::Category,
            Part::Month => Self::Month,
            Part::Weekday => Self::Weekday,
        }
    }
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let args = Args { output: args.output.filter(|path| path.as_os_str() != "-"), ..args };
    let now = desk.env.now();
    let format = format(desk, &args)?;
    let until = desk.maybe_day(args.until.as_ref())?.unwrap_or(now);
    let since = desk.maybe_day(args.since.as_ref())?.unwrap_or_else(|| until.minus(BACK));
    if until <= since {
        let (since, until) = (desk.moments().full(since), desk.moments().full(until));
        let message = say!(
            desk.lang,
            "the period ends ({until}) no later than it begins ({since})",
            "期間の終わり（{until}）が始まり（{since}）より後ではありません"
        );
        return Err(Failure::usage(message).hint("hikeshi metrics --since 90d"));
    }
    let of = match (args.drills, args.near_misses) {
        (true, _) => Of::Drills,
        (_, true) => Of::NearMisses,
        _ => Of::Real,
    };
    let asked = Asked { since: Some(since), until, by: args.by.map(By::from), of, restricted: args.restricted };
    desk.remark_spool();
    let store = desk.store()?;
    let moments = desk.moments();
    let found = Metrics::gather(&store.reader(), asked, &|at| moments.calendar(at), now);
    let found = found.map_err(|error| desk.failed(&error.into(), None))?;
    let document = match format {
        Format::Table => metrics(&if args.output.is_some() { sheets::plain(desk) } else { desk.page() }, &found),
        Format::Json => crate::render::json::line(&MetricsDoc::new(&found, desk.lang)),
        Format::Csv => csv(&found, &moments),
        Format::Html => html(&found, &moments),
    };
    let Some(path) = &args.output else {
        if desk.ui.quiet && format == Format::Table {
            desk.ui.out(&found.counted.to_string());
        } else if format == Format::Table {
            desk.ui.show(document.trim_end_matches(['\r', '\n']));
        } else {
            desk.ui.out(document.trim_end_matches(['\r', '\n']));
        }
        return Ok(());
    };
    sheets::save(desk, "metrics", path, &document, args.force)?;
    let file = path.display().to_string();
    desk.print(|| serde_json::json!({ "schema": SCHEMA, "file": file }), |_| text::path(path));
    Ok(())
}

/// The format asked for, or the one that the file's name means.
fn format(desk: &Desk, args: &Args) -> Result<Format, Failure> {
    let ending = args.output.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
    let by_name = match ending {
        Some("html" | "htm") => Format::Html,
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        _ if desk.ui.json => Format::Json,
        _ => Format::Table,
    };
    let format = args.format.unwrap_or(by_name);
    if desk.ui.json && args.output.is_none() && format != Format::Json {
        let message = say!(
            desk.lang,
            "--json prints JSON, and another --format doesn't",
            "--json とほかの --format は併用できません"
        );
        let hint = say!(
            desk.lang,
            "leave one of them out, or name a file: -o FILE",
            "どちらかを外すか、ファイルを指定する: -o ファイル"
        );
        return Err(Failure::usage(message).hint(hint));
    }
    Ok(format)
}
