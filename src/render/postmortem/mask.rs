//! Takes internal names out of what goes outside: people become their role, machines and inner links go (E8).

use super::page::{Block, Cell, Row, Table};
use crate::incident::localized::Lang;
use crate::say;
use crate::view::postmortem::Outside;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Names of accounts that are words as well: they stand for nobody.
const WORDS: [&str; 8] = ["root", "admin", "system", "unknown", "cron", "hikeshi", "support", "user"];

/// The ends of names that only mean something inside.
const INNER: [&str; 8] = [".internal", ".local", ".lan", ".corp", ".intra", ".svc", ".localdomain", ".home"];

/// Words before a number that make no machine of it: `sev-1`, `utf-8`.
const NO_HOST: [&str; 22] = [
    "sev", "utf", "sha", "tls", "iso", "rfc", "covid", "ipv", "http", "step", "phase", "level", "tier", "version",
    "part", "day", "week", "q", "fy", "top", "type", "class",
];

/// What replaces internal names, and what was replaced so far.
pub struct Mask {
    /// Lower-case names, the longest first, with what stands for them.
    names: Vec<(String, String)>,
    public: String,
    lang: Lang,
    replaced: RefCell<BTreeMap<String, String>>,
}

impl Mask {
    /// A mask over these names; `public` is what was said outside before, whose links may stand.
    pub fn new(outside: &Outside, public: String, lang: Lang) -> Self {
        let someone = say!(lang, "a responder", "担当者");
        let customer = say!(lang, "a customer", "お客様");
        let mut names: Vec<(String, String)> = Vec::new();
        for (name, role) in &outside.people {
            let instead = role.as_ref().map_or_else(|| someone.clone(), |title| title.get(lang).to_owned());
            // A family name alone is the same person.
            let parts = name.split_whitespace().filter(|part| part.chars().count() > 2 && *part != name);
            names.extend(parts.map(|part| (part.to_lowercase(), instead.clone())));
            names.push((name.to_lowercase(), instead));
        }
        names.extend(outside.customers.iter().map(|name| (name.to_lowercase(), customer.clone())));
        names.retain(|(name, _)| name.chars().count() > 1 && !WORDS.contains(&name.as_str()));
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Self { names, public, lang, replaced: RefCell::default() }
    }

    /// What was replaced, and by what.
    pub fn replaced(&self) -> Vec<(String, String)> {
        self.replaced.borrow().iter().map(|(name, instead)| (name.clone(), instead.clone())).collect()
    }

    /// A whole document without internal names.
    pub fn blocks(&self, blocks: Vec<Block>) -> Vec<Block> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: Block) -> Block {
        match block {
            Block::Titled(level, anchor, words) => Block::Titled(level, anchor, self.text(&words)),
            Block::Subheading(words) => Block::Subheading(self.text(&words)),
            Block::Notice(words) => Block::Notice(self.text(&words)),
            Block::Paragraph(words) => Block::Paragraph(self.text(&words)),
            Block::Words(words) => Block::Words(self.text(&words)),
            Block::Plain(words) => Block::Plain(self.text(&words)),
            Block::Causes(words) => Block::Causes(self.text(&words)),
            Block::Bars(words) => Block::Bars(self.text(&words)),
            Block::Human(mut human) => {
                human.text = human.text.map(|text| self.text(&text));
                Block::Human(human)
            }
            Block::Table(table) => {
                Block::Table(Table { rows: table.rows.into_iter().map(|row| self.row(row)).collect(), ..table })
            }
            plain @ (Block::Heading(..) | Block::Picture(_)) => plain,
        }
    }

    fn row(&self, row: Row) -> Row {
        let cell =
            |cell: Cell| Cell { text: if cell.at.is_some() { cell.text } else { self.text(&cell.text) }, ..cell };
        Row { cells: row.cells.into_iter().map(cell).collect(), full: row.full.map(|full| self.text(&full)) }
    }

    /// A text without internal names.
    pub fn text(&self, text: &str) -> String {
        self.without_names(&self.without_places(text))
    }

    /// Addresses and machines, word by word.
    fn without_places(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let word: usize = rest.chars().take_while(|letter| is_of_a_place(*letter)).map(char::len_utf8).sum();
            let (head, tail) = rest.split_at_checked(word).unwrap_or((rest, ""));
            let bare = head.trim_end_matches(['.', ',', ':', '/', ')', '-']);
            let end = head.get(bare.len()..).unwrap_or_default();
            match self.instead_of(bare) {
                Some(instead) => {
                    self.note(bare, &instead);
                    shown.push_str(&instead);
                }
                None => shown.push_str(bare),
            }
            shown.push_str(end);
            let gap: usize = tail.chars().take_while(|letter| !is_of_a_place(*letter)).map(char::len_utf8).sum();
            let (between, after) = tail.split_at_checked(gap).unwrap_or((tail, ""));
            shown.push_str(between);
            rest = after;
        }
        shown
    }

    fn instead_of(&self, word: &str) -> Option<String> {
        let lower = word.to_ascii_lowercase();
        if lower.contains("://") {
            let public = self.public.contains(word);
            return (!public).then(|| say!(self.lang, "(internal link)", "（社内リンク）"));
        }
        if lower.contains('@') && lower.contains('.') {
            return Some(say!(self.lang, "(an address)", "（連絡先）"));
        }
        is_host(&lower).then(|| say!(self.lang, "a server", "サーバー"))
    }

    fn without_names(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for (name, instead) in &self.names {
            shown = self.without(&shown, name, instead);
        }
        shown
    }

    fn without(&self, text: &str, name: &str, instead: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let (mut rest, mut before) = (text, None);
        while let Some(letter) = rest.chars().next() {
            match starts_with(rest, name).filter(|length| stands_alone(before, name, rest.get(*length..))) {
                Some(length) => {
                    let (found, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
                    self.note(found, instead);
                    shown.push_str(instead);
                    before = found.chars().next_back();
                    rest = ["さん", "氏", "くん", "君", "様"]
                        .iter()
                        .find_map(|title| after.strip_prefix(title))
                        .unwrap_or(after);
                }
                None => {
                    shown.push(letter);
                    before = Some(letter);
                    rest = rest.get(letter.len_utf8()..).unwrap_or_default();
                }
            }
        }
        shown
    }

    fn note(&self, was: &str, instead: &str) {
        self.replaced.borrow_mut().insert(was.to_owned(), instead.to_owned());
    }
}

