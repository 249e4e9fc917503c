//! A telling name with a value beside it: `DB_PASSWORD=…`, `"token": "…"`, `password: …`, `パスワードは…`.

use super::Secret;
use super::bytes::{in_name, is_wide, run, skip_spaces, word_before};
use super::name::{Kind, japanese, kind};
use super::value::{Value, is_placeholder, read};
use super::wording::{Form, is_code, is_password, is_token};

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// `=`, `:=`, `=>`: only programs and configuration write so.
    Equals,
    /// `:` right before the value, or after a quoted name: configuration and JSON.
    Tight,
    /// `: `, as people write, and YAML.
    Colon,
    /// `is`, `は`, `を`.
    Sentence,
    /// `>`, where the name is an element of XML.
    Element,
    /// Nothing but a quote, or nothing at all where the words before it say that a password follows.
    Told,
}

/// Adds the value beside every name that promises a secret.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    let mut at = 0;
    while at < line.len() {
        if in_name(line[at]) {
            let length = run(line, at, in_name);
            at = english(line, at, length, found).unwrap_or(at + length);
        } else if is_wide(line[at]) {
            at = match japanese(line, at) {
                Some((kind, length)) => beside(line, kind, at + length, found).unwrap_or(at + length),
                None => at + 1,
            };
        } else {
            at += 1;
        }
    }
}

/// Looks beside one name; returns where to go on when a value was taken.
fn english(line: &[u8], at: usize, length: usize, found: &mut Vec<Secret>) -> Option<usize> {
    let name = &line[at..at + length];
    let kind = kind(name).or_else(|| kind_of_two_words(line, at, name)).or_else(|| parameter(line, at, name));
    if let Some(kind) = kind {
        // A bare `pass` counts results as often as it names a password; in `arn:…:secret:NAME` the name is no secret.
        let next = line.get(at + length);
        let bare = name.eq_ignore_ascii_case(b"pass") && !matches!(next, Some(b'=' | b'"' | b'\''));
        let part = at > 0 && line[at - 1] == b':' && next == Some(&b':');
        let named = !bare && !part;
        return if named { beside(line, kind, at + length, found) } else { None };
    }
    match name {
        b"by" | b"BY" if word_before(line, at).eq_ignore_ascii_case(b"identified") => {
            take_quoted(line, at + length, found)
        }
        b"ConvertTo-SecureString" => take_quoted(line, at + length, found),
        b"auth" | b"_auth" if matches!(line.get(at + length), Some(b'"' | b'=')) => {
            beside(line, Kind::Token, at + length, found)
        }
        _ => None,
    }
}

/// `API key`, `client secret`: the last word of two.
fn kind_of_two_words(line: &[u8], at: usize, name: &[u8]) -> Option<Kind> {
    const BEFORE: &[&str] =
        &["api", "access", "secret", "private", "account", "signing", "encryption", "license", "auth", "app"];
    let plain = name.eq_ignore_ascii_case(b"key");
    let before = if plain { word_before(line, at) } else { &[] };
    (plain && BEFORE.iter().any(|word| before.eq_ignore_ascii_case(word.as_bytes()))).then_some(Kind::Token)
}

/// The signature of a signed address opens what it points at.
fn parameter(line: &[u8], at: usize, name: &[u8]) -> Option<Kind> {
    const SIGNATURES: &[&str] = &["sig", "signature", "x-amz-signature", "x-goog-signature", "api_key", "apikey"];
    let in_query = at > 0 && matches!(line[at - 1], b'?' | b'&' | b';');
    (in_query && SIGNATURES.iter().any(|word| name.eq_ignore_ascii_case(word.as_bytes()))).then_some(Kind::Token)
}

fn beside(line: &[u8], kind: Kind, name_end: usize, found: &mut Vec<Secret>) -> Option<usize> {
    let (separator, at) = separator(line, name_end)?;
    let mut value = read(line, at)?;
    // `<password>…</password>`; without the closing tag it is a placeholder in angle brackets.
    if separator == Separator::Element {
        let length = line[value.range.clone()].windows(2).position(|pair| pair == b"</")?;
        value.range.end = value.range.start + length;
    }
    let text = &line[value.range.clone()];
    if is_placeholder(text) || (!value.quoted && is_code(text)) || !is_secret(text, kind, separator, &value, line) {
        return None;
    }
    found.push(Secret::new(kind.rule(), value.range));
    Some(value.end)
}

fn is_secret(text: &[u8], kind: Kind, separator: Separator, value: &Value, line: &[u8]) -> bool {
    let rest = &line[value.end..];
    let spaced = text.contains(&b' ');
    match (kind, separator) {
        (Kind::Password, Separator::Equals | Separator::Element | Separator::Told) => true,
        (Kind::Password, Separator::Tight) => value.quoted || is_password(text, rest, Form::Colon),
        (Kind::Password, Separator::Colon) if value.quoted => true,
        (Kind::Password, Separator::Sentence) if value.quoted => !spaced && text.len() >= 4,
        (Kind::Password, Separator::Colon) => is_password(text, rest, Form::Colon),
        (Kind::Password, Separator::Sentence) => is_password(text, rest, Form::Sentence),
        (Kind::Token, Separator::Equals) => !spaced && is_token(text, 6),
        (Kind::Token, Separator::Tight | Separator::Colon | Separator::Element | Separator::Told) => {
            !spaced && is_token(text, 8)
        }
        (Kind::Token, Separator::Sentence) => {
            !spaced && is_token(text, 12) && (value.quoted || is_password(text, rest, Form::Sentence))
        }
    }
}

