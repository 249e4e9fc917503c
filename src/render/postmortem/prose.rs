//! What people wrote in a section: paragraphs and lists stay what they are, everything else is plain text.

/// A part of what people wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Lines that belong together.
    Paragraph(Vec<String>),
    /// Points, and whether they are numbered.
    List(bool, Vec<String>),
}

/// The parts of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        match (point(line.trim_start()), found.last_mut().filter(|_| open)) {
            (Some((numbered, item)), Some(Piece::List(known, items))) if *known == numbered => {
                items.push(item.to_owned());
            }
            (Some((numbered, item)), _) => found.push(Piece::List(numbered, vec![item.to_owned()])),
            (None, Some(Piece::Paragraph(lines))) => lines.push(line.trim().to_owned()),
            (None, Some(Piece::List(_, items))) if line.starts_with([' ', '\t', '　']) => {
                if let Some(last) = items.last_mut() {
                    last.push(' ');
                    last.push_str(line.trim());
                }
            }
            (None, _) => found.push(Piece::Paragraph(vec![line.trim().to_owned()])),
        }
        open = true;
    }
    found
}

/// The words of a line that is a point of a list, and whether it is numbered.
fn point(line: &str) -> Option<(bool, &str)> {
    for mark in ["- ", "* ", "+ ", "・"] {
        if let Some(rest) = line.strip_prefix(mark) {
            return Some((false, rest.trim()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(". ").or_else(|| line.get(digits..)?.strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| (true, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let text = "one\ntwo\n\n- a\n- b\n  goes on\n1. x\nafter\n\n・ア\n・イ";
        assert_eq!(
            pieces(text),
            [
                Piece::Paragraph(words(&["one", "two"])),
                Piece::List(false, words(&["a", "b goes on"])),
                Piece::List(true, words(&["x"])),
                Piece::Paragraph(words(&["after"])),
                Piece::List(false, words(&["ア", "イ"])),
            ]
        );
        assert_eq!(
            pieces("2026 was a year\n-5 degrees"),
            [Piece::Paragraph(words(&["2026 was a year", "-5 degrees"]))]
        );
        assert!(pieces(" \n\n").is_empty());
    }
}