/// How many bytes of a text are this name, in whatever case.
fn starts_with(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut length = 0;
    for letter in text.chars() {
        for small in letter.to_lowercase() {
            match wanted.next() {
                Some(one) if one == small => {}
                Some(_) => return None,
                None => return Some(length),
            }
        }
        length += letter.len_utf8();
        if wanted.as_str().is_empty() {
            return Some(length);
        }
    }
    None
}

/// Whether no letter of the same kind goes on on either side: names in Chinese characters are not spaced.
fn stands_alone(before: Option<char>, name: &str, after: Option<&str>) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let spaced = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let opens = spaced(name.chars().next()) && joins(before);
    let goes_on = spaced(name.chars().next_back()) && joins(after.and_then(|after| after.chars().next()));
    !opens && !goes_on
}

const fn is_of_a_place(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '.' | '-' | '_' | ':' | '/' | '@' | '%' | '?' | '=' | '&' | '#' | '~' | '+')
}

/// Whether a word names a machine: an address, a name of the inner network, letters with a number behind a hyphen.
fn is_host(lower: &str) -> bool {
    let parts: Vec<&str> = lower.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let host = lower.split(['/', ':']).next().unwrap_or_default();
    if host.split('.').filter(is_number).count() == 4 && host.split('.').count() == 4 {
        return true;
    }
    if lower.matches(':').count() >= 3 && lower.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':') {
        return true;
    }
    if INNER.iter().any(|end| host.ends_with(end)) {
        return true;
    }
    let first = parts.first().copied().unwrap_or_default();
    let Some((name, number)) = first.rsplit_once('-') else { return false };
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let digits = number.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let numbered = !digits.is_empty()
        && digits.len() <= 4
        && number.len() <= digits.len() + 1
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let named = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase()) && !NO_HOST.contains(&name);
    letters && numbered && named
}

#[cfg(test)]
mod tests {
    use super::Mask;
    use crate::incident::localized::{Lang, Localized};
    use crate::view::postmortem::Outside;

    fn mask(lang: Lang) -> Mask {
        let mut outside = Outside::default();
        let title = Localized { en: "tech lead".to_owned(), ja: "テック リード".to_owned() };
        outside.people.insert("ben".to_owned(), Some(title));
        outside.people.insert("Aki Tanaka".to_owned(), None);
        outside.people.insert("佐藤".to_owned(), None);
        outside.people.insert("root".to_owned(), None);
        outside.customers.push("Acme".to_owned());
        Mask::new(&outside, "see https://status.example.com/1".to_owned(), lang)
    }

    #[test]
    fn people_become_their_role() {
        let mask = mask(Lang::En);
        assert_eq!(
            mask.text("Ben and Tanaka, then benign bens; root cause"),
            "tech lead and a responder, then benign bens; root cause"
        );
        assert_eq!(mask.text("Acme called Aki Tanaka."), "a customer called a responder.");
        assert_eq!(mask.replaced().len(), 4);
        assert_eq!(super::Mask::text(&self::mask(Lang::Ja), "佐藤さんが再起動した。"), "担当者が再起動した。");
    }

    #[test]
    fn machines_and_inner_links_go_and_public_ones_stay() {
        let mask = mask(Lang::En);
        assert_eq!(mask.text("db-3, web-prod-12.tokyo and 10.0.3.7:5432"), "a server, a server and a server");
        assert_eq!(mask.text("api.internal (https://wiki.example/x)."), "a server ((internal link)).");
        assert_eq!(mask.text("https://status.example.com/1"), "https://status.example.com/1");
        assert_eq!(mask.text("mail ops@example.com"), "mail (an address)");
        for kept in ["sev-1 in UTF-8 at 14:05", "2026-11-20", "1,200 orders", "v1.2.3", "50 % of EU-West", "a-b"] {
            assert_eq!(mask.text(kept), kept);
        }
    }
}
