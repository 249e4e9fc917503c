//! Addresses in alerts: which of them lead somewhere, and to what.

use super::loose::Loose;
use crate::incident::command::{Link, LinkKind};

/// How many links one alert may bring besides its own.
const MOST: usize = 5;

/// Parts of a field's name that stand for something to read.
const READ: [&str; 6] = ["runbook", "playbook", "wiki", "doc", "guide", "procedure"];

/// An address that leads somewhere: a whole one, or the rest of one that goes on from `base`.
pub fn whole(written: &str, base: Option<&str>) -> Option<String> {
    let written = written.trim();
    if is_whole(written) {
        return Some(written.to_owned());
    }
    let base = base.map(str::trim).filter(|base| is_whole(base))?;
    let (scheme, rest) = base.split_once("://")?;
    let place = rest.split(['?', '#']).next().unwrap_or_default();
    match written.chars().next()? {
        '?' | '#' if place.contains('/') => Some(format!("{scheme}://{place}{written}")),
        '?' | '#' => Some(format!("{scheme}://{place}/{written}")),
        '/' if !written.starts_with("//") => {
            let host = place.split('/').next().unwrap_or_default();
            Some(format!("{scheme}://{host}{written}"))
        }
        _ => None,
    }
}

/// Whether a text is an address of the web, with a host.
fn is_whole(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| {
        !host.is_empty() && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    })
}

/// What the fields of an object link to, whatever they are called; `base` is where what is only the rest of an address
/// goes on from.
pub fn links(fields: Option<Loose<'_>>, base: Option<&str>) -> Vec<Link> {
    let Some(map) = fields.and_then(|fields| fields.0.as_object()) else { return Vec::new() };
    let read = |(key, value): (&String, &serde_json::Value)| {
        let (key, text) = (key.to_lowercase(), value.as_str()?.trim());
        let reads = READ.iter().any(|part| key.contains(part));
        let named = key.ends_with("url") || key.ends_with("link") || reads || key.contains("dashboard");
        // A runbook may be named instead of addressed.
        let words = reads && !text.is_empty() && !text.contains([':', '\n']) && !text.starts_with(['?', '/', '#', '[']);
        let target = whole(text, base.filter(|_| named)).or_else(|| words.then(|| text.to_owned()))?;
        Some(Link { kind: if reads { LinkKind::Doc } else { LinkKind::Dashboard }, target })
    };
    let mut links: Vec<Link> = map.iter().filter_map(read).collect();
    // What to do comes before what to look at.
    links.sort_by_key(|link| link.kind != LinkKind::Doc);
    links
}

/// The links of an alert: each once, none that is its own, not too many.
pub fn few(links: impl IntoIterator<Item = Link>, own: Option<&str>) -> Vec<Link> {
    let mut few: Vec<Link> = Vec::new();
    for link in links {
        let fits = link.target.len() <= crate::incident::limits::LINE && Some(link.target.as_str()) != own;
        if fits && few.len() < MOST && few.iter().all(|one| one.target != link.target) {
            few.push(link);
        }
    }
    few
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn an_address_leads_somewhere_or_is_left_out() {
        let base = Some("https://grafana.example/sub/");
        for (written, base, expected) in [
            ("http://cobalt:9090/graph?x=1", None, Some("http://cobalt:9090/graph?x=1")),
            ("?orgId=1", base, Some("https://grafana.example/sub/?orgId=1")),
            ("?orgId=1", Some("https://grafana.example"), Some("https://grafana.example/?orgId=1")),
            (
                "/graph?g0=up",
                Some("http://prometheus.example:9090/x?y"),
                Some("http://prometheus.example:9090/graph?g0=up"),
            ),
            ("?orgId=1", None, None),
            ("?orgId=1", Some("grafana"), None),
            ("javascript:alert(1)", base, None),
            ("//elsewhere.example/", base, None),
            ("http:///graph", base, None),
            ("", base, None),
        ] {
            assert_eq!(whole(written, base).as_deref(), expected, "{written} {base:?}");
        }
    }
}
