//! `import`: what other tools and chats hold, each piece once.

use super::arguments::one_of;
use super::desk::Desk;
use super::freetext::stdin_failure;
use crate::error::{Exit, Failure};
use crate::incident::localized::Lang;
use crate::intake::{Format, Shape, Unreadable};
use crate::say;
use crate::text::path;
use crate::ui::stdin_bytes;
use clap::builder::TypedValueParser;
use jiff::tz::TimeZone;
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// The most bytes of a file that are read.
const MOST: usize = 512 * 1024 * 1024;

/// Take over what other tools hold: past incidents, chat
///
/// The same file again changes nothing, one with more in it adds only that; what it says otherwise than it did is told,
/// and taken with --update. Past incidents end closed where their source says resolved: no clock starts, nobody is called,
/// nothing is sent. `[alerts]` in policy.toml says how bad the source's words are: critical is sev1, major sev2, minor
/// sev3. Planned maintenance is no incident. `chat` takes `10:32 aki: text` lines or an export of Slack into the incident. What can't be read is left out and told with its reason; then the exit code is 3.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What wrote the file
    #[arg(value_name = "FORMAT", value_parser = sources())]
    format: Source,
    /// The file; `-` reads standard input; for chat also the folder of a channel in an export of Slack
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The zone of times that name none, and of words such as CST (default: the page's own, or UTC; for chat, the configured one)
    #[arg(long, value_name = "ZONE")]
    pub(super) zone: Option<String>,
    /// chat: the day of the first message (default: the log ends before now)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<String>,
    /// chat: the list of people in an export of Slack (default: users.json beside the file or above it)
    #[arg(long, value_name = "FILE")]
    pub(super) users: Option<PathBuf>,
    /// Correct what is on record as the file has it now; the former values stay readable
    #[arg(long)]
    pub(super) update: bool,
    /// Take planned maintenance too, as cancelled, outside of metrics
    #[arg(long)]
    pub(super) maintenance: bool,
    /// Only say what would be taken over
    #[arg(long)]
    pub(super) dry_run: bool,
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
pub(super) const HELP: &str = "hikeshi help import";

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
    fits(desk, &args)?;
    match args.format {
        Source::Own => own(desk, &args),
        Source::Past(format) => super::history::run(desk, &args, format, &filled(desk, &args.file)?),
        Source::Chat => super::chat_log::run(desk, &args),
    }
}

/// Refuses an option that says nothing to what is imported.
fn fits(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let (chat, past) = (args.format == Source::Chat, matches!(args.format, Source::Past(_)));
    let given = [
        ("--users", args.users.is_some() && !chat),
        ("--date", args.date.is_some() && !chat),
        ("--update", args.update && !past),
        ("--maintenance", args.maintenance && !past),
    ];
    let Some((option, _)) = given.into_iter().find(|(_, wrong)| *wrong) else { return Ok(()) };
    let name = match args.format {
        Source::Own => OWN,
        Source::Chat => CHAT,
        Source::Past(format) => format.as_str(),
    };
    let message = say!(desk.lang, "`{option}` is not for `{name}`", "「{option}」は {name} の取り込みでは使えません");
    Err(Failure::usage(message).hint(HELP))
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
pub(super) fn filled(desk: &Desk, file: &Path) -> Result<Vec<u8>, Failure> {
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
        Unreadable::Unfit { line, column, message } => {
            let message = crate::text::one_line(message);
            say!(
                lang,
                "{shown} is JSON of another shape than asked for: line {line}, column {column}: {message}",
                "{shown} は JSON ですが、指定した形式の構造ではありません: {line}行目{column}桁目: {message}"
            )
        }
        Unreadable::Other(shape) => {
            let (what, command) = told(*shape, &file.to_string_lossy(), lang);
            let message = say!(lang, "{shown} looks like {what}", "{shown} は{what}のようです");
            return Failure::new(Exit::Refused, "other-format", message).hint(command);
        }
        Unreadable::NoList { field } => say!(
            lang,
            "{shown} has no `{field}`: it is of another format",
            "{shown} に「{field}」がありません。別の形式のファイルです"
        ),
        Unreadable::Nameless { fields } => say!(
            lang,
            "{shown} says nothing by which the alert could be called: {fields} are missing",
            "{shown} にはアラートの名前になるものがありません（{fields} がいずれもない）"
        ),
    };
    Failure::new(Exit::Refused, "unreadable", message).hint(HELP)
}

/// A file's name as a shell takes it.
pub(super) fn argument(file: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./+:@%,".contains(letter);
    if !file.is_empty() && file.chars().all(plain) {
        return file.to_owned();
    }
    format!("'{}'", crate::text::one_line(file).replace('\'', "'\\''"))
}

/// What a file looks like, and the command that takes it.
fn told(shape: Shape, file: &str, lang: Lang) -> (String, String) {
    let quoted = argument(file);
    match shape {
        Shape::Past(format) => {
            let name = format.as_str();
            (say!(lang, "a history of {name}", "{name} の履歴"), format!("hikeshi import {name} {quoted}"))
        }
        Shape::Alert(format) => {
            let name = format.as_str();
            let what = say!(lang, "an alert of {name}", "{name} のアラート");
            (what, format!("hikeshi declare --from {name} {quoted}"))
        }
        Shape::Chat => {
            (say!(lang, "an export of Slack", "Slack のエクスポート"), format!("hikeshi import chat {quoted}"))
        }
        Shape::People => (
            say!(lang, "the list of people in an export of Slack", "Slack のエクスポートのユーザー一覧"),
            format!("hikeshi import chat FILE --users {quoted}"),
        ),
        Shape::Own => {
            (say!(lang, "an export of hikeshi", "hikeshi のエクスポート"), format!("hikeshi import hikeshi {quoted}"))
        }
    }
}
