//! Posting a message, and reading what the answer means for it.

use super::Carried;
use super::attempt::Attempt;
use super::cause::{Cause, Failure};
use super::roots::roots;
use super::secret::Secret;
use crate::incident::channel::{is_loopback, web_address};
use crate::incident::time::Timestamp;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error, SendBody};

/// The most bytes of a refusal that are read.
const MOST: u64 = 2_048;

/// What is posted.
pub(super) struct Post<'a> {
    pub url: &'a Secret,
    pub headers: Vec<(&'static str, String)>,
    pub body: &'a [u8],
}

/// Posts a message: what is answered with 2xx is delivered.
pub(super) fn post(attempt: &Attempt, post: &Post) -> Carried {
    let agent = agent(attempt, post.url)?;
    let mut request = agent
        .post(post.url.expose())
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Content-Length", post.body.len().to_string());
    for (name, value) in &post.headers {
        request = request.header(*name, value);
    }
    let mut body = Sent { attempt, rest: post.body };
    let answered = request.send(SendBody::from_reader(&mut body));
    let sent = body.rest.is_empty();
    match answered {
        Ok(mut response) => judge(&mut response, attempt.now),
        Err(error) => Err(lost(&error, sent)),
    }
}

/// Redirects are not followed: another address is another recipient, and may be a plain one.
fn agent(attempt: &Attempt, url: &Secret) -> Result<Agent, Failure> {
    let host = web_address(url.expose()).map_err(|_| Failure::never(Cause::Unfit { key: "url" }))?;
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(0)
        .timeout_global(Some(attempt.left()?))
        .user_agent(concat!("hikeshi/", env!("CARGO_PKG_VERSION")));
    if is_loopback(host) {
        config = config.proxy(None);
    }
    if url.expose().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https")) {
        let roots = roots(attempt.channel.ca_file.as_deref())?;
        let roots: Vec<Certificate> = roots.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
        config = config.tls_config(tls.build());
    }
    Ok(config.build().into())
}

/// The body, which knows how much of it was taken.
struct Sent<'a> {
    attempt: &'a Attempt,
    rest: &'a [u8],
}

impl Read for Sent<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.attempt.begin().map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
        self.rest.read(room)
    }
}

/// What an answer means (RFC 9110 section 15, RFC 6585 section 4, RFC 8470 section 5.2).
fn judge(response: &mut Response<ureq::Body>, now: Timestamp) -> Carried {
    let status = response.status().as_u16();
    if response.status().is_success() {
        return Ok(None);
    }
    if response.status().is_redirection() {
        let failure = Failure::later(Cause::Elsewhere { status });
        return Err(Failure { permanent: matches!(status, 301 | 308), ..failure });
    }
    let temporary = matches!(status, 408 | 425 | 429 | 500..=599);
    let retry_after = match status {
        429 | 503 => retry_after(response.headers(), now),
        _ => None,
    };
    let said = said(response);
    let failure = Failure::later(Cause::Refused { status, said });
    Err(Failure { permanent: !temporary, retry_after, ..failure })
}

/// The first line of a refusal; a page for browsers says nothing.
fn said(response: &mut Response<ureq::Body>) -> String {
    let mut bytes = Vec::new();
    // What was read before it broke off is good enough.
    let _ = response.body_mut().as_reader().take(MOST).read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.starts_with('<') { String::new() } else { line.to_owned() }
}

/// `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3).
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let now = Duration::from_millis(u64::try_from(now.millis()).ok()?);
    Some(date.saturating_sub(now))
}

/// What a lost connection means. An error's own words may hold the address, so only those that can't are used.
fn lost(error: &Error, sent: bool) -> Failure {
    let why = match error {
        Error::Timeout(_) => return Failure::later(Cause::TimedOut { sent }).unless(sent),
        Error::Io(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => {
            return Failure::later(Cause::TimedOut { sent }).unless(sent);
        }
        Error::Io(error) => error.to_string(),
        Error::Rustls(error) => error.to_string(),
        Error::Tls(why) => (*why).to_owned(),
        Error::HostNotFound => "no such host".to_owned(),
        Error::Protocol(_) | Error::LargeResponseHeader(..) => "no HTTP".to_owned(),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => "the proxy refused".to_owned(),
        _ => "no connection".to_owned(),
    };
    Failure::later(Cause::Network { why, sent }).unless(sent)
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, retry_after};
    use crate::incident::time::Timestamp;
    use std::time::Duration;

    #[test]
    fn waiting_is_asked_for_in_seconds_or_as_a_date() {
        let now = Timestamp::from_millis(784_111_777_000);
        for (value, wait) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:51:37 GMT", Some(120)),
            ("Sunday, 06-Nov-94 08:51:37 GMT", Some(120)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
            ("99999999999999999999", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.parse().expect("a header"));
            assert_eq!(retry_after(&headers, now), wait.map(Duration::from_secs), "{value}");
        }
    }
}
