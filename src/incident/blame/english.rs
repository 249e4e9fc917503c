//! English: who is the subject, and what is said of them.

mod words;

use super::Rule;
use words::{
    CHARACTER, EXHORTATIONS, GIVEN, HINDSIGHT, LABEL_NAMES, LABELS, OMISSIONS, PEOPLE, THINGS_AT_FAULT, WORK, WORKS,
};

/// Why a sentence blames, and with which of its words.
pub(super) fn blames<'a>(sentence: &'a str, names: &[String]) -> Option<(Rule, &'a str)> {
    if !sentence.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let lower = sentence.to_ascii_lowercase().replace('’', "'");
    // Typographic apostrophes are longer: without them places in both are the same.
    let at = |place: usize, length: usize| sentence.get(place..place + length).unwrap_or(sentence);
    let found = |list: &[&str]| {
        let hits = list.iter().filter_map(|words| Some((place(&lower, words)?, words.len())));
        hits.min_by_key(|(start, length)| (*start, usize::MAX - *length))
    };
    if let Some((start, length)) = found(LABELS)
        && !names_a_thing(&lower, start + length)
    {
        return Some((Rule::Label, at(start, length)));
    }
    if let Some((start, length)) = found(CHARACTER).filter(|(start, length)| !is_compound(&lower, start + length)) {
        return Some((Rule::Character, at(start, length)));
    }
    if let Some((start, length)) = found(EXHORTATIONS) {
        return Some((Rule::Exhortation, at(start, length)));
    }
    if let Some((start, length)) = fault(&lower, names, sentence) {
        return Some((Rule::Fault, at(start, length)));
    }
    if let Some((start, length)) = found(WORK) {
        let near = |words: &[&str]| words.iter().any(|word| place(&lower, word).is_some());
        if near(WORKS) || near(PEOPLE) {
            return Some((Rule::Character, at(start, length)));
        }
    }
    for (list, rule) in [(HINDSIGHT, Rule::Hindsight), (OMISSIONS, Rule::Omission)] {
        if let Some((start, length)) = found(list)
            && is_person(sentence, subject(&lower, start), start, names)
        {
            return Some((rule, at(start, length)));
        }
    }
    counterfactual(&lower, sentence, names).map(|(start, length)| (Rule::Hindsight, at(start, length)))
}

/// Whose fault it is.
fn fault(lower: &str, names: &[String], sentence: &str) -> Option<(usize, usize)> {
    for words in ["to blame", "is at fault", "was at fault"] {
        if let Some(start) = place(lower, words)
            && is_person(sentence, subject(lower, start), start, names)
        {
            return Some((start, words.len()));
        }
    }
    if let Some(start) = place(lower, "we blame").or_else(|| place(lower, "i blame")) {
        return Some((start, "we blame".len()));
    }
    if let Some(start) = place(lower, "the mistake was").or_else(|| place(lower, "the error was"))
        && lower
            .get(start..)
            .is_some_and(|rest| rest.split_whitespace().nth(3).is_some_and(|word| word.ends_with("'s")))
    {
        return Some((start, "the mistake was".len().min(lower.len() - start)));
    }
    let start = place(lower, "'s fault").or_else(|| place(lower, "s' fault"))?;
    let before = lower.get(..start)?.split_whitespace().next_back()?;
    (!THINGS_AT_FAULT.contains(&before)).then_some((start + 3, "fault".len()))
}

/// `if Maria had read …, … would not have`.
fn counterfactual(lower: &str, sentence: &str, names: &[String]) -> Option<(usize, usize)> {
    let inverted = lower.starts_with("had ").then_some(0);
    let start = inverted.or_else(|| place(lower, "if"))?;
    let had = if inverted.is_some() { 0 } else { place(lower.get(start..)?, "had")? + start };
    let result = ["would not have", "wouldn't have", "could have been", "would never have", "would have"]
        .iter()
        .any(|words| place(lower, words).is_some());
    if inverted.is_some() && result {
        let name = sentence.get(4..)?.split_whitespace().next()?;
        let one =
            GIVEN.contains(&name.to_lowercase().as_str()) || names.iter().any(|known| known.eq_ignore_ascii_case(name));
        return (one || lower.split_whitespace().take(4).any(|word| PEOPLE.contains(&word)))
            .then_some((0, "had".len()));
    }
    (result && is_person(sentence, lower.get(start..had)?, had, names)).then_some((start, had + 3 - start))
}

