//! Tokens whose parts are told by length and punctuation: signed web tokens, bots, webhooks.

use super::Secret;
use super::bytes::{begins_word, position, run};
use super::token::looks_random;
use super::value::is_placeholder;

fn in_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Webhook addresses whose path is the secret: the host before `.com/`, the path's beginning, how long the rest must be.
const WEBHOOKS: &[(&str, &str, &str, usize)] = &[
    ("slack-webhook", "hooks.slack", "services/", 20),
    ("slack-webhook", "hooks.slack", "workflows/", 20),
    ("slack-webhook", "hooks.slack", "triggers/", 20),
    ("discord-webhook", "discord", "api/webhooks/", 40),
    ("discord-webhook", "discordapp", "api/webhooks/", 40),
    ("teams-webhook", ".webhook.office", "webhookb2/", 40),
    ("google-chat-webhook", "chat.googleapis", "v1/spaces/", 40),
    ("zapier-webhook", "hooks.zapier", "hooks/catch/", 10),
];

/// Adds every token that is told by its parts.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    let mut at = 0;
    while at < line.len() {
        let length = match line[at] {
            b'e' if line[at..].starts_with(b"eyJ") && begins_word(line, at) => jwt(line, at, found),
            b'M' | b'N' | b'O' if begins_word(line, at) => discord(line, at, found),
            b'0'..=b'9' => telegram(line, at, found),
            _ => 0,
        };
        at += length.max(1);
    }
    let mut from = 0;
    while let Some(host) = position(line, from, b".com/") {
        from = host + b".com/".len();
        for (rule, name, path, fewest) in WEBHOOKS {
            if line[..host].ends_with(name.as_bytes()) && line[from..].starts_with(path.as_bytes()) {
                webhook(line, rule, from + path.len(), *fewest, found);
            }
        }
    }
}

fn webhook(line: &[u8], rule: &'static str, path: usize, fewest: usize, found: &mut Vec<Secret>) {
    let length = run(line, path, |byte| in_part(byte) || matches!(byte, b'/' | b'@' | b'?' | b'=' | b'&' | b'%'));
    let secret = &line[path..path + length];
    if length >= fewest && looks_random(secret) && !is_placeholder(secret) {
        found.push(Secret::new(rule, path..path + length));
    }
}

/// A signed token has three parts and an encrypted one five; both begin with base64 of `{"`.
fn jwt(line: &[u8], at: usize, found: &mut Vec<Secret>) -> usize {
    let mut end = at;
    let mut parts = [0_usize; 5];
    let mut count = 0;
    while count < parts.len() {
        let length = run(line, end, in_part);
        parts[count] = length;
        count += 1;
        end += length;
        if line.get(end) != Some(&b'.') || !line.get(end + 1).is_some_and(|byte| in_part(*byte) || *byte == b'.') {
            break;
        }
        end += 1;
    }
    let signed = count >= 2 && parts[0] >= 10 && parts[1] >= 10 && line[at + parts[0] + 1..].starts_with(b"eyJ");
    let encrypted = count == 5 && parts[0] >= 10 && parts[4] >= 10;
    if (signed || encrypted) && !is_placeholder(&line[at..end]) {
        found.push(Secret::new("jwt", at..end));
        return end - at;
    }
    // What begins later inside the first part goes on as this did.
    parts[0]
}

/// A bot's id in base64, a time, and a signature.
fn discord(line: &[u8], at: usize, found: &mut Vec<Secret>) -> usize {
    let id = run(line, at, in_part);
    if !(23..=28).contains(&id) || line.get(at + id) != Some(&b'.') {
        return 0;
    }
    let time = run(line, at + id + 1, in_part);
    let signature = at + id + 1 + time + 1;
    if !(6..=7).contains(&time) || line.get(signature - 1) != Some(&b'.') {
        return 0;
    }
    let length = run(line, signature, in_part);
    if !(27..=40).contains(&length) || !looks_random(&line[at..at + id]) {
        return 0;
    }
    found.push(Secret::new("discord-token", at..signature + length));
    signature + length - at
}

/// A bot's number and 35 characters; in addresses it stands right after `bot`.
fn telegram(line: &[u8], at: usize, found: &mut Vec<Secret>) -> usize {
    let digits = run(line, at, |byte| byte.is_ascii_digit());
    let body = at + digits + 1;
    if !(8..=10).contains(&digits) || line.get(body - 1) != Some(&b':') {
        return digits;
    }
    let length = run(line, body, in_part);
    if length != 35 || !line[body..].starts_with(b"AA") || !(begins_word(line, at) || line[..at].ends_with(b"bot")) {
        return digits;
    }
    found.push(Secret::new("telegram-bot-token", at..body + length));
    body + length - at
}
