//! Streams: lines longer than memory should hold, and bytes that are no text.

use super::{HEX, MIXED};
use crate::incident::secret::Masker;

const PIECE: usize = 64 * 1024;

fn masked(bytes: &[u8], step: usize) -> Vec<u8> {
    let mut masker = Masker::new();
    let mut out: Vec<u8> = bytes.chunks(step).flat_map(|part| masker.push(part)).collect();
    out.extend(masker.finish());
    out
}

fn holds(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn a_token_across_the_boundary_of_a_long_line_is_masked() {
    let token = format!("gh{}{MIXED}", "p_");
    for secret in [token, "--password=hunter2hunter2".to_owned(), "postgres://app:hunter2hunter2@db/x".to_owned()] {
        // Around where a piece ends, and around where its last part begins.
        for middle in [PIECE, PIECE - 8 * 1024] {
            for start in (middle - 60..middle + 8).step_by(12) {
                let mut line = "log ".repeat(PIECE / 2).into_bytes();
                line.truncate(start - start % 4);
                line.extend_from_slice(secret.as_bytes());
                line.extend_from_slice(" tail".repeat(4000).as_bytes());
                let out = masked(&line, 4096);
                assert!(!holds(&out, &secret[secret.len() - 12..]) && !holds(&out, "hunter2"), "{start}");
                assert!(out.ends_with(b" tail") && out.len() > PIECE, "{start}");
                assert_eq!(out.windows(8).filter(|window| window == b"[masked:").count(), 1, "{start}");
            }
        }
    }
}

#[test]
fn a_secret_longer_than_a_piece_is_swallowed() {
    let text = format!("x --password={} tail\nnext", MIXED.repeat(4000));
    assert_eq!(masked(text.as_bytes(), 1000), b"x --password=[masked: password] tail\nnext");
}

#[test]
fn a_line_without_a_secret_comes_out_as_it_went_in() {
    let text = "é log ".repeat(40_000);
    assert_eq!(masked(text.as_bytes(), 777), text.as_bytes());
}

#[test]
fn a_private_key_is_masked_across_pushes() {
    let key = format!("-----BEGIN {} KEY-----\n{HEX}\n{HEX}\n-----END {0} KEY-----", "OPENSSH PRIVATE");
    let text = format!("before\n{key}\n\nafter\n");
    for step in [1, 7, 64, 1000] {
        assert_eq!(masked(text.as_bytes(), step), b"before\n[masked: private-key]\n\nafter\n");
    }
}

#[test]
fn complete_lines_are_given_out_at_once() {
    let mut masker = Masker::new();
    assert_eq!(masker.push(b"one\ntw"), b"one\n");
    assert_eq!(masker.push(b"o\npassword=hun"), b"two\n");
    assert_eq!(masker.push(b"ter2"), b"");
    assert_eq!(masker.finish(), b"password=[masked: password]");
}

#[test]
fn bytes_that_are_no_text_pass() {
    let mut text = b"\xff\xfe\x80 password=hunter2 \xe3\x83".to_vec();
    let out = masked(&text, 3);
    assert_eq!(out, b"\xff\xfe\x80 password=[masked: password] \xe3\x83");
    text.truncate(3);
    assert_eq!(masked(&text, 1), text);
}
