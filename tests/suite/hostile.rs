//! Bytes that mean harm, and command lines made of them from the program's own description of itself.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop};
use proptest::prop_oneof;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// A colour that the program never uses, so that it is told from the program's own.
pub const FOREIGN_COLOR: &str = "\u{1b}[35;5m";

/// What people may paste, or an attacker may have put where they paste from.
pub const NASTY: [&str; 24] = [
    "\u{1b}[35;5mred\u{1b}]0;owned\u{7}\u{1b}[2J",
    "\u{9b}2J\u{85}\u{8d}\u{7f}",
    "gpj.\u{202e}exe \u{2066}x\u{2069} \u{200b}\u{feff}\u{2028}line",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "--><!-- </td></svg></style></title> &lt;b&gt; ]]>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1\t=2",
    "[link](javascript:alert(1)) ![i](http://evil.example/x.png)",
    "../../etc/passwd",
    "/dev/null/etc/passwd",
    "99:99",
    "-1",
    "99999999999999999999999999999999",
    "-",
    "--",
    "",
    " ",
    "line\nline\r\nline\rover",
    "'; DROP TABLE log; --",
    "$(touch owned) `touch owned` %s%n {0} ${HOME}",
    "障害　発生\u{3099}ﬁ İ",
    "\u{10ffff}\u{e0041}\u{fffe}",
];

/// Any bytes that an argument can hold.
pub fn garbage() -> BoxedStrategy<OsString> {
    let nasty = prop::sample::select(NASTY.to_vec()).prop_map(OsString::from);
    let text = any::<String>().prop_map(OsString::from);
    let bytes = prop::collection::vec(1..=255_u8, 0..40).prop_map(OsString::from_vec);
    let long = prop_oneof![Just(300_usize), Just(70_000)].prop_map(|length| OsString::from("x".repeat(length)));
    prop_oneof![6 => nasty, 2 => text, 2 => bytes, 1 => long].prop_map(inside).boxed()
}

/// Bytes for a file or for standard input.
pub fn noise() -> BoxedStrategy<Vec<u8>> {
    let nasty = prop::collection::vec(prop::sample::select(NASTY.to_vec()), 0..6);
    let lines = nasty.prop_map(|lines| lines.join("\n").into_bytes());
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    let long = Just(vec![b'x'; 300_000]);
    prop_oneof![6 => lines, 3 => bytes, 1 => long].boxed()
}

/// No test may reach beyond its own folder: nothing absolute, unless it can't be there.
fn inside(word: OsString) -> OsString {
    let word = OsString::from_vec(word.into_vec().into_iter().filter(|byte| *byte != 0).collect());
    if word.as_bytes().starts_with(b"/") && !word.as_bytes().starts_with(b"/dev/null/") {
        let mut relative = OsString::from(".");
        relative.push(word);
        return relative;
    }
    word
}

fn among(words: &[&str]) -> BoxedStrategy<OsString> {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    prop::sample::select(words).boxed()
}

