//! Command lines: passwords after an option, as a shell's history or a runbook shows them.

use super::Secret;
use super::bytes::{begins_with, run};
use super::name::{Kind, kind};
use super::value::is_placeholder;
use super::wording::is_token;
use std::ops::Range;

/// The slug of a secret on a command line.
pub(super) const RULE: &str = "command-password";

/// Which part of an option's value is the secret.
#[derive(Debug, Clone, Copy)]
enum Part {
    Whole,
    /// What follows the first such byte: `user:password`, `user%password`.
    After(u8),
}

/// An option that takes a password under a short name.
struct Flagged {
    flag: &'static str,
    /// `-pX`, `--user=X`
    glued: bool,
    /// `-p X`
    spaced: bool,
    part: Part,
}

const fn flagged(flag: &'static str, glued: bool, spaced: bool, part: Part) -> Flagged {
    Flagged { flag, glued, spaced, part }
}

/// With a space after it, -p asks for the password, and the next word is the database.
const GLUED: &[Flagged] = &[flagged("-p", true, false, Part::Whole)];
const PASSWORD: &[Flagged] = &[flagged("-p", true, true, Part::Whole)];
const LDAP: &[Flagged] = &[flagged("-w", true, true, Part::Whole)];
const REDIS: &[Flagged] = &[flagged("-a", false, true, Part::Whole)];
const CAPITAL: &[Flagged] = &[flagged("-P", false, true, Part::Whole)];
const SAMBA: &[Flagged] = &[flagged("-U", true, true, Part::After(b'%'))];
const HTTPIE: &[Flagged] =
    &[flagged("-a", true, true, Part::After(b':')), flagged("--auth", true, true, Part::After(b':'))];
const CURL: &[Flagged] = &[
    flagged("-u", true, true, Part::After(b':')),
    flagged("-U", true, true, Part::After(b':')),
    flagged("--user", true, true, Part::After(b':')),
    flagged("--proxy-user", true, true, Part::After(b':')),
];
const OPENSSL: &[Flagged] = &[
    flagged("-pass", false, true, Part::After(b':')),
    flagged("-passin", false, true, Part::After(b':')),
    flagged("-passout", false, true, Part::After(b':')),
];

/// What a program's short options are, and whether they count only after the word `login`.
type Options = (&'static [Flagged], bool);

/// The options of a program; a `match`, since every word of a text is asked for.
fn options_of(program: &[u8]) -> Option<Options> {
    let options: Options = match program {
        b"mysql" | b"mysqldump" | b"mysqladmin" | b"mysqlimport" | b"mysqlcheck" | b"mysqlbinlog" | b"mysqlsh"
        | b"mariadb" | b"mariadb-dump" | b"mariadb-admin" | b"mycli" | b"7z" | b"7za" | b"rar" | b"unrar" => {
            (GLUED, false)
        }
        b"mongo" | b"mongosh" | b"mongodump" | b"mongorestore" | b"mongoexport" | b"mongoimport" | b"mongostat"
        | b"sshpass" => (PASSWORD, false),
        b"ldapsearch" | b"ldapmodify" | b"ldapadd" | b"ldapdelete" | b"ldapwhoami" | b"ldappasswd" => (LDAP, false),
        // `docker login -p`, not `docker run -p`.
        b"docker" | b"podman" | b"nerdctl" | b"helm" | b"oras" | b"skopeo" | b"buildah" | b"crane" | b"az" | b"oc" => {
            (PASSWORD, true)
        }
        b"redis-cli" => (REDIS, false),
        b"curl" => (CURL, false),
        b"http" | b"https" => (HTTPIE, false),
        b"smbclient" | b"rpcclient" => (SAMBA, false),
        b"openssl" => (OPENSSL, false),
        b"sqlcmd" | b"bcp" | b"unzip" | b"zip" | b"ipmitool" | b"mosquitto_pub" | b"mosquitto_sub" => (CAPITAL, false),
        _ => return None,
    };
    Some(options)
}

/// Adds every secret that an option of a command carries.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    let mut options: &[Flagged] = &[];
    let mut waits_for_login = false;
    let mut at = 0;
    while let Some(range) = word(line, at) {
        at = range.end;
        let text = &line[range.clone()];
        if text[0] == b'-' {
            option(line, &range, if waits_for_login { &[] } else { options }, found);
        } else if let Some(of_program) = options_of(program(text)) {
            (options, waits_for_login) = of_program;
        } else if text == b"login" {
            waits_for_login = false;
        }
        // The shell begins another command.
        if text.ends_with(b";") || matches!(text, b"|" | b"||" | b"&&" | b"&") {
            options = &[];
        }
    }
}

