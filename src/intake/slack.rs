//! A channel as Slack exports it: a list of messages, or an answer of its interface with such a list.

use super::chat::{Chat, Setting};
use super::fields::{Fields, kind};
use super::split::{self, Slot};
use super::{Unreadable, when};
use crate::incident::past::{Line, Skip, Skipped};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// Kinds of messages that only tell of the channel.
const OF_THE_CHANNEL: [&str; 14] = [
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "group_join",
    "group_leave",
    "pinned_item",
    "unpinned_item",
    "bot_add",
    "bot_remove",
    "tombstone",
];

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

/// Whether a text looks like JSON at all.
pub fn is_json(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    match letters.next() {
        Some('{') => true,
        // `[10:32] aki: …` begins like a list.
        Some('[') => letters.find(|letter| !letter.is_whitespace()).is_none_or(|next| matches!(next, '{' | ']' | '"')),
        _ => false,
    }
}

/// The people of an export's `users.json`, or of an answer of the interface with such a list.
pub fn people(text: &str) -> Result<HashMap<String, String>, Unreadable> {
    #[derive(Deserialize)]
    struct Answer {
        members: Vec<Value>,
    }
    let list: Vec<Value> = if text.trim_start().starts_with('[') {
        split::document(text)?
    } else {
        split::document::<Answer>(text)?.members
    };
    let mut people = HashMap::new();
    for person in list.iter().filter_map(Value::as_object) {
        let words = |value: Option<&Value>| {
            value.and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let profile = |key: &str| words(person.get("profile").and_then(|profile| profile.get(key)));
        let name = profile("display_name")
            .or_else(|| profile("real_name"))
            .or_else(|| words(person.get("real_name")))
            .or_else(|| words(person.get("name")));
        // Messages of a bot name the bot, not the person that it acts as.
        let ids = [words(person.get("id")), profile("bot_id")].into_iter().flatten();
        people.extend(ids.filter_map(|id| Some((id, name.clone()?))));
    }
    Ok(people)
}

/// Reads an export.
pub fn read(text: &str, setting: &Setting) -> Result<Chat, Unreadable> {
    let list: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        split::document(text)?
    } else {
        split::document::<Answer<'_>>(text)?.messages
    };
    let mut chat = Chat::default();
    let mut names: HashMap<String, String> = setting.people.clone();
    for slot in split::entries(text, &list, 0) {
        match message(&slot, setting, &mut names) {
            Ok(line) => chat.lines.push(line),
            Err((source, why)) => {
                chat.skipped.push(Skipped { line: slot.line, record: Some(slot.record), source, why });
            }
        }
    }
    // People are named where they are mentioned, as far as the file says who they are.
    for line in &mut chat.lines {
        line.text = readable(&line.text, &names);
    }
    chat.lines.sort_by_key(|line| line.at);
    Ok(chat)
}

fn message(
    slot: &Slot<'_>,
    setting: &Setting,
    names: &mut HashMap<String, String>,
) -> Result<Line, (Option<String>, Skip)> {
    let value: Value = serde_json::from_str(slot.json)
        .map_err(|error| (None, Skip::NotJson { column: error.column().max(1), message: split::reason(&error) }))?;
    let Value::Object(map) = &value else {
        return Err((None, Skip::WrongType { field: "(record)".to_owned(), wanted: "an object", found: kind(&value) }));
    };
    let source = map.get("ts").and_then(Value::as_str).map(str::to_owned);
    said(&Fields::new(map), setting, names).map_err(|why| (source, why))
}

