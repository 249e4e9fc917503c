//! The lines of a calendar as RFC 5545, 3.1, writes them: unfolded, and taken apart into name, parameters and value.

use crate::incident::oncall::CalendarFault;

/// A fault and the line that it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: Option<usize>,
    pub(super) fault: CalendarFault,
}

impl Spot {
    /// A fault of the whole file.
    pub(super) const fn whole(fault: CalendarFault) -> Self {
        Self { line: None, fault }
    }

    /// A fault on this line, from 1.
    pub(super) const fn at(line: usize, fault: CalendarFault) -> Self {
        Self { line: Some(line), fault }
    }
}

/// Names and values.
type Parameters = Vec<(String, String)>;

/// One line, whatever number of lines of the file it was folded over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins in the file, from 1.
    pub(super) number: usize,
    /// Its name, in capitals.
    pub(super) name: String,
    /// Names in capitals, and values without their quotes.
    parameters: Parameters,
    /// What stands behind the colon, as written.
    pub(super) value: String,
}

impl Line {
    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter has this value, in capitals or not.
    pub(super) fn says(&self, name: &str, value: &str) -> bool {
        self.parameter(name).is_some_and(|found| found.eq_ignore_ascii_case(value))
    }
}

/// The beginning of a text, for an error to quote.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// Every line that is not blank.
///
/// Unfolding goes by bytes: some calendars are folded in the middle of a letter.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Spot> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut lines = Vec::new();
    let mut whole: Vec<u8> = Vec::new();
    let mut begun = 1;
    for (place, piece) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let piece = piece.strip_suffix(b"\r").unwrap_or(piece);
        if let [b' ' | b'\t', folded @ ..] = piece {
            whole.extend_from_slice(folded);
        } else {
            lines.extend(line(begun, &whole)?);
            whole.clear();
            whole.extend_from_slice(piece);
            begun = place + 1;
        }
    }
    lines.extend(line(begun, &whole)?);
    Ok(lines)
}

fn line(number: usize, bytes: &[u8]) -> Result<Option<Line>, Spot> {
    let text = std::str::from_utf8(bytes).map_err(|_| Spot::at(number, CalendarFault::NotUtf8))?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let malformed = || Spot::at(number, CalendarFault::Malformed { quoted: quoted(text) });
    parts(text).map(|(name, parameters, value)| Some(Line { number, name, parameters, value })).ok_or_else(malformed)
}

fn parts(text: &str) -> Option<(String, Parameters, String)> {
    let (name, mut rest) = word(text)?;
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let (key, after) = word(after)?;
        let (value, after) = parameter(after.strip_prefix('=')?)?;
        parameters.push((key, value));
        rest = after;
    }
    Some((name, parameters, rest.strip_prefix(':')?.to_owned()))
}

/// A name, in capitals, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '_' | '.'))?;
    let (name, rest) = text.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
    Some((name.to_ascii_uppercase(), rest))
}

/// A parameter's value, its quotes left out, and what follows it. Of a list it is all, commas and all.
fn parameter(text: &str) -> Option<(String, &str)> {
    let mut inside = false;
    let end = text.find(|letter| {
        inside ^= letter == '"';
        !inside && matches!(letter, ';' | ':')
    })?;
    let (value, rest) = text.split_at_checked(end)?;
    Some((unescaped(&value.replace('"', "")), rest))
}

/// RFC 6868: what a parameter can't hold is written behind a `^`.
fn unescaped(value: &str) -> String {
    if !value.contains('^') {
        return value.to_owned();
    }
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = match (letter, letters.peek()) {
            ('^', Some('n')) => Some('\n'),
            ('^', Some('^')) => Some('^'),
            ('^', Some('\'')) => Some('"'),
            _ => None,
        };
        if meant.is_some() {
            letters.next();
        }
        plain.push(meant.unwrap_or(letter));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{CalendarFault, Line, Spot, lines};

    fn read(text: &[u8]) -> Vec<Line> {
        lines(text).expect("lines")
    }

    #[test]
    fn folded_lines_are_one_whatever_ends_them() {
        for text in
            ["SUMMARY:On C\r\n all\r\n\r\nUID:1\r\n", "SUMMARY:On C\n\tall\nUID:1", "\u{feff}SUMMARY:On C\n all\nUID:1"]
        {
            let found = read(text.as_bytes());
            assert_eq!(found.len(), 2, "{text}");
            assert_eq!((found[0].name.as_str(), found[0].value.as_str(), found[0].number), ("SUMMARY", "On Call", 1));
        }
        assert_eq!(read(b"A:1\r\n 2\r\n\r\nB:3")[1].number, 4);
    }

    #[test]
    fn a_letter_that_was_folded_in_the_middle_is_whole_again() {
        let mut folded = "SUMMARY:佐藤".as_bytes().to_vec();
        let cut = folded.len() - 1;
        folded.splice(cut..cut, *b"\r\n ");
        assert_eq!(read(&folded)[0].value, "佐藤");
    }

    #[test]
    fn parameters_lose_their_quotes() {
        let line = &read(b"attendee;cn=\"Sato, A; B: C\";X=^'a^^^n^x^';PARTSTAT=ACCEPTED:mailto:a@example.com")[0];
        assert_eq!((line.name.as_str(), line.value.as_str()), ("ATTENDEE", "mailto:a@example.com"));
        assert_eq!(line.parameter("CN"), Some("Sato, A; B: C"));
        assert_eq!(line.parameter("X"), Some("\"a^\n^x\""));
        assert!(line.says("PARTSTAT", "accepted") && !line.says("ROLE", "accepted"));
    }

    #[test]
    fn what_is_no_line_is_named() {
        for text in
            ["UID:1\nnonsense", "UID:1\n;A=b:c", "UID:1\nA;B:c", "UID:1\nA;B=\"c:d", "UID:1\n名前:x", "UID:1\nA B:c"]
        {
            let quoted = text.lines().last().unwrap_or_default().to_owned();
            assert_eq!(lines(text.as_bytes()), Err(Spot::at(2, CalendarFault::Malformed { quoted })), "{text}");
        }
        assert_eq!(lines(b"UID:1\nX:\xff\xfe"), Err(Spot::at(2, CalendarFault::NotUtf8)));
    }
}
