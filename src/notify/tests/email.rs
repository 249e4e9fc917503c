//! Mail against a real server.

use super::mail_server::{MailServer, Script, Secure, authority};
use super::{DELIVERED, NOW, Outcome, SHORT, channel, failed, message, sent};
use crate::notify::send;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::net::TcpListener;
use std::time::Instant;

fn plain(port: u16) -> String {
    format!(
        "id = 'a'\nkind = 'email'\nserver = '127.0.0.1'\nport = {port}\nfrom = 'Desk <desk@example.com>'\n\
         to = ['a@b.example']\n"
    )
}

fn mail(script: Script, more: &str) -> (Outcome, MailServer) {
    let server = MailServer::new(script);
    let outcome = sent(&format!("{}{more}", plain(server.port)), &message());
    (outcome, server)
}

#[test]
fn a_mail_arrives_through_each_encryption() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = authority(folder.path(), "127.0.0.1");
    for (secure, more) in [
        (Secure::No, "tls = 'none'".to_owned()),
        (Secure::Starttls(tls.clone()), format!("ca_file = '{ca}'")),
        (Secure::Implicit(tls), format!("tls = 'implicit'\nca_file = '{ca}'")),
    ] {
        let (outcome, server) = mail(Script::new(secure), &more);
        assert_eq!(outcome, DELIVERED, "{more}");
        let taken = server.taken();
        let mail = taken.mail.expect("a mail");
        assert!(mail.contains("Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@example.com>\r\n"), "{mail}");
        assert!(mail.contains("\r\n\r\nWe are looking into it.\r\n"), "{mail}");
        assert!(taken.lines.contains(&"MAIL FROM:<desk@example.com>".to_owned()), "{:?}", taken.lines);
        assert!(taken.lines.contains(&"RCPT TO:<a@b.example>".to_owned()), "{:?}", taken.lines);
    }
}

#[test]
fn a_certificate_that_does_not_fit_gets_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, wrong_name) = authority(folder.path(), "mail.example.com");
    let (_, unknown) = authority(&folder.path().join("other"), "127.0.0.1");
    for tls in [wrong_name, unknown] {
        for (secure, more) in
            [(Secure::Starttls(tls.clone()), ""), (Secure::Implicit(tls.clone()), "tls = 'implicit'\n")]
        {
            let (outcome, server) = mail(Script::new(secure), &format!("{more}ca_file = '{ca}'"));
            assert!(
                matches!(failed(&outcome), (reason, false, false) if reason.contains("certificate")),
                "{outcome:?}"
            );
            assert!(!server.taken().lines.iter().any(|line| line.starts_with("MAIL")));
        }
    }
}

#[test]
fn a_server_without_starttls_gets_nothing() {
    let (outcome, server) = mail(Script::new(Secure::No), "");
    assert_eq!(failed(&outcome), ("the mail server offers no STARTTLS", false, false));
    assert!(!server.taken().lines.iter().any(|line| line.starts_with("MAIL")));
}

#[test]
fn what_is_slipped_in_before_the_encryption_never_passes_for_a_delivery() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = authority(folder.path(), "127.0.0.1");
    let mut script = Script::new(Secure::Starttls(tls));
    script.injected = "\r\n250 mail.test";
    let (outcome, server) = mail(script, &format!("ca_file = '{ca}'"));
    assert!(matches!(failed(&outcome), (_, false, false)), "{outcome:?}");
    assert_eq!(server.taken().mail, None);
}

#[test]
fn a_password_is_given_and_a_wrong_one_is_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ca, tls) = authority(folder.path(), "127.0.0.1");
    let secret = folder.path().join("password");
    super::private(&secret, "correct horse\n");
    let more = format!("ca_file = '{ca}'\nuser = 'desk'\nsecret_file = '{}'", secret.display());
    let mut script = Script::new(Secure::Starttls(tls));
    script.auth = Some("235 welcome");
    let (outcome, server) = mail(script.clone(), &more);
    assert_eq!(outcome, DELIVERED);
    let whole = STANDARD.encode("\0desk\0correct horse");
    assert!(server.taken().lines.contains(&format!("AUTH PLAIN {whole}")));
    // A server that repeats the line, and the password.
    script.auth = Some("535 5.7.8 bad credentials: LINE correct horse");
    let (outcome, _server) = mail(script.clone(), &more);
    let (reason, permanent, uncertain) = failed(&outcome);
    assert!(permanent && !uncertain && reason.contains("535"), "{reason}");
    assert!(!reason.contains("correct horse") && !reason.contains(&whole), "{reason}");
    script.auth = Some("454 4.7.0 later");
    assert!(matches!(failed(&mail(script, &more).0), (_, false, false)));
}