fn said(fields: &Fields<'_>, setting: &Setting, names: &mut HashMap<String, String>) -> Result<Line, Skip> {
    let profile = fields.object("user_profile")?;
    let mut author: Option<&str> = None;
    for key in ["display_name", "real_name", "name"] {
        let own = profile.as_ref().map_or(Ok(None), |profile| profile.words(key))?;
        author = author.or(own);
    }
    let user = fields.words("user")?;
    if let (Some(user), Some(author)) = (user, author) {
        names.insert(user.to_owned(), author.to_owned());
    }
    let bot = fields.id("bot_id")?;
    let known = |id: Option<&str>| id.and_then(|id| names.get(id).cloned());
    let author = author.map(str::to_owned).or_else(|| known(user)).or(fields.words("username")?.map(str::to_owned));
    let author = author.or_else(|| known(bot.as_deref())).or(user.map(str::to_owned)).or(bot);
    let author = author.unwrap_or_else(|| "?".to_owned());
    if let Some(kind) = fields.words("subtype")?.filter(|kind| OF_THE_CHANNEL.contains(kind)) {
        return Err(Skip::OfTheChat { kind: kind.to_owned() });
    }
    let ts = fields.need("ts", fields.id("ts")?)?;
    let bad = || Skip::BadTime { field: "ts".to_owned(), value: ts.clone() };
    let at = when::read(&ts, &setting.zone).ok().flatten().ok_or_else(bad)?;
    if at > setting.now {
        return Err(Skip::Later { value: at.to_string() });
    }
    let mut text: Vec<String> = fields.words("text")?.map(str::to_owned).into_iter().collect();
    for part in fields.objects("attachments")? {
        let words = part.words("text")?.or(part.words("fallback")?);
        text.extend(words.map(str::to_owned).filter(|words| !text.contains(words)).into_iter().collect::<Vec<_>>());
    }
    for file in fields.objects("files")? {
        text.extend(file.words("name")?.map(|name| format!("[{name}]")));
    }
    let text = text.join("\n");
    if text.trim().is_empty() {
        return Err(Skip::Missing { field: "text".to_owned() });
    }
    let thread = fields.id("thread_ts")?.filter(|thread| *thread != ts);
    let edited = fields.get("edited").is_some();
    let author = author.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    Ok(Line { source: Some(ts), thread, at, edited, author, text })
}

/// Slack's marks as people see them: `<@U1>` is a name, `<https://x|x>` a link, `&lt;` a bracket.
fn readable(text: &str, names: &HashMap<String, String>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        shown.push_str(before);
        let Some((mark, left)) = after.split_once('>') else {
            shown.push('<');
            rest = after;
            continue;
        };
        let (target, label) = mark.split_once('|').map_or((mark, None), |(target, label)| (target, Some(label)));
        match (target.strip_prefix('@'), target.strip_prefix('#'), target.strip_prefix('!')) {
            (Some(user), ..) => {
                let name = label.or(names.get(user).map(String::as_str)).unwrap_or(user);
                shown.push_str(&format!("@{}", name.trim_start_matches('@')));
            }
            (_, Some(channel), _) => shown.push_str(&format!("#{}", label.unwrap_or(channel))),
            (.., Some(group)) => shown.push_str(&format!("@{}", label.unwrap_or(group).trim_start_matches('@'))),
            _ => shown.push_str(&match label {
                Some(label) if label != target => format!("{label} ({target})"),
                _ => target.to_owned(),
            }),
        }
        rest = left;
    }
    shown.push_str(rest);
    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{is_json, read};
    use crate::incident::time::Timestamp;
    use crate::intake::chat::Setting;
    use jiff::tz::TimeZone;
    use std::collections::HashMap;

    #[test]
    fn an_export_is_read_with_names_links_threads_and_edits() {
        let text = r#"[
          {"type": "message", "user": "U1", "ts": "1714521600.000100", "text": "db-3 &lt;down&gt;, see <https://g.example/d|graph> <@U2>",
           "user_profile": {"real_name": "Aki Sato", "display_name": ""}, "edited": {"user": "U1", "ts": "1714521700.0"}},
          {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1714521601.000100", "text": "<@U2> has joined",
           "user_profile": {"real_name": "Ben"}},
          {"type": "message", "subtype": "bot_message", "username": "pager", "ts": "1714521602.000100", "text": "", "attachments": [{"fallback": "ALERT"}]},
          {"type": "message", "user": "U2", "ts": 1714521603.5, "text": "on it", "thread_ts": "1714521600.000100"},
          {"user": "U2", "text": 5, "ts": "1714521604.0"}
        ]"#;
        let setting =
            Setting { zone: TimeZone::UTC, date: None, now: Timestamp::from_millis(i64::MAX), people: HashMap::new() };
        let chat = read(text, &setting).expect("read");
        let said: Vec<(&str, &str)> = chat.lines.iter().map(|line| (&*line.author, &*line.text)).collect();
        let graph = "db-3 <down>, see graph (https://g.example/d) @Ben";
        assert_eq!(said, [("Aki Sato", graph), ("pager", "ALERT"), ("Ben", "on it")]);
        assert!(chat.lines[0].edited && chat.lines[2].thread.as_deref() == Some("1714521600.000100"));
        let why: Vec<(usize, &str)> = chat.skipped.iter().map(|one| (one.line, one.why.kind())).collect();
        assert_eq!(why, [(4, "of-the-chat"), (8, "wrong-type")]);
        assert!(!is_json("[10:32] aki: hello") && is_json(" [ {") && is_json("{"));
    }
}
