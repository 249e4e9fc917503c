//! `import`: what other tools and chats hold, each piece once.

use super::arguments::one_of;
use super::desk::{Desk, Reach};
use super::freetext::stdin_failure;
use crate::error::{Exit, Failure};
use crate::incident::past::{Skip, Skipped};
use crate::intake::{self, Format, Setting, Unreadable};
use crate::render::json::{ChatDoc, EntryDoc, ImportDoc, ImportedDoc, SCHEMA, SkippedDoc};
use crate::render::{chat_imported, imported};
use crate::say;
use crate::text::path;
use crate::ui::stdin_bytes;
use clap::builder::TypedValueParser;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// The most bytes of a file that are read.
const MOST: usize = 512 * 1024 * 1024;

/// Take over what other tools hold: past incidents, chat
///
/// The same file again changes nothing, one with more in it adds only that. Past incidents end closed where their source
/// says resolved: no clock starts, nobody is called, nothing is sent. critical becomes sev1, major sev2, minor sev3,
/// none and maintenance sev4. `chat` takes `10:32 aki: text` lines or an export of Slack into the incident. What can't be read is left out and told with its reason; then the exit code is 3.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What wrote the file
    #[arg(value_name = "FORMAT", value_parser = sources())]
    format: Source,
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The zone of times that name none (default: UTC; for chat, the configured one)
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// chat: the day of the first message (default: the log ends before now)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Only say what would be taken over
    #[arg(long)]
    dry_run: bool,
}

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Another tool's history.
    Past(Format),
    /// What was said in a chat.
    Chat,
    /// What another store exported.
    Own,
}

/// Where what can be imported is told.
const HELP: &str = "hikeshi help import";

const CHAT: &str = "chat";
const OWN: &str = "hikeshi";

fn sources() -> impl TypedValueParser<Value = Source> {
    let names = Format::ALL.iter().map(|format| format.as_str());
    one_of(names.chain([CHAT, OWN])).map(|word| match word.as_str() {
        OWN => Source::Own,
        CHAT => Source::Chat,
        name => Format::parse(name).map_or(Source::Chat, Source::Past),
    })
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.format {
        Source::Own => own(desk, &args),
        Source::Past(format) => past(desk, &args, format, &filled(desk, &args.file)?),
        Source::Chat => chat(desk, &args, &filled(desk, &args.file)?),
    }
}

/// An export may be longer than memory: it is read line by line.
fn own(desk: &Desk, args: &Args) -> Result<(), Failure> {
    if args.file.as_os_str() == "-" {
        return super::own_export::run(desk, &mut std::io::stdin().lock(), args.dry_run);
    }
    let file = opened(desk, &args.file)?;
    super::own_export::run(desk, &mut std::io::BufReader::with_capacity(1 << 16, file), args.dry_run)
}

/// A file that can be read to its end.
fn opened(desk: &Desk, file: &Path) -> Result<std::fs::File, Failure> {
    let failed = |error: std::io::Error| unreadable_file(desk, file, &error);
    // A pipe without a writer would wait for ever; what the shell passes, `<(command)`, is open already.
    let passed = ["/dev/fd", "/proc/self/fd"].iter().any(|folder| file.starts_with(folder));
    let metadata = file.metadata().map_err(failed)?;
    let readable = metadata.is_file() || (passed && metadata.file_type().is_fifo());
    if !readable {
        let shown = path(file);
        let message = say!(desk.lang, "{shown} is no file", "{shown} はファイルではありません");
        return Err(Failure::new(Exit::Refused, "file", message).hint(HELP));
    }
    std::fs::File::open(file).map_err(failed)
}

/// A file that can't be read, in words.
fn unreadable_file(desk: &Desk, file: &Path, error: &std::io::Error) -> Failure {
    let shown = path(file);
    let exit = if error.kind() == std::io::ErrorKind::NotFound { Exit::Reference } else { Exit::Refused };
    Failure::new(exit, "file", say!(desk.lang, "can't read {shown}: {error}", "{shown} を読めません: {error}"))
        .hint(HELP)
}

/// A file in which there is something.
fn filled(desk: &Desk, file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read(desk, file)?;
    if bytes.trim_ascii().is_empty() {
        let shown = path(file);
        let message = say!(desk.lang, "{shown} is empty", "{shown} は空です");
        return Err(Failure::new(Exit::Refused, "empty", message).hint(HELP));
    }
    Ok(bytes)
}

/// All of a file, or of standard input.
pub(super) fn read(desk: &Desk, file: &Path) -> Result<Vec<u8>, Failure> {
    if file.as_os_str() == "-" {
        return stdin_bytes(MOST).map_err(|error| stdin_failure(&error, desk.lang));
    }
    let shown = path(file);
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST).unwrap_or(u64::MAX);
    opened(desk, file)?.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable_file(desk, file, &error))?;
    if bytes.len() > MOST {
        let message = say!(desk.lang, "{shown} is longer than {MOST} bytes", "{shown} が{MOST}バイトを超えています");
        return Err(Failure::new(Exit::Refused, "too-long", message));
    }
    Ok(bytes)
}

/// The zone that was asked for.
pub(super) fn zone(desk: &Desk, typed: Option<&str>, default: TimeZone) -> Result<TimeZone, Failure> {
    let Some(typed) = typed else { return Ok(default) };
    TimeZone::get(typed.trim()).map_err(|_| {
        let typed = crate::text::one_line(typed);
        Failure::usage(say!(desk.lang, "there is no time zone `{typed}`", "タイムゾーン「{typed}」はありません"))
            .hint("--zone Asia/Tokyo")
    })
}

