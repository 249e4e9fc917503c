//! `evidence`: files and testimony, secured with their chain of custody (E5).

mod failure;
mod reread;

pub use failure::failed;
pub use reread::{faults, mended};

use super::arguments::Recording;
use super::desk::{Desk, Reach};
use super::freetext;
use super::postmortem::restricted;
use crate::engine::{Engine, Subject, named_entry};
use crate::error::{Exit, Failure};
use crate::evidence::{EvidenceError, Vault, export};
use crate::incident::command::{AddEvidence, Command, TransferEvidence};
use crate::incident::state::Incident;
use crate::render::json::{EvidenceDoc, EvidenceListDoc, ExportedDoc, SCHEMA, UnfinishedDoc};
use crate::render::{custody, evidence_item, evidence_list};
use crate::say;
use crate::store::{Filter, Reader};
use crate::view::{Item, items, unfinished};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// Secure files and testimony, with their chain of custody
///
/// Bytes are kept under their SHA-256 beside the store, read-only, and never overwritten.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Secure a file, or standard input
    Add(Add),
    /// List an incident's evidence
    List,
    /// Show a piece of evidence, and who had it when
    Show {
        /// Its id
        #[arg(value_name = "ENTRY")]
        entry: String,
    },
    /// Print its bytes
    Cat {
        /// Its id
        #[arg(value_name = "ENTRY")]
        entry: String,
        /// Even raw, to a terminal; and even if it is not what was secured
        #[arg(long)]
        force: bool,
    },
    /// Read an incident's evidence again, and compare
    Verify,
    /// Say who has it from now on
    Transfer(Transfer),
    /// Write an incident's evidence into one archive, with a manifest and the chain of custody
    Export(Export),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it shows
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Where it came from: a machine, a system, a person
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Who was there when it was collected
    #[arg(long, value_name = "NAME")]
    witness: Option<String>,
    /// When it was collected
    #[arg(long, value_name = "TIME")]
    collected_at: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

#[derive(Debug, clap::Args)]
struct Transfer {
    /// Its id
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// Who gets it
    #[arg(long, value_name = "NAME")]
    to: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    recording: Recording,
}

#[derive(Debug, clap::Args)]
struct Export {
    /// The incident; the same as -i
    #[arg(value_name = "REF", add = super::complete::incidents())]
    reference: Option<String>,
    /// The archive to write; one that exists is left alone
    #[arg(short, long, value_name = "FILE.tar")]
    output: PathBuf,
    /// Also of a restricted incident
    #[arg(long)]
    restricted: bool,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::Add(args) => add(desk, args),
        Action::List => list(desk),
        Action::Show { entry } => show(desk, &entry),
        Action::Cat { entry, force } => reread::cat(desk, &entry, force),
        Action::Verify => reread::verify(desk),
        Action::Transfer(args) => transfer(desk, args),
        Action::Export(args) => export_to(desk, args),
    }
}

/// The vault of the store in use.
pub fn vault(engine: &Engine) -> Vault {
    Vault::beside(engine.path())
}

fn add(desk: &Desk, args: Add) -> Result<(), Failure> {
    let collected_at = desk.maybe_when(args.collected_at.as_ref())?;
    let from_stdin = args.file.as_os_str() == "-";
    let secured = if from_stdin {
        let bar = desk.ui.progress(0, &say!(desk.lang, "securing", "保全中"));
        vault(&desk.engine).secure(&mut std::io::stdin(), |done| bar.set(done))
    } else {
        let (mut file, size) = open(desk, &args.file)?;
        let bar = desk.ui.progress(size, &say!(desk.lang, "securing", "保全中"));
        vault(&desk.engine).secure(&mut file, |done| bar.set(done))
    };
    let secured = secured.map_err(|error| failed(desk, &error))?;
    mended(desk, &secured);
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = if from_stdin { "stdin".to_owned() } else { name.unwrap_or_else(|| "evidence".to_owned()) };
    let command = Command::AddEvidence(AddEvidence {
        sha256: secured.sha256,
        size: secured.size,
        name,
        note: args.note,
        source: args.source,
        witness: args.witness,
        collected_at,
    });
    desk.record(command, &args.recording, Reach::NotOver).map(drop)
}

fn open(desk: &Desk, path: &Path) -> Result<(std::fs::File, u64), Failure> {
    let unreadable = |error: std::io::Error| failed(desk, &EvidenceError::Io { path: path.to_owned(), source: error });
    // Looked at before it is opened: a named pipe would wait for a writer, a device never ends. What a shell passes as
    // `<(command)` is open already.
    let metadata = path.metadata().map_err(unreadable)?;
    let passed = path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    let readable = metadata.is_file() || (passed && metadata.file_type().is_fifo());
    if !readable {
        return Err(failed(desk, &EvidenceError::NotAFile { path: path.to_owned() }));
    }
    Ok((std::fs::File::open(path).map_err(unreadable)?, metadata.len()))
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let id = desk.incident(&reader, Reach::NotOver)?;
    let entries = entries(desk, &reader, id)?;
    let (found, begun) = (items(&entries), unfinished(&entries));
    desk.print(
        || EvidenceListDoc {
            schema: SCHEMA,
            evidence: found.iter().map(EvidenceDoc::new).collect(),
            unfinished: begun.iter().map(UnfinishedDoc::new).collect(),
        },
        |page| evidence_list(page, &found, &begun),
    );
    Ok(())
}

