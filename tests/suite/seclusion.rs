//! What programs that the policy starts get to know, and what is said of incidents that not everybody may read.

use super::place::Place;
use std::path::PathBuf;

/// A place with a policy, in which `HERE` stands for its folder.
fn with_policy(policy: &str) -> Place {
    let place = Place::new();
    let folder = place.path().join(".config/hikeshi");
    std::fs::create_dir_all(&folder).expect("made");
    let policy = policy.replace("HERE", &place.path().display().to_string());
    std::fs::write(folder.join("policy.toml"), policy).expect("written");
    place.ok(&["playbook", "lint"]);
    place
}

/// Every way in which a program is started, each of which writes down its environment.
const PROGRAMS: &str = r#"
[[channel]]
id = "pager"
kind = "command"
command = ["/bin/sh", "-c", "/usr/bin/env > HERE/env-pager; cat > /dev/null"]
[[channel]]
id = "hook"
kind = "webhook"
url_env = "HOOK_URL"
secret_command = ["/bin/sh", "-c", "/usr/bin/env > HERE/env-secret; echo s"]
[[channel]]
id = "chat"
kind = "slack"
url_env = "CHAT_URL"
[[channel]]
id = "mail"
kind = "email"
server = "127.0.0.1"
port = 1
tls = "none"
from = "desk@example.com"
to = ["all@example.com"]
[[channel]]
id = "signed"
kind = "webhook"
url = "http://127.0.0.1:1/"
secret_env = "SIGNING_KEY"
[[audience]]
id = "staff"
channels = ["pager", "hook"]
[[ladder]]
id = "desk"
tier = [{ command = ["/bin/sh", "-c", "/usr/bin/env > HERE/env-ladder; echo ann"], channel = "pager", wait = "5m" }]
[heartbeat]
url_env = "BEAT_URL"
"#;

#[test]
fn no_program_gets_the_secrets_of_another_channel() {
    let place = with_policy(PROGRAMS);
    place.ok(&["declare", "API down", "-q"]);
    let secrets = [
        ("HOOK_URL", "http://127.0.0.1:1/own"),
        ("CHAT_URL", "http://127.0.0.1:1/chat"),
        ("SIGNING_KEY", "sign"),
        ("BEAT_URL", "http://127.0.0.1:1/beat"),
    ];
    for arguments in
        [&["escalate", "--to", "desk", "--reason", "help"][..], &["update", "Soon.", "--audience", "staff"]]
    {
        let output = place.command(arguments).envs(secrets).env("PLAIN", "stays").output().expect("runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let draft = place.json(&["timeline", "--kind", "statement.drafted"])["entries"][0]["id"].clone();
    let send = ["update", "--statement", draft.as_str().expect("an id"), "--send"];
    place.command(&send).envs(secrets).env("PLAIN", "stays").output().expect("runs");
    for (file, own) in [("env-ladder", None), ("env-pager", None), ("env-secret", Some("HOOK_URL"))] {
        let found = std::fs::read_to_string(place.path().join(file)).unwrap_or_else(|_| panic!("{file} was not run"));
        assert!(found.contains("PLAIN=stays"), "{file}: {found}");
        for (name, _) in secrets {
            let has = found.lines().any(|line| line.starts_with(&format!("{name}=")));
            assert_eq!(has, own == Some(name), "{file} and {name}");
        }
    }
}

/// Channels of each kind that carry reminders, and a ladder with people on it.
const WATCHED: &str = r#"
[[channel]]
id = "wall"
kind = "file"
path = "HERE/wall"
[[channel]]
id = "bad"
kind = "command"
command = ["/bin/sh", "-c", "cat >> HERE/words; echo no way to mari; exit 1"]
[[ladder]]
id = "desk"
tier = [{ call = ["kenji"], wait = "5m" }, { call = ["sora"], wait = "5m" }]
[reminders]
channels = ["wall", "bad"]
"#;

#[test]
fn the_scheduler_names_nobody_of_a_restricted_incident() {
    let place = with_policy(WATCHED);
    place.ok(&["contact", "add", "mari", "--reach", "mari@example.com"]);
    place.ok(&[
        "declare",
        "Mailbox read by a stranger",
        "--restricted",
        "--category",
        "security",
        "--severity",
        "sev1",
        "-q",
    ]);
    place.ok(&["-i", "1", "assign-role", "incident-manager", "mari"]);
    place.ok(&["-i", "1", "assign-role", "tech-lead", "haruto"]);
    place.ok(&["-i", "1", "escalate", "--to", "desk", "--reason", "haruto asks"]);
    let file = |name: &str| -> PathBuf { place.path().join(name) };
    let mut said = String::new();
    let mut tick = |arguments: &[&str]| {
        let ran = place.run(arguments);
        said.push_str(&ran.out);
        said.push_str(&ran.err);
    };
    for _ in 0..14 {
        place.wait(6 * 60);
        tick(&["tick", "--dry-run"]);
        tick(&["tick", "--json"]);
        place.wait(30 * 60);
        tick(&["tick"]);
        place.lang("ja");
        place.wait(6 * 60);
        tick(&["tick"]);
        place.lang("en");
    }
    for name in ["wall", "words"] {
        said.push_str(&std::fs::read_to_string(file(name)).unwrap_or_else(|_| panic!("nothing reached {name}")));
    }
    assert!(
        said.contains("#1 sev1 (restricted)") && said.contains("overdue by") && said.contains("NOT DELIVERED"),
        "{said}"
    );
    for name in ["mari", "haruto", "kenji", "sora", "Mailbox", "stranger"] {
        assert!(!said.contains(name), "{name}: {}", said.lines().find(|line| line.contains(name)).unwrap_or_default());
    }
}
