//! Passwords inside addresses: `scheme://user:password@host`, and the same without a scheme where a driver wants it so.

use super::Secret;
use super::bytes::{position, run};
use super::value::is_placeholder;

const RULE: &str = "url-password";

/// Adds every password that stands before an address's host.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    let mut from = 0;
    while let Some(scheme) = position(line, from, b"://") {
        let user = scheme + 3;
        let length = run(line, user, in_authority);
        // The last `@` ends the password, which may hold one itself.
        if let Some(host) = line[user..user + length].iter().rposition(|byte| *byte == b'@') {
            password(line, user, user + host, found);
        }
        from = user;
    }
    for network in [&b"@tcp("[..], b"@unix("] {
        if let Some(host) = position(line, 0, network) {
            let length = line[..host].iter().rev().take_while(|byte| in_authority(**byte)).count();
            password(line, host - length, host, found);
        }
    }
}

fn in_authority(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\')
}

fn password(line: &[u8], user: usize, host: usize, found: &mut Vec<Secret>) {
    let Some(colon) = line[user..host].iter().position(|byte| *byte == b':') else { return };
    let start = user + colon + 1;
    if start < host && !is_placeholder(&line[start..host]) {
        found.push(Secret::new(RULE, start..host));
    }
}
