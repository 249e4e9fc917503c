//! Which lines of a chat are new, when a log is pasted again, and again with more below it.

use crate::incident::limits;
use crate::incident::time::Timestamp;
use std::collections::HashMap;

/// A message of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the chat calls it, where it calls it anything.
    pub source: Option<String>,
    /// The message that it answers.
    pub thread: Option<String>,
    /// When it was said.
    pub at: Timestamp,
    /// Whether its words were changed in the chat.
    pub edited: bool,
    /// Who said it.
    pub author: String,
    /// What.
    pub text: String,
}

/// A message that is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRecord {
    /// What the chat calls it.
    pub source: Option<String>,
    /// When it was said.
    pub at: Timestamp,
    /// Who said what; `None` where that was redacted.
    pub said: Option<(String, String)>,
}

/// The lines that are not on record; of two that are alike as many as there are more of them than on record.
///
/// Lines are compared by time, author and words, not by a digest: from one, redacted words could be guessed. A line that
/// can't be told from a redacted one, because it was said at the same time, counts as that one.
pub fn unsaid(lines: Vec<Line>, recorded: &[OnRecord]) -> Vec<Line> {
    let mut same: HashMap<(Timestamp, &str, &str), usize> = HashMap::new();
    let mut gone: HashMap<Timestamp, usize> = HashMap::new();
    let mut named: HashMap<&str, Vec<&OnRecord>> = HashMap::new();
    for one in recorded {
        match (&one.source, &one.said) {
            (Some(source), _) => named.entry(source).or_default().push(one),
            (None, Some((author, text))) => *same.entry((one.at, author, text)).or_default() += 1,
            (None, None) => *gone.entry(one.at).or_default() += 1,
        }
    }
    let mut known: Vec<bool> = Vec::with_capacity(lines.len());
    for line in &lines {
        if let Some(source) = &line.source {
            let is_it = |one: &&OnRecord| {
                one.said.as_ref().is_none_or(|(author, text)| *author == line.author && *text == first(&line.text))
            };
            known.push(named.get(source.as_str()).is_some_and(|known| known.iter().any(is_it)));
            continue;
        }
        let alike = same.get_mut(&(line.at, line.author.as_str(), first(&line.text)));
        let count = match alike.filter(|count| **count > 0) {
            Some(count) => Some(count),
            None => gone.get_mut(&line.at).filter(|count| **count > 0),
        };
        known.push(count.map(|count| *count -= 1).is_some());
    }
    lines.into_iter().zip(known).filter(|(_, known)| !known).map(|(line, _)| line).collect()
}

/// What stands in the first entry of a text.
fn first(text: &str) -> &str {
    limits::parts(text).first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Line, OnRecord, unsaid};
    use crate::incident::time::Timestamp;

    fn line(at: i64, text: &str) -> Line {
        Line {
            source: None,
            thread: None,
            at: Timestamp::from_millis(at),
            edited: false,
            author: "aki".to_owned(),
            text: text.to_owned(),
        }
    }

    fn recorded(line: &Line) -> OnRecord {
        OnRecord { source: line.source.clone(), at: line.at, said: Some((line.author.clone(), line.text.clone())) }
    }

    #[test]
    fn each_line_counts_once_and_two_alike_count_twice() {
        let all = vec![line(1, "up?"), line(1, "up?"), line(2, "no")];
        assert_eq!(unsaid(all.clone(), &[]), all);
        let on_record: Vec<OnRecord> = all.iter().map(recorded).collect();
        assert_eq!(unsaid(all.clone(), &on_record), []);
        assert_eq!(unsaid(all.clone(), &on_record[1..]), [line(1, "up?")]);
    }

    #[test]
    fn what_was_redacted_does_not_come_back() {
        let gone = OnRecord { source: None, at: Timestamp::from_millis(1), said: None };
        assert_eq!(unsaid(vec![line(1, "the password"), line(1, "oops")], &[gone]), [line(1, "oops")]);
    }

    #[test]
    fn a_message_with_a_name_is_known_by_it_until_its_words_change() {
        let named = Line { source: Some("17.1".to_owned()), ..line(1, "up?") };
        let on_record = [recorded(&named)];
        assert_eq!(unsaid(vec![named.clone()], &on_record), []);
        let edited = Line { text: "up again?".to_owned(), edited: true, ..named };
        assert_eq!(unsaid(vec![edited.clone()], &on_record), [edited]);
    }
}