/// A file of which nothing can be read, in words.
pub(super) fn unreadable(desk: &Desk, file: &Path, error: &Unreadable) -> Failure {
    let (lang, shown) = (desk.lang, path(file));
    let message = match error {
        Unreadable::NotText { offset } => {
            say!(lang, "{shown} is no text (byte {offset})", "{shown} は文字データではありません（{offset}バイト目）")
        }
        Unreadable::NotJson { line, column, message } => {
            let message = crate::text::one_line(message);
            say!(
                lang,
                "{shown} is no JSON: line {line}, column {column}: {message}",
                "{shown} は JSON ではありません: {line}行目{column}桁目: {message}"
            )
        }
        Unreadable::NoList { field } => say!(
            lang,
            "{shown} has no `{field}`: it is of another format",
            "{shown} に「{field}」がありません。別の形式のファイルです"
        ),
    };
    Failure::new(Exit::Refused, "unreadable", message).hint(HELP)
}

fn past(desk: &Desk, args: &Args, format: Format, bytes: &[u8]) -> Result<(), Failure> {
    let zone = zone(desk, args.zone.as_deref(), TimeZone::UTC)?;
    let contents = format.read(bytes, &zone).map_err(|error| unreadable(desk, &args.file, &error))?;
    let mut contents = contents.possible(desk.env.now());
    let bar = desk.ui.progress(contents.pasts.len() as u64, &say!(desk.lang, "importing", "取り込み中"));
    let mut session = desk.try_open().map_err(|error| desk.failed(&error, None))?;
    let taken = session.take_in(&desk.stamp()?, &contents.pasts, args.dry_run, |done| bar.set(done as u64));
    drop(bar);
    let taken = taken.map_err(|error| desk.failed(&error, None))?;
    for ((past, taken), (line, record)) in contents.pasts.iter().zip(&taken).zip(&contents.places) {
        contents.skipped.extend(taken.differs.iter().map(|field| Skipped {
            line: *line,
            record: Some(*record),
            source: Some(past.source.clone()),
            why: Skip::Differs { field },
        }));
    }
    contents.skipped.sort_by_key(|skipped| skipped.line);
    let one = |(past, taken): (&crate::incident::past::Past, &crate::engine::TakenIn)| ImportedDoc {
        reference: taken.number,
        source: past.source.clone(),
        outcome: match (taken.known, taken.entries) {
            (false, _) => "imported",
            (true, 0) => "unchanged",
            (true, _) => "updated",
        }
        .to_owned(),
        entries: taken.entries,
    };
    let incidents: Vec<ImportedDoc> = contents.pasts.iter().zip(&taken).map(one).collect();
    let count = |outcome: &str| incidents.iter().filter(|one| one.outcome == outcome).count();
    let doc = ImportDoc {
        schema: SCHEMA,
        format: format.as_str().to_owned(),
        dry_run: args.dry_run,
        imported: count("imported"),
        updated: count("updated"),
        unchanged: count("unchanged"),
        entries: taken.iter().map(|one| one.entries).sum(),
        incidents,
        skipped: contents.skipped.iter().map(|one| SkippedDoc::new(one, desk.lang)).collect(),
    };
    if desk.ui.quiet && !desk.ui.json {
        let new = doc.incidents.iter().filter(|one| one.outcome == "imported");
        new.for_each(|one| desk.ui.out(&one.reference.to_string()));
    } else {
        desk.print(|| doc.clone(), |page| imported(page, &doc));
    }
    if !doc.skipped.is_empty() {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

fn chat(desk: &Desk, args: &Args, bytes: &[u8]) -> Result<(), Failure> {
    let zone = zone(desk, args.zone.as_deref(), desk.zone().clone())?;
    let date = args.date.as_deref().map(|typed| date(desk, typed)).transpose()?;
    let read = intake::chat(bytes, &Setting { zone, date, now: desk.env.now() });
    let read = read.map_err(|error| unreadable(desk, &args.file, &error))?;
    let mut session = desk.try_open().map_err(|error| desk.failed(&error, None))?;
    let id = desk.incident(&session.reader(), Reach::NotOver)?;
    let heard = session.hear(&desk.stamp()?, id, read.lines, args.dry_run);
    let heard = heard.map_err(|error| desk.failed(&error, None))?;
    let doc = ChatDoc {
        schema: SCHEMA,
        dry_run: args.dry_run,
        incident: heard.number,
        imported: heard.imported,
        unchanged: heard.unchanged,
        entries: heard.entries.iter().map(|entry| EntryDoc::new(entry, desk.lang)).collect(),
        skipped: read.skipped.iter().map(|one| SkippedDoc::new(one, desk.lang)).collect(),
        warnings: desk.secret_warnings(&heard.secrets),
    };
    if desk.ui.quiet && !desk.ui.json {
        heard.entries.iter().for_each(|entry| desk.ui.out(&entry.short));
    } else {
        doc.warnings.iter().for_each(|warning| desk.ui.warning(warning));
        desk.print(|| doc.clone(), |page| chat_imported(page, &doc));
    }
    // That somebody joined a channel is no loss.
    if read.skipped.iter().any(|one| !matches!(one.why, Skip::OfTheChat { .. })) {
        desk.end_with(Exit::Attention as u8);
    }
    Ok(())
}

/// The day of the first message.
fn date(desk: &Desk, typed: &str) -> Result<Date, Failure> {
    typed.trim().replace('/', "-").parse().map_err(|_| {
        let typed = crate::text::one_line(typed);
        Failure::usage(say!(desk.lang, "`{typed}` is no day", "「{typed}」は日付ではありません"))
            .hint("--date 2026-11-20")
    })
}
