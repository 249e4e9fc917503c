//! Help: grouped by when a verb is needed, in the reader's language.

use crate::env;
use crate::incident::localized::Lang;
use crate::say;
use clap::Command;
use std::ffi::OsString;
use std::sync::LazyLock;

/// The Japanese help, by verb and argument; a test holds it complete.
static JAPANESE: LazyLock<toml::Table> = LazyLock::new(|| include_str!("help_ja.toml").parse().unwrap_or_default());

/// Which verbs are needed when.
const GROUPS: [(&str, &str, &[&str]); 7] = [
    (
        "During an incident",
        "対応中",
        &[
            "declare",
            "escalate",
            "deescalate",
            "ack",
            "assign-role",
            "unassign-role",
            "note",
            "check",
            "impact",
            "update",
            "identify",
            "mitigate",
            "fix",
            "monitor",
            "resolve",
            "set",
            "link",
            "undo",
            "use",
        ],
    ),
    (
        "To look",
        "見る",
        &["list", "show", "timeline", "checklist", "roles", "due", "brief", "handoff", "inbox", "prompt"],
    ),
    ("Afterwards", "事後", &["postmortem", "cause", "action", "followup", "reach", "close", "reopen", "cancel"]),
    ("To learn", "学ぶ", &["search", "similar", "metrics", "drill"]),
    (
        "To prove",
        "証明する",
        &["amend", "redact", "evidence", "run", "verify", "seal", "backup", "restore", "doctor", "export", "import"],
    ),
    (
        "To prepare",
        "備える",
        &["init", "playbook", "service", "contact", "legal", "demo", "completions", "man", "schema"],
    ),
    ("For cron", "cron 用", &["tick"]),
];

/// The language of help: `--lang` wherever it stands, then the environment.
pub fn lang(arguments: &[OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let pair = words.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    env::lang(pair.or(joined).and_then(env::parse_lang), None)
}

/// The help that the arguments ask for: of the program, or of the verb that they name.
pub fn page(arguments: &[OsString]) -> String {
    let lang = lang(arguments);
    let mut command = translated(super::command(), lang);
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let mut path: Vec<String> = Vec::new();
    let mut here = &command;
    for word in words.filter(|word| !word.starts_with('-') && *word != "help") {
        if let Some(below) = here.find_subcommand(word) {
            path.push(below.get_name().to_owned());
            here = below;
        }
    }
    if path.is_empty() {
        return marked(front(&mut command, lang), lang);
    }
    let mut found = here.clone();
    let about = found.get_long_about().or(found.get_about()).map(ToString::to_string).unwrap_or_default();
    let usage = say!(lang, "Usage:", "使い方:");
    found = found.help_template(format!("{usage} {{usage}}\n\n{{all-args}}"));
    marked(format!("{about}\n\n{}", found.render_help()), lang)
}

/// The marks that the parser itself puts into help, in the reader's language.
fn marked(help: String, lang: Lang) -> String {
    match lang {
        Lang::En => help,
        Lang::Ja => help.replace("[possible values: ", "[値: ").replace("[env: ", "[環境変数: "),
    }
}

/// Whether help is asked for as a command: `hikeshi help note`.
pub fn is_asked_by_name(arguments: &[OsString]) -> bool {
    plain_words(arguments).next() == Some("help")
}

/// The word behind `help` that names nothing, and the verb before it, where there is one.
pub fn unknown_topic(arguments: &[OsString]) -> Option<(Option<String>, String)> {
    let command = super::command();
    let mut words = plain_words(arguments).skip(1);
    let verb = words.next()?;
    let Some(below) = command.find_subcommand(verb) else { return Some((None, verb.to_owned())) };
    let mut below = below.clone();
    below.build();
    let part = words.next().filter(|_| below.has_subcommands())?;
    below.find_subcommand(part).is_none().then(|| (Some(verb.to_owned()), part.to_owned()))
}

/// The words of a line that are neither options of every verb nor their values.
fn plain_words(arguments: &[OsString]) -> impl Iterator<Item = &str> {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    std::iter::from_fn(move || {
        loop {
            match words.next()? {
                "-i" | "--incident" | "--as" | "--db" | "--config" | "--color" | "--lang" => drop(words.next()),
                option if option.starts_with('-') => {}
                word => return Some(word),
            }
        }
    })
}

/// The program's own help: what it is, how it is called, the verbs by when they are needed, the options.
fn front(command: &mut Command, lang: Lang) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut text = format!(
        "{about}\n\n{}\n",
        say!(lang, "Usage: hikeshi [OPTIONS] <COMMAND>", "使い方: hikeshi [オプション] <コマンド>")
    );
    for (en, ja, verbs) in GROUPS {
        text.push_str(&format!(
            "\n{}:\n",
            say!(
                lang,
                "{}",
                "{}",
                match lang {
                    Lang::En => en,
                    Lang::Ja => ja,
                }
            )
        ));
        for verb in verbs {
            if let Some(about) = command.find_subcommand(verb).and_then(Command::get_about) {
                text.push_str(&format!("  {verb:<14} {about}\n"));
            }
        }
    }
    let options = command.clone().help_template("{options}").render_help().to_string();
    text.push_str(&format!("\n{}:\n{options}", say!(lang, "Options", "オプション")));
    text.push_str(&say!(
        lang,
        "\nTry it: hikeshi demo    More about a command: hikeshi help COMMAND\n",
        "\n試す: hikeshi demo　コマンドの詳細: hikeshi help コマンド\n"
    ));
    text
}