/// The next word as a shell sees it: quotes keep spaces inside, and may begin in its middle.
fn word(line: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + run(line, from, |byte| byte.is_ascii_whitespace());
    let mut end = start;
    while end < line.len() && !line[end].is_ascii_whitespace() {
        let quote = line[end];
        let closes = if matches!(quote, b'"' | b'\'') {
            line[end + 1..].iter().take(LONGEST_QUOTE).position(|byte| *byte == quote)
        } else {
            None
        };
        end += closes.map_or(1, |length| length + 2);
    }
    (end > start).then_some(start..end)
}

/// A quote that doesn't close within so many bytes is an apostrophe.
const LONGEST_QUOTE: usize = 256;

/// A program's name without its folder, or the quote, bracket or prompt before it.
fn program(word: &[u8]) -> &[u8] {
    let start =
        word.iter().rposition(|byte| matches!(byte, b'/' | b'`' | b'(' | b'$' | b'"' | b'\'')).map_or(0, |at| at + 1);
    &word[start..]
}

fn option(line: &[u8], word_at: &Range<usize>, options: &[Flagged], found: &mut Vec<Secret>) {
    let text = &line[word_at.clone()];
    for option in options {
        let Some(glued) = text.strip_prefix(option.flag.as_bytes()) else { continue };
        // `--user` glues with an equals sign alone; `--password` of a program is not its `-p` with `-password` behind it.
        let value = match glued {
            [] if option.spaced => word(line, word_at.end),
            [b'=', ..] if option.flag.starts_with("--") => Some(word_at.start + option.flag.len() + 1..word_at.end),
            [_, ..] if option.glued && !option.flag.starts_with("--") => {
                Some(word_at.start + option.flag.len()..word_at.end)
            }
            _ => None,
        };
        if let Some(value) = value {
            take(line, value, option.part, found);
            return;
        }
    }
    // `--password X`; with an equals sign it is an assignment like any other.
    let Some(next) = word(line, word_at.end) else { return };
    match kind(text) {
        Some(Kind::Password) => take(line, next, Part::Whole, found),
        Some(Kind::Token) if is_token(unquoted(&line[next.clone()]).0, 6) => take(line, next, Part::Whole, found),
        _ => {}
    }
}

fn take(line: &[u8], value: Range<usize>, part: Part, found: &mut Vec<Secret>) {
    let (text, start) = unquoted(&line[value.clone()]);
    let start = value.start + start;
    let (text, start) = match part {
        Part::Whole => (text, start),
        Part::After(mark) => match text.iter().position(|byte| *byte == mark) {
            Some(at) => (&text[at + 1..], start + at + 1),
            None => return,
        },
    };
    let length = text.len() - text.iter().rev().take_while(|byte| matches!(byte, b'`' | b',' | b';' | b')')).count();
    let text = &text[..length];
    if !text.is_empty() && text[0] != b'-' && !is_placeholder(text) && !begins_with(text, b"(") {
        found.push(Secret::new(RULE, start..start + length));
    }
}

/// The word without the quotes around it, and how many bytes came before.
fn unquoted(word: &[u8]) -> (&[u8], usize) {
    match word {
        [open @ (b'"' | b'\''), inner @ .., close] if open == close => (inner, 1),
        _ => (word, 0),
    }
}