/// What a place on the command line takes, by the name that help gives it.
fn apt(name: &str, entries: &[String]) -> BoxedStrategy<OsString> {
    match name {
        "REF" => among(&["1", "2", "#1", "＃2", "99", "space/12"]),
        "TIME" => among(&[
            "5m ago",
            "04:59",
            "0m",
            "~02:10",
            "5分前",
            "昨日 14:05",
            "2026-11-20T04:00:00Z",
            "2026-11-19 22:00 JST",
            "25:61",
            "2999-01-01 00:00",
            "1970-01-01 00:00",
            "02:30 Europe/Berlin",
        ]),
        "WHEN" => among(&["30d", "2週間後", "2026-12-24", "明日 17:00", "2020-01-01", "9999-12-31", "soon", "-1"]),
        "LENGTH" => among(&["15m", "1h30m", "1時間半", "0m", "3660d", "15", "-15m", "99999999999999h"]),
        "SEV" => among(&["sev0", "sev1", "SEV-4", "3", "sev9"]),
        "ROLE" | "NAME|ROLE" => among(&["tech-lead", "書記", "sme", "incident-manager", "tape librarian", "scrbe"]),
        "STEP" => among(&["1", "3", "confirm-report", "first-notice", "0", "999", "confirm-reprot"]),
        "WHO" => among(&["customers", "お客様", "support", "executives", "nobody"]),
        "add" => among(&["add", "list"]),
        "N" | "HOW MANY" => among(&["1", "many", "0", "7", "-1", "18446744073709551616"]),
        "ID" | "ENTRY" => {
            let ids = ["default", "service-outage", "my-service", "zzzz"].map(str::to_owned);
            let ids: Vec<OsString> = ids.iter().chain(entries).map(OsString::from).collect();
            prop::sample::select(ids).boxed()
        }
        "AUDIENCE" => among(&["customers", "お客様", "staff", "martians"]),
        "DUTY" => among(&["gdpr-33-1", "nis2-23-4-d", "sec-8-k-1-05", "nothing"]),
        "CASE" => among(&["wrongful-purpose", "trust-service", "nothing"]),
        "ADDRESS" => prop_oneof![among(&["noc@acme.example", "+81 3-0000-0000"]), garbage()].boxed(),
        "KEY" => among(&["a", "b", "c"]),
        "SCENARIO" => among(&["line-2020-11-09", "fastly-2021-06-08", "nothing"]),
        "TEAM" => prop_oneof![among(&["payments", "決済"]), garbage()].boxed(),
        "SEV|WHO" => among(&["sev1", "0", "dba", "aki", "sev9"]),
        "STATUS" => among(&["investigating", "mitigated", "closed"]),
        "KIND" => among(&["note", "incident", "note.added", "change", "chat"]),
        "QUERY" => prop_oneof![
            among(&["重", "db-3 -slow", "\"", "NEAR(a b)", "*", "col:x", "-\"a b\"", "a* OR (b", "{head} : x"]),
            garbage()
        ]
        .boxed(),
        "CATEGORY" => among(&["outage", "障害", "security", "nothing"]),
        "NAME" | "PERSON" | "TEAM|PERSON" | "+NAME|-NAME" => among(&["aki", "ben", "dba", "+api", "-api", "佐藤"]),
        "REF|TEXT" => among(&["1", "#2", "99", "space/12", "db-3 重い", "-", "the pool is empty"]),
        "TEXT" | "TITLE" | "SUMMARY" | "CAUSE" | "REASON" | "URL|TEXT" | "URL|FILE" => {
            prop_oneof![among(&["db-3 重い", "https://example.com/?a=1&b=2", "12", "-", "two\nlines"]), garbage()]
                .boxed()
        }
        "ID|WHO" => among(&["customers", "support", "Example Corp", "佐藤", "tech-lead", "aki"]),
        "CHANNEL" => among(&["status-page", "mail", "電話"]),
        "PERCENT" => among(&["12.5%", "100", "-1%", "NaN", "1e999"]),
        "DONE/TOTAL" => among(&["640/1000", "0/0", "2/1", "1/99999999999999999999", "/"]),
        "SECTION" => among(&["summary", "原因", "went-well", "Lucky", "nothing"]),
        "FORMAT" => among(&["alertmanager", "statuspage", "github-statuses", "chat", "docx"]),
        "ZONE" => among(&["Asia/Tokyo", "UTC", "Mars/Olympus", "../../etc/passwd"]),
        "YYYY-MM-DD" => among(&["2026-11-19", "2026/2/30", "-9999-01-01", "today"]),
        "COST" => among(&["JPY 1,000,000", "=1+1"]),
        "DURATION" => among(&["30m", "2h", "0m", "-5m", "99999999999d", "soon"]),
        "M" => among(&["0", "1000", "-1", "99999999999999999999"]),
        // What is run must be harmless; its arguments are garbage enough.
        "COMMAND" => among(&["true", "false", "no-such-program"]),
        "PATH" | "FILE" | "DIR" | "FILE.tar" | "NEW.db" => prop_oneof![
            among(&["out.md", "new/out.html", "there.toml", "policy.toml", ".", "../../etc/passwd", ":memory:"]),
            among(&["file:x?mode=memory", "a\u{1b}[35;5m\u{9b}b.html", "<b>.json", "there.toml/x", "pipe"]),
            garbage(),
        ]
        .boxed(),
        _ => panic!("nobody knows what garbage to make of a {name}: say in `apt` what it takes"),
    }
}

/// The places where a command's arguments stand.
fn argument(arg: &clap::Arg, entries: &[String]) -> BoxedStrategy<Vec<OsString>> {
    let takes_value = arg.get_num_args().is_none_or(|range| range.takes_values()) && arg.get_action().takes_values();
    let option = arg.get_long().map(|long| format!("--{long}"));
    if !takes_value {
        let flag = OsString::from(option.expect("a flag has a name"));
        return prop::option::weighted(0.15, Just(flag)).prop_map(|flag| flag.into_iter().collect()).boxed();
    }
    let known: Vec<OsString> = arg.get_possible_values().iter().map(|value| OsString::from(value.get_name())).collect();
    let name =
        arg.get_value_names().and_then(|names| names.first()).map_or(arg.get_id().as_str(), |name| name.as_str());
    let apt = if known.is_empty() { apt(name, entries) } else { prop::sample::select(known).boxed() };
    let value = if name == "COMMAND" { apt } else { prop_oneof![3 => apt, 1 => garbage()].boxed() };
    let Some(option) = option else {
        let most = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { 3 } else { 1 };
        return prop_oneof![8 => prop::collection::vec(value, 1..=most), 1 => Just(Vec::new())].boxed();
    };
    let weight = if arg.is_required_set() { 0.9 } else { 0.15 };
    let worded = (value, any::<bool>()).prop_map(move |(value, joined)| {
        if !joined {
            return vec![OsString::from(&option), value];
        }
        let mut word = OsString::from(format!("{option}="));
        word.push(value);
        vec![word]
    });
    prop::option::weighted(weight, worded).prop_map(Option::unwrap_or_default).boxed()
}

