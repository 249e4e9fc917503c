//! The files of scenarios: a new one, and whether they are right.

use crate::cli::desk::Desk;
use crate::cli::playbook::report_problems;
use crate::error::{Exit, Failure};
use crate::policy::{drill_files, drill_folder, lint_scenario_file, new_scenario};
use crate::{say, text};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Writes a commented scenario into the configuration folder; one that is there stays as it is.
pub(super) fn new(desk: &Desk, id: &str) -> Result<(), Failure> {
    let Ok(toml) = new_scenario(id) else {
        let id = text::one_line(id);
        let message = say!(
            desk.lang,
            "`{id}` is no scenario id: lower-case letters, digits, hyphens",
            "「{id}」はシナリオの ID にできません（英小文字・数字・ハイフン）"
        );
        return Err(Failure::usage(message).hint("hikeshi drill new login-down"));
    };
    let Some(folder) = desk.config.as_deref().map(drill_folder) else {
        let message =
            say!(desk.lang, "neither XDG_CONFIG_HOME nor HOME says where", "XDG_CONFIG_HOME も HOME もありません");
        return Err(Failure::usage(message).hint("hikeshi drill new ID --config DIR"));
    };
    let path = folder.join(format!("{id}.toml"));
    let failed = |path: &Path, error: &std::io::Error| {
        Failure::new(Exit::Refused, "output", format!("{}: {error}", text::path(path)))
    };
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|error| failed(&folder, &error))?;
    let shown = text::path(&path);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => file.write_all(toml.as_bytes()).map_err(|error| failed(&path, &error))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let message = say!(desk.lang, "{shown} is there already", "{shown} はすでにあります");
            return Err(Failure::new(Exit::Refused, "scenario-there", message).hint(say!(
                desk.lang,
                "edit it, or take another id",
                "それを編集するか、別の ID を使う"
            )));
        }
        Err(error) => return Err(failed(&path, &error)),
    }
    desk.print(|| serde_json::json!({ "schema": 1, "id": id, "path": path.display().to_string() }), |_| shown.clone());
    desk.ui.remark(&say!(
        desk.lang,
        "next: edit it, hikeshi drill lint, hikeshi drill run {id}",
        "次は: 編集し、hikeshi drill lint で確認、hikeshi drill run {id} で実施"
    ));
    Ok(())
}

/// Reports every problem of files of scenarios.
pub(super) fn lint(desk: &Desk, files: Vec<PathBuf>) -> Result<(), Failure> {
    let (files, mut problems) =
        if files.is_empty() { drill_files(desk.config.as_deref()) } else { (files, Vec::new()) };
    for file in &files {
        problems.extend(lint_scenario_file(file, desk.config.as_deref()));
    }
    report_problems(desk, files.len(), &problems)
}
