//! HTML as plain text: every word stays, links keep their address, and only what is markup goes.

/// Elements that status pages write; anything else in angle brackets is text, such as `<hostname>`.
const KNOWN: [&str; 38] = [
    "a",
    "abbr",
    "article",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "u",
    "ul",
    "var",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
];

/// Character entities that have a name; the others come as numbers.
const ENTITIES: [(&str, &str); 16] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bull", "•"),
    ("copy", "©"),
    ("rarr", "→"),
];

/// The text as it is where it has no markup, and without the markup where it has.
pub fn plain(text: &str) -> String {
    if is_html(text) { to_text(text) } else { text.to_owned() }
}

/// Whether a text has an element that status pages write.
fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| tag(&text[at..]).is_some())
}

/// A tag at the beginning of a text.
struct Tag<'a> {
    name: String,
    closes: bool,
    inside: &'a str,
    length: usize,
}

fn tag(text: &str) -> Option<Tag<'_>> {
    let rest = text.strip_prefix('<')?;
    let end = rest.find('>')?;
    let inside = &rest[..end];
    let name = inside.trim_start_matches('/');
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let after = inside.trim_start_matches('/').get(name.len()..)?.chars().next();
    let ends = after.is_none_or(|letter| letter.is_whitespace() || letter == '/');
    let known = ends && KNOWN.contains(&name.as_str());
    known.then(|| Tag { name, closes: inside.starts_with('/'), inside, length: end + 2 })
}

/// The text of HTML: blocks on lines of their own, items of lists marked, addresses of links behind their words.
pub fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(letter) = rest.chars().next() {
        let step = match letter {
            '<' => match tag(rest) {
                Some(tag) => page.tag(&tag),
                None => page.letter('<'),
            },
            '&' => match entity(rest) {
                Some((text, length)) => {
                    text.chars().for_each(|letter| page.push(letter));
                    length
                }
                None => page.letter('&'),
            },
            letter => page.letter(letter),
        };
        rest = rest.get(step.max(1)..).unwrap_or_default();
    }
    page.end()
}

#[derive(Default)]
struct Page {
    text: String,
    /// The address of the link that is open, and where its words begin.
    link: Option<(String, usize)>,
    verbatim: usize,
}

impl Page {
    fn letter(&mut self, letter: char) -> usize {
        if letter.is_whitespace() && self.verbatim == 0 {
            if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        } else {
            self.text.push(letter);
        }
        letter.len_utf8()
    }

    fn push(&mut self, letter: char) {
        self.text.push(letter);
    }

    fn tag(&mut self, tag: &Tag<'_>) -> usize {
        match (tag.name.as_str(), tag.closes) {
            ("a", false) => self.link = attribute(tag.inside, "href").map(|address| (address, self.text.len())),
            ("a", true) => self.end_link(),
            ("img", _) => {
                let image = [attribute(tag.inside, "alt"), attribute(tag.inside, "src")];
                let image: Vec<String> = image.into_iter().flatten().filter(|text| !text.is_empty()).collect();
                self.text.push_str(&image.join(" "));
            }
            ("li", false) => {
                self.break_line();
                self.text.push_str("- ");
            }
            ("td" | "th", true) => self.text.push(' '),
            ("pre", closes) => {
                self.break_line();
                self.verbatim = if closes { self.verbatim.saturating_sub(1) } else { self.verbatim + 1 };
            }
            ("br", _) => self.text.push('\n'),
            (name, _) if BLOCKS.contains(&name) => self.break_line(),
            _ => {}
        }
        tag.length
    }

    fn break_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn end_link(&mut self) {
        let Some((address, from)) = self.link.take() else { return };
        let words = self.text.get(from..).unwrap_or_default().trim().to_owned();
        if !address.is_empty() && words != address {
            self.text.push_str(&if words.is_empty() { address } else { format!(" ({address})") });
        }
    }

    fn end(mut self) -> String {
        self.end_link();
        let lines: Vec<&str> = self.text.split('\n').map(str::trim_end).collect();
        lines.join("\n").trim().to_owned()
    }
}

/// The value of an attribute.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.find(&format!(" {name}="))? + name.len() + 2;
    let value = inside.get(at..)?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split([' ', '\t', '\n']).next()?,
    };
    let mut text = String::new();
    let mut rest = value;
    while let Some(letter) = rest.chars().next() {
        let (piece, length) = entity(rest).unwrap_or_else(|| (letter.to_string(), letter.len_utf8()));
        text.push_str(&piece);
        rest = rest.get(length..).unwrap_or_default();
    }
    Some(text)
}

/// A character entity at the beginning of a text, and its length there.
fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 10;
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = rest.get(..end)?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?.to_string()
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1.to_owned(),
    };
    Some((decoded, end + 2))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_stay_and_markup_goes() {
        for (html, text) in [
            (
                "<p>We are <b>looking</b> at it.</p><p>More at 10:00&nbsp;UTC</p>",
                "We are looking at it.\nMore at 10:00 UTC",
            ),
            (
                "see <a href=\"https://x.example/a?b=1&amp;c=2\">the page</a>.",
                "see the page (https://x.example/a?b=1&c=2).",
            ),
            ("<a href='https://x.example'>https://x.example</a>", "https://x.example"),
            ("one<br />two<br>three", "one\ntwo\nthree"),
            ("<ul><li>a</li>\n<li>b</li></ul>", "- a\n- b"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("障害&#x306F;<strong>復旧</strong>しました&hellip;", "障害は復旧しました…"),
        ] {
            assert_eq!(plain(html), text);
        }
    }

    #[test]
    fn what_is_no_markup_is_kept_to_the_letter() {
        for text in
            ["<1% of users", "a < b && c > d", "restart <hostname>", "5 &lt; 6", "  two  spaces\n\n", "<3 &", "<a"]
        {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn broken_markup_loses_no_word() {
        assert_eq!(
            plain("<p>a <hostname> & <b>b <a href=\"https://x.example\">c"),
            "a <hostname> & b c (https://x.example)"
        );
    }
}
