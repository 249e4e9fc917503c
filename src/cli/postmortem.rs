//! `postmortem`: what people learn from, made of the incident's facts (D4, D5, E2).

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::sheets;
use crate::error::{Exit, Failure};
use crate::incident::command::{Command, FilePostmortem};
use crate::incident::state::Incident;
use crate::render::json::{ActionDoc, CommunicationDoc, EntryDoc, IncidentDoc, PostmortemDoc, SCHEMA, StepDoc, line};
use crate::render::postmortem::{html, markdown};
use crate::say;
use crate::store::{Entry, Filter};
use crate::text;
use crate::view::{ActionFilter, ActionItem, Postmortem, actions};
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Write the postmortem: the facts, and headed empty sections for what people must write
#[derive(Debug, clap::Args)]
pub struct Args {
    /// md, html (one self-contained file) or json
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(["md", "html", "json"]))]
    format: Option<String>,
    /// The file to write; standard output where none is named
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
    /// Also of a restricted incident
    #[arg(long)]
    restricted: bool,
    /// Record where the finished postmortem can be read; settles what `close` waits for
    #[arg(long, value_name = "URL|FILE", conflicts_with_all = ["format", "output", "force"])]
    filed: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if let Some(place) = args.filed {
        let command = Command::FilePostmortem(FilePostmortem { place });
        return desk.record(command, &args.recording, Reach::NotOver).map(drop);
    }
    let store = desk.store()?;
    let reader = store.reader();
    let incident = desk.load(&reader, desk.incident(&reader, Reach::NotOver)?)?;
    if incident.restricted && !args.restricted {
        return Err(restricted(desk, incident.number, "postmortem"));
    }
    let entries = reader.timeline(incident.id, &Filter::default()).map_err(|error| desk.failed(&error.into(), None))?;
    let format = format(desk, &args);
    if desk.ui.json && args.output.is_none() && format != "json" {
        let message = say!(
            desk.lang,
            "--json prints JSON, and --format {format} doesn't",
            "--json と --format {format} は併用できません"
        );
        return Err(Failure::usage(message).hint(say!(
            desk.lang,
            "leave one of them out, or name a file: -o FILE",
            "どちらかを外すか、ファイルを指定する: -o ファイル"
        )));
    }
    let filter = ActionFilter { incident: Some(incident.id), all: true, ..ActionFilter::default() };
    let measures = actions(&reader, &filter, desk.env.now()).map_err(|error| desk.failed(&error.into(), None))?;
    let document = write(desk, &format, &incident, &entries, &measures);
    match &args.output {
        None => desk.ui.out(&document),
        Some(path) => {
            sheets::save(desk, "postmortem", path, &document, args.force)?;
            let file = path.display().to_string();
            desk.print(|| serde_json::json!({ "schema": SCHEMA, "file": file }), |_| text::path(path));
            let shown = text::path(path);
            desk.ui.remark(&say!(
                desk.lang,
                "next: fill in the empty sections, then: hikeshi -i {} postmortem --filed {shown}",
                "次: 空欄の節を書き、hikeshi -i {} postmortem --filed {shown} を実行する",
                incident.number
            ));
        }
    }
    Ok(())
}

/// A document about a restricted incident is written only for whoever says so.
pub fn restricted(desk: &Desk, number: u32, verb: &str) -> Failure {
    Failure::new(
        Exit::Refused,
        "restricted",
        say!(desk.lang, "#{number} is restricted", "#{number} は閲覧制限付きです"),
    )
    .hint(format!("hikeshi -i {number} {verb} --restricted"))
}

/// The format asked for, or the one that the file's name means.
fn format(desk: &Desk, args: &Args) -> String {
    if let Some(format) = &args.format {
        return format.clone();
    }
    let ending = args.output.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
    match ending {
        Some("html" | "htm") => "html".to_owned(),
        Some("json") => "json".to_owned(),
        _ if desk.ui.json => "json".to_owned(),
        _ => "md".to_owned(),
    }
}

fn write(desk: &Desk, format: &str, incident: &Incident, entries: &[Entry], measures: &[ActionItem]) -> String {
    let postmortem = Postmortem::assemble(incident, entries, desk.env.now());
    if format == "json" {
        let stands = |entry: &&Entry| !entry.marks.iter().any(|(mark, _)| mark == "undone");
        return line(&PostmortemDoc {
            schema: SCHEMA,
            incident: IncidentDoc::new(incident, desk.env.now()),
            entries: entries.iter().filter(stands).map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
            steps: StepDoc::all(incident),
            actions: measures.iter().map(|item| ActionDoc::new(item, desk.env.now())).collect(),
            communication: CommunicationDoc::new(&postmortem.communication),
        });
    }
    if format == "html" { html(&postmortem, &desk.moments()) } else { markdown(&postmortem, &desk.moments()) }
}
