//! Free text on the command line: unquoted words, `-` for standard input, or a question on a terminal.

use super::desk::Desk;
use super::words::is_reference;
use crate::error::{Exit, Failure};
use crate::incident::limits;
use crate::incident::when::narrow;
use crate::say;
use crate::ui::{StdinError, read_stdin};

/// What a text is for, so that a slip can be named.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// The verb, as typed.
    pub verb: &'a str,
    /// What to ask for on a terminal, in English and Japanese.
    pub question: (&'a str, &'a str),
}

/// The text that was meant; `None` when there is none and nobody can be asked.
pub fn optional(desk: &Desk, words: &[String], purpose: Purpose<'_>) -> Result<Option<String>, Failure> {
    let text = given(desk, words, purpose)?;
    // Until something has come of it, a question that is left must not lose it.
    desk.ui.remember(text.as_deref().unwrap_or_default());
    Ok(text)
}

fn given(desk: &Desk, words: &[String], purpose: Purpose<'_>) -> Result<Option<String>, Failure> {
    match words {
        [] => Ok(None),
        words if desk.is_literal() => Ok(Some(words.join(" "))),
        [dash] if dash == "-" => stdin(desk).map(Some),
        [lone] if is_reference(lone) => Err(lone_number(desk, lone, purpose.verb)),
        words => Ok(Some(words.join(" "))),
    }
}

/// The text that must be there: asked for on a terminal, refused elsewhere.
pub fn required(desk: &Desk, words: &[String], purpose: Purpose<'_>) -> Result<String, Failure> {
    if let Some(text) = optional(desk, words, purpose)? {
        return Ok(text);
    }
    if desk.ui.interactive {
        let question = match desk.lang {
            crate::incident::localized::Lang::En => purpose.question.0,
            crate::incident::localized::Lang::Ja => purpose.question.1,
        };
        let answer = desk.ui.ask(question, None).map_err(|error| interrupted(&error))?;
        if let Some(text) = answer {
            return Ok(text);
        }
    }
    let verb = purpose.verb;
    Err(Failure::usage(say!(desk.lang, "`{verb}` needs a text", "`{verb}` には本文が必要です"))
        .hint(format!("hikeshi {}{verb} TEXT", desk.named_option())))
}

/// A text that may stand as bare words or behind an option of its own; `None` when it stands nowhere.
pub fn either(
    desk: &Desk,
    words: &[String],
    option: Option<String>,
    (purpose, name): (Purpose<'_>, &str),
) -> Result<Option<String>, Failure> {
    let Some(given) = option else { return optional(desk, words, purpose) };
    if words.is_empty() {
        return optional(desk, &[given], purpose);
    }
    let verb = purpose.verb;
    let whole = [std::slice::from_ref(&given), words].concat().join(" ");
    let message = say!(
        desk.lang,
        "words stand behind {name} and beside it: one text, or two?",
        "{name} の値と本文の両方があります。どちらか一方にしてください"
    );
    let line = shell_words::join(["hikeshi", verb, name, &whole]);
    Err(Failure::usage(message).hint(crate::text::one_line(&line)))
}

/// A reason that must be there: asked for on a terminal, refused elsewhere.
pub fn reason(desk: &Desk, given: Option<String>, verb: &str) -> Result<String, Failure> {
    if let Some(reason) = given {
        desk.ui.remember(&reason);
        return Ok(reason);
    }
    if desk.ui.interactive {
        let question = say!(desk.lang, "reason", "理由");
        if let Some(reason) = desk.ui.ask(&question, None).map_err(|error| interrupted(&error))? {
            return Ok(reason);
        }
    }
    Err(Failure::usage(say!(desk.lang, "`{verb}` needs a reason", "`{verb}` には理由が必要です"))
        .hint(format!("hikeshi {}{verb} --reason …", desk.named_option())))
}

/// All of standard input.
pub fn stdin(desk: &Desk) -> Result<String, Failure> {
    read_stdin(limits::TEXT).map_err(|error| stdin_failure(&error, desk.lang))
}

/// What went wrong with standard input, in words.
pub fn stdin_failure(error: &StdinError, lang: crate::incident::localized::Lang) -> Failure {
    match error {
        StdinError::TooLong { most } => Failure::new(
            Exit::Usage,
            "too-long",
            say!(lang, "standard input is longer than {most} bytes", "標準入力が{most}バイトを超えています"),
        )
        .hint(say!(
            lang,
            "a note a line: hikeshi note --each-line -",
            "1行1件で記録: hikeshi note --each-line -"
        )),
        StdinError::NotUtf8 { valid } => Failure::new(
            Exit::Usage,
            "not-utf8",
            say!(
                lang,
                "standard input is not UTF-8 (from byte {valid} on)",
                "標準入力が UTF-8 ではありません（{valid}バイト目以降）"
            ),
        )
        .hint("iconv -f SHIFT_JIS -t UTF-8 | hikeshi …"),
        StdinError::Io(error) => Failure::new(Exit::Refused, "stdin", error.to_string()),
    }
}

/// A question that was left with Ctrl-C.
pub fn interrupted(error: &std::io::Error) -> Failure {
    Failure::new(Exit::Refused, "interrupted", error.to_string())
}

/// `hikeshi resolve 12` means another thing than it says.
fn lone_number(desk: &Desk, word: &str, verb: &str) -> Failure {
    let word = &narrow(word);
    let number = word.trim_matches(['#', '[', ']']);
    if verb == "declare" {
        let message = say!(
            desk.lang,
            "`{word}` is a number and says not what is wrong",
            "「{word}」は番号だけで、何が起きているかわかりません"
        );
        return Failure::usage(message).hint("hikeshi declare TITLE…");
    }
    Failure::usage(say!(
        desk.lang,
        "`{word}` alone is a number, and `{verb}` takes a text",
        "`{verb}` には本文が必要ですが、「{word}」は番号だけです"
    ))
    .hint(say!(
        desk.lang,
        "for incident {number}: hikeshi -i {number} {verb}\n  as text: hikeshi {verb} -- {}",
        "インシデント {number} なら: hikeshi -i {number} {verb}\n  本文なら: hikeshi {verb} -- {}",
        shell_words::quote(word)
    ))
}