fn show(desk: &Desk, typed: &str) -> Result<(), Failure> {
    let store = desk.store()?;
    let item = named(desk, &store.reader(), typed)?;
    let place = vault(&desk.engine).path(&item.sha256);
    desk.print(
        || EvidenceListDoc { schema: SCHEMA, evidence: vec![EvidenceDoc::new(&item)], unfinished: Vec::new() },
        |page| evidence_item(page, &item, &place),
    );
    Ok(())
}

fn transfer(desk: &Desk, args: Transfer) -> Result<(), Failure> {
    let reason = freetext::reason(desk, args.reason, "evidence transfer ENTRY --to NAME")?;
    let command = Command::TransferEvidence(TransferEvidence { entry: args.entry.clone(), to: args.to, reason });
    if desk.names_incident() {
        return desk.record(command, &args.recording, Reach::NotOver).map(drop);
    }
    let mut session = desk.open()?;
    let entry = named_entry(&session.reader(), &args.entry).map_err(|error| desk.failed(&error.into(), None))?;
    let request = desk.request(Subject::Incident(entry.header.subject), command, &args.recording)?;
    let receipt = session.record(&request).map_err(|error| desk.failed(&error, None))?;
    desk.confirm(&receipt, Vec::new());
    Ok(())
}

fn export_to(desk: &Desk, args: Export) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let (incident, found) = match &args.reference {
        Some(typed) => {
            let id = crate::engine::named_incident(&reader, typed).map_err(|error| desk.failed(&error.into(), None))?;
            (desk.load(&reader, id)?, of(desk, &reader, id)?)
        }
        None => of_incident(desk, &reader)?,
    };
    if incident.restricted && !args.restricted {
        return Err(restricted(desk, incident.number, "evidence export -o FILE.tar"));
    }
    let log = custody(&desk.page(), &incident, &found);
    let total = found.iter().map(|item| item.size).sum();
    let bar = desk.ui.progress(total, &say!(desk.lang, "exporting", "出力中"));
    export(&vault(&desk.engine), &found, &log, desk.env.now(), &args.output, |done| bar.set(done))
        .map_err(|error| failed(desk, &error))?;
    drop(bar);
    let kept = found.iter().filter(|item| !item.redacted).count();
    let shown = args.output.display().to_string();
    desk.print(
        || ExportedDoc { schema: SCHEMA, file: shown.clone(), evidence: kept },
        |_| {
            say!(
                desk.lang,
                "{kept} pieces of evidence in {shown}; check: tar -xf {shown} && sha256sum -c manifest.sha256",
                "{kept}件の証拠を {shown} に出力しました。確認: tar -xf {shown} && sha256sum -c manifest.sha256"
            )
        },
    );
    Ok(())
}

fn of_incident(desk: &Desk, reader: &Reader<'_>) -> Result<(Incident, Vec<Item>), Failure> {
    let id = desk.incident(reader, Reach::NotOver)?;
    Ok((desk.load(reader, id)?, of(desk, reader, id)?))
}

fn of(desk: &Desk, reader: &Reader<'_>, id: crate::incident::id::SubjectId) -> Result<Vec<Item>, Failure> {
    Ok(items(&entries(desk, reader, id)?))
}

/// Everything about evidence on an incident's timeline.
fn entries(
    desk: &Desk,
    reader: &Reader<'_>,
    id: crate::incident::id::SubjectId,
) -> Result<Vec<crate::store::Entry>, Failure> {
    let kinds = ["evidence", "command.started", "command.run"].map(str::to_owned).to_vec();
    let filter = Filter { kinds, ..Filter::default() };
    reader.timeline(id, &filter).map_err(|error| desk.failed(&error.into(), None))
}

fn named(desk: &Desk, reader: &Reader<'_>, typed: &str) -> Result<Item, Failure> {
    let entry = named_entry(reader, typed).map_err(|error| desk.failed(&error.into(), None))?;
    let found = of(desk, reader, entry.header.subject)?;
    found.into_iter().find(|item| item.id == entry.header.id).ok_or_else(|| {
        let (id, kind) = (entry.short, entry.header.kind);
        Failure::new(
            Exit::Reference,
            "no-evidence",
            say!(desk.lang, "{id} is {kind}, and no evidence", "{id}（{kind}）は証拠ではありません"),
        )
        .hint("hikeshi evidence list")
    })
}
