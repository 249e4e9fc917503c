//! What a person meant who typed something that there isn't: the verb that a word stands for, the option it is nearly.
//!
//! A suggestion is followed at three in the morning without a second look: none destroys, loosens a rule or misleads.

use super::words::{LOOSENING, nearest};
use crate::incident::when::narrow;

/// Words that people use, in both languages, and the line that does what they mean.
const MEANT: [(&str, &[&str]); 32] = [
    (
        "show",
        &["status", "state", "info", "view", "get", "cat", "open", "watch", "現状", "状況", "状態", "表示", "見る"],
    ),
    ("list", &["ls", "incidents", "all", "一覧"]),
    ("timeline", &["log", "history", "events", "journal", "タイムライン", "履歴", "ログ"]),
    ("amend", &["edit", "correct", "modify", "change", "訂正", "修正", "編集"]),
    ("declare", &["new", "create", "start", "begin", "incident", "report", "宣言", "新規", "開始", "発生"]),
    ("escalate --to NAME", &["page", "call", "notify", "summon", "alert", "wake", "呼ぶ", "招集", "呼び出し"]),
    ("escalate", &["raise", "severity", "sev", "エスカレーション", "エスカレ"]),
    ("deescalate", &["lower", "downgrade"]),
    ("show NUMBER", &["join", "参加"]),
    ("use NUMBER", &["switch", "select", "pick", "checkout", "focus", "切替"]),
    ("resolve", &["end", "finish", "recovered", "restored", "solve", "solved", "復旧", "解決", "終了", "完了"]),
    ("note", &["comment", "add", "say", "write", "message", "msg", "remark", "メモ", "記録", "コメント", "追記"]),
    ("due", &["deadlines", "clocks", "overdue", "期限"]),
    ("ack", &["acknowledge", "accept", "answer", "confirm", "応答", "了解"]),
    ("assign-role", &["assign", "role", "give", "担当", "割当", "役割"]),
    ("unassign-role", &["unassign", "release"]),
    ("check", &["done", "tick", "complete", "step"]),
    ("checklist", &["steps", "todo", "tasks", "task", "手順"]),
    ("update", &["inform", "publish", "announce", "statement", "tell", "連絡", "告知", "通知"]),
    ("identify", &["found", "diagnose", "原因"]),
    ("mitigate", &["workaround", "contain", "rollback", "緩和", "暫定対応", "回避"]),
    ("monitor", &["observing", "監視", "経過観察"]),
    ("handoff", &["handover", "hand-off", "hand-over", "shift", "引き継ぎ", "引継"]),
    ("inbox", &["drafts", "kept", "受信箱"]),
    ("postmortem", &["pm", "retro", "retrospective", "rca", "review", "事後検証", "振り返り"]),
    ("action list", &["actions", "measures", "対策"]),
    ("set --title TEXT", &["rename", "title", "件名"]),
    ("search WORDS", &["find", "grep", "lookup", "検索", "探す"]),
    ("evidence add FILE", &["attach", "upload", "save", "証拠", "添付"]),
    ("undo", &["revert", "back", "取り消し", "戻す"]),
    ("impact", &["users", "damage", "影響"]),
    ("brief", &["faq", "script", "説明"]),
];

/// Verbs that destroy, bring back or end: nobody is led to one by a slip of the fingers.
const GRAVE: [&str; 6] = ["redact", "restore", "cancel", "init", "import", "reopen"];

/// The line that a word stands for where there is no such verb, without the program's name.
pub fn verb(typed: &str) -> Option<String> {
    let typed = narrow(typed).to_lowercase();
    let verbs = super::command();
    let names = || verbs.get_subcommands().map(clap::Command::get_name);
    if names().any(|name| name == typed) {
        // Written in another case or width.
        return Some(typed);
    }
    let exact = MEANT.iter().find(|(_, words)| words.contains(&typed.as_str()));
    // The line of a verb that there isn't leads nowhere.
    let there = |line: &str| names().any(|name| line.split(' ').next() == Some(name));
    if let Some((line, _)) = exact.filter(|(line, _)| there(line)) {
        return Some((*line).to_owned());
    }
    if let Some(near) = nearest(&typed, names()) {
        // What is nearest to a grave one is not led to another instead.
        return Some(near).filter(|name| !GRAVE.contains(&name.as_str()));
    }
    let words = MEANT.iter().filter(|(line, _)| there(line)).flat_map(|(_, words)| words.iter().copied());
    let word = nearest(&typed, words.filter(|word| word.len() > 3))?;
    MEANT.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(line, _)| (*line).to_owned())
}

