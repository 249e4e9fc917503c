//! Files with many faults, all of them reported in one go.

use crate::policy::{Level, Library, Problem, ProblemKind, lint_playbook, lint_policy, lint_settings};

fn library() -> Library {
    Library::load(None).expect("the compiled-in library")
}

/// Each problem as `line:column kind`, a warning with a mark.
fn told(problems: &[Problem]) -> Vec<String> {
    let one = |problem: &Problem| {
        let level = if problem.level == Level::Error { "" } else { "(warning) " };
        format!("{}:{} {level}{:?}", problem.line, problem.column, problem.what)
    };
    problems.iter().map(one).collect()
}

const BROKEN: &str = r#"id = "Broken One"
version = 0
reviewed = 2027-01-01
title = { en = "Broken", ja = "" }
purpose = "For nothing"
roles = ["incident-manager", "teck-lead", "scribe", "scribe"]
owner = "me"

[select]
categories = ["outage"]
customer = "one"

[[step]]
id = "look"
text = { en = "Look", ja = "見る" }
role = "tech-lead"
due = "15"

[[step]]
id = "look"
text = { en = "Look
again", ja = "見る" }

[[step]]
id = "12"
text = { en = "Wait", ja = "待つ" }
due = "0m"
link = "wiki/page"
when = { severity = "SEV2", status = "fixed" }

[[stpe]]
id = "x"
"#;

#[test]
fn every_fault_of_a_playbook_is_reported_on_its_line() {
    let found = lint_playbook("dir/broken-two.toml", BROKEN, &library(), Some("2026-11-21"));
    assert_eq!(
        told(&found),
        [
            r#"1:6 BadSlug { key: "id", value: "Broken One" }"#,
            r#"1:6 NotFileName { id: "Broken One", stem: "broken-two" }"#,
            r#"2:11 BadNumber { key: "version", value: "0", least: 1 }"#,
            r#"3:12 ReviewedLater { day: "2027-01-01", today: "2026-11-21" }"#,
            r#"4:31 Empty { key: "title.ja" }"#,
            r#"5:11 WrongKind { key: "purpose", wanted: Both, found: Text }"#,
            r#"6:30 UnknownRole { role: "teck-lead", near: Some("tech-lead") }"#,
            r#"6:53 Duplicate { key: "roles", id: "scribe", first_line: 6 }"#,
            r#"7:1 UnknownKey { key: "owner", near: None }"#,
            r#"9:1 SameSelection { other: "service-outage" }"#,
            r#"11:1 UnknownKey { key: "customer", near: Some("customers") }"#,
            r#"16:8 RoleNotListed { role: "tech-lead" }"#,
            r#"17:7 BadSpan { key: "due", value: "15", why: NoUnit { typed: "15" } }"#,
            r#"20:6 Duplicate { key: "step", id: "look", first_line: 14 }"#,
            r#"21:20 Syntax { message: "invalid basic string, expected `\"`" }"#,
            r#"22:6 Syntax { message: "invalid unquoted key, expected letters, numbers, `-`, `_`" }"#,
            r#"25:6 DigitsOnly { id: "12" }"#,
            r#"27:7 ZeroSpan { key: "due" }"#,
            r#"28:8 NotHttp { link: "wiki/page" }"#,
            r#"29:21 NotOneOf { key: "when.severity", value: "SEV2", known: ["sev0", "sev1", "sev2", "sev3", "sev4"] }"#,
            r#"29:38 NotOneOf { key: "when.status", value: "fixed", known: ["investigating", "identified", "mitigated", "monitoring", "resolved", "closed", "cancelled"] }"#,
            r#"31:3 UnknownKey { key: "stpe", near: Some("step") }"#,
        ]
    );
    assert_eq!(found[4].source_line, "title = { en = \"Broken\", ja = \"\" }");
    assert_eq!(found[4].file, "dir/broken-two.toml");
}

#[test]
fn missing_and_misplaced_keys_are_told_apart() {
    let text = r#"id = "a"
version = 1
reviewed = 2024-02-29
title = { en = "A" }
[select]
severities = []
roles = ["scribe"]
[[role]]
id = "scribe"
title = { en = "s", ja = "s" }
[step]
id = "x"
"#;
    assert_eq!(
        told(&lint_playbook("a.toml", text, &library(), Some("2026-11-21"))),
        [
            r#"1:1 MissingKey { key: "purpose" }"#,
            r#"1:1 MissingKey { key: "roles" }"#,
            r#"3:12 (warning) ReviewedLongAgo { day: "2024-02-29" }"#,
            r#"4:9 MissingKey { key: "title.ja" }"#,
            "5:1 SelectsNothing",
            r#"7:1 MisplacedKey { key: "roles" }"#,
            r#"8:1 MissingKey { key: "primary" }"#,
            r#"9:6 (warning) RoleKnown { role: "scribe" }"#,
            r#"11:1 WrongKind { key: "step", wanted: Entries, found: Table }"#,
        ]
    );
}

#[test]
fn a_playbook_can_be_named_as_people_like_where_it_is_no_file() {
    let text = "id = \"a\"\nversion = 1\nreviewed = \"2026-01-01\"\ntitle = { en = \"a\", ja = \"a\" }\n\
                purpose = { en = \"a\", ja = \"a\" }\nroles = [\"scribe\"]\n[[step]]\nid = \"s\"\n\
                text = { en = \"a\", ja = \"a\" }\n";
    assert_eq!(lint_playbook("-", text, &library(), None), []);
    let long =
        text.replace("[[step]]\nid = \"s\"\ntext = { en = \"a\"", "[[step]]\nid = \"s\"\ntext = { en = \"LONG\"");
    let long = long.replace("LONG", &"x".repeat(201));
    let found = lint_playbook("-", &long, &library(), None);
    assert_eq!(told(&found), [r#"9:15 (warning) LongStep { key: "text.en", chars: 201, most: 200 }"#,]);
}

#[test]
fn every_fault_of_a_policy_is_reported_on_its_line() {
    let text = r#"schema = 2
default_severity = 1
default_playbok = "default"
unified_playbook = "unified-comand"
[[severity]]
id = "sev1"
postmortem_due = "soon"
[[severity]]
id = "sev5"
[[severity]]
id = "sev1"
[[category]]
id = "db"
title = { en = "Database", ja = "障害" }
also = ["slow"]
[[role]]
id = "keeper"
title = { en = "keeper", ja = "番人" }
[[role]]
also = ["nobody"]
"#;
    assert_eq!(
        told(&lint_policy("policy.toml", text, &library())),
        [
            r#"1:10 UnknownSchema { found: "2", known: 1 }"#,
            r#"2:20 WrongKind { key: "default_severity", wanted: Text, found: Number }"#,
            r#"3:1 UnknownKey { key: "default_playbok", near: Some("default_playbook") }"#,
            r#"4:20 UnknownPlaybook { key: "unified_playbook", playbook: "unified-comand", near: Some("unified-command") }"#,
            r#"7:18 BadSpan { key: "postmortem_due", value: "soon", why: Unreadable { typed: "soon" } }"#,
            r#"9:6 NotOneOf { key: "id", value: "sev5", known: ["sev0", "sev1", "sev2", "sev3", "sev4"] }"#,
            r#"11:6 Duplicate { key: "severity", id: "sev1", first_line: 6 }"#,
            r#"14:33 (warning) SharedName { name: "障害", first: "outage" }"#,
            r#"15:9 (warning) SharedName { name: "slow", first: "performance" }"#,
            r#"16:1 MissingKey { key: "primary" }"#,
            r#"19:1 MissingKey { key: "id" }"#,
        ]
    );
}

#[test]
fn settings_hold_a_name_that_fits() {
    let long = "x".repeat(201);
    let found = lint_settings("config.toml", &format!("name = \"{long}\"\nlang = true\n"));
    assert_eq!(
        told(&found),
        [
            r#"1:8 TooLong { key: "name", bytes: 201, most: 200 }"#,
            r#"2:8 WrongKind { key: "lang", wanted: Text, found: Flag }"#,
        ]
    );
    let tab = lint_settings("config.toml", "name = \"a\\tb\"");
    assert_eq!(tab[0].what, ProblemKind::ControlCharacter { key: "name".to_owned(), code: 9 });
}

#[test]
fn what_a_lost_line_would_have_said_is_not_called_missing() {
    let text = "id = \"a\"\nversion = 1\nreviewed = 2026-01-01\ntitle = { en = \"a\", ja = \"a\"\n\
                purpose = { en = \"a\", ja = \"a\" }\nroles = [\"scribe\"\n[[step]\nid = \"s\"\n";
    let found = lint_playbook("a.toml", text, &library(), None);
    assert_eq!(found.iter().map(|problem| problem.line).collect::<Vec<_>>(), [4, 6, 7], "{:?}", told(&found));
}

#[test]
fn every_fault_of_channels_and_duties_is_reported_on_its_line() {
    let text = r#"
[[channel]]
id = "chat"
kind = "slack"
url = "https://hooks.example.com/services/T0/B0/secret"
[[channel]]
id = "mail"
kind = "email"
from = "Incident desk"
to = ["ops@example.com", "nobody"]
path = "out.txt"
[[channel]]
id = "site"
kind = "webhook"
url = "ftp://example.com"
[[channel]]
id = "log"
kind = "file"
path = "/var/log/x"
[[duty]]
id = "gdpr-33-1"
warn = "80h"
[[duty]]
id = "dora-5-1-a"
starts = "notice"
after = "dora-5-1-c"
[[duty]]
id = "contract-a"
regime = "contract"
title = { en = "Notice", ja = "通知" }
to = { en = "Customer", ja = "お客様" }
starts = "notice"
source = "clause 4"
due = "4h"
variants = [{ id = "big", title = { en = "Big", ja = "大" }, due = "2h" }, { id = "big", title = { en = "B", ja = "B" }, due = "1h" }]
[[duty]]
id = "contract-b"
regime = "contract"
title = { en = "Notice", ja = "通知" }
to = { en = "Customer", ja = "お客様" }
starts = "awareness"
after = "contract-a"
source = "clause 5"
also_within = { from = "awareness", due = "1d" }
"#;
    let found = lint_policy("policy.toml", text, &library());
    assert_eq!(
        told(&found),
        [
            "5:7 Channel(SecretUrl)",
            r#"6:1 Channel(Missing { key: "server" })"#,
            r#"9:8 Channel(BadMail { key: "from", address: "Incident desk" })"#,
            r#"10:6 Channel(BadMail { key: "to", address: "nobody" })"#,
            r#"11:8 Channel(Foreign { key: "path", kind: Email })"#,
            r#"11:8 Channel(RelativePath { key: "path" })"#,
            r#"15:7 NotHttp { link: "ftp://example.com" }"#,
            r#"22:8 Duty(WarnsLate { duty: "gdpr-33-1", warn: "80h", due: "72h" })"#,
            r#"26:9 Duty(Circle { duty: "dora-5-1-a" })"#,
            r#"32:10 Duty(AfterWhat { duty: "contract-a" })"#,
            r#"35:82 Duplicate { key: "variants", id: "big", first_line: 35 }"#,
            r#"42:9 Duty(AfterForNothing { duty: "contract-b" })"#,
            r#"44:15 Duty(SameEvent { duty: "contract-b" })"#,
        ]
    );
}
