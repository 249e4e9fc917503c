//! `postmortem`: what people learn from, made of the incident's facts (D4, D5, E2).

mod edit;
mod outside;
mod review;

use super::arguments::{Recording, one_of};
use super::desk::{Desk, Reach};
use super::freetext::{self, Purpose};
use super::sheets;
use crate::engine::Receipt;
use crate::error::{Exit, Failure};
use crate::incident::command::{ApprovePostmortem, Command, FilePostmortem, Write, WriteSection};
use crate::incident::state::Incident;
use crate::render::json::{
    CommunicationDoc, EntryDoc, IncidentDoc, PostmortemActionDoc, PostmortemCauseDoc, PostmortemDoc,
    PostmortemSectionDoc, SCHEMA, StepDoc, line,
};
use crate::render::postmortem::{html, markdown};
use crate::say;
use crate::store::{Entry, Filter};
use crate::text::{self, one_line};
use crate::view::Postmortem;
use std::path::PathBuf;

/// Write the postmortem: the facts, and what people wrote or must write beside them
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// md, html (one self-contained file) or json
    #[arg(long, value_name = "FORMAT", value_parser = one_of(["md", "html", "json"]))]
    format: Option<String>,
    /// For whom: engineers get everything, executives one page, customers nothing internal
    #[arg(long = "for", value_name = "READER", value_parser = one_of(["engineers", "executives", "customers"]))]
    reader: Option<String>,
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
    #[arg(long, value_name = "URL|FILE", conflicts_with_all = ["format", "output", "force", "reader"])]
    filed: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write in $EDITOR, beside the facts; only what people wrote is recorded
    ///
    /// Where somebody else wrote meanwhile, both texts are brought together. On any error the file is kept.
    Edit {
        /// Only this section
        #[arg(value_name = "SECTION")]
        section: Option<String>,
        /// Take what was saved in this file instead of opening the editor
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        recording: Recording,
    },
    /// Write one section
    Set {
        /// The section
        #[arg(value_name = "SECTION")]
        section: String,
        /// What it says; `-` reads standard input, an empty text empties it
        #[arg(value_name = "TEXT")]
        text: Vec<String>,
        #[command(flatten)]
        recording: Recording,
    },
    /// List what is missing or weak; exit 3 where something is
    Check,
    /// Give it to be reviewed
    Submit {
        #[command(flatten)]
        recording: Recording,
    },
    /// Approve it, once nothing is missing or weak; settles what `close` waits for
    Approve {
        /// Approve it in spite of what is missing or weak
        #[arg(long)]
        force: bool,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        recording: Recording,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Some(Action::Edit { section, file, recording }) => edit::edit(desk, section.as_deref(), file, &recording),
        Some(Action::Set { section, text, recording }) => set(desk, section, &text, &recording),
        Some(Action::Check) => review::check(desk),
        Some(Action::Submit { recording }) => {
            desk.record(Command::SubmitPostmortem, &recording, Reach::NotOver).map(drop)
        }
        Some(Action::Approve { force, reason, recording }) => {
            let command = Command::ApprovePostmortem(ApprovePostmortem { force, reason });
            review::approve(desk, command, &recording)
        }
        None => document(desk, args),
    }
}

fn set(desk: &Desk, section: String, text: &[String], recording: &Recording) -> Result<(), Failure> {
    let verb = format!("postmortem set {}", one_line(&section));
    let purpose = Purpose { verb: &verb, question: ("text", "本文") };
    let text = match text {
        [empty] if empty.trim().is_empty() => String::new(),
        _ => freetext::required(desk, text, purpose)?,
    };
    let sections = vec![WriteSection { section, text, seen: None }];
    let receipt = desk.record_silently(Command::Write(Write { sections }), recording, Reach::NotOver)?;
    if let Some(receipt) = receipt {
        desk.confirm(&receipt, recalled(desk, &receipt).into_iter().collect());
    }
    Ok(())
}

/// Says that an approval no longer holds, because something was written since.
fn recalled(desk: &Desk, receipt: &Receipt) -> Option<String> {
    let before = receipt.before.as_ref()?.writing.approved.as_ref()?;
    let (by, number) = (one_line(&before.by), receipt.incident.number);
    receipt.incident.writing.approved.is_none().then(|| {
        say!(
            desk.lang,
            "it is a draft again, no longer approved by {by}; next: hikeshi -i {number} postmortem approve",
            "下書きに戻りました（{by} の承認は無効）。次: hikeshi -i {number} postmortem approve"
        )
    })
}

fn document(desk: &Desk, args: Args) -> Result<(), Failure> {
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
    let document = match args.reader.as_deref() {
        None | Some("engineers") => for_engineers(desk, &format, &incident, &entries),
        Some(reader) => outside::document(desk, &format, reader == "customers", &incident, &entries)?,
    };
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

fn for_engineers(desk: &Desk, format: &str, incident: &Incident, entries: &[Entry]) -> String {
    let postmortem = Postmortem::assemble(incident, entries, &desk.engine.library().policy.postmortem, desk.env.now());
    if format == "json" {
        let stands = |entry: &&Entry| !entry.marks.iter().any(|(mark, _)| mark == "undone");
        return line(&PostmortemDoc {
            schema: SCHEMA,
            incident: IncidentDoc::new(incident, desk.env.now()),
            entries: entries.iter().filter(stands).map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
            steps: StepDoc::all(incident),
            communication: CommunicationDoc::new(&postmortem.communication),
            document: postmortem.document.map(|status| status.as_str().to_owned()),
            approved_at: postmortem.approved.as_ref().map(|approval| approval.at.to_string()),
            approved_by: postmortem.approved.as_ref().map(|approval| approval.by.clone()),
            sections: postmortem.sections.iter().map(PostmortemSectionDoc::new).collect(),
            causes: PostmortemCauseDoc::all(&postmortem),
            actions: PostmortemActionDoc::all(&postmortem),
        });
    }
    if format == "html" { html(&postmortem, &desk.moments()) } else { markdown(&postmortem, &desk.moments()) }
}
