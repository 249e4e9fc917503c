//! What stands right beside a name: the other half of it, perhaps.

/// Words with a capital that are no names.
const NO_NAMES: [&str; 44] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Then",
    "When",
    "After",
    "Before",
    "Because",
    "And",
    "But",
    "Our",
    "The",
    "While",
    "As",
    "At",
    "By",
    "For",
    "From",
    "If",
    "In",
    "On",
    "So",
    "Since",
    "That",
    "With",
    "Both",
    "Later",
    "Yesterday",
    "Today",
];

/// How many bytes after a name are another part of it: a space and a capitalised word.
pub fn after(rest: &str) -> usize {
    let Some(word) = rest.strip_prefix(' ').and_then(capitalised) else { return 0 };
    if NO_NAMES.contains(&word) { 0 } else { word.len() + 1 }
}

/// What stands before a name and is another part of it; at the start of a sentence every word has a capital.
pub fn before(shown: &str) -> &str {
    let Some(word) = word_before(shown) else { return "" };
    let length = word.len() + 1;
    let (front, part) = shown.split_at_checked(shown.len().saturating_sub(length)).unwrap_or((shown, ""));
    if starts_sentence(front) { "" } else { part }
}

/// The passage, where a part of the name may be left on either side.
pub fn doubtful(shown: &str, name: &str, rest: &str) -> Option<String> {
    if let Some(word) = word_before(shown) {
        return Some(format!("{word} {name}"));
    }
    if !name.chars().next_back().is_some_and(is_ideograph) {
        return None;
    }
    let spaces = rest.chars().take_while(|letter| matches!(letter, ' ' | '\u{3000}')).take(1);
    let skipped: usize = spaces.map(char::len_utf8).sum();
    let goes_on = rest.get(skipped..)?.chars().take_while(|letter| is_ideograph(*letter)).take(3).collect::<String>();
    let open = shown.chars().rev().take_while(|letter| is_ideograph(*letter)).take(3).collect::<Vec<char>>();
    let before: String = open.into_iter().rev().collect();
    (!goes_on.is_empty() || !before.is_empty()).then(|| format!("{before}{name}{goes_on}"))
}

/// The word with a capital right before a name.
pub fn word_before(shown: &str) -> Option<&str> {
    let front = shown.strip_suffix(' ')?;
    let word = front.rsplit(|letter: char| !letter.is_alphabetic()).next()?;
    capitalised(word).filter(|whole| *whole == word && !NO_NAMES.contains(&word))
}

/// Whether a sentence begins behind this: there every word has a capital.
pub fn starts_sentence(front: &str) -> bool {
    let bare = front.trim_end();
    bare.is_empty()
        || front.ends_with('\n')
        || bare.ends_with(['.', '!', '?', ':', ';', '-', '*', '。', '、', '「', '“', '"', '\'', '('])
}

/// The word that a text begins with, where it has a capital and small letters after it.
fn capitalised(text: &str) -> Option<&str> {
    let length: usize = text.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
    let word = text.get(..length)?;
    let mut letters = word.chars();
    let big = letters.next().is_some_and(char::is_uppercase);
    (big && letters.next().is_some_and(char::is_lowercase)).then_some(word)
}

const fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '々' | '\u{f900}'..='\u{faff}')
}