#[test]
fn refused_recipients_are_told_apart() {
    for (answer, permanent) in [("550 5.1.1 no such user", true), ("450 4.2.1 later", false)] {
        let mut script = Script::new(Secure::No);
        script.refuse = if permanent {
            &[("a@b.example", "550 5.1.1 no such user")]
        } else {
            &[("a@b.example", "450 4.2.1 later")]
        };
        let (outcome, server) = mail(script, "tls = 'none'");
        let reason = format!("the mail server said a@b.example: {answer}");
        assert_eq!(failed(&outcome), (&*reason, permanent, false));
        assert_eq!(server.taken().mail, None);
    }
}

#[test]
fn a_refused_recipient_does_not_keep_the_mail_from_the_others() {
    let mut script = Script::new(Secure::No);
    script.refuse = &[("gone@b.example", "550 gone")];
    let server = MailServer::new(script);
    let mut several = message();
    several.recipients = ["x@b.example", "gone@b.example", "X <x@b.example>", "a b"].map(str::to_owned).to_vec();
    let outcome = sent(&format!("{}tls = 'none'", plain(server.port)), &several);
    let note = "a b: no mail address; gone@b.example: 550 gone".to_owned();
    assert_eq!(outcome, Outcome::Delivered { note: Some(note) });
    let taken = server.taken();
    let mail = taken.mail.expect("a mail");
    assert!(mail.contains("To: x@b.example\r\n") && !mail.contains("gone"), "{mail}");
    assert_eq!(taken.lines.iter().filter(|line| line.starts_with("RCPT")).count(), 2);
}

#[test]
fn what_is_lost_after_the_mail_is_uncertain() {
    for (end, reason) in
        [("", "sent, but the answer was lost: incomplete response"), ("hang", "sent, but no answer in time")]
    {
        let mut script = Script::new(Secure::No);
        script.end = end;
        let server = MailServer::new(script);
        let begun = Instant::now();
        let outcome = send(&channel(&format!("{}tls = 'none'", plain(server.port))), &message(), SHORT, NOW);
        assert_eq!(failed(&outcome), (reason, false, true));
        assert!(begun.elapsed() < SHORT * 20, "{:?}", begun.elapsed());
        assert!(server.taken().mail.is_some());
    }
    let mut script = Script::new(Secure::No);
    script.end = "554 5.7.1 spam";
    assert_eq!(failed(&mail(script, "tls = 'none'").0), ("the mail server said 554 5.7.1 spam", true, false));
}

#[test]
fn a_server_that_never_speaks_costs_no_more_than_the_time() {
    let deaf = TcpListener::bind("127.0.0.1:0").expect("a port");
    let toml = format!("{}tls = 'none'", plain(deaf.local_addr().expect("an address").port()));
    let begun = Instant::now();
    let outcome = send(&channel(&toml), &message(), SHORT, NOW);
    assert_eq!(failed(&outcome), ("no connection in time", false, false));
    assert!(begun.elapsed() < SHORT * 20, "{:?}", begun.elapsed());
}

#[test]
fn hostile_subjects_and_recipients_add_no_header() {
    let server = MailServer::new(Script::new(Secure::No));
    let mut hostile = message();
    hostile.subject = "障害\r\nBcc: x@y.example\r\n\r\nbody".to_owned();
    hostile.text = "決済が使えません\r\n.\r\nMAIL FROM:<x@y.example>\n.\nQUIT".to_owned();
    hostile.recipients = vec!["a@b.example".to_owned(), "c@d.example>\r\nRCPT TO:<x@y.example".to_owned()];
    let outcome = sent(&format!("{}tls = 'none'", plain(server.port)), &hostile);
    assert!(matches!(outcome, Outcome::Delivered { note: Some(_) }), "{outcome:?}");
    let taken = server.taken();
    assert!(!taken.lines.iter().any(|line| line.contains("x@y.example")), "{:?}", taken.lines);
    let mail = taken.mail.expect("a mail");
    let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
    assert!(!head.contains("Bcc") && !mail.contains("x@y.example"), "{mail}");
    let subject: String = head
        .split("Subject: ")
        .nth(1)
        .expect("a subject")
        .lines()
        .enumerate()
        .take_while(|(index, line)| *index == 0 || line.starts_with(' '))
        .map(|(_, line)| line.trim().trim_start_matches("=?UTF-8?B?").trim_end_matches("?=").to_owned())
        .map(|word| String::from_utf8(STANDARD.decode(word).expect("base64")).expect("text"))
        .collect();
    assert_eq!(subject, "障害  Bcc: x@y.example    body");
    let text = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
    assert_eq!(String::from_utf8(text).expect("text"), "決済が使えません\r\n.\r\nMAIL FROM:<x@y.example>\r\n.\r\nQUIT");
}

#[test]
fn nobody_to_write_to_is_said() {
    let toml = "id = 'a'\nkind = 'email'\nserver = 'localhost'\ntls = 'none'\nfrom = 'd@e.example'";
    assert_eq!(failed(&sent(toml, &message())), ("nobody to send it to", true, false));
}
