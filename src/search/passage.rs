//! The piece of a text in which a query is met.

use super::query::Query;
use super::token::{Token, tokens};

/// About how many characters of a text are shown.
const SHOWN: usize = 160;

/// How many characters stand before the first word that was asked for.
const BEFORE: usize = 40;

/// A piece of a text on one line, with the words that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The piece; what stands before and after it is left out as `…`.
    pub text: String,
    /// Where in it the words stand: bytes, from and to, in order and apart.
    pub ranges: Vec<(usize, usize)>,
}

/// The piece of a text with the most of what is asked for; the text's beginning where nothing of it stands there.
pub fn passage(query: &Query, text: &str) -> Passage {
    let found = tokens(text);
    let marks = marks(query, &found);
    let start = best(text, &marks);
    let from = begin(text, start);
    let to = floor(text, after(text, from, SHOWN));
    let mut shown = Passage::default();
    if from > 0 {
        shown.text.push('…');
    }
    let mut at = from;
    for (left, right) in marks.into_iter().filter(|(left, right)| *left >= from && *right <= to) {
        push(&mut shown.text, text.get(at..left).unwrap_or_default());
        let begin = shown.text.len();
        push(&mut shown.text, text.get(left..right).unwrap_or_default());
        shown.ranges.push((begin, shown.text.len()));
        at = right;
    }
    push(&mut shown.text, text.get(at..to).unwrap_or_default());
    if to < text.len() {
        shown.text.push('…');
    }
    shown
}

/// Where the words stand, in order, what touches joined.
fn marks(query: &Query, found: &[Token]) -> Vec<(usize, usize)> {
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for phrase in &query.all {
        for (first, last) in phrase.find(found) {
            // Of a pair that begins with a single character only that was asked for.
            let one = phrase.open && last.pair;
            marks.push((first.from, if one { last.first } else { last.to }));
        }
    }
    marks.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(marks.len());
    for (from, to) in marks {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Where the stretch begins that has the most marks in it.
fn best(text: &str, marks: &[(usize, usize)]) -> usize {
    let mut best = (0, marks.first().map_or(0, |mark| mark.0));
    let mut end = 0;
    for (index, (from, _)) in marks.iter().enumerate() {
        let reach = after(text, *from, SHOWN - BEFORE);
        while marks.get(end).is_some_and(|(_, to)| *to <= reach) {
            end += 1;
        }
        if end.saturating_sub(index) > best.0 {
            best = (end - index, *from);
        }
    }
    best.1
}

/// Where to begin showing: a little before, at a word's beginning, or at the line's.
fn begin(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let near = before.get(from..).unwrap_or_default();
    if from == 0 {
        return 0;
    }
    match near.find([' ', '\n', '、', '。']) {
        Some(at) => from + at + near.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
        None => from,
    }
}

/// The byte so many characters further on.
fn after(text: &str, from: usize, letters: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().nth(letters).map_or(text.len(), |(at, _)| from + at)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Adds text on one line: line ends and tabs become a blank.
fn push(line: &mut String, text: &str) {
    for letter in text.chars() {
        let letter = if matches!(letter, '\n' | '\r' | '\t') { ' ' } else { letter };
        if letter != ' ' || !line.ends_with(' ') {
            line.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::passage;
    use crate::search::Query;

    fn shown(query: &str, text: &str) -> String {
        let found = passage(&Query::read(query), text);
        let mut marked = String::new();
        let mut at = 0;
        for (from, to) in found.ranges {
            marked.push_str(&found.text[at..from]);
            marked.push_str(&format!("[{}]", &found.text[from..to]));
            at = to;
        }
        marked + &found.text[at..]
    }

    #[test]
    fn the_words_are_marked_as_they_were_typed() {
        for (query, text, marked) in [
            ("pool", "the Pool is empty", "the [Pool] is empty"),
            ("\"pool is\"", "the Pool is empty", "the [Pool is] empty"),
            ("障害", "決済障害の障害", "決済[障害]の[障害]"),
            ("害", "障害対応", "障[害]対応"),
            ("ガス", "ｶﾞｽ漏れ", "[ｶﾞｽ]漏れ"),
            ("fail*", "Failing, failed; fall", "[Failing], [failed]; fall"),
            ("a b", "b\n\ta", "[b] [a]"),
            ("nothing", "the text", "the text"),
            ("決済障害 障害", "決済障害", "[決済障害]"),
        ] {
            assert_eq!(shown(query, text), marked, "{query}");
        }
    }

    #[test]
    fn a_long_text_is_shown_where_it_matters() {
        let filler = "and so on and so forth ".repeat(50);
        let text = format!("{filler}the pool was exhausted {filler}");
        let found = shown("pool exhausted", &text);
        assert!(found.starts_with('…') && found.ends_with('…') && found.contains("[pool] was [exhausted]"), "{found}");
        assert!(found.chars().count() < 200, "{found}");
        let text = format!("{}障害{}", "復旧作業中".repeat(100), "復旧作業中".repeat(100));
        assert!(shown("障害", &text).contains("[障害]"));
    }
}
