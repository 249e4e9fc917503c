//! What can go wrong with evidence, in words.

use crate::cli::desk::Desk;
use crate::error::{Exit, Failure};
use crate::evidence::EvidenceError;
use crate::say;
use crate::text::one_line;

/// What went wrong with evidence, in words.
pub fn failed(desk: &Desk, error: &EvidenceError) -> Failure {
    let lang = desk.lang;
    match error {
        EvidenceError::Io { path, source } => {
            let shown = one_line(&path.display().to_string()).into_owned();
            let exit = match source.kind() {
                std::io::ErrorKind::NotFound => Exit::Reference,
                _ => Exit::Storage,
            };
            Failure::new(exit, "evidence-io", format!("{shown}: {source}")).hint(say!(
                lang,
                "check the path and the free space",
                "パスと空き容量を確認する"
            ))
        }
        EvidenceError::Foreign(found) => {
            let (shown, uid) = (one_line(&found.path.display().to_string()).into_owned(), found.owner);
            let message = say!(
                lang,
                "{shown} belongs to another user (uid {uid}), who could put other bytes there",
                "{shown} の所有者は別のユーザー（uid {uid}）です。内容を差し替えられる状態です"
            );
            Failure::new(Exit::Storage, "evidence-foreign", message).hint(crate::cli::failure::chown(found))
        }
        EvidenceError::NotAFile { path } => {
            let shown = one_line(&path.display().to_string()).into_owned();
            Failure::new(
                Exit::Usage,
                "not-a-file",
                say!(lang, "{shown} is no file", "{shown} はファイルではありません"),
            )
            .hint(say!(
                lang,
                "several files: tar -cf - FOLDER | hikeshi evidence add -",
                "複数のファイル: tar -cf - フォルダ | hikeshi evidence add -"
            ))
        }
        EvidenceError::Exists { path } => {
            let shown = one_line(&path.display().to_string()).into_owned();
            Failure::new(Exit::Refused, "exists", say!(lang, "{shown} exists already", "{shown} はすでにあります"))
                .hint(say!(lang, "choose another name: -o FILE.tar", "別の名前にする: -o ファイル.tar"))
        }
        EvidenceError::Missing { name } => {
            let shown = one_line(name).into_owned();
            Failure::new(
                Exit::Reference,
                "evidence-missing",
                say!(lang, "{shown}: its bytes are gone", "{shown}: 内容が失われています"),
            )
            .hint("hikeshi evidence verify")
        }
        EvidenceError::Other { found } => Failure::new(
            Exit::Attention,
            "evidence-unsound",
            say!(
                lang,
                "the bytes are not what was secured: sha256 is {found}",
                "保全時の内容と異なります。現在の sha256 は {found}"
            ),
        )
        .hint("hikeshi evidence verify"),
        EvidenceError::Unsound { name } => {
            let shown = one_line(name).into_owned();
            Failure::new(
                Exit::Attention,
                "evidence-unsound",
                say!(lang, "{shown}: its bytes are not what was secured", "{shown}: 保全時の内容と異なります"),
            )
            .hint("hikeshi evidence verify")
        }
    }
}
