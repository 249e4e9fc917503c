//! Text for pasting into a chat, so that it is read as it was written and calls nobody.
//!
//! Slack and Teams agree on little: neither lets every mark be escaped. So what would act there is written with a
//! letter that looks the same to a reader and means nothing to the program.

use crate::text::one_line;

/// The text on one line: no mention, no hidden link, no code fence, and no marks that pair up to formatting.
pub fn chat(text: &str) -> String {
    let line = one_line(text);
    let letters: Vec<char> = line.trim().chars().collect();
    let paired = |mark: char| letters.iter().filter(|letter| **letter == mark).count() > 1;
    let (stars, strikes, lines) = (paired('*'), paired('~'), paired('_'));
    let mut shown = String::with_capacity(line.len());
    for (place, letter) in letters.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place)).copied();
        let after = letters.get(place + 1).copied();
        let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        shown.push(match letter {
            // `@here` calls everybody; an address is none.
            '@' if !word(before) && word(after) => '＠',
            // `<!channel>`, `<@U1>`, `<https://evil.example|ok>`
            '<' if after.is_some_and(|letter| !letter.is_whitespace() && letter != '=') => '‹',
            '(' if before == Some(']') => '（',
            '`' if before == Some('`') || after == Some('`') => '\'',
            '*' if stars => '∗',
            '~' if strikes => '∼',
            '_' if lines && !(word(before) && word(after)) => '＿',
            '>' if place == 0 => '›',
            '#' if place == 0 && after.is_none_or(|letter| letter == '#' || letter.is_whitespace()) => '＃',
            other => other,
        });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::chat;

    #[test]
    fn what_acts_in_a_chat_is_read_and_does_nothing() {
        for (typed, shown) in [
            ("@here @channel", "＠here ＠channel"),
            ("write to a.b@example.com", "write to a.b@example.com"),
            ("<!channel> <@U1> <https://x.example|ok>", "‹!channel> ‹＠U1> ‹https://x.example|ok>"),
            ("p99 < 5 s, p50 <= 1 s", "p99 < 5 s, p50 <= 1 s"),
            ("[click](https://x.example)", "[click]（https://x.example)"),
            ("*bold* ~gone~ _it_ snake_case_name", "∗bold∗ ∼gone∼ ＿it＿ snake_case_name"),
            ("~5 min, 2 * 3", "~5 min, 2 * 3"),
            ("```\nswallow\n```", "''' swallow '''"),
            ("run `restart db-3`", "run `restart db-3`"),
            ("> quote", "› quote"),
            ("# title", "＃ title"),
            ("#12 is not one", "#12 is not one"),
            ("\u{1b}[31m\u{202e}", "\\x1b[31m\\u{202e}"),
            ("障害：@営業部 確認", "障害：＠営業部 確認"),
        ] {
            assert_eq!(chat(typed), shown, "{typed}");
        }
    }
}
