//! `impact`: how bad it is, in figures (E4, B8).

use super::arguments::{Recording, figure};
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use crate::error::Failure;
use crate::incident::command::{Command, MeasureImpact};
use crate::incident::slug::DataLoss;
use crate::incident::when::{figure as figure_of, narrow};
use crate::say;
use crate::slug_parser;
use crate::text::one_line;

/// Record how bad it is, in figures: each a point of a series over time
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the figures mean; `-` reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// People who can't work
    #[arg(long, value_name = "N", value_parser = figure())]
    users: Option<u64>,
    /// The share of requests that fail: 12.5%
    #[arg(long, value_name = "PERCENT")]
    requests_failed: Option<String>,
    /// A region that is hit; several times for several
    #[arg(long, value_name = "NAME")]
    region: Vec<String>,
    /// A service that is hit; several times for several
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// How long service was down: 47m
    #[arg(long, value_name = "DURATION")]
    downtime: Option<String>,
    /// Units that are mended, of how many: 640/1000
    #[arg(long, value_name = "DONE/TOTAL")]
    units: Option<String>,
    /// What is known of lost data
    #[arg(long, value_name = "WHAT", value_parser = slug_parser!(DataLoss))]
    data_loss: Option<DataLoss>,
    /// What it costs, with its currency
    #[arg(long, value_name = "COST")]
    cost: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let purpose = Purpose { verb: "impact", question: ("impact", "影響") };
    let measured = MeasureImpact {
        users: args.users,
        requests_failed: args.requests_failed.as_deref().map(|typed| percent(desk, typed)).transpose()?,
        regions: args.region,
        services: args.service,
        downtime: args.downtime.as_deref().map(|typed| desk.span(typed)).transpose()?,
        units: args.units.as_deref().map(|typed| units(desk, typed)).transpose()?,
        data_loss: args.data_loss,
        cost: args.cost,
        text: freetext::optional(desk, &args.text, purpose)?,
    };
    desk.record(Command::MeasureImpact(measured), &args.recording, Reach::NotOver).map(drop)
}

/// Reads `12.5%` or `12.5`.
fn percent(desk: &Desk, typed: &str) -> Result<f64, Failure> {
    let number = figure_of(typed);
    number.trim_end_matches('%').trim().parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| {
        let shown = one_line(typed);
        Failure::usage(say!(desk.lang, "`{shown}` is no share in percent", "「{shown}」は割合（%）ではありません"))
            .hint("hikeshi impact --requests-failed 12.5%")
    })
}

/// Reads `640/1000`.
fn units(desk: &Desk, typed: &str) -> Result<(u64, u64), Failure> {
    let count = |typed: &str| figure_of(typed).parse::<u64>().ok();
    let read = narrow(typed).split_once('/').and_then(|(done, total)| Some((count(done)?, count(total)?)));
    read.ok_or_else(|| {
        let shown = one_line(typed);
        let message = say!(desk.lang, "`{shown}` is not DONE/TOTAL", "「{shown}」は 完了/全体 の形ではありません");
        Failure::usage(message).hint("hikeshi impact --units 640/1000")
    })
}
