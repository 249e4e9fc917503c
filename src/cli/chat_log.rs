//! `import chat`: what was said in a chat, from a pasted log, an export of Slack, or the folder of one of its channels.

use super::desk::{Desk, Reach};
use super::import::{Args, HELP, filled, read, unreadable, zone};
use crate::error::{Exit, Failure};
use crate::incident::past::{Skip, Skipped};
use crate::intake::{self, Chat, Setting, Unreadable};
use crate::render::chat_imported;
use crate::render::json::{ChatDoc, EntryDoc, SCHEMA, SkippedDoc};
use crate::say;
use crate::text::path;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What the list of people in an export of Slack is called.
const PEOPLE: &str = "users.json";

pub(super) fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let zone = zone(desk, args.zone.as_deref(), desk.zone().clone())?;
    let date = args.date.as_deref().map(|typed| date(desk, typed)).transpose()?;
    let setting = Setting { zone, date, now: desk.env.now(), people: people(desk, args)? };
    let heard = if args.file.is_dir() {
        channel(desk, &args.file, &setting)?
    } else {
        let read = intake::chat(&filled(desk, &args.file)?, &setting);
        read.map_err(|error| unreadable(desk, &args.file, &error))?
    };
    record(desk, args, heard)
}

/// The people that an export of Slack lists: where somebody says, otherwise beside the file or above it.
fn people(desk: &Desk, args: &Args) -> Result<HashMap<String, String>, Failure> {
    let of = |file: &Path| {
        let bytes = read(desk, file)?;
        intake::people(&bytes).map_err(|error| unreadable(desk, file, &error))
    };
    if let Some(typed) = &args.users {
        return of(&if typed.is_dir() { typed.join(PEOPLE) } else { typed.clone() });
    }
    let folder = if args.file.is_dir() { Some(args.file.as_path()) } else { args.file.parent() };
    let near = [folder, folder.and_then(Path::parent)].into_iter().flatten().map(|folder| folder.join(PEOPLE));
    let found = near.into_iter().find(|file| args.file.as_os_str() != "-" && file.is_file());
    // What nobody named is no reason to refuse what somebody did.
    Ok(found.and_then(|file| of(&file).ok()).unwrap_or_default())
}

/// The messages of a channel's folder: a file a day.
fn channel(desk: &Desk, folder: &Path, setting: &Setting) -> Result<Chat, Failure> {
    let shown = path(folder);
    let failed = |error: std::io::Error| {
        let message = say!(desk.lang, "can't read {shown}: {error}", "{shown} を読めません: {error}");
        Failure::new(Exit::Refused, "file", message).hint(HELP)
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|ending| ending == "json") && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    let mut all = Chat::default();
    let mut days = 0;
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match intake::chat(&read(desk, &file)?, setting) {
            Ok(chat) => {
                let named = |skipped: Skipped| {
                    let source = skipped.source.map_or_else(|| name.clone(), |source| format!("{name} {source}"));
                    Skipped { source: Some(source), ..skipped }
                };
                all.skipped.extend(chat.skipped.into_iter().map(named));
                all.lines.extend(chat.lines);
                days += 1;
            }
            // Lists of people and channels lie beside the messages.
            Err(Unreadable::Other(_) | Unreadable::Unfit { .. }) => {}
            Err(error) => return Err(unreadable(desk, &file, &error)),
        }
    }
    if days == 0 {
        let message = say!(
            desk.lang,
            "{shown} has no messages: name the folder of one channel",
            "{shown} に発言がありません。チャンネルのフォルダーを指定してください"
        );
        return Err(Failure::new(Exit::Refused, "file", message).hint("hikeshi import chat EXPORT/CHANNEL"));
    }
    all.lines.sort_by_key(|line| line.at);
    Ok(all)
}

fn record(desk: &Desk, args: &Args, read: Chat) -> Result<(), Failure> {
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
