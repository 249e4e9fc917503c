//! Why a message was not delivered, and the words for it.

use crate::incident::localized::Lang;
use crate::incident::secret;
use crate::say;
use std::fmt::Write as _;
use std::time::Duration;

/// The most characters of a reason.
const MOST: usize = 300;

/// A message that was not delivered, or not for certain.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub cause: Cause,
    pub permanent: bool,
    pub uncertain: bool,
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// Another attempt may do better.
    pub fn later(cause: Cause) -> Self {
        Self { cause, permanent: false, uncertain: false, retry_after: None }
    }

    /// Another attempt is of no use.
    pub fn never(cause: Cause) -> Self {
        Self { permanent: true, ..Self::later(cause) }
    }

    /// The same, which may have arrived all the same.
    pub fn unless(self, sent: bool) -> Self {
        Self { uncertain: sent, ..self }
    }
}

/// What went wrong. No secret is ever put into one; what others said may hold one, and is masked when it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The channel's keys don't fit together.
    Unfit { key: &'static str },
    /// Nobody to send to.
    NoRecipient,
    /// An environment variable is not set, empty, or not text.
    NoVariable { name: String },
    /// A command or a file gave an empty first line.
    NoSecret { key: &'static str },
    /// The command that gives a secret failed.
    SecretCommand { key: &'static str, why: String },
    /// A file can't be used.
    BadFile { path: String, why: String },
    /// Others than its owner may read the file of a secret.
    OpenSecret { path: String },
    /// A link or something else where a file should be.
    NotAFile { path: String },
    /// The address that a secret holds can't be used.
    BadUrl { key: &'static str },
    /// The system trusts no certificate at all.
    NoRoots,
    /// It took too long, before or after the message was on its way.
    TimedOut { sent: bool },
    /// The other end can't be reached, or was lost.
    Network { why: String, sent: bool },
    /// An answer other than yes.
    Refused { status: u16, said: String },
    /// A way to somewhere else, which is not followed.
    Elsewhere { status: u16 },
    /// The mail server offers no encryption.
    NoStarttls,
    /// The mail server said no.
    Mail { said: String },
    /// The program could not be started.
    NotStarted { program: String, why: String },
    /// The program said no.
    Exited { code: i32, said: String },
    /// The program was ended by a signal.
    Signalled { signal: i32 },
    /// The program was ended because it took too long.
    Hung,
}

impl Cause {
    /// One sentence, without a full stop; not yet masked nor made visible.
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Self::Unfit { key } => {
                say!(lang, "the channel's `{key}` does not fit", "チャネルの `{key}` の設定が正しくありません")
            }
            Self::NoRecipient => say!(lang, "nobody to send it to", "宛先がありません"),
            Self::NoVariable { name } => {
                say!(lang, "the environment variable {name} is not set", "環境変数 {name} が設定されていません")
            }
            Self::NoSecret { key } => say!(lang, "`{key}` gives nothing", "`{key}` から何も得られません"),
            Self::SecretCommand { key, why } => say!(lang, "`{key}` failed: {why}", "`{key}` が失敗しました: {why}"),
            Self::BadFile { path, why } => {
                say!(lang, "{path} can't be used: {why}", "{path} を使えません: {why}")
            }
            Self::OpenSecret { path } => say!(
                lang,
                "{path} holds a secret and others can read it, so it is not used: chmod 600",
                "{path} は秘密の情報ですが他者が読み取れるため使用しません: chmod 600"
            ),
            Self::NotAFile { path } => {
                say!(lang, "{path} is a link or no file", "{path} はリンク、またはファイル以外のものです")
            }
            Self::BadUrl { key } => say!(
                lang,
                "`{key}` gives no address that begins with https://",
                "`{key}` から得たものが https:// で始まるアドレスではありません"
            ),
            Self::NoRoots => say!(
                lang,
                "this system trusts no certificates; install them or name `ca_file`",
                "信頼する証明書がこのシステムにありません。導入するか `ca_file` を指定してください"
            ),
            Self::TimedOut { sent: false } => say!(lang, "no connection in time", "時間内に接続できません"),
            Self::TimedOut { sent: true } => {
                say!(lang, "sent, but no answer in time", "送信しましたが、時間内に応答がありません")
            }
            Self::Network { why, sent: false } => say!(lang, "can't be reached: {why}", "接続できません: {why}"),
            Self::Network { why, sent: true } => {
                say!(lang, "sent, but the answer was lost: {why}", "送信しましたが、応答を受け取れませんでした: {why}")
            }
            Self::Refused { status, said } => {
                let said = after(said);
                say!(lang, "answered {status}{said}", "応答 {status}{said}")
            }
            Self::Elsewhere { status } => say!(
                lang,
                "answered {status}: moved elsewhere, which is not followed",
                "応答 {status}: 転送先には送信しません"
            ),
            Self::NoStarttls => {
                say!(lang, "the mail server offers no STARTTLS", "メールサーバーが STARTTLS に対応していません")
            }
            Self::Mail { said } => say!(lang, "the mail server said {said}", "メールサーバーの応答: {said}"),
            Self::NotStarted { program, why } => {
                say!(lang, "{program} could not be started: {why}", "{program} を起動できません: {why}")
            }
            Self::Exited { code, said } => {
                let said = after(said);
                say!(lang, "exit code {code}{said}", "終了コード {code}{said}")
            }
            Self::Signalled { signal } => say!(lang, "ended by signal {signal}", "シグナル {signal} で終了しました"),
            Self::Hung => say!(lang, "took too long and was ended", "時間がかかりすぎたため終了させました"),
        }
    }
}

fn after(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// One line of at most [`MOST`] characters: what steers a screen is escaped, and what looks like a secret masked.
pub(super) fn shown(text: &str) -> String {
    let mut line = String::new();
    for letter in secret::mask(text.trim()).chars() {
        match letter {
            '\n' | '\t' | '\r' => line.push(' '),
            letter if letter.is_control() || is_steering(letter) => {
                let _ = write!(line, "{}", letter.escape_unicode());
            }
            letter => line.push(letter),
        }
    }
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}

/// Whether a character reorders what stands around it or ends a line.
fn is_steering(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{MOST, shown};

    #[test]
    fn a_reason_is_one_short_line_that_steers_nothing() {
        assert_eq!(shown(" a\r\nb\u{1b}[2J\u{202e}c "), "a  b\\u{1b}[2J\\u{202e}c");
        let long = shown(&"障".repeat(1_000));
        assert_eq!(long.chars().count(), MOST);
        assert!(long.ends_with('…'));
        assert!(!shown("password=tr0ub4dor-and-3 refused").contains("tr0ub4dor"));
    }
}
