//! Why a template gives no draft, in both languages, and where in which file.

use super::frame::{Frame, WITHHELD};
use crate::incident::localized::{Lang, Localized};
use minijinja::{Error, ErrorKind};
use serde::{Deserialize, Serialize};

/// A template that gives no draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub struct TemplateError {
    /// The template's file, as it was given; a compiled-in one's bare name.
    pub file: String,
    /// The line, where one is to blame.
    pub line: Option<usize>,
    /// The name that the template uses and that nothing stands for.
    pub missing: Option<String>,
    /// What is wrong.
    pub message: Localized,
}

impl TemplateError {
    /// File, line and what is wrong, in the reader's language.
    pub fn text(&self, lang: Lang) -> String {
        let (file, message) = (&self.file, self.message.get(lang));
        match self.line {
            Some(line) => format!("{file}:{line}: {message}"),
            None => format!("{file}: {message}"),
        }
    }

    /// A template that asks for more memory or time than it gets.
    pub fn too_much(file: &str) -> Self {
        Self::of_file(
            file,
            "the template takes too much memory or time; look for a text that is repeated or joined to itself"
                .to_owned(),
            "テンプレートがメモリか時間を使い過ぎています。文字列の繰り返しや連結を確認してください".to_owned(),
        )
    }

    /// A template that the system did not let be filled in.
    pub fn not_filled(file: &str, why: &str) -> Self {
        Self::of_file(
            file,
            format!("the template can't be filled in: {why}"),
            format!("テンプレートに値を入れられません: {why}"),
        )
    }

    /// A fault of the file as a whole.
    pub(super) fn of_file(file: &str, en: String, ja: String) -> Self {
        Self { file: file.to_owned(), line: None, missing: None, message: Localized { en, ja } }
    }

    /// What the engine has found wrong in a file.
    pub(super) fn of(file: &str, error: &Error) -> Self {
        let missing = missing(error);
        let detail = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
        let (en, ja) = match (error.kind(), missing.as_deref()) {
            (_, Some(WITHHELD)) => (
                format!(
                    "`{WITHHELD}` is not given to audiences outside; put it into {{% if not external %}} … {{% endif %}}"
                ),
                format!(
                    "`{WITHHELD}` は社外向けの文面では使えません。{{% if not external %}} … {{% endif %}} の中に書いてください"
                ),
            ),
            (_, Some(name)) => unknown_name(name),
            (ErrorKind::SyntaxError | ErrorKind::BadEscape, None) => {
                (format!("the template can't be read: {detail}"), format!("テンプレートとして読めません: {detail}"))
            }
            (ErrorKind::OutOfFuel, None) => (
                "the template does not come to an end; look for a loop that runs too often".to_owned(),
                "テンプレートの処理が終わりません。繰り返しの回数を確認してください".to_owned(),
            ),
            (ErrorKind::WriteFailure, None) => (
                format!("the template gives more than {} KiB of text", super::render::MOST_BYTES / 1024),
                format!("テンプレートの出力が {} KiB を超えました", super::render::MOST_BYTES / 1024),
            ),
            (_, None) => (
                format!("the template can't be filled in: {detail}"),
                format!("テンプレートに値を入れられません: {detail}"),
            ),
        };
        Self { file: file.to_owned(), line: error.line(), missing, message: Localized { en, ja } }
    }
}

/// The name that stands for nothing, from the engine's words: "… `next.at` is undefined …".
fn missing(error: &Error) -> Option<String> {
    let (before, _) = error.detail()?.split_once("` is undefined")?;
    before.rsplit_once('`').map(|(_, name)| name.to_owned())
}

fn unknown_name(name: &str) -> (String, String) {
    let known = Frame::default().values(Lang::En);
    let near = known.keys().map(|key| (strsim::jaro_winkler(name, key), *key));
    match near.filter(|(closeness, _)| *closeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, near)) => (
            format!("there is no `{name}`; did you mean `{near}`?"),
            format!("`{name}` という値はありません。`{near}` ではありませんか"),
        ),
        None => {
            let known: Vec<&str> = known.into_keys().collect();
            let known = known.join(", ");
            (
                format!("there is no `{name}`; a template can use {known}"),
                format!("`{name}` という値はありません。使えるのは {known} です"),
            )
        }
    }
}
