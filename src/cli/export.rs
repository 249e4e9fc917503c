//! `export`: everything that the store holds, for other programs and for another store.

use super::arguments::one_of;
use super::desk::{Desk, Reach};
use super::postmortem::restricted;
use super::sheets::{self, Unwritten};
use crate::engine::named_incident;
use crate::error::{Exit, Failure};
use crate::exchange::{Head, Line};
use crate::incident::id::SubjectId;
use crate::incident::state::Incident;
use crate::render::json::{EntryDoc, ExportedIncidentDoc, IncidentDoc, SCHEMA, line};
use crate::render::postmortem::markdown;
use crate::render::{incident_csv_head, incident_csv_row};
use crate::say;
use crate::store::{Filter, Listing, Reader, StoreError};
use crate::text;
use crate::view::Postmortem;
use std::io::Write;
use std::path::PathBuf;

/// Write incidents out: for another store, for scripts, for spreadsheets, for reading
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The incidents; the open one where none is named
    #[arg(value_name = "REF", add = super::complete::incidents())]
    references: Vec<String>,
    /// Every incident, and what the store says of itself
    #[arg(long, conflicts_with = "references")]
    all: bool,
    /// ndjson (every entry as it is stored, for `import hikeshi`), json, csv (a row an incident) or md
    #[arg(long, value_name = "FORMAT", value_parser = one_of(["ndjson", "json", "csv", "md"]))]
    format: Option<String>,
    /// The file to write; standard output where none is named, or `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
    /// Restricted ones too
    #[arg(long)]
    restricted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Lines,
    Json,
    Csv,
    Markdown,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let args = Args { output: args.output.filter(|path| path.as_os_str() != "-"), ..args };
    desk.remark_spool();
    let store = desk.store()?;
    let reader = store.reader();
    let format = format(desk, &args)?;
    let chosen = if args.all { None } else { Some(choose(desk, &reader, &args)?) };
    let export = Export { desk, reader, chosen, hidden: args.restricted };
    match &args.output {
        None => {
            export.write(format, &mut Printer { desk, kept: String::new() }).map_err(|error| export.failed(error))?;
        }
        Some(path) => {
            sheets::save_with(desk, "export", path, args.force, |file| export.write(format, file))?;
            let file = path.display().to_string();
            desk.print(|| serde_json::json!({ "schema": SCHEMA, "file": file }), |_| text::path(path));
        }
    }
    export.remark_left_out(format)
}

/// The format asked for, or the one that the file's name means.
fn format(desk: &Desk, args: &Args) -> Result<Format, Failure> {
    let ending = args.output.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
    let format = match args.format.as_deref().or(ending) {
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        Some("md") => Format::Markdown,
        Some("ndjson" | "jsonl") => Format::Lines,
        _ if desk.ui.json && args.output.is_none() => Format::Json,
        _ => Format::Lines,
    };
    if desk.ui.json && args.output.is_none() && format != Format::Json {
        let message = say!(
            desk.lang,
            "--json prints one JSON document, and this format is another",
            "--json は JSON 文書を出力するため、ほかの形式と併用できません"
        );
        return Err(Failure::usage(message).hint(say!(
            desk.lang,
            "leave one of them out, or name a file: -o FILE",
            "どちらかを外すか、ファイルを指定する: -o ファイル"
        )));
    }
    Ok(format)
}

/// The incidents named, or the one that is open; one that is restricted has to be asked for.
fn choose(desk: &Desk, reader: &Reader<'_>, args: &Args) -> Result<Vec<SubjectId>, Failure> {
    let mut found: Vec<SubjectId> = Vec::new();
    for typed in &args.references {
        let id = named_incident(reader, typed).map_err(|error| desk.failed(&error.into(), None))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    if args.references.is_empty() {
        found.push(desk.incident(reader, Reach::NotOver)?);
    }
    for id in &found {
        let incident = desk.load(reader, *id)?;
        if incident.restricted && !args.restricted {
            return Err(restricted(desk, incident.number, &format!("export {}", incident.number)));
        }
    }
    Ok(found)
}

/// Prints in large pieces.
struct Printer<'a> {
    desk: &'a Desk,
    kept: String,
}

impl Write for Printer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        /// How much is printed at once.
        const PIECE: usize = 1 << 16;
        self.kept.push_str(&String::from_utf8_lossy(bytes));
        if self.kept.len() > PIECE && self.kept.ends_with('\n') {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if !self.kept.is_empty() {
            self.desk.ui.out(&std::mem::take(&mut self.kept));
        }
        Ok(())
    }
}

struct Export<'a> {
    desk: &'a Desk,
    reader: Reader<'a>,
    chosen: Option<Vec<SubjectId>>,
    hidden: bool,
}

