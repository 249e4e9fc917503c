//! Takes internal names out of what goes outside: people become their role, machines and inner links go (E8).

mod beside;
mod place;

use super::page::{Block, Cell, Row, Table};
use crate::incident::localized::Lang;
use crate::say;
use crate::view::postmortem::Outside;
use place::{is_channel, is_host, is_of_a_place, is_path, is_ticket};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names of accounts that are words as well: they stand for nobody.
const WORDS: [&str; 8] = ["root", "admin", "system", "unknown", "cron", "hikeshi", "support", "user"];

/// What replaces internal names, and what was replaced so far.
pub struct Mask {
    /// Lower-case names, the longest first, with what stands for them.
    names: Vec<(String, String)>,
    customer: String,
    public: String,
    lang: Lang,
    replaced: RefCell<BTreeMap<String, String>>,
    doubtful: RefCell<BTreeSet<String>>,
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
            names.extend(parts.map(|part| (folded(part), instead.clone())));
            names.push((folded(name), instead));
        }
        names.extend(outside.customers.iter().map(|name| (folded(name), customer.clone())));
        names.retain(|(name, _)| name.chars().count() > 1 && !WORDS.contains(&name.as_str()));
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Self { names, customer, public, lang, replaced: RefCell::default(), doubtful: RefCell::default() }
    }

    /// What was replaced, and by what.
    pub fn replaced(&self) -> Vec<(String, String)> {
        self.replaced.borrow().iter().map(|(name, instead)| (name.clone(), instead.clone())).collect()
    }

    /// Passages where a part of a name may still stand beside one that was replaced.
    pub fn doubtful(&self) -> Vec<String> {
        self.doubtful.borrow().iter().cloned().collect()
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
        if is_channel(word) {
            return Some(say!(self.lang, "(internal channel)", "（社内チャンネル）"));
        }
        if is_path(&lower) {
            return Some(say!(self.lang, "(internal path)", "（社内のパス）"));
        }
        if is_ticket(word) {
            return Some(say!(self.lang, "a ticket", "チケット"));
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
                    let honorific =
                        ["さん", "氏", "くん", "君", "様"].iter().find_map(|title| after.strip_prefix(title));
                    rest = honorific.unwrap_or(after);
                    let mut whole = found.to_owned();
                    if instead != self.customer {
                        // A family name beside a first name is the same person.
                        let given = beside::before(&shown).to_owned();
                        if !given.is_empty() {
                            shown.truncate(shown.len() - given.len());
                            whole.insert_str(0, &given);
                        }
                        let family = beside::after(rest);
                        whole.push_str(rest.get(..family).unwrap_or_default());
                        rest = rest.get(family..).unwrap_or_default();
                        let passage = beside::doubtful(&shown, &whole, rest).filter(|_| honorific.is_none());
                        self.doubtful.borrow_mut().extend(passage);
                    }
                    self.note(&whole, instead);
                    shown.push_str(instead);
                    before = whole.chars().next_back();
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

/// A letter of full width as the plain one.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// A name as it is compared: small, and of plain width.
fn folded(name: &str) -> String {
    name.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// How many bytes of a text are this name, in whatever case.
fn starts_with(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut length = 0;
    for letter in text.chars() {
        for small in narrow(letter).to_lowercase() {
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
    let joins =
        |letter: Option<char>| letter.map(narrow).is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let spaced = |letter: Option<char>| letter.map(narrow).is_some_and(|letter| letter.is_ascii_alphanumeric());
    let opens = spaced(name.chars().next()) && joins(before);
    let goes_on = spaced(name.chars().next_back()) && joins(after.and_then(|after| after.chars().next()));
    !opens && !goes_on
}

#[cfg(test)]
mod tests;
