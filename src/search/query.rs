//! What somebody asks for: words, "phrases", beginnings*, and -what must not be there.
//!
//! There is no query that is wrong: what can't be read as an operator is a word, or nothing.

use super::token::{Token, tokens};

/// So many words or phrases of a query are used.
pub const MOST_PHRASES: usize = 32;

/// The words of one phrase beyond which the rest is left out.
const LONGEST_PHRASE: usize = 64;

/// Words that stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words, normalised.
    pub words: Vec<String>,
    /// Whether the last one may go on.
    pub open: bool,
}

/// What must be there, and what must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these.
    pub all: Vec<Phrase>,
    /// None of these.
    pub none: Vec<Phrase>,
    /// Whether part of what was typed is left out, because it is too long.
    pub cut: bool,
    /// Whether only what must not be there was named, and was taken for what must.
    pub turned: bool,
}

impl Query {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Self {
        let quotes = typed.chars().filter(|letter| is_quote(*letter)).count();
        let mut query = Self::default();
        // A quotation mark without its other half is none.
        let mut left = quotes - quotes % 2;
        let mut word = String::new();
        let (mut not, mut quoted, mut begun) = (false, false, false);
        for letter in typed.chars() {
            if is_quote(letter) && left > 0 {
                left -= 1;
                if quoted {
                    query.add(&word, not, true);
                    (not, begun) = (false, false);
                    word.clear();
                } else if !word.is_empty() {
                    query.add(&word, not, true);
                    not = false;
                    word.clear();
                }
                quoted = !quoted;
            } else if quoted {
                word.push(letter);
            } else if letter.is_whitespace() {
                query.add(&word, not, true);
                (not, begun) = (false, false);
                word.clear();
            } else if !begun && matches!(letter, '-' | '－' | '\u{2212}') {
                (not, begun) = (true, true);
            } else {
                begun = true;
                word.push(letter);
            }
        }
        query.add(&word, not, true);
        if query.all.is_empty() {
            // Nothing that is to be there: then it was no operator.
            query.all = std::mem::take(&mut query.none);
            query.turned = !query.all.is_empty();
        }
        query
    }

    /// One word or name as it is, without operators.
    pub fn exactly(word: &str) -> Self {
        Self { all: Phrase::read(word, false).into_iter().collect(), ..Self::default() }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn add(&mut self, word: &str, not: bool, may_be_open: bool) {
        let Some(phrase) = Phrase::read(word, may_be_open && word.ends_with(['*', '＊'])) else { return };
        if self.all.len() + self.none.len() >= MOST_PHRASES || phrase.words.len() > LONGEST_PHRASE {
            self.cut = true;
            if self.all.len() + self.none.len() >= MOST_PHRASES {
                return;
            }
        }
        let mut phrase = phrase;
        if phrase.words.len() > LONGEST_PHRASE {
            phrase.words.truncate(LONGEST_PHRASE);
            phrase.open = false;
        }
        let into = if not { &mut self.none } else { &mut self.all };
        if !into.contains(&phrase) {
            into.push(phrase);
        }
    }
}

impl Phrase {
    fn read(text: &str, open: bool) -> Option<Self> {
        let mut found: Vec<Token> = tokens(text);
        let last = found.pop()?;
        let single = last.pair && last.first == last.to;
        let mut open = open;
        if single {
            // The end of a run is no word of its own: the pair before it says the same. One that stands alone is the
            // beginning of whatever pair it is found in.
            let within = found.last().is_some_and(|before| before.pair && before.to == last.to);
            if within {
                open = false;
            } else {
                open = true;
                found.push(last);
            }
        } else {
            open &= !last.pair;
            found.push(last);
        }
        Some(Self { words: found.into_iter().map(|token| token.text).collect(), open })
    }

    /// Where it stands in these words: for each time, the first and the last of them.
    pub fn find<'a>(&'a self, text: &'a [Token]) -> impl Iterator<Item = (&'a Token, &'a Token)> {
        let is = |wanted: &str, found: &str, last: bool| {
            if last && self.open { found.starts_with(wanted) } else { found == wanted }
        };
        let fits = move |window: &&[Token]| {
            let end = self.words.len() - 1;
            let mut pairs = self.words.iter().zip(window.iter()).enumerate();
            pairs.all(|(index, (wanted, found))| is(wanted, &found.text, index == end))
        };
        text.windows(self.words.len().max(1)).filter(fits).filter_map(|window| Some((window.first()?, window.last()?)))
    }
}

const fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '＂')
}

#[cfg(test)]
mod tests {
    use super::{Phrase, Query};
    use crate::search::tokens;

    fn shown(phrases: &[Phrase]) -> String {
        let one = |phrase: &Phrase| format!("{}{}", phrase.words.join("_"), if phrase.open { "*" } else { "" });
        phrases.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn operators_where_they_make_sense_and_words_elsewhere() {
        for (typed, all, none) in [
            ("pool exhausted", "pool exhausted", ""),
            ("\"pool exhausted\" -replica", "pool_exhausted", "replica"),
            ("-\"read replica\" db", "db", "read_replica"),
            ("fail* ｆａｉｌ＊", "fail*", ""),
            ("db-3", "db_3", ""),
            ("-db", "db", ""),
            ("say \"half", "say half", ""),
            ("NEAR( a OR col:b ^c {d}", "near a or col_b c d", ""),
            ("* - -- \"\" \"", "", ""),
            ("障害", "障害", ""),
            ("害", "害*", ""),
            ("決済障害 －復旧", "決済_済障_障害", "復旧"),
            ("\"障害 db\"", "障害_害_db", ""),
            ("“pool exhausted”", "pool_exhausted", ""),
            ("a\"b c\"d", "a b_c d", ""),
            ("same same", "same", ""),
        ] {
            let query = Query::read(typed);
            assert_eq!((shown(&query.all).as_str(), shown(&query.none).as_str()), (all, none), "{typed}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let long: String = (0..20_000).map(|n| format!("w{n} ")).collect();
        let query = Query::read(&long);
        assert!(query.cut && query.all.len() == super::MOST_PHRASES);
        let query = Query::read(&format!("\"{long}\""));
        assert!(query.cut && query.all.len() == 1);
    }

    #[test]
    fn a_phrase_is_found_where_it_stands() {
        let text = tokens("障害対応: the pool is exhausted, 障害");
        let found = |typed: &str| Query::read(typed).all.first().map_or(0, |phrase| phrase.find(&text).count());
        for (typed, times) in
            [("障害", 2), ("害", 2), ("対応", 1), ("応", 1), ("障害対応", 1), ("\"is exhausted\"", 1), ("exh*", 1)]
        {
            assert_eq!(found(typed), times, "{typed}");
        }
        assert_eq!(found("exh") + found("\"pool exhausted\""), 0);
    }
}
