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
    save_with(desk, verb, path, force, |file| Ok(file.write_all(text.as_bytes())?))
}

/// Why a file was not written: the disk, or what was to go into it.
#[derive(Debug)]
pub enum Unwritten {
    /// The system failed.
    Io(std::io::Error),
    /// There is nothing to write.
    Failed(Failure),
}

impl From<std::io::Error> for Unwritten {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Like [`save`], for what is too long to be held at once.
pub fn save_with(
    desk: &Desk,
    verb: &str,
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Unwritten>,
) -> Result<(), Failure> {
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
    let mut buffer = std::io::BufWriter::with_capacity(1 << 16, file.as_file_mut());
    let written = write(&mut buffer).and_then(|()| Ok(buffer.flush()?));
    drop(buffer);
    written.map_err(|unwritten| match unwritten {
        Unwritten::Io(error) => failed(&error),
        Unwritten::Failed(failure) => failure,
    })?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    let placed = if force {
        file.persist(path).map_err(|error| error.error)
    } else {
        file.persist_noclobber(path).map_err(|error| error.error)
    };
    placed.map(drop).map_err(|error| failed(&error))
}
