//! A text in the person's own editor.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::process::Command;

/// The most bytes that are read back.
const MOST: u64 = 1024 * 1024;

/// Opens a text in an editor, and returns it as it was saved.
///
/// # Errors
///
/// Where the editor can't be started or ends with a failure, in which case nothing is to be taken over.
pub fn edit(editor: &str, text: &str) -> io::Result<String> {
    let words = shell_words::split(editor).map_err(io::Error::other)?;
    let (program, arguments) =
        words.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no editor"))?;
    // Only the owner may read it: what stakeholders are to be told is not everybody's before it is said.
    let mut file = tempfile::Builder::new().prefix("hikeshi-").suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let status = Command::new(program).args(arguments).arg(file.path()).status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{program}: {status}")));
    }
    // Editors often write a new file and move it into place.
    let mut edited = std::fs::File::open(file.path())?;
    edited.seek(SeekFrom::Start(0))?;
    let mut text = String::new();
    edited.take(MOST).read_to_string(&mut text)?;
    Ok(text)
}