/// What stands after a name, and where the value may begin.
fn separator(line: &[u8], name_end: usize) -> Option<(Separator, usize)> {
    // The name's own closing quote or bracket: `"password": …`, `['password'] = …`, `**password**: …`.
    let closing = run(line, name_end, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b'`' | b']' | b'*')).min(3);
    let quoted = closing > 0 && line[name_end] != b'*';
    let at = skip_spaces(line, name_end + closing);
    let rest = &line[at..];
    let told = (Separator::Told, at);
    let (separator, length) = match rest {
        [b'=' | b':', b'=' | b'>' | b':', ..] if !rest.starts_with(b":=") && !rest.starts_with(b"=>") => return None,
        [b'>', ..] if word_start(line, name_end).is_some_and(|before| before == b'<') => (Separator::Element, 1),
        [b':', b'=', ..] | [b'=', b'>', ..] => (Separator::Equals, 2),
        [b'=', ..] => (Separator::Equals, 1),
        [b':', next, ..] if quoted || !next.is_ascii_whitespace() => (Separator::Tight, 1),
        [b':', ..] => (Separator::Colon, 1),
        _ => wide_separator(rest).or_else(|| words(line, rest, at))?,
    };
    if separator == Separator::Told {
        return Some(told);
    }
    Some((separator, at + length))
}

/// The byte before the name that ends at `end`.
fn word_start(line: &[u8], end: usize) -> Option<u8> {
    let length = word_before(line, end).len();
    line[..end].len().checked_sub(length + 1).map(|at| line[at])
}

fn wide_separator(rest: &[u8]) -> Option<(Separator, usize)> {
    const WIDE: &[(&str, Separator)] = &[
        ("：", Separator::Colon),
        ("＝", Separator::Equals),
        ("は、", Separator::Sentence),
        ("は", Separator::Sentence),
        ("を", Separator::Sentence),
        ("が", Separator::Sentence),
        ("→", Separator::Sentence),
    ];
    if rest.starts_with("「".as_bytes()) || rest.starts_with("『".as_bytes()) {
        return Some((Separator::Sentence, 0));
    }
    WIDE.iter().find(|(text, _)| rest.starts_with(text.as_bytes())).map(|(text, separator)| (*separator, text.len()))
}

/// `is`, `is now`, `to`, `for NAME:`; `set NAME …`; SQL's `PASSWORD '…'`; `login NAME password …` of a `.netrc`.
fn words(line: &[u8], rest: &[u8], at: usize) -> Option<(Separator, usize)> {
    // `password for bob: …`
    if let Some(person) = rest.strip_prefix(b"for ") {
        let end = at + 4 + run(person, 0, |byte| byte.is_ascii_graphic() && byte != b':');
        let after = &line[end..];
        return [&b": "[..], b" is "]
            .iter()
            .find(|word| after.starts_with(word))
            .map(|word| (Separator::Sentence, end - at + word.len()));
    }
    for word in [&b"is now "[..], b"is ", b"was ", b"to "] {
        if rest.starts_with(word) {
            return Some((Separator::Sentence, word.len()));
        }
    }
    let head = line[..at].trim_ascii_end();
    let name = word_before(line, at);
    if name.contains(&b'_') && word_before(line, head.len() - name.len()) == b"set" {
        return Some((Separator::Told, 0));
    }
    if !name.eq_ignore_ascii_case(b"password") && name != b"requirepass" {
        return None;
    }
    let before = &line[..head.len() - name.len()];
    let previous = word_before(line, before.len());
    let sql = rest.starts_with(b"'")
        && (name == b"PASSWORD" || [&b"with"[..], b"encrypted"].iter().any(|word| previous.eq_ignore_ascii_case(word)));
    let user = &before[..before.trim_ascii_end().len() - previous.len()];
    let netrc = word_before(line, user.len()) == b"login" && !previous.is_empty();
    (sql || netrc || name == b"requirepass").then_some((Separator::Told, 0))
}

/// SQL's `IDENTIFIED BY '…'`.
fn take_quoted(line: &[u8], at: usize, found: &mut Vec<Secret>) -> Option<usize> {
    let at = skip_spaces(line, at);
    let at = if line[at..].starts_with(b"PASSWORD ") { at + b"PASSWORD ".len() } else { at };
    // A backtick names a column or a thing, as in Markdown; SQL's strings have quotes.
    if !matches!(line.get(at), Some(b'\'' | b'"')) {
        return None;
    }
    let value = read(line, at).filter(|value| value.quoted && !is_placeholder(&line[value.range.clone()]))?;
    found.push(Secret::new(Kind::Password.rule(), value.range));
    Some(value.end)
}
