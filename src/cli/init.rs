//! `init`: a commented configuration folder; nothing needs it.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::policy::config_files;
use crate::{say, text};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};

/// Write a commented configuration folder; nothing needs it
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(desk: &Desk, _args: Args) -> Result<(), Failure> {
    let Some(folder) = &desk.config else {
        let message =
            say!(desk.lang, "neither XDG_CONFIG_HOME nor HOME says where", "XDG_CONFIG_HOME も HOME もありません");
        return Err(Failure::usage(message).hint("hikeshi init --config DIR"));
    };
    let failed = |path: &std::path::Path, error: &std::io::Error| {
        Failure::new(Exit::Refused, "output", format!("{}: {error}", text::path(path)))
    };
    let mut written = Vec::new();
    let mut kept = Vec::new();
    for (name, text) in config_files() {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(|error| failed(parent, &error))?;
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|error| failed(&path, &error))?;
                written.push(path.display().to_string());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => kept.push(path.display().to_string()),
            Err(error) => return Err(failed(&path, &error)),
        }
    }
    for path in &kept {
        desk.ui.remark(&say!(desk.lang, "kept as it is: {}", "そのまま残しました: {}", text::one_line(path)));
    }
    desk.print(
        || serde_json::json!({ "schema": 1, "folder": folder.display().to_string(), "written": written, "kept": kept }),
        |_| {
            if written.is_empty() {
                say!(desk.lang, "nothing to write: {}", "書き出すものはありません: {}", text::path(folder))
            } else {
                written.iter().map(|path| text::one_line(path)).collect::<Vec<_>>().join("\n")
            }
        },
    );
    Ok(())
}
