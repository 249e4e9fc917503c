//! Which words name a place inside: machines, tickets, channels, paths.

/// The ends of names that only mean something inside.
const INNER: [&str; 8] = [".internal", ".local", ".lan", ".corp", ".intra", ".svc", ".localdomain", ".home"];

/// Words before a number that make no machine of it: `sev-1`, `utf-8`.
const NO_HOST: [&str; 22] = [
    "sev", "utf", "sha", "tls", "iso", "rfc", "covid", "ipv", "http", "step", "phase", "level", "tier", "version",
    "part", "day", "week", "q", "fy", "top", "type", "class",
];

/// Words that name a machine where a number follows directly.
const MACHINES: [&str; 20] = [
    "web", "db", "app", "host", "node", "srv", "server", "cache", "redis", "mysql", "pg", "postgres", "kafka",
    "worker", "lb", "proxy", "vm", "prod", "stg", "batch",
];

/// What a path on a machine begins with.
const ROOTS: [&str; 14] =
    ["srv", "home", "var", "etc", "opt", "usr", "tmp", "mnt", "root", "data", "users", "run", "proc", "dev"];

/// Whether a letter can stand in an address or the name of a machine.
pub const fn is_of_a_place(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '.' | '-' | '_' | ':' | '/' | '@' | '%' | '?' | '=' | '&' | '#' | '~' | '+')
}

/// Whether a word names a machine: an address, a name of the inner network, letters with a number behind a hyphen.
pub fn is_host(lower: &str) -> bool {
    if is_region(lower) {
        return false;
    }
    let parts: Vec<&str> = lower.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let host = lower.split(['/', ':']).next().unwrap_or_default();
    if host.split('.').filter(is_number).count() == 4 && host.split('.').count() == 4 {
        return true;
    }
    if lower.matches(':').count() >= 3 && lower.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':') {
        return true;
    }
    if INNER.iter().any(|end| host.ends_with(end)) {
        return true;
    }
    let first = parts.first().copied().unwrap_or_default();
    let Some((name, number)) = first.rsplit_once('-') else { return is_numbered_machine(first) };
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let digits = number.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let numbered = !digits.is_empty()
        && digits.len() <= 4
        && number.len() <= digits.len() + 1
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let named = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase()) && !NO_HOST.contains(&name);
    letters && numbered && named
}

/// `eu-west-1`, `ap-northeast-1a`: a part of the world, as clouds call them.
fn is_region(word: &str) -> bool {
    const SIDES: [&str; 9] =
        ["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"];
    let mut parts = word.split('-');
    let area = parts.next().is_some_and(|area| area.len() <= 12 && area.bytes().all(|byte| byte.is_ascii_lowercase()));
    let (middle, number): (Vec<&str>, Option<&str>) = {
        let rest: Vec<&str> = parts.collect();
        (rest.iter().copied().take(rest.len().saturating_sub(1)).collect(), rest.last().copied())
    };
    let sided = middle.last().is_some_and(|side| SIDES.contains(side));
    let numbered = number.is_some_and(|number| {
        let digits = number.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        (1..=2).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && number.len() <= digits.len() + 1
    });
    area && sided && numbered && middle.len() <= 2
}

/// `web01`, `db2`: a word for a machine, or a number that begins with a nought.
fn is_numbered_machine(word: &str) -> bool {
    let name = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = word.get(name.len()..).unwrap_or_default();
    let letters = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    letters && (1..=4).contains(&number.len()) && (MACHINES.contains(&name) || number.starts_with('0'))
}

/// `OPS-12`: a ticket, as most trackers number them.
pub fn is_ticket(word: &str) -> bool {
    let Some((project, number)) = word.rsplit_once('-') else { return false };
    let named = (2..=10).contains(&project.len())
        && project.starts_with(|letter: char| letter.is_ascii_uppercase())
        && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let numbered = (1..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    named && numbered && !NO_HOST.contains(&project.to_ascii_lowercase().as_str())
}

/// `#inc-42`: a channel of a chat.
pub fn is_channel(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()))
}

/// `/srv/ben/app`: a place on a machine; `/v1/orders` is none.
pub fn is_path(lower: &str) -> bool {
    let Some((first, rest)) = lower.strip_prefix('/').and_then(|path| path.split_once('/')) else {
        return lower.starts_with("~/");
    };
    ROOTS.contains(&first) && !rest.is_empty()
}
