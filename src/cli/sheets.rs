//! What verbs do alike that print a sheet: for people, for a chat, into a file.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::render::Sheet;
use crate::say;
use crate::text;
use std::io::Write;
use std::path::Path;

/// How a sheet is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For reading here.
    Text,
    /// For pasting into a chat.
    Chat,
}

/// Prints a sheet, or its document in JSON.
pub fn print<T: serde::Serialize>(
    desk: &Desk,
    format: Option<Format>,
    document: impl FnOnce() -> T,
    sheet: impl FnOnce(&crate::render::Page) -> Sheet,
) -> Result<(), Failure> {
    match format {
        Some(Format::Chat) => {
            is_no_json(desk)?;
            desk.ui.out(&sheet(&plain(desk)).chat());
        }
        _ => desk.print(document, |page| sheet(page).terminal(page)),
    }
    Ok(())
}

/// A page without colours, for what leaves the terminal.
pub fn plain(desk: &Desk) -> crate::render::Page {
    crate::render::Page { colored: false, width: None, ..desk.page() }
}

/// A chat takes no JSON.
pub fn is_no_json(desk: &Desk) -> Result<(), Failure> {
    if !desk.ui.json {
        return Ok(());
    }
    let message =
        say!(desk.lang, "--json prints JSON, and --format chat doesn't", "--json と --format chat は併用できません");
    Err(Failure::usage(message).hint(say!(desk.lang, "leave one of them out", "どちらかを外す")))
}

/// Writes beside the file first and then puts it in place, so that no reader ever finds half of it.
pub fn save(desk: &Desk, verb: &str, path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| {
        let shown = text::path(path);
        let message = say!(desk.lang, "can't write {shown}: {error}", "{shown} に書き込めません: {error}");
        Failure::new(Exit::Refused, "output", message)
    };
    if path.symlink_metadata().is_ok() && !force {
        let shown = text::path(path);
        let message = say!(desk.lang, "{shown} exists already", "{shown} はすでに存在します");
        let hint = say!(desk.lang, "to write over it: --force", "上書きする: --force");
        return Err(Failure::new(Exit::Refused, "exists", message).hint(hint));
    }
    let odd = path.symlink_metadata().is_ok_and(|found| !found.is_file() && !found.is_symlink());
    if odd {
        let shown = text::path(path);
        let message = say!(desk.lang, "{shown} is no file", "{shown} はファイルではありません");
        return Err(Failure::new(Exit::Refused, "output", message).hint(format!("hikeshi {verb} > FILE")));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    let placed = if force {
        file.persist(path).map_err(|error| error.error)
    } else {
        file.persist_noclobber(path).map_err(|error| error.error)
    };
    placed.map(drop).map_err(|error| failed(&error))
}
