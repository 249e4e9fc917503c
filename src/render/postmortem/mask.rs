//! Takes internal names out of what goes outside: people become their role, machines and inner links go (E8).

mod beside;
mod name;
mod ordinary;
mod place;
mod sheet;

use super::page::{Block, Human};
use crate::incident::localized::Lang;
use crate::say;
use crate::view::postmortem::Outside;
use name::{Name, Verdict, folded, honorific, stands_alone, starts_with};
use ordinary::is_ordinary;
use place::{is_channel, is_host, is_of_a_place, is_path, is_ticket};
use sheet::Aside;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names of accounts that are words as well: they stand for nobody.
const WORDS: [&str; 8] = ["root", "admin", "system", "unknown", "cron", "hikeshi", "support", "user"];

/// Letters of a sentence from which it is known again where somebody writes it once more.
const SENTENCE: usize = 12;

/// What replaces internal names, and what was replaced so far.
pub struct Mask {
    /// The names, the longest first.
    names: Vec<Name>,
    /// What is never touched, the longest first: services, regions, roles, what was said in public.
    known: Vec<Known>,
    public: String,
    lang: Lang,
    replaced: RefCell<BTreeMap<String, String>>,
    doubtful: RefCell<BTreeSet<String>>,
}

impl Mask {
    /// A mask over these names; `public` is what was said outside before: its words and links stand.
    pub fn new(outside: &Outside, public: String, lang: Lang) -> Self {
        let someone = say!(lang, "a responder", "担当者");
        let customer = say!(lang, "a customer", "お客様");
        // A small word in what was said in public, or a service's name, is a word here too.
        let said: BTreeSet<&str> = public.split(|letter: char| !letter.is_alphanumeric()).collect();
        let of_a_service: BTreeSet<String> = outside.known.iter().map(|term| folded(term)).collect();
        let common = |word: &str| said.contains(word) || of_a_service.contains(word);
        let mut names: Vec<Name> = Vec::new();
        for (name, role) in &outside.people {
            let instead = role.as_ref().map_or_else(|| someone.clone(), |title| title.get(lang).to_owned());
            let words: Vec<&str> = name.split_whitespace().collect();
            if words.len() > 1 {
                let spoken = |word: &&&str| word.chars().count() > if word.is_ascii() { 2 } else { 0 };
                let parts = words.iter().filter(spoken);
                // A family name alone is the same person.
                names.extend(parts.map(|part| Name::new(part, &instead, false, common).part()));
                if !name.is_ascii() {
                    names.push(Name::new(&words.concat(), &instead, false, common));
                }
            }
            names.push(Name::new(name, &instead, false, common));
        }
        names.extend(outside.customers.iter().map(|name| Name::new(name, &customer, true, common)));
        let is_name = |name: &Name| name.folded.chars().any(char::is_alphabetic);
        let long = |name: &Name| name.folded.chars().count() > 1 || !name.folded.is_ascii();
        names.retain(|name| is_name(name) && long(name) && !WORDS.contains(&name.folded.as_str()));
        let whole: BTreeSet<String> =
            names.iter().filter(|name| !name.is_part()).map(|name| name.folded.clone()).collect();
        names.retain(|name| !name.is_part() || !whole.contains(&name.folded));
        names.sort_by_key(|name| std::cmp::Reverse(name.folded.chars().count()));
        let known = known(outside, &names, &public);
        Self { names, known, public, lang, replaced: RefCell::default(), doubtful: RefCell::default() }
    }

    /// What was replaced, and by what.
    pub fn replaced(&self) -> Vec<(String, String)> {
        self.replaced.borrow().iter().map(|(name, instead)| (name.clone(), instead.clone())).collect()
    }

    /// Passages where a name, or a part of one, may still stand.
    pub fn doubtful(&self) -> Vec<String> {
        self.doubtful.borrow().iter().cloned().collect()
    }

    /// A whole document without internal names.
    ///
    /// Only what people wrote in it for inside is looked through: headings, labels and sentences of ours hold nobody's
    /// name, and what stakeholders received stands as they received it.
    pub fn blocks(&self, blocks: Vec<Block>) -> Vec<Block> {
        let masked = |block| match block {
            Block::Human(Human { text: Some(text), id, question }) => {
                Block::Human(Human { text: Some(self.text(&text)), id, question })
            }
            other => other,
        };
        blocks.into_iter().map(masked).collect()
    }

    /// A text without internal names.
    pub fn text(&self, text: &str) -> String {
        let mut aside = Aside::default();
        let mut open = aside.signs(text);
        for term in &self.known {
            open = self.set_aside(&open, term, &mut aside);
        }
        open = self.without_places(&open, &mut aside);
        for name in &self.names {
            open = self.without(&open, name, &mut aside);
        }
        aside.back(&open)
    }

