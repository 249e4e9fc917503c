//! Webhooks against a real server.

use super::web_server::{Act, WebServer};
use super::{DELIVERED, NOW, Outcome, SHORT, channel, failed, message, sent};
use crate::notify::send;
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn webhook(port: u16) -> String {
    format!("id = 'a'\nkind = 'webhook'\nurl = 'http://127.0.0.1:{port}/in'\nto = ['ops']")
}

#[test]
fn a_message_arrives_whole_and_signed() {
    // given a server, and a secret in a variable that cargo sets
    let server = WebServer::new(vec![Act::Answer("200 OK", "")]);
    // when
    let outcome = sent(&format!("{}\nsecret_env = 'CARGO_PKG_NAME'", webhook(server.port)), &message());
    // then
    assert_eq!(outcome, DELIVERED);
    let request = server.request();
    assert!(request.head.starts_with("POST /in HTTP/1.1\r\n"), "{}", request.head);
    assert_eq!(
        request.body,
        r#"{"schema":1,"id":"01890a5d-ac96-774b-bcce-b302099a8057","incident":12,"subject":"Checkout is down","text":"We are looking into it.","recipients":["ops"],"data":{"stage":"initial"}}"#
    );
    assert_eq!(request.header("Idempotency-Key"), Some("01890a5d-ac96-774b-bcce-b302099a8057"));
    assert_eq!(request.header("X-Hikeshi-Timestamp"), Some("1795151100"));
    assert_eq!(request.header("Content-Type"), Some("application/json; charset=utf-8"));
    // printf '1795151100.BODY' | openssl dgst -sha256 -hmac hikeshi
    let signature = "e5fc7ad5c730893f4d8a2f2654d1656852822bfbc3045d3ba2e3075502683f2d";
    assert_eq!(request.header("X-Hikeshi-Signature"), Some(&*format!("sha256={signature}")));
}

#[test]
fn without_a_secret_nothing_is_signed() {
    let server = WebServer::new(vec![Act::Answer("204 No Content", "")]);
    assert_eq!(sent(&webhook(server.port), &message()), DELIVERED);
    assert_eq!(server.request().header("X-Hikeshi-Signature"), None);
}

#[test]
fn a_repeat_carries_the_same_key_and_body() {
    // given a server that fails once
    let server = WebServer::new(vec![Act::Answer("500 Oops", "database is away\nstack"), Act::Answer("200 OK", "")]);
    // when it is tried twice
    let first = sent(&webhook(server.port), &message());
    let second = sent(&webhook(server.port), &message());
    // then
    assert_eq!(failed(&first), ("answered 500: database is away", false, false));
    assert_eq!(second, DELIVERED);
    let (one, other) = (server.request(), server.request());
    assert_eq!(one.header("Idempotency-Key"), other.header("Idempotency-Key"));
    assert_eq!(one.body, other.body);
}

#[test]
fn answers_mean_what_they_say() {
    for (head, body, reason, permanent, retry_after) in [
        ("429 Slow\r\nRetry-After: 90", "", "answered 429", false, Some(90)),
        ("429 Slow\r\nRetry-After: Fri, 20 Nov 2026 05:10:00 GMT", "", "answered 429", false, Some(300)),
        ("503 Away\r\nRetry-After: 7", "<html>", "answered 503", false, Some(7)),
        ("500 Oops\r\nRetry-After: 7", "", "answered 500", false, None),
        ("408 Late", "", "answered 408", false, None),
        ("425 Early", "", "answered 425", false, None),
        ("400 Bad", "invalid_payload", "answered 400: invalid_payload", true, None),
        ("404 None", "\u{1b}[31mno_service", "answered 404: \\u{1b}[31mno_service", true, None),
        ("410 Gone", "", "answered 410", true, None),
        ("308 Away\r\nLocation: /in", "", "answered 308: moved elsewhere, which is not followed", true, None),
        (
            "302 Away\r\nLocation: http://127.0.0.1:1/",
            "",
            "answered 302: moved elsewhere, which is not followed",
            false,
            None,
        ),
    ] {
        let server = WebServer::new(vec![Act::Answer(head, body)]);
        let retry_after = retry_after.map(Duration::from_secs);
        let expected = Outcome::Failed { reason: reason.to_owned(), permanent, uncertain: false, retry_after };
        assert_eq!(sent(&webhook(server.port), &message()), expected, "{head}");
    }
}

#[test]
fn a_refused_connection_and_an_unknown_host_are_certain() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let refused = sent(&webhook(port), &message());
    assert_eq!(failed(&refused), ("can't be reached: Connection refused (os error 111)", false, false));
    let unknown = sent("id = 'a'\nkind = 'webhook'\nurl = 'https://nowhere.invalid/'", &message());
    assert!(matches!(failed(&unknown), (reason, false, false) if reason.contains("can't be reached")), "{unknown:?}");
}

#[test]
fn what_is_lost_after_the_message_is_uncertain() {
    let server = WebServer::new(vec![Act::Drop]);
    let dropped = sent(&webhook(server.port), &message());
    assert!(matches!(failed(&dropped), (reason, false, true) if reason.starts_with("sent, but the answer was lost")));
    let server = WebServer::new(vec![Act::Hang]);
    let begun = Instant::now();
    let hung = send(&channel(&webhook(server.port)), &message(), SHORT, NOW);
    assert_eq!(failed(&hung), ("sent, but no answer in time", false, true));
    assert!(begun.elapsed() < SHORT * 20, "{:?}", begun.elapsed());
    assert_eq!(server.request().header("Idempotency-Key"), Some("01890a5d-ac96-774b-bcce-b302099a8057"));
}

#[test]
fn the_address_is_no_mention_in_slack() {
    let server = WebServer::new(vec![Act::Answer("200 OK", "ok")]);
    let folder = tempfile::tempdir().expect("a folder");
    let hook = folder.path().join("hook");
    super::private(&hook, &format!("http://127.0.0.1:{}/services/T0/B0/x\n", server.port));
    let mut hostile = message();
    hostile.subject = "<!here>".to_owned();
    hostile.text = "<!channel> & <https://x.example|click>".to_owned();
    let toml = format!("id = 'a'\nkind = 'slack'\nurl_file = '{}'", hook.display());
    assert_eq!(sent(&toml, &hostile), DELIVERED);
    assert_eq!(
        server.request().body,
        r#"{"text":"&lt;!here&gt;\n&lt;!channel&gt; &amp; &lt;https://x.example|click&gt;"}"#
    );
}

#[test]
fn https_is_checked_against_the_named_authority() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = super::mail_server::authority(folder.path(), "127.0.0.1");
    let (other, _) = super::mail_server::authority(&folder.path().join("other"), "127.0.0.1");
    let server = WebServer::with(vec![Act::Answer("200 OK", ""), Act::Answer("200 OK", "")], Some(tls));
    let toml =
        |ca: &str| format!("id = 'a'\nkind = 'webhook'\nurl = 'https://127.0.0.1:{}/'\nca_file = '{ca}'", server.port);
    let refused = sent(&toml(&other), &message());
    assert!(matches!(failed(&refused), (reason, false, false) if reason.contains("certificate")), "{refused:?}");
    assert_eq!(sent(&toml(&ca), &message()), DELIVERED);
    assert_eq!(server.request().header("Idempotency-Key"), Some("01890a5d-ac96-774b-bcce-b302099a8057"));
}
