//! Telling a secret from an ordinary word in a sentence about one.

use super::bytes::{has, run};

/// Words that stand where a password would, and are none.
const WORDS: &[&str] = &[
    "1password",
    "about",
    "accepted",
    "active",
    "and",
    "apikey",
    "argon2",
    "argument",
    "as",
    "at",
    "base64",
    "bcrypt",
    "be",
    "been",
    "bitwarden",
    "blank",
    "but",
    "by",
    "bytes",
    "changed",
    "changeme",
    "compromised",
    "confirmed",
    "correct",
    "default",
    "deleted",
    "denied",
    "disabled",
    "done",
    "empty",
    "enabled",
    "error",
    "exists",
    "expired",
    "expires",
    "exposed",
    "failed",
    "failure",
    "false",
    "fine",
    "fixed",
    "flag",
    "for",
    "forgotten",
    "found",
    "from",
    "had",
    "has",
    "hash",
    "hashed",
    "hidden",
    "if",
    "in",
    "incorrect",
    "integer",
    "invalid",
    "is",
    "issued",
    "it",
    "keepass",
    "keyring",
    "lastpass",
    "leaked",
    "locked",
    "lost",
    "masked",
    "md5",
    "mismatch",
    "missing",
    "must",
    "n/a",
    "needed",
    "new",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "ok",
    "okay",
    "old",
    "on",
    "off",
    "option",
    "optional",
    "or",
    "parameter",
    "pass",
    "passed",
    "passphrase",
    "passwd",
    "password",
    "pending",
    "please",
    "policy",
    "prompt",
    "provided",
    "pwd",
    "random",
    "redacted",
    "rejected",
    "removed",
    "renewed",
    "required",
    "reset",
    "revoked",
    "rotated",
    "rotation",
    "same",
    "secret",
    "see",
    "sent",
    "set",
    "sha1",
    "sha256",
    "sha512",
    "shared",
    "should",
    "something",
    "stdin",
    "still",
    "stored",
    "string",
    "success",
    "switch",
    "tbd",
    "test",
    "that",
    "the",
    "then",
    "this",
    "to",
    "todo",
    "token",
    "true",
    "unavailable",
    "unchanged",
    "undefined",
    "unknown",
    "unset",
    "updated",
    "used",
    "user",
    "username",
    "using",
    "utf8",
    "valid",
    "value",
    "vault",
    "was",
    "were",
    "when",
    "which",
    "who",
    "will",
    "with",
    "would",
    "wrong",
    "yes",
];

/// Whether the whole value is a word that is no secret.
pub(super) fn is_common(value: &[u8]) -> bool {
    let mut lower = [0_u8; 16];
    let Some(lower) = lower.get_mut(..value.len()) else { return false };
    lower.copy_from_slice(value);
    lower.make_ascii_lowercase();
    WORDS.iter().any(|word| word.as_bytes() == lower)
}

/// How much a sentence's form vouches for the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `password: …`
    Colon,
    /// `the password is …`, `パスワードは…`
    Sentence,
}

/// Whether the value after a password's name reads as a password; `rest` is what follows it on the line.
pub(super) fn is_password(value: &[u8], rest: &[u8], form: Form) -> bool {
    let value = value.trim_ascii();
    if is_common(value) || is_plain_fact(value) {
        return false;
    }
    let goes_on = goes_on(rest);
    let letters = value.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    let digits = value.iter().all(u8::is_ascii_digit);
    match form {
        Form::Colon if letters => !goes_on && value.len() >= 4,
        Form::Colon if digits => !goes_on || value.len() >= 6,
        Form::Colon => value.len() >= 3,
        Form::Sentence if letters => !goes_on && value.len() >= 6 && is_verb(rest),
        Form::Sentence if digits => !goes_on && value.len() >= 4,
        Form::Sentence => value.len() >= 6 && (!goes_on || !(value[0].is_ascii_digit() || value.contains(&b'-'))),
    }
}

/// Whether the value after a token's name reads as one: long, with digits; or very long.
pub(super) fn is_token(value: &[u8], fewest: usize) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let letter = value.iter().any(u8::is_ascii_alphabetic);
    let mixed = value.iter().any(u8::is_ascii_lowercase) && value.iter().any(u8::is_ascii_uppercase);
    if is_common(value) || is_plain_fact(value) || !letter {
        return false;
    }
    (value.len() >= fewest && digit) || (value.len() >= 20 && mixed && !value.contains(&b'-'))
}

/// Whether the value is a type or an expression of a program: `&str`, `auth::Token`, `getenv("X")`, `args[0]`.
pub(super) fn is_code(value: &[u8]) -> bool {
    let name = run(value, 0, |byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.' | b':'));
    let typed = value.starts_with(b"&str") || value.starts_with(b"&mut ") || value.starts_with(b"&'");
    let path = value[..name].windows(2).any(|pair| pair == b"::");
    typed || path || (name > 0 && matches!(value.get(name), Some(b'(' | b'[' | b'<')))
}

/// Times, dates and addresses, which stand after a colon as often as a password does.
fn is_plain_fact(value: &[u8]) -> bool {
    let only = |extra: &[u8]| value.iter().all(|byte| byte.is_ascii_digit() || extra.contains(byte));
    let is_time = value.len() >= 4 && only(b":.-/TZ+") && !only(b"") && value[0].is_ascii_digit();
    is_time || has(value, b"://") || is_mail(value)
}

fn is_mail(value: &[u8]) -> bool {
    let mut parts = value.split(|byte| *byte == b'@');
    let (Some(user), Some(host), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let plain = |part: &[u8]| {
        !part.is_empty()
            && part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+'))
    };
    plain(user)
        && plain(host)
        && [&b".com"[..], b".org", b".net", b".jp", b".io", b".test"].iter().any(|end| host.ends_with(end))
}

/// Whether the sentence goes on after the value with another word.
fn goes_on(rest: &[u8]) -> bool {
    if is_verb(rest) {
        return false;
    }
    let rest = rest.strip_prefix(b" ").unwrap_or(rest).trim_ascii_start();
    rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
        && !["。", "、", "」", "』", "）", "，", "．", "！"].iter().any(|end| rest.starts_with(end.as_bytes()))
}

/// Whether a Japanese sentence says with the next word that this is it.
fn is_verb(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    ["です", "だ", "でした", "でログイン", "に変更", "に設定", "にした", "にしました", "に更新", "」", "』"]
        .iter()
        .any(|verb| rest.starts_with(verb.as_bytes()))
}
