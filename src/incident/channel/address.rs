//! Addresses of the web and of mail, as far as the rules look into them.

/// Why an address of the web can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// It doesn't begin with `https://`, nor with `http://` and a host on the same machine.
    NotHttps,
    /// It names no host, or holds what no address holds.
    NoHost,
    /// It carries a name or a password before the host.
    UserInfo,
}

/// The host of an address to which messages may be sent: `https`, or `http` to the same machine; no name or password
/// before the host.
///
/// # Errors
///
/// What keeps it from being used.
pub fn web_address(url: &str) -> Result<&str, AddressFault> {
    let (scheme, rest) = url.split_once("://").ok_or(AddressFault::NotHttps)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, _) = rest.split_at(end);
    if authority.contains('@') {
        return Err(AddressFault::UserInfo);
    }
    if url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\') {
        return Err(AddressFault::NoHost);
    }
    let (host, port) = match authority.rfind(':').filter(|colon| !authority.split_at(*colon).1.contains(']')) {
        Some(colon) => (authority.split_at(colon).0, authority.split_at(colon + 1).1),
        None => (authority, "443"),
    };
    if !is_host(host) || port.parse::<u16>().is_err() {
        return Err(AddressFault::NoHost);
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(host),
        "http" if is_loopback(host) => Ok(host),
        _ => Err(AddressFault::NotHttps),
    }
}

/// Whether a host is this machine: what is sent to it crosses no network.
pub fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") || host == "::1" || host == "[::1]" {
        return true;
    }
    let parts: Vec<Option<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    matches!(parts.as_slice(), [Some(127), Some(_), Some(_), Some(_)])
}

/// Whether a word can be the name or the number of a host.
pub(super) fn is_host(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(host);
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':');
    !bare.is_empty() && bare.chars().all(fits) && bare.chars().any(char::is_alphanumeric)
}

/// The name (empty when there is none) and the address in `desk@example.com` or `Incident desk <desk@example.com>`;
/// `None` for what can be no mail address.
pub fn mail_address(typed: &str) -> Option<(&str, &str)> {
    if typed.chars().any(char::is_control) {
        return None;
    }
    let typed = typed.trim();
    let (name, address) = match typed.strip_suffix('>') {
        Some(rest) => rest.split_once('<').map(|(name, address)| (name.trim(), address.trim()))?,
        None => ("", typed),
    };
    let (user, host) = address.rsplit_once('@')?;
    let plain = |letter: char| !letter.is_whitespace() && !matches!(letter, '<' | '>' | '(' | ')' | ',' | ';' | '"');
    let fits = !user.is_empty() && !user.contains('@') && user.chars().all(plain);
    (fits && is_host(host) && !host.contains(':')).then(|| (name.trim_matches('"'), address))
}
