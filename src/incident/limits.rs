//! How long what people type may be, so that one slip of a pipe can't fill a store.

use super::rejection::{Field, Rejection};

/// Bytes of a text: a note, a summary, a reason.
pub const TEXT: usize = 256 * 1024;

/// Bytes of a section of the postmortem: all of them are read with the incident.
pub const SECTION: usize = 64 * 1024;

/// Bytes of a title or another line.
pub const LINE: usize = 1024;

/// Bytes of a name: a person, a team, a service, a role, a key.
pub const NAME: usize = 200;

/// Names in one command.
pub const NAMES: usize = 100;

/// A text as stored: outer white space trimmed, not empty, no NUL, not longer than [`TEXT`].
pub fn text(field: Field, typed: &str) -> Result<String, Rejection> {
    bounded(field, typed, TEXT)
}

/// A section of the postmortem as stored, not longer than [`SECTION`].
pub fn section(field: Field, typed: &str) -> Result<String, Rejection> {
    bounded(field, typed, SECTION)
}

/// A single line as stored, not longer than [`LINE`]; line ends inside become spaces.
pub fn line(field: Field, typed: &str) -> Result<String, Rejection> {
    Ok(bounded(field, typed, LINE)?.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

/// A name as stored, not longer than [`NAME`]; control characters have no place in one.
pub fn name(field: Field, typed: &str) -> Result<String, Rejection> {
    let name = bounded(field, typed, NAME)?;
    match name.chars().find(|letter| letter.is_control()) {
        Some(letter) => Err(Rejection::ControlCharacter { field, code: u32::from(letter) }),
        None => Ok(name),
    }
}

/// Several names, each once.
pub fn names(field: Field, typed: &[String]) -> Result<Vec<String>, Rejection> {
    if typed.len() > NAMES {
        return Err(Rejection::TooMany { field, given: typed.len(), most: NAMES });
    }
    let mut names = Vec::with_capacity(typed.len());
    for one in typed {
        let one = name(field, one)?;
        if !names.contains(&one) {
            names.push(one);
        }
    }
    Ok(names)
}

/// Whether nothing of a text can be seen: white space, and what has no width.
pub fn is_blank(text: &str) -> bool {
    use unicode_width::UnicodeWidthChar;
    // These have a width on paper, and no ink.
    let inkless = |letter| matches!(letter, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    text.chars().all(|letter| letter.is_whitespace() || letter.width() == Some(0) || inkless(letter))
}

/// A text from elsewhere in pieces that an entry takes, none of its words lost; one piece nearly always.
pub fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::with_capacity(1);
    let mut rest = text;
    while rest.len() > TEXT {
        let (part, after) = rest.split_at(rest.floor_char_boundary(TEXT));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// A title from elsewhere as a line that fits, and the whole of it where it doesn't.
pub fn headline(text: &str) -> (String, Option<String>) {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.len() <= LINE {
        return (one_line, None);
    }
    let cut = one_line.floor_char_boundary(LINE - '…'.len_utf8());
    (format!("{}…", &one_line[..cut]), Some(text.to_owned()))
}

fn bounded(field: Field, typed: &str, most: usize) -> Result<String, Rejection> {
    let trimmed = typed.trim();
    if is_blank(trimmed) {
        return Err(Rejection::Empty { field });
    }
    if trimmed.len() > most {
        return Err(Rejection::TooLong { field, bytes: trimmed.len(), most });
    }
    if trimmed.contains('\0') {
        return Err(Rejection::ControlCharacter { field, code: 0 });
    }
    Ok(trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{LINE, line, name, names, text};
    use crate::incident::rejection::{Field, Rejection};

    #[test]
    fn bounds_hold() {
        assert_eq!(text(Field::Note, "  a\nb "), Ok("a\nb".to_owned()));
        assert_eq!(text(Field::Note, " \n"), Err(Rejection::Empty { field: Field::Note }));
        for nothing in ["\u{200b}", "\u{3000}\u{feff}", "\u{2060}\u{200d}\u{ad}\n", "\u{3164}", "\u{2800} "] {
            assert_eq!(text(Field::Note, nothing), Err(Rejection::Empty { field: Field::Note }), "{nothing:?}");
        }
        assert!(text(Field::Note, "👩\u{200d}🚒").is_ok() && text(Field::Note, "\u{200b}x").is_ok());
        assert_eq!(text(Field::Note, "a\0b"), Err(Rejection::ControlCharacter { field: Field::Note, code: 0 }));
        assert_eq!(line(Field::Title, "a\r\n b"), Ok("a b".to_owned()));
        assert!(matches!(line(Field::Title, &"x".repeat(LINE + 1)), Err(Rejection::TooLong { .. })));
        assert!(matches!(name(Field::Person, "a\u{1b}[31m"), Err(Rejection::ControlCharacter { .. })));
        assert_eq!(names(Field::Service, &["a".into(), "b".into(), "a".into()]), Ok(vec!["a".into(), "b".into()]));
    }
}
