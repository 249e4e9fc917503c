//! JSON to any address, signed so that the other end knows who sent it and when.

use super::Carried;
use super::attempt::Attempt;
use super::body::Body;
use super::http::{Post, post};
use super::secret;
use hmac::{Hmac, Mac};
use sha2::Sha256;

pub(super) fn carry(attempt: &Attempt) -> Carried {
    let url = secret::url(attempt)?;
    let secret = secret::secret(attempt)?;
    let body = Body::new(&attempt.message, attempt.recipients()).bytes();
    let timestamp = attempt.now.millis().div_euclid(1_000).to_string();
    let mut headers = Vec::new();
    if let Some(signature) = secret.and_then(|secret| sign(secret.expose(), &timestamp, &body)) {
        headers.push(("X-Hikeshi-Signature", signature));
    }
    headers.push(("Idempotency-Key", attempt.message.id.to_string()));
    headers.push(("X-Hikeshi-Timestamp", timestamp));
    post(attempt, &Post { url: &url, headers, body: &body })
}

/// HMAC-SHA256 (RFC 2104) of `TIMESTAMP.BODY`: whoever keeps an old message can't send it again as new.
fn sign(secret: &str, timestamp: &str, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    for part in [timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    let digest = mac.finalize().into_bytes();
    Some(format!("sha256={}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn the_signature_is_what_others_compute() {
        // printf '1795151100.{"a":1}' | openssl dgst -sha256 -hmac key
        let expected = "sha256=92b5897b6e0f436af3861d4aa0998166efa0e11375a66b8fe3b7a86fe95cbbf5";
        assert_eq!(sign("key", "1795151100", b"{\"a\":1}").as_deref(), Some(expected));
    }
}
