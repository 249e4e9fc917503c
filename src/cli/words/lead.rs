//! What may stand first behind a verb in place of an option or a part of it: `roles 12`, `link https://…`.

use super::doubt::is_reference;
use super::grammar::nearest;
use crate::incident::slug::LinkKind;
use std::ffi::OsString;

/// Verbs that are about one incident and take no words of their own: a number behind one names the incident.
const ABOUT_ONE: [&str; 11] =
    ["postmortem", "checklist", "roles", "brief", "due", "undo", "set", "handoff", "followup", "cause", "action"];

/// Verbs whose `add` goes without saying, and the words that mean another part of them.
const ADDING: [(&str, &[&str]); 2] = [
    (
        "followup",
        &[
            "done", "list", "close", "closed", "end", "finish", "show", "ls", "rm", "remove", "delete", "drop", "new",
            "help",
        ],
    ),
    ("link", &["list", "show", "ls", "rm", "remove", "delete", "drop", "new", "help"]),
];

/// Whether a line may have to be completed.
pub fn concerns(verb: &str, behind: &[OsString]) -> bool {
    let number = || behind.iter().filter_map(|word| word.to_str()).any(is_reference);
    let ending =
        || matches!(verb, "cancel" | "reopen" | "close" | "monitor" | "identify" | "mitigate" | "fix" | "resolve");
    ADDING.iter().any(|(name, _)| *name == verb) || (ABOUT_ONE.contains(&verb) || ending()) && number()
}

/// Says in full what the word behind the verb stands for.
pub fn complete(words: &mut Vec<String>, at: usize, command: &clap::Command) {
    let verb = words[at].clone();
    if let Some((_, other)) = ADDING.iter().find(|(name, _)| *name == verb) {
        add(words, at, command, other);
    }
    if ABOUT_ONE.contains(&verb.as_str()) {
        name_incident(words, at, command);
    }
}

/// `link https://…` is `link add KIND https://…`; `followup acme` is `followup add acme`.
fn add(words: &mut Vec<String>, at: usize, command: &clap::Command, other: &[&str]) {
    let Some(first) = super::first_word(words, at + 1, command) else { return };
    let word = words[first].clone();
    let parts = || command.get_subcommands().map(clap::Command::get_name);
    let part = parts().any(|name| name == word) || other.contains(&word.as_str()) || is_reference(&word);
    if part || nearest(&word, parts()).is_some() {
        return;
    }
    if words[at] == "link" && LinkKind::parse(&word).is_none() {
        if !word.contains("://") {
            return;
        }
        words.insert(first, kind_of(&word).as_str().to_owned());
    }
    words.insert(first, "add".to_owned());
}

/// What kind of place an address leads to, by its host; a document where nothing says.
fn kind_of(address: &str) -> LinkKind {
    let host = address.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default().to_lowercase();
    let whole = address.to_lowercase();
    let named = |names: &[&str]| names.iter().any(|name| host.contains(name));
    if named(&["zoom.", "meet.", "teams.", "webex", "whereby", "jitsi", "gotomeet"]) {
        LinkKind::Bridge
    } else if named(&["slack", "chat.", "mattermost", "discord", "element.", "chatwork", "zulip"]) {
        LinkKind::Chat
    } else if named(&["jira", "atlassian", "servicenow", "zendesk", "backlog", "redmine", "linear.app"])
        || whole.contains("/issues/")
    {
        LinkKind::Ticket
    } else if named(&["grafana", "datadog", "kibana", "newrelic", "cloudwatch", "sentry", "honeycomb", "splunk"]) {
        LinkKind::Dashboard
    } else {
        LinkKind::Doc
    }
}

/// `roles 12` is `-i 12 roles`.
fn name_incident(words: &mut Vec<String>, at: usize, command: &clap::Command) {
    let (grammar, from) = super::descend(command.clone(), words, at + 1);
    let scan = super::Scan::of(words, at, from, &grammar);
    if !scan.takes_options_alone || super::doubt::names_incident(&scan) || scan.separator.is_some() {
        return;
    }
    let Some(first) = scan.first_word().filter(|first| is_reference(&words[*first])) else { return };
    let number = words.remove(first);
    words.insert(at, number);
    words.insert(at, "-i".to_owned());
}