    /// Addresses and machines, word by word.
    fn without_places(&self, text: &str, aside: &mut Aside) -> String {
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
                    shown.push_str(&aside.put(&instead));
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

    fn without(&self, text: &str, name: &Name, aside: &mut Aside) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let found = starts_with(rest, &name.folded).and_then(|length| rest.split_at_checked(length));
            let judged = found.map(|(found, after)| (name.judge(&shown, found, after), found, after));
            match judged {
                Some((Verdict::Name, found, after)) => rest = self.replace(name, &mut shown, found, after, aside),
                Some((Verdict::Doubtful, found, after)) => {
                    self.doubtful.borrow_mut().insert(passage(&aside.back(&shown), found, &aside.back(after)));
                    shown.push_str(found);
                    rest = after;
                }
                Some((Verdict::Word, ..)) | None => {
                    shown.push(letter);
                    rest = rest.get(letter.len_utf8()..).unwrap_or_default();
                }
            }
        }
        shown
    }

    /// Puts what stands for a name in its place; what is left of the text behind it.
    fn replace<'a>(&self, name: &Name, shown: &mut String, found: &str, after: &'a str, aside: &mut Aside) -> &'a str {
        let honorific = honorific(after).and_then(|title| after.strip_prefix(title));
        let mut rest = honorific.unwrap_or(after);
        let mut whole = found.to_owned();
        if !name.customer {
            // A family name beside a first name is the same person.
            let given = beside::before(shown).to_owned();
            if !given.is_empty() {
                shown.truncate(shown.len() - given.len());
                whole.insert_str(0, &given);
            }
            let family = beside::after(rest);
            whole.push_str(rest.get(..family).unwrap_or_default());
            rest = rest.get(family..).unwrap_or_default();
            let passage = beside::doubtful(shown, &whole, rest).filter(|_| honorific.is_none());
            self.doubtful.borrow_mut().extend(passage);
        }
        self.note(&whole, &name.instead);
        shown.push_str(&aside.put(&name.instead));
        rest
    }

    /// The text with a term set aside wherever it stands alone.
    fn set_aside(&self, text: &str, known: &Known, aside: &mut Aside) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let found = known.starts(rest).and_then(|length| rest.split_at_checked(length));
            match found.filter(|(found, after)| stands_alone(&shown, found, after)) {
                Some((found, after)) => {
                    if known.is_name && (letter.is_uppercase() || !is_ordinary(&folded(found))) {
                        self.doubtful.borrow_mut().insert(passage(&aside.back(&shown), found, &aside.back(after)));
                    }
                    shown.push_str(&aside.put(found));
                    rest = after;
                }
                None => {
                    shown.push(letter);
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

/// A passage that is never touched.
struct Known {
    term: String,
    /// Whether somebody is called that as well: then only what is written exactly like the term is it.
    is_name: bool,
}

impl Known {
    /// How many bytes of a text are this.
    fn starts(&self, text: &str) -> Option<usize> {
        if self.is_name {
            text.starts_with(&self.term).then_some(self.term.len())
        } else {
            starts_with(text, &self.term)
        }
    }
}

/// What is never touched, the longest first.
fn known(outside: &Outside, names: &[Name], public: &str) -> Vec<Known> {
    let terms = outside.known.iter().map(|term| term.trim()).filter(|term| !term.is_empty());
    let sentences =
        public.split_inclusive(['\n', '.', '。', '!', '?', '！', '？']).chain(public.lines()).map(str::trim);
    let sentences = sentences.filter(|one| one.chars().count() >= SENTENCE);
    let all: BTreeSet<&str> = terms.chain(sentences).collect();
    let one = |term: &str| {
        let small = folded(term);
        let is_name = names.iter().any(|name| name.folded == small);
        Known { term: if is_name { term.to_owned() } else { small }, is_name }
    };
    let mut all: Vec<Known> = all.into_iter().map(one).collect();
    all.sort_by_key(|known| std::cmp::Reverse(known.term.len()));
    all
}

/// A passage with a word on either side, so that it is found.
fn passage(before: &str, found: &str, after: &str) -> String {
    const WIDTH: usize = 12;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let start = line.trim_end().rfind(' ').map_or(0, |space| space + 1);
    let near: Vec<char> = line.get(start..).unwrap_or_default().chars().rev().take(WIDTH).collect();
    let front: String = near.into_iter().rev().collect();
    let line = after.split('\n').next().unwrap_or_default();
    let gap = line.len() - line.trim_start().len();
    let end = line.get(gap..).and_then(|rest| rest.find(' ')).map_or(line.len(), |end| gap + end);
    let back: String = line.get(..end).unwrap_or_default().chars().take(WIDTH).collect();
    format!("{front}{found}{back}")
}

#[cfg(test)]
mod tests;
