//! A text in the person's own editor, and what becomes of it when that fails.

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::proc::{EditError, Editor, edit};
use crate::say;
use crate::text::one_line;

/// The person's editor.
pub fn editor() -> Editor {
    Editor::find(crate::env::var)
}

/// What the person makes of a text. What was written before an editor failed is remembered, for the inbox.
pub fn edited(desk: &Desk, text: &str) -> Result<String, Failure> {
    let editor = editor();
    let dumb = crate::env::var("TERM").is_none_or(|term| term == "dumb");
    if editor.variable.is_none() && dumb {
        // No terminal for an editor: whoever reads it may say yes to it.
        desk.ui.remark(text);
        desk.ui.remark(&say!(desk.lang, "(to edit it, set EDITOR)", "（編集するには EDITOR を設定）"));
        return Ok(text.to_owned());
    }
    match edit(&editor, text) {
        Ok(edited) => {
            // A question that comes after it may be left, and this is what somebody wrote.
            if edited != text {
                desk.ui.words();
                desk.ui.remember(&edited);
            }
            Ok(edited)
        }
        Err(EditError { error, written }) => {
            desk.ui.remember(written.as_deref().unwrap_or_default());
            Err(failed(desk, &editor, &error))
        }
    }
}

/// That an editor could not be used, with what names it.
pub fn failed(desk: &Desk, editor: &Editor, error: &std::io::Error) -> Failure {
    let shown = one_line(&editor.command).into_owned();
    let named = match editor.variable {
        Some(name) => say!(desk.lang, "the editor `{shown}` ({name})", "エディタ「{shown}」（{name}）"),
        None => say!(desk.lang, "the editor `{shown}` (EDITOR names none)", "エディタ「{shown}」（EDITOR の指定なし）"),
    };
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => {
            say!(
                desk.lang,
                "{named} can't be started: there is no such program",
                "{named} を起動できません: 見つかりません"
            )
        }
        _ => say!(desk.lang, "{named} failed: {error}", "{named} のエラー: {error}"),
    };
    let set = editor.variable.unwrap_or("EDITOR");
    Failure::new(Exit::Refused, "editor", message).hint(format!("export {set}=vi"))
}
