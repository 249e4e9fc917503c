//! Text inside a shell's prompt, which shells read again: for expansions, for commands, for escapes of their own.

/// The text on one line without anything that a shell's prompt would act on. What means something to one of them is
/// shown as a character that looks alike and means nothing: bash, ksh and dash expand `$` and backticks in a prompt,
/// bash reads backslashes, zsh and tcsh read `%` and `!`, tmux runs `#(…)`; the rest is for a prompt that is evaluated
/// as code. Control characters and invisible ones are left out.
pub fn in_prompt(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut letters = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).peekable();
    while let Some(letter) = letters.next() {
        let steers = letter == '#' && letters.peek().is_some_and(|next| "([{,".contains(*next));
        match letter {
            ' ' if safe.is_empty() || safe.ends_with(' ') => {}
            _ if super::is_hidden(letter) => {}
            '#' if steers => safe.push('＃'),
            other => safe.push(look_alike(other)),
        }
    }
    safe.truncate(safe.trim_end().len());
    safe
}

const fn look_alike(letter: char) -> char {
    match letter {
        '$' => '＄',
        '`' => 'ˋ',
        '\\' => '＼',
        '%' => '％',
        '!' => '！',
        '"' => '”',
        '\'' => '’',
        ';' => '；',
        '&' => '＆',
        '|' => '｜',
        '<' => '＜',
        '>' => '＞',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::in_prompt;

    /// Everything that one of the shells acts on.
    const ACTED_ON: &str = "$`\\%!\"';&|<>";

    #[test]
    fn nothing_is_left_that_a_shell_acts_on() {
        let titles = [
            "$(touch pwned)",
            "`touch pwned`",
            "${PATH:-$(id)}",
            r"\$(id) \u001b[31m \e[2J \a \n \!",
            "%1v %(?.a.b) %{\u{1b}[2J%} %n",
            "!! !$ a\nb\r\n$(id)\t\u{7}\u{9b}2J",
            "';id;'\"&&id||id<x>y",
            "#(id) #[fg=red] #{pid}",
            "\u{202e}di($\u{200b}",
        ];
        for title in titles {
            let safe = in_prompt(title);
            assert!(!safe.contains(|c: char| ACTED_ON.contains(c) || c.is_control()), "{title:?} gives {safe:?}");
            assert!(!safe.contains("#(") && !safe.contains("#[") && !safe.contains("#{"), "{safe}");
        }
        for letter in (0..0x3000).filter_map(char::from_u32) {
            let safe = in_prompt(&format!("a{letter}b"));
            assert!(!safe.contains(|c: char| ACTED_ON.contains(c) || c.is_control()), "{letter:?} gives {safe:?}");
        }
    }

    #[test]
    fn an_ordinary_title_stays_as_it_is() {
        for title in ["API down (eu-west-1)", "C# build: 5 of 12 fail", "決済が遅い・#2", "a_b/c~d, {x} [y] 50°?"]
        {
            assert_eq!(in_prompt(title), title);
        }
        assert_eq!(in_prompt("  two\n lines "), "two lines");
    }
}
