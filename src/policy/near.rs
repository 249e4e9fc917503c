//! What was probably meant by a name that nothing has, and how a value is quoted in a problem.

/// How alike two names must be for one to be suggested for the other, 0 to 1.
const ALIKE: f64 = 0.75;

/// How many characters of a value a problem quotes.
const QUOTED: usize = 80;

/// How many characters of a parser's own words a problem quotes.
const SAID: usize = 400;

/// The known name that comes nearest to what was written; `None` when none is near.
pub(super) fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    // Comparing takes the product of both lengths; no known name is nearly that long.
    if written.len() > QUOTED {
        return None;
    }
    let written = written.to_lowercase();
    // `appi` is a whole part of `jp-appi`, however long the rest of that is.
    let has_part = |name: &str| written.len() > 2 && name.split('-').any(|part| part.eq_ignore_ascii_case(&written));
    let mut known = known.into_iter().collect::<Vec<_>>();
    if let Some(part) = known.iter().position(|name| has_part(name)) {
        return Some(known.swap_remove(part).to_owned());
    }
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name.to_owned())
}

/// A value as problems quote it: cut where it is long, with what acts on a screen shown as escapes.
pub(super) fn quoted(value: &str) -> String {
    printable(value, QUOTED)
}

/// What a parser or the system said, on one line.
pub(super) fn said(message: &str) -> String {
    printable(&message.trim().replace('\n', "; "), SAID)
}

fn printable(value: &str, most: usize) -> String {
    let mut printable = String::new();
    for (position, letter) in value.chars().enumerate() {
        match letter {
            _ if position == most => {
                printable.push('…');
                break;
            }
            // These three are harmless, although `escape_debug` escapes them.
            '"' | '\'' | '\\' => printable.push(letter),
            _ => printable.extend(letter.escape_debug()),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::{nearest, quoted};

    #[test]
    fn the_nearest_name_is_suggested_and_none_that_is_far() {
        let known = ["title", "purpose", "reviewed"];
        assert_eq!(nearest("titel", known).as_deref(), Some("title"));
        assert_eq!(nearest("Reviewd", known).as_deref(), Some("reviewed"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest("appi", ["gdpr", "jp-appi", "nis2"]).as_deref(), Some("jp-appi"));
        assert_eq!(nearest(&"title".repeat(1000), known), None);
    }

    #[test]
    fn quotes_are_short_and_harmless() {
        assert_eq!(quoted("a\u{1b}[31m\u{202e}'\"\\"), "a\\u{1b}[31m\\u{202e}'\"\\");
        assert_eq!(quoted("日本語"), "日本語");
        assert_eq!(quoted(&"x".repeat(500)).chars().count(), 81);
    }
}
