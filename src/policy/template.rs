//! Files to start from: a configuration folder that changes nothing, and a new playbook.

use super::check::is_id;

const CONFIG: &str = r#"# Who acts, in which language, in which zone. Everything may be left out.
# Check this folder with: hikeshi playbook lint

# name = "aki"               # otherwise $SUDO_USER, then $USER; --as and HIKESHI_ACTOR win
# lang = "ja"                # en or ja; --lang and HIKESHI_LANG win
# zone = "Asia/Tokyo"        # of times typed without a zone, and of times shown
"#;

const POLICY: &str = r#"# What you decide beforehand. Everything left out stays as compiled in (see: hikeshi schema policy.toml).
# An entry with a known id replaces it, any other is added.

# default_severity = "sev2"            # when nobody says: when unsure, treat as higher
# default_playbook = "default"
# unified_playbook = "unified-command" # joins at a severity with unified_command = true

# [[severity]]
# id = "sev1"
# title = { en = "Critical", ja = "重大" }
# definition = { en = "…", ja = "…" }  # so that anybody can decide at 3 a.m.
# response = { en = "…", ja = "…" }
# unified_command = false
# postmortem_required = true
# postmortem_due = "3d"

# [[category]]
# id = "payments"
# title = { en = "Payments", ja = "決済" }
# also = ["billing", "課金"]

# [[role]]
# id = "payments-liaison"
# title = { en = "payments liaison", ja = "決済連絡担当" }
# primary = { en = "talks to the acquirer", ja = "アクワイアラーとの連絡" }
# secondary = { en = "…", ja = "…" }
# also = ["PSP contact"]
"#;

const EXAMPLE: &str = r"# A playbook of your own. One with the id of a compiled-in one replaces it.
# Start from a filled-in one with: hikeshi playbook new my-service
";

/// The files of a configuration folder, by their paths in it; all they say is in comments.
pub fn config_files() -> Vec<(&'static str, String)> {
    vec![
        ("config.toml", CONFIG.to_owned()),
        ("policy.toml", POLICY.to_owned()),
        ("playbooks/my-service.toml", EXAMPLE.to_owned()),
    ]
}

/// A new playbook to fill in; `None` when the id is none.
pub fn new_playbook(id: &str) -> Option<String> {
    let id = id.trim();
    if !is_id(id) {
        return None;
    }
    Some(format!(
        r#"# {id}: check it with `hikeshi playbook lint`, read it with `hikeshi playbook show {id}`.
id = "{id}"
version = 1                            # raise it at every change
reviewed = 2026-01-01                  # the day of the last review
title = {{ en = "{id}", ja = "{id}" }}
purpose = {{ en = "When to use it.", ja = "どんなときに使うか。" }}
roles = ["incident-manager", "tech-lead", "communications-manager", "scribe"]

# Which incidents it fits: everything given must match, the most given wins. Without it: only by --playbook {id}.
# [select]
# categories = ["outage"]
# severities = ["sev0", "sev1", "sev2"]
# customers = "many"

[[step]]
id = "confirm"                         # a slug, stable: scripts use it
text = {{ en = "Confirm what is seen, by whom, since when", ja = "事象・影響範囲・発生時刻を確認" }}
role = "incident-manager"
due = "5m"                             # from when the step applies
required = true                        # the incident can't be closed while it is open

[[step]]
id = "look"
text = {{ en = "Look at the error rate and the last changes", ja = "エラー率と直近の変更を確認" }}
role = "tech-lead"
run = "git log --oneline -5"           # to copy; never run by itself

[[step]]
id = "tell-it-is-over"
text = {{ en = "Tell everybody who was told that it is over", ja = "通知した全員に復旧を連絡" }}
role = "communications-manager"
due = "15m"
when = {{ status = "resolved" }}         # severity = "sev1": that or worse; customers = "many"; status: once reached
"#
    ))
}
