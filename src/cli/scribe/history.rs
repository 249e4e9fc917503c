//! What a scribe typed before, for the arrow keys: a file for each incident, the owner's alone.

use crate::cli::desk::Desk;
use crate::error::{Exit, Failure};
use crate::incident::id::SubjectId;
use crate::say;
use crate::text::one_line;
use crate::ui::forget;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::PathBuf;

/// The file for an incident; `None` where there is no place for state.
fn file(desk: &Desk, incident: SubjectId) -> Option<PathBuf> {
    folder(desk).map(|folder| folder.join(incident.to_string()))
}

fn folder(desk: &Desk) -> Option<PathBuf> {
    desk.engine.state().map(|state| state.join("hikeshi/scribe"))
}

/// The file for an incident, in a folder that exists and that nobody else reads.
pub(super) fn ready(desk: &Desk, incident: SubjectId) -> Option<PathBuf> {
    let file = file(desk, incident)?;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(file.parent()?).ok()?;
    if file.exists() {
        let owners = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, owners).ok()?;
    }
    Some(file)
}

/// Takes everything out that was typed about an incident: it is nobody else's business any more.
pub fn forget_incident(desk: &Desk, incident: SubjectId) -> std::io::Result<()> {
    match file(desk, incident).map(std::fs::remove_file) {
        Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Takes the lines out that hold words which were removed from the record, whatever incident they were typed about.
pub fn forget_words(desk: &Desk, words: &[String]) -> std::io::Result<()> {
    let Some(folder) = folder(desk) else { return Ok(()) };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let gone: Vec<String> = words.iter().map(|words| plain(words)).filter(|words| !words.is_empty()).collect();
    // A line may be part of an entry that was pasted, or an entry part of a line with an order before it.
    let holds = |line: &str| {
        let line = plain(line);
        gone.iter().any(|words| line.contains(words.as_str()) || (line.len() > 3 && words.contains(line.as_str())))
    };
    let files = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files {
        forget(&file?.path(), holds)?;
    }
    Ok(())
}

/// That what a scribe typed could not be taken out of the history.
pub fn remembers(desk: &Desk, error: &std::io::Error) -> Failure {
    let folder = folder(desk).map(|folder| folder.display().to_string()).unwrap_or_default();
    let folder = one_line(&folder).into_owned();
    let message = say!(
        desk.lang,
        "recorded; but the scribe's history in {folder} still has the words: {error}",
        "記録しました。ただし {folder} の入力履歴に本文が残っています: {error}"
    );
    Failure::new(Exit::Attention, "history", message).hint(format!("rm -r {}", shell_words::quote(&folder)))
}