/// The part of a verb that a word is nearly, or stands for (`action close` for `action done`).
pub fn part(typed: &str, parts: &[String]) -> Option<String> {
    const MEANT: [(&str, &[&str]); 6] = [
        ("list", &["ls", "show", "all", "view", "一覧"]),
        ("show", &["view", "cat", "get"]),
        ("add", &["new", "create", "append", "追加"]),
        ("done", &["close", "finish", "complete", "end", "完了"]),
        ("set", &["edit", "change", "update", "assign"]),
        ("verify", &["confirm", "check"]),
    ];
    let typed = narrow(typed).to_lowercase();
    let has = |name: &str| parts.iter().any(|part| part == name);
    let grave = ["remove", "drop", "discard", "waive"];
    let meant = MEANT.iter().find(|(name, words)| has(name) && words.contains(&typed.as_str()));
    meant
        .map(|(name, _)| (*name).to_owned())
        .or_else(|| nearest(&typed, parts.iter().map(String::as_str).filter(|part| !grave.contains(part))))
}

/// The option that a mistyped one is nearly, or stands for.
pub fn option<'a>(typed: &str, longs: impl Iterator<Item = &'a str>) -> Option<String> {
    const MEANT: [(&str, &[&str]); 8] = [
        ("severity", &["sev", "level"]),
        ("reason", &["why", "because", "message"]),
        ("at", &["time", "when", "date"]),
        ("as", &["actor", "who", "user", "by"]),
        ("limit", &["max", "count", "head", "last"]),
        ("actor", &["by", "author"]),
        ("to", &["for", "team", "person"]),
        ("since", &["after", "from"]),
    ];
    let name = typed.trim_start_matches('-');
    let name = name.split_once('=').map_or(name, |(name, _)| name);
    let longs: Vec<&str> = longs.collect();
    let meant = MEANT.iter().find(|(long, words)| longs.contains(long) && words.contains(&name));
    let found = meant.map(|(long, _)| (*long).to_owned()).or_else(|| nearest(name, longs.into_iter()));
    found.filter(|long| !LOOSENING.contains(&long.as_str())).map(|long| format!("--{long}"))
}

#[cfg(test)]
mod tests {
    use super::{GRAVE, MEANT, option, part, verb};

    #[test]
    fn the_words_that_people_use_lead_to_the_verb() {
        for (typed, meant) in [
            ("status", Some("show")),
            ("st", None),
            ("edit", Some("amend")),
            ("log", Some("timeline")),
            ("ls", Some("list")),
            ("page", Some("escalate --to NAME")),
            ("join", Some("show NUMBER")),
            ("open", Some("show")),
            ("end", Some("resolve")),
            ("comment", Some("note")),
            ("new", Some("declare")),
            ("acknowledge", Some("ack")),
            ("nite", Some("note")),
            ("NOTE", Some("note")),
            ("ｎｏｔｅ", Some("note")),
            ("resolv", Some("resolve")),
            ("メモ", Some("note")),
            ("redct", None),
            ("restor", None),
            ("cancl", None),
            ("frobnicate", None),
        ] {
            assert_eq!(verb(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn no_suggestion_destroys_or_loosens() {
        assert!(MEANT.iter().all(|(line, _)| !GRAVE.contains(line)));
        let mut all = crate::cli::command();
        all.build();
        // Every beginning of every verb, and every verb with a letter left out, as slips of the fingers are.
        for name in all.get_subcommands().map(clap::Command::get_name).filter(|name| name.is_ascii()) {
            for cut in 1..name.len() {
                let without = format!("{}{}", &name[..cut], &name[cut + 1..]);
                for typed in [&name[..cut], without.as_str()] {
                    let meant = verb(typed).unwrap_or_default();
                    assert!(!GRAVE.contains(&meant.as_str()) || meant == typed, "{typed} leads to {meant}");
                }
            }
        }
        let longs = || ["owner", "allow-secrets", "force", "limit"].into_iter();
        assert_eq!(option("--allow-secret", longs()), None);
        assert_eq!(option("--forc", longs()), None);
        assert_eq!(option("--all", longs()), None);
        assert_eq!(option("--limt=3", longs()).as_deref(), Some("--limit"));
        let parts = ["add", "list", "drop"].map(str::to_owned);
        assert_eq!(part("dro", &parts), None);
        assert_eq!(part("ls", &parts).as_deref(), Some("list"));
    }
}
