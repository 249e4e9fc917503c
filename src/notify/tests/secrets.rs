//! Where secrets come from, and that they go nowhere else.

use super::web_server::{Act, WebServer};
use super::{DELIVERED, NOW, SHORT, channel, failed, message, private, sent};
use crate::incident::localized::Lang;
use crate::notify::send;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

#[test]
fn an_open_file_is_refused_and_a_closed_one_read() {
    let server = WebServer::new(vec![Act::Answer("200 OK", "")]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    let toml = format!(
        "id = 'a'\nkind = 'webhook'\nurl = 'http://127.0.0.1:{}/'\nsecret_file = '{}'",
        server.port,
        path.display()
    );
    private(&path, "hikeshi\nsecond line\n");
    for mode in [0o644, 0o640, 0o604] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("set");
        let outcome = sent(&toml, &message());
        assert!(matches!(failed(&outcome), (reason, false, false) if reason.contains("chmod 600")), "{outcome:?}");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).expect("set");
    assert_eq!(sent(&toml, &message()), DELIVERED);
    assert!(server.request().header("X-Hikeshi-Signature").is_some());
    private(&path, "\n");
    assert_eq!(failed(&sent(&toml, &message())).0, "`secret_file` gives nothing");
    private(&path, "x");
    std::fs::remove_file(&path).expect("removed");
    assert!(failed(&sent(&toml, &message())).0.contains("No such file"));
}

#[test]
fn a_command_gives_its_first_line_and_is_not_quoted() {
    let server = WebServer::new(vec![Act::Answer("200 OK", "")]);
    let toml = |script: &str| {
        format!("id = 'a'\nkind = 'slack'\nurl_command = ['sh', '-c', {}]", toml::Value::String(script.to_owned()))
    };
    let prints = format!("echo http://127.0.0.1:{}/services/x; echo more; cat", server.port);
    assert_eq!(sent(&toml(&prints), &message()), DELIVERED);
    let outcome = sent(&toml("echo hunter22; echo hunter22 >&2; exit 3"), &message());
    assert_eq!(failed(&outcome), ("`url_command` failed: exit code 3", false, false));
    let begun = Instant::now();
    let outcome = send(&channel(&toml("sleep 60")), &message(), SHORT, NOW);
    assert!(!failed(&outcome).2 && begun.elapsed() < SHORT * 20, "{outcome:?} {:?}", begun.elapsed());
    // An address that is none is not repeated.
    let outcome = sent(&toml("echo hunter22"), &message());
    assert_eq!(failed(&outcome).0, "`url_command` gives no address that begins with https://");
}

#[test]
fn a_variable_that_is_not_set_is_named() {
    let toml = "id = 'a'\nkind = 'slack'\nurl_env = 'HIKESHI_TEST_NOT_SET'";
    assert_eq!(
        failed(&sent(toml, &message())),
        ("the environment variable HIKESHI_TEST_NOT_SET is not set", false, false)
    );
    let mut japanese = message();
    japanese.lang = Lang::Ja;
    assert_eq!(failed(&sent(toml, &japanese)).0, "環境変数 HIKESHI_TEST_NOT_SET が設定されていません");
}

#[test]
fn no_failure_shows_a_secret() {
    // given a webhook whose address and signing secret are secrets, and servers that repeat everything
    let folder = tempfile::tempdir().expect("a folder");
    let (hook, secret) = (folder.path().join("hook"), folder.path().join("secret"));
    private(&secret, "correct-horse-battery");
    let echo = "no team for /services/T0SECRET/B0SECRET/abcdefSECRET?key=k3ySECRET; signed with correct-horse-battery";
    for act in [
        Some(Act::Answer("404 None", echo)),
        Some(Act::Answer("302 Away\r\nLocation: https://x.example/services/T0SECRET", "T0SECRET")),
        Some(Act::Answer("nonsense", echo)),
        Some(Act::Drop),
        Some(Act::Hang),
        Some(Act::Deaf),
        None,
    ] {
        for scheme in ["http", "https"] {
            if scheme == "https" && !matches!(act, Some(Act::Drop) | None) {
                continue;
            }
            let server = act.as_ref().map(|act| {
                WebServer::new(vec![match act {
                    Act::Answer(head, body) => Act::Answer(head, body),
                    Act::Drop => Act::Drop,
                    Act::Hang => Act::Hang,
                    Act::Deaf => Act::Deaf,
                }])
            });
            let port = server.as_ref().map_or(1, |server| server.port);
            private(
                &hook,
                &format!("{scheme}://127.0.0.1:{port}/services/T0SECRET/B0SECRET/abcdefSECRET?key=k3ySECRET"),
            );
            let toml = format!(
                "id = 'a'\nkind = 'webhook'\nurl_file = '{}'\nsecret_file = '{}'",
                hook.display(),
                secret.display()
            );
            // when
            let channel = channel(&toml);
            let outcome = send(&channel, &message(), SHORT, NOW);
            // then
            let shown = format!("{outcome:?} {channel:?}");
            assert!(matches!(outcome, crate::notify::Outcome::Failed { .. }));
            assert!(!shown.contains("SECRET") && !shown.contains("correct-horse"), "{shown}");
            assert!(failed(&outcome).0.chars().count() <= 300);
        }
    }
}

#[test]
fn addresses_from_a_secret_are_held_to_the_same_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let hook = folder.path().join("hook");
    for url in ["http://example.com/x", "https://u:p@example.com/", "file:///etc/passwd", "https:///x"] {
        private(&hook, url);
        let outcome = sent(&format!("id = 'a'\nkind = 'slack'\nurl_file = '{}'", hook.display()), &message());
        assert_eq!(failed(&outcome).0, "`url_file` gives no address that begins with https://", "{url}");
    }
}

#[test]
fn a_channel_with_a_fault_sends_nothing() {
    let outcome = sent("id = 'a'\nkind = 'slack'\nurl = 'https://hooks.slack.com/services/x'", &message());
    assert_eq!(failed(&outcome), ("the channel's `url` does not fit", true, false));
}
