//! A text in the person's own editor.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::Command;

/// The most bytes that are read back.
const MOST: u64 = 1024 * 1024;

/// The person's editor, and the variable that names it; none does where it is the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// The command line.
    pub command: String,
    /// Where it stands.
    pub variable: Option<&'static str>,
}

impl Editor {
    /// The editor that the environment names, as git looks for it: `VISUAL`, `EDITOR`, then `vi`.
    pub fn find(variable: impl Fn(&str) -> Option<String>) -> Self {
        let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            let command = variable(name).filter(|command| !command.trim().is_empty())?;
            Some(Self { command, variable: Some(name) })
        });
        named.unwrap_or_else(|| Self { command: "vi".to_owned(), variable: None })
    }
}

/// An editor that could not be used, or failed.
#[derive(Debug)]
pub struct EditError {
    /// Why.
    pub error: io::Error,
    /// What had been written by then, where that is another text than at first.
    pub written: Option<String>,
}

/// Opens a text in an editor, and returns it as it was saved.
///
/// # Errors
///
/// Where the editor can't be started or ends with a failure; what was written is in the error.
pub fn edit(editor: &Editor, text: &str) -> Result<String, EditError> {
    let none = |error| EditError { error, written: None };
    let sheet = Workfile::new(text, ".txt").map_err(none)?;
    sheet.open_in(&editor.command).and_then(|()| sheet.read()).map_err(|error| {
        let written = sheet.bytes().ok().filter(|_| sheet.is_changed());
        EditError { error, written: written.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) }
    })
}

/// A file that somebody works on: it goes away when it is dropped, unless it is kept.
#[derive(Debug)]
pub struct Workfile {
    file: tempfile::NamedTempFile,
    before: String,
}

impl Workfile {
    /// Writes a text into a new file.
    ///
    /// # Errors
    ///
    /// Where it can't be written.
    pub fn new(text: &str, ending: &str) -> io::Result<Self> {
        // Only the owner may read it: what stakeholders are to be told is not everybody's before it is said.
        let mut file = tempfile::Builder::new().prefix("hikeshi-").suffix(ending).tempfile()?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        Ok(Self { file, before: text.to_owned() })
    }

    /// Opens it in an editor, and waits until that ends.
    ///
    /// # Errors
    ///
    /// Where the editor can't be started or ends with a failure.
    pub fn open_in(&self, editor: &str) -> io::Result<()> {
        let words = shell_words::split(editor).map_err(io::Error::other)?;
        let (program, arguments) =
            words.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no editor"))?;
        let status = Command::new(program).args(arguments).arg(self.file.path()).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("{program}: {status}"))) }
    }

    /// What it holds now.
    ///
    /// # Errors
    ///
    /// Where it can't be read, is longer than a document may be, or is not UTF-8.
    pub fn read(&self) -> io::Result<String> {
        String::from_utf8(self.bytes()?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
    }

    /// What it holds now, whatever it is.
    ///
    /// # Errors
    ///
    /// Where it can't be read, or is longer than a document may be.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        // Editors often write a new file and move it into place.
        let mut edited = std::fs::File::open(self.file.path())?;
        edited.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        let read = edited.take(MOST + 1).read_to_end(&mut bytes)?;
        if read as u64 > MOST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {MOST} bytes")));
        }
        Ok(bytes)
    }

    /// Whether something else stands in it than at first; what can't be read may be anything.
    pub fn is_changed(&self) -> bool {
        std::fs::read(self.file.path()).is_ok_and(|now| now != self.before.as_bytes())
    }

    /// Keeps it for good.
    ///
    /// # Errors
    ///
    /// Where it can't be kept.
    pub fn keep(self) -> io::Result<PathBuf> {
        self.file.keep().map(|(_, path)| path).map_err(|error| error.error)
    }
}
