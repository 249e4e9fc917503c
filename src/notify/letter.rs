//! A message as mail (RFC 5322, RFC 2047): plain text, and nothing in it but text.

use super::Message;
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bytes of text in one encoded word: with its frame and the header's name it stays within 76 letters.
const WORD: usize = 39;
/// The longest line that is sent as it is; RFC 5322 allows 998.
const LINE: usize = 900;

/// Who writes to whom.
pub(super) struct Envelope<'a> {
    /// The sender's name; may be empty.
    pub name: &'a str,
    /// The sender's address.
    pub from: &'a str,
    /// Everyone's address.
    pub to: &'a [String],
}

/// The whole mail, its lines ending as mail's do. The addresses were checked.
pub(super) fn letter(message: &Message, envelope: &Envelope, now: Timestamp) -> String {
    let mut mail = String::new();
    let mut header = |name: &str, value: &str| {
        if !value.is_empty() {
            mail.push_str(&format!("{name}: {value}\r\n"));
        }
    };
    let from = match envelope.name {
        "" => envelope.from.to_owned(),
        name => format!("{}\r\n <{}>", phrase(name), envelope.from),
    };
    header("From", &from);
    // Customers are not told of each other.
    header("To", if let [only] = envelope.to { only } else { "undisclosed-recipients:;" });
    header("Subject", &unstructured(&message.subject));
    header("Date", &date(now));
    let domain = envelope.from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    header("Message-ID", &format!("<{}@{domain}>", message.id));
    // RFC 3834: no absence notice comes back.
    header("Auto-Submitted", "auto-generated");
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Language", if message.lang == Lang::Ja { "ja" } else { "en" });
    let text = message.text.replace("\r\n", "\n").replace('\r', "\n");
    let plain = text.lines().all(|line| line.len() <= LINE)
        && text.chars().all(|letter| matches!(letter, '\n' | '\t' | ' '..='~'));
    if plain {
        header("Content-Transfer-Encoding", "7bit");
        mail.push_str("\r\n");
        mail.push_str(&text.replace('\n', "\r\n"));
        return mail;
    }
    header("Content-Transfer-Encoding", "base64");
    for (index, letter) in STANDARD.encode(text.replace('\n', "\r\n")).chars().enumerate() {
        if index % 76 == 0 {
            mail.push_str("\r\n");
        }
        mail.push(letter);
    }
    mail
}

/// The value of a header that is text: never more than one line, whatever was typed.
fn unstructured(text: &str) -> String {
    let line: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let line = line.trim();
    let plain = line.chars().all(|letter| matches!(letter, ' '..='~')) && line.len() <= 60 && !line.contains("=?");
    if plain { line.to_owned() } else { encoded(line) }
}

/// A name before an address.
fn phrase(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    if name.len() <= 60 && name.chars().all(plain) { name.to_owned() } else { encoded(name) }
}

/// Encoded words; no character is cut in two.
fn encoded(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for letter in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + letter.len_utf8() <= WORD => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

fn date(now: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(now.millis()).ok();
    let printed = instant.map(|instant| jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&instant));
    printed.and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Envelope, encoded, letter, phrase, unstructured};
    use crate::incident::time::Timestamp;
    use crate::notify::tests::message;

    #[test]
    fn a_header_is_one_line_whatever_was_typed() {
        assert_eq!(unstructured("a\r\nBcc: x@y.example"), "a  Bcc: x@y.example");
        for hostile in ["a\r\n\r\nbody", "=?UTF-8?B?eA0KeTog?=", "a\u{85}b\u{2028}c\0", &"x".repeat(5_000)] {
            for line in unstructured(hostile).split("\r\n").skip(1) {
                assert!(line.starts_with(' ') && line.len() <= 76, "{line}");
            }
        }
        assert_eq!(phrase("Desk\" <x@y.example>,"), "=?UTF-8?B?RGVzayIgPHhAeS5leGFtcGxlPiw=?=");
    }

    #[test]
    fn japanese_is_cut_between_characters() {
        assert_eq!(encoded("障害"), "=?UTF-8?B?6Zqc5a6z?=");
        let long = encoded(&"障害".repeat(20));
        assert!(long.contains("\r\n ") && long.split("\r\n").all(|line| line.trim().len() <= 67), "{long}");
    }

    #[test]
    fn a_plain_mail_is_readable_and_its_lines_end_as_mails_do() {
        let mut message = message();
        message.text = "first\nsecond\rthird\r\n.\r\nlast".to_owned();
        let to = ["a@b.example".to_owned()];
        let envelope = Envelope { name: "Incident desk", from: "desk@example.com", to: &to };
        let mail = letter(&message, &envelope, Timestamp::from_millis(1_795_151_100_000));
        assert_eq!(
            mail,
            "From: Incident desk\r\n <desk@example.com>\r\nTo: a@b.example\r\nSubject: Checkout is down\r\n\
             Date: Fri, 20 Nov 2026 05:05:00 -0000\r\n\
             Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@example.com>\r\nAuto-Submitted: auto-generated\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: en\r\n\
             Content-Transfer-Encoding: 7bit\r\n\r\nfirst\r\nsecond\r\nthird\r\n.\r\nlast"
        );
    }

    #[test]
    fn several_recipients_are_not_told_of_each_other() {
        let to = ["a@b.example".to_owned(), "c@d.example".to_owned()];
        let envelope = Envelope { name: "", from: "desk@example.com", to: &to };
        let mail = letter(&message(), &envelope, Timestamp::from_millis(0));
        assert!(mail.contains("To: undisclosed-recipients:;\r\n"), "{mail}");
        assert!(!mail.contains("a@b.example") && !mail.contains("c@d.example"), "{mail}");
    }
}