impl Export<'_> {
    fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Unwritten> {
        match format {
            Format::Lines => self.lines(out)?,
            Format::Json => {
                write!(out, "{{\"schema\":{SCHEMA},\"incidents\":[")?;
                let mut first = true;
                self.each(|incident, reader| {
                    out.write_all(if first { b"" } else { b"," })?;
                    first = false;
                    Ok(out.write_all(line(&self.document(&incident, reader)?).as_bytes())?)
                })?;
                writeln!(out, "]}}")?;
            }
            Format::Csv => {
                writeln!(out, "{}", incident_csv_head())?;
                self.each(|incident, _| Ok(writeln!(out, "{}", incident_csv_row(&incident))?))?;
            }
            Format::Markdown => self.each(|incident, reader| {
                let entries = self.asked(reader.timeline(incident.id, &Filter::default()))?;
                let postmortem = Postmortem::assemble(
                    &incident,
                    &entries,
                    &self.desk.engine.library().policy.postmortem,
                    self.desk.env.now(),
                );
                Ok(writeln!(out, "{}", markdown(&postmortem, &self.desk.moments()))?)
            })?,
        }
        Ok(out.flush()?)
    }

    fn document(&self, incident: &Incident, reader: &Reader<'_>) -> Result<ExportedIncidentDoc, Unwritten> {
        let entries = self.asked(reader.timeline(incident.id, &Filter::default()))?;
        Ok(ExportedIncidentDoc {
            incident: IncidentDoc::new(incident, self.desk.env.now()),
            entries: entries.iter().map(|entry| EntryDoc::new(entry, self.desk.lang)).collect(),
        })
    }

    /// Every entry as it is stored, copy by copy, each in the order of its numbers: so an import can check the chain.
    fn lines(&self, out: &mut dyn Write) -> Result<(), Unwritten> {
        let space = self.asked(self.reader.space())?.unwrap_or(crate::incident::id::SpaceId(uuid::Uuid::nil()));
        let origin = self.asked(self.reader.own_origin())?;
        let hidden = if self.hidden { 0 } else { self.asked(self.reader.hidden())? };
        let complete = self.chosen.is_none() && hidden == 0;
        let mut count = 0;
        self.each_entry(|_| {
            count += 1;
            Ok(())
        })?;
        let head = Head::new(space, origin, complete, count, self.desk.env.now().to_string());
        writeln!(out, "{}", line(&head))?;
        let bar = self.desk.ui.progress(count, &say!(self.desk.lang, "exporting", "エクスポート中"));
        let mut done = 0;
        self.each_entry(|entry| {
            let exported = Line::try_from(&entry).map_err(|error| Unwritten::Io(std::io::Error::other(error)))?;
            done += 1;
            bar.set(done);
            Ok(writeln!(out, "{}", line(&exported))?)
        })
    }

    fn each_entry(
        &self,
        mut take: impl FnMut(crate::store::RawEntry) -> Result<(), Unwritten>,
    ) -> Result<(), Unwritten> {
        match &self.chosen {
            None => self.reader.raw(None, self.hidden, |entry| take(entry).map_err(Stop::Unwritten)),
            Some(chosen) => chosen
                .iter()
                .try_for_each(|id| self.reader.raw(Some(*id), true, |entry| take(entry).map_err(Stop::Unwritten))),
        }
        .map_err(|stop| match stop {
            Stop::Unwritten(unwritten) => unwritten,
            Stop::Store(error) => Unwritten::Failed(self.desk.failed(&error.into(), None)),
        })
    }

    fn each(&self, mut take: impl FnMut(Incident, &Reader<'_>) -> Result<(), Unwritten>) -> Result<(), Unwritten> {
        let ids = match &self.chosen {
            Some(chosen) => chosen.clone(),
            None => {
                let listing = Listing { all: true, restricted: self.hidden, ..Listing::default() };
                let mut rows = self.asked(self.reader.list(&listing))?;
                rows.sort_by_key(|row| row.number);
                rows.into_iter().map(|row| row.id).collect()
            }
        };
        let bar = self.desk.ui.progress(
            u64::try_from(ids.len()).unwrap_or_default(),
            &say!(self.desk.lang, "exporting", "エクスポート中"),
        );
        for (done, id) in (1..).zip(ids) {
            take(self.desk.load(&self.reader, id).map_err(Unwritten::Failed)?, &self.reader)?;
            bar.set(done);
        }
        Ok(())
    }

    fn asked<T>(&self, answer: Result<T, StoreError>) -> Result<T, Unwritten> {
        answer.map_err(|error| Unwritten::Failed(self.desk.failed(&error.into(), None)))
    }

    fn failed(&self, unwritten: Unwritten) -> Failure {
        match unwritten {
            Unwritten::Failed(failure) => failure,
            Unwritten::Io(error) => Failure::new(
                Exit::Refused,
                "output",
                say!(self.desk.lang, "not exported: {error}", "エクスポートできません: {error}"),
            ),
        }
    }

    /// Says what is not in it.
    fn remark_left_out(&self, format: Format) -> Result<(), Failure> {
        let hidden = self.reader.hidden().map_err(|error| self.desk.failed(&error.into(), None))?;
        if self.chosen.is_none() && !self.hidden && hidden > 0 {
            self.desk.ui.warning(&say!(
                self.desk.lang,
                "restricted incidents are left out; with them: hikeshi export --all --restricted",
                "閲覧制限付きのインシデントは含まれません。含める場合: hikeshi export --all --restricted"
            ));
        } else if self.chosen.is_some() && format == Format::Lines {
            self.desk.ui.remark(&say!(
                self.desk.lang,
                "a part of the store can be read, not imported; for that: hikeshi export --all --restricted",
                "一部だけのエクスポートは取り込めません。取り込む場合: hikeshi export --all --restricted"
            ));
        }
        Ok(())
    }
}

/// What ends a walk over entries.
enum Stop {
    Unwritten(Unwritten),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
