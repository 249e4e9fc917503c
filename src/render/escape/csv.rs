//! CSV (RFC 4180) that a spreadsheet shows and never runs.

use crate::text::visible;

/// What a spreadsheet takes for the beginning of a formula, as OWASP lists it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Text as one cell: quoted where it has to be, with an apostrophe before what would be taken for a formula. Control
/// characters other than line ends and tabs are shown as visible escapes.
pub fn cell(text: &str) -> String {
    let shown = visible(text).into_owned();
    // A formula may hide behind spaces, which some spreadsheets drop, or behind wide characters, which they fold.
    let first = shown.trim_start_matches(' ').chars().next().map(narrow);
    let shown = if first.is_some_and(|first| FORMULA.contains(&first)) { format!("'{shown}") } else { shown };
    if shown.contains([',', '"', '\n', '\r', '\t']) || shown.starts_with(' ') || shown.ends_with(' ') {
        format!("\"{}\"", shown.replace('"', "\"\""))
    } else {
        shown
    }
}

/// The half-width form of a full-width sign.
const fn narrow(letter: char) -> char {
    match letter {
        '＝' => '=',
        '＋' => '+',
        '－' => '-',
        '＠' => '@',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1\t=2", "\"'+1\t=2\""),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("\t=1", "\"'\t=1\""),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ] {
            assert_eq!(cell(text), safe, "{text}");
        }
    }

    #[test]
    fn what_would_break_a_row_is_quoted() {
        for (text, safe) in [
            ("", ""),
            ("障害", "障害"),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("\u{1b}[31mred", "\\x1b[31mred"),
        ] {
            assert_eq!(cell(text), safe, "{text:?}");
        }
    }
}