/// The command line with its texts in the reader's language.
pub fn translated(mut command: Command, lang: Lang) -> Command {
    // Verbs get their arguments only now.
    command.build();
    match lang {
        Lang::En => command,
        Lang::Ja => japanese(command, &JAPANESE),
    }
}

fn japanese(mut command: Command, texts: &toml::Table) -> Command {
    let own = |name: &str| texts.get(name).and_then(toml::Value::as_str).map(str::to_owned);
    if let Some(about) = own("about") {
        command = command
            .about(about.clone())
            .long_about(own("long").map_or(about.clone(), |long| format!("{about}\n\n{long}")));
    }
    let globals = JAPANESE.get("global").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    command = command.mut_args(|arg| {
        let id = arg.get_id().as_str().to_owned();
        let text = own(&id).or_else(|| globals.get(&id).and_then(toml::Value::as_str).map(str::to_owned));
        let arg = match text {
            Some(text) => arg.help(text.clone()).long_help(text),
            None => arg,
        };
        match arg.get_help_heading() {
            Some("Recording") => arg.help_heading("記録"),
            Some("Global options") => arg.help_heading("共通オプション"),
            Some(_) => arg,
            None if arg.is_positional() => arg.help_heading("引数"),
            None => arg.help_heading("オプション"),
        }
    });
    let none = toml::Table::new();
    command
        .mut_subcommands(|below| {
            let table = texts.get(below.get_name()).and_then(toml::Value::as_table).unwrap_or(&none);
            japanese(below, table)
        })
        .subcommand_help_heading("コマンド")
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, JAPANESE};
    use clap::Command;

    fn missing(command: &Command, texts: &toml::Table, path: &str, found: &mut Vec<String>) {
        let globals = JAPANESE["global"].as_table().expect("a table");
        if !texts.contains_key("about") {
            found.push(format!("{path}.about"));
        }
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            if !texts.contains_key(id) && !globals.contains_key(id) {
                found.push(format!("{path}.{id}"));
            }
        }
        for below in command.get_subcommands() {
            let none = toml::Table::new();
            let table = texts.get(below.get_name()).and_then(toml::Value::as_table).unwrap_or(&none);
            missing(below, table, &format!("{path}.{}", below.get_name()), found);
        }
    }

    #[test]
    fn every_help_text_has_its_japanese() {
        let mut found = Vec::new();
        let mut command = crate::cli::command();
        command.build();
        missing(&command, &JAPANESE, "hikeshi", &mut found);
        assert!(found.is_empty(), "no Japanese for: {found:#?}");
    }

    #[test]
    fn japanese_help_is_japanese() {
        let page = super::page(&["hikeshi", "--lang", "ja", "help", "note"].map(Into::into));
        assert!(
            page.contains("タイムラインに記録する") && page.contains("届いた行ごとに1件") && !page.contains("Options:")
        );
    }

    #[test]
    fn every_verb_stands_in_a_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, _, verbs)| verbs.iter().copied()).collect();
        for verb in crate::cli::command().get_subcommands() {
            assert!(grouped.contains(&verb.get_name()), "{}", verb.get_name());
        }
    }
}