/// A verb, or what stands below one: the words that call it, and what it takes.
#[derive(Clone)]
pub struct Verb {
    pub words: Vec<String>,
    command: clap::Command,
}

impl Verb {
    /// Every verb of the program, as it describes itself.
    pub fn all() -> Vec<Self> {
        let mut command = hikeshi::cli::command();
        command.build();
        let mut verbs = Vec::new();
        Self::below(&command, &[], &mut verbs);
        verbs
    }

    fn below(command: &clap::Command, words: &[String], verbs: &mut Vec<Self>) {
        for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
            let words: Vec<String> = words.iter().cloned().chain([one.get_name().to_owned()]).collect();
            Self::below(one, &words, verbs);
            if !one.is_subcommand_required_set() {
                verbs.push(Self { words, command: one.clone() });
            }
        }
    }

    /// Its command line with anything in it; options of every verb go first.
    pub fn line(&self, entries: &[String]) -> BoxedStrategy<Vec<OsString>> {
        let (global, own): (Vec<_>, Vec<_>) = self
            .command
            .get_arguments()
            .filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version"))
            .partition(|arg| arg.is_global_set());
        let (options, words): (Vec<_>, Vec<_>) = own.into_iter().partition(|arg| arg.get_long().is_some());
        let of = |args: Vec<&clap::Arg>| args.into_iter().map(|arg| argument(arg, entries)).collect::<Vec<_>>();
        let verb: Vec<OsString> = self.words.iter().map(OsString::from).collect();
        (of(global), of(options), of(words))
            .prop_map(move |(global, options, words)| {
                let parts = global.into_iter().chain([verb.clone()]).chain(options).chain(words);
                parts.flatten().collect()
            })
            .boxed()
    }
}

/// Variables of the environment with anything in them.
pub fn environment() -> BoxedStrategy<Vec<(&'static str, OsString)>> {
    let times =
        among(&["2026-11-20T05:30:00Z", "9999-12-30T22:00:00Z", "-009999-01-02T01:59:59Z", "1969-12-31T23:59:59Z"]);
    let zones = among(&["UTC", "Asia/Tokyo", ":/dev/null", "<+25>-25", "../../etc/passwd", "Nowhere/Land"]);
    let langs = among(&["ja", "en", "ja_JP.UTF-8", "xx", "C"]);
    let shells = among(&["bash", "zsh", "fish", "1"]);
    let paths =
        || among(&["out.db", "there.toml", ".", ":memory:", "file:x?mode=memory", "pipe", "a\u{1b}[35;5m\u{9b}/x"]);
    let variable = prop_oneof![
        (Just("COMPLETE"), shells),
        (prop::sample::select(vec!["HIKESHI_DB", "HIKESHI_CONFIG"]), prop_oneof![2 => paths(), 1 => garbage()]),
        (Just("HIKESHI_NOW"), prop_oneof![3 => times, 1 => garbage()]),
        (Just("TZ"), prop_oneof![3 => zones, 1 => garbage()]),
        (Just("HIKESHI_LANG"), prop_oneof![3 => langs, 1 => garbage()]),
        (Just("HIKESHI_INCIDENT"), prop_oneof![1 => among(&["1", "2"]), 1 => garbage()]),
        (
            prop::sample::select(vec![
                "HIKESHI_ACTOR",
                "HIKESHI_SEED",
                "SUDO_USER",
                "USER",
                "LOGNAME",
                "LC_ALL",
                "LC_MESSAGES",
                "LANG",
                "NO_COLOR",
                "CLICOLOR_FORCE",
                "TERM",
                "COLUMNS",
                "LINES",
                "COMPLETE",
                "PAGER",
            ]),
            garbage(),
        ),
    ];
    prop::collection::vec(variable, 0..4).boxed()
}

/// Files of the configuration folder with anything in them, by their name.
pub fn configuration() -> BoxedStrategy<Vec<(OsString, Vec<u8>)>> {
    let toml = among(&[
        "name = \"\\u001b[35;5m\\u009b\\u202e\"\nlang = \"ja\"\nzone = \"Asia/Tokyo\"\n",
        "nmae = \"<script>\"\nzone = \"\\u001b[2J\"\n\"\\u001b\" = 1\n",
        "default_severity = \"sev9\"\ndefault_playbook = \"\\u202e\"\n",
        "id = \"x\"\nversion = -1\n[[step]\nid = \"\\u0007\"\n",
        "a = [[[[[[[[[[[[[[[[[[[[[[[[[[",
    ])
    .prop_map(OsString::into_vec);
    let name = among(&[
        "config.toml",
        "policy.toml",
        "playbooks/x.toml",
        "playbooks/\u{1b}[35;5m\u{9b}.toml",
        "playbooks/caf",
    ]);
    let name = (name, any::<bool>()).prop_map(|(mut name, odd)| {
        if name == "playbooks/caf" || odd && name == "playbooks/x.toml" {
            OsStr::from_bytes(b"playbooks/caf\xe9.toml").clone_into(&mut name);
        }
        name
    });
    prop::collection::vec((name, prop_oneof![2 => toml, 1 => noise()]), 0..3).boxed()
}