/// The words of the clause before a verb.
fn subject(lower: &str, verb: usize) -> &str {
    let head = lower.get(..verb).unwrap_or_default();
    let ends = [", ", "; ", ": ", " because ", " since ", " that ", " when ", " while ", " so that ", " but "];
    let from = ends.iter().filter_map(|end| head.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    head.get(from..).unwrap_or_default()
}

/// Whether the subject is somebody: by the head noun next to the verb, or by name.
fn is_person(sentence: &str, subject: &str, verb: usize, names: &[String]) -> bool {
    if by_name(sentence, subject, verb, names) {
        return true;
    }
    let words: Vec<&str> = subject.split(|letter: char| !(letter.is_alphanumeric() || "-'".contains(letter))).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    // `the engineer's script failed to`: the script did.
    let owner = |word: &&str| !word.ends_with("'s") && !word.ends_with("s'");
    let skipped = [
        "clearly",
        "simply",
        "just",
        "also",
        "again",
        "then",
        "had",
        "has",
        "have",
        "was",
        "were",
        "is",
        "are",
        "who",
        "that",
        "on",
        "obviously",
        "apparently",
        "really",
        "and",
    ];
    let head = words.iter().rev().find(|word| !skipped.contains(word));
    let is_one = |word: &str| PEOPLE.contains(&word) || word.ends_with("-call");
    let coordinated = words.iter().position(|word| *word == "and");
    head.is_some_and(|word| is_one(word) && owner(word))
        || coordinated.and_then(|at| words.get(..at)).is_some_and(|first| first.iter().any(|word| is_one(word)))
        || relative(&words, is_one)
        || first_clause(&words, is_one)
}

/// `the engineer who ran it failed`: the noun before `who`.
fn relative(words: &[&str], is_one: impl Fn(&str) -> bool) -> bool {
    let who = words.iter().position(|word| *word == "who");
    who.and_then(|at| at.checked_sub(1)).and_then(|at| words.get(at)).is_some_and(|word| is_one(word))
}

/// `the engineer on duty failed`, `the team in Osaka failed`: the noun before the first preposition.
fn first_clause(words: &[&str], is_one: impl Fn(&str) -> bool) -> bool {
    let at = words.iter().position(|word| ["on", "in", "of", "from", "at", "for"].contains(word));
    at.and_then(|at| at.checked_sub(1)).and_then(|at| words.get(at)).is_some_and(|word| is_one(word))
}

/// A name that is known, or a capitalised word that begins the clause and is no ordinary word of one.
fn by_name(sentence: &str, subject: &str, verb: usize, names: &[String]) -> bool {
    let from = verb.saturating_sub(subject.len());
    let written = sentence.get(from..verb).unwrap_or_default().trim();
    let folded = written.to_lowercase();
    if names
        .iter()
        .any(|name| name.chars().count() > 1 && folded.split_whitespace().any(|word| *word == name.to_lowercase()))
    {
        return true;
    }
    let mut words = written.split_whitespace();
    let (first, rest) = (words.next().unwrap_or_default(), words.collect::<Vec<_>>());
    let is_title = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && word.len() > 1 && letters.all(char::is_lowercase)
    };
    let alone =
        rest.iter().all(|word| ["also", "clearly", "then", "and", "had", "simply"].contains(word) || is_title(word));
    let plain =
        ["if", "it", "this", "that", "these", "those", "retries", "requests", "nothing", "monitoring", "staging"];
    let first_plain = first.to_lowercase();
    let known = plain.contains(&first_plain.as_str()) || first_plain.ends_with('s') || first_plain.ends_with("ing");
    let alone = alone || rest.len() <= 2;
    is_title(first) && alone && !known && GIVEN.contains(&first_plain.as_str())
}

/// Whether the words after a label make it the name of a thing.
fn names_a_thing(lower: &str, end: usize) -> bool {
    let next = lower.get(end..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let next = next.trim_matches(|letter: char| !letter.is_alphanumeric());
    LABEL_NAMES.contains(&next) || next.bytes().all(|byte| byte.is_ascii_digit()) && !next.is_empty()
}

/// Whether a hyphen makes the word part of another: `lazy-loaded`.
fn is_compound(lower: &str, end: usize) -> bool {
    lower.get(end..).is_some_and(|rest| rest.starts_with('-'))
}

/// Where whole words stand.
fn place(text: &str, words: &str) -> Option<usize> {
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(words).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|head| head.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|tail| tail.chars().next());
        let opens = words.starts_with(|letter: char| letter.is_alphanumeric());
        !(joins(after) || opens && joins(before))
    })
}
