//! A command line in pieces: options with their values, what names something, and the words of the text.

use super::grammar::{Grammar, Takes, Token};

/// What a piece of the line is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A word that names something: a step, an entry, a role.
    Name,
    /// A word of the text.
    Text,
    /// An option of the verb, with its values.
    Own,
    /// An option of every verb, with its values.
    Global,
    /// A question for help.
    Help,
    /// Nearly an option.
    Like(Option<String>),
    /// An option with another dash.
    Smart(String),
    /// It begins with a dash and is no option.
    Unknown,
}

/// One piece of the line.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub at: usize,
    /// How many words it has.
    pub words: usize,
}

/// A command line in pieces.
#[derive(Debug)]
pub struct Scan<'a> {
    /// All of it.
    pub line: &'a [String],
    /// Where the verb stands.
    pub verb: usize,
    /// Where what the verb takes begins.
    pub from: usize,
    /// What it takes, in order.
    pub pieces: Vec<Piece>,
    /// Where `--` stands.
    pub separator: Option<usize>,
    /// Whether the verb takes a text.
    pub takes_text: bool,
    /// Whether the verb takes nothing but options.
    pub takes_options_alone: bool,
}

impl<'a> Scan<'a> {
    /// Takes a line apart.
    pub fn of(line: &'a [String], verb: usize, from: usize, grammar: &Grammar) -> Self {
        let before_text = grammar.before_text();
        let mut scan = Self {
            line,
            verb,
            from,
            pieces: Vec::new(),
            separator: None,
            takes_text: before_text.is_some(),
            takes_options_alone: grammar.takes_options_alone(),
        };
        let (mut at, mut names) = (from, 0);
        while at < line.len() {
            let word = line[at].as_str();
            if scan.separator.is_none() && word == "--" {
                scan.separator = Some(at);
                at += 1;
                continue;
            }
            let token = if scan.separator.is_some() { Token::Word } else { grammar.token(word) };
            let (kind, words) = match token {
                Token::Word => {
                    let text = before_text.is_some_and(|before| names >= before);
                    names += 1;
                    (if text { Kind::Text } else { Kind::Name }, 1)
                }
                Token::Own(takes) => (Kind::Own, 1 + values(line, at + 1, takes, grammar)),
                Token::Global(takes) => (Kind::Global, 1 + values(line, at + 1, takes, grammar)),
                Token::Help => (Kind::Help, 1),
                Token::Like(meant) => (Kind::Like(meant), 1),
                Token::Smart(meant) => (Kind::Smart(meant), 1),
                Token::Unknown => (Kind::Unknown, 1),
            };
            scan.pieces.push(Piece { kind, at, words });
            at += words;
        }
        scan
    }

    /// The words of a piece, with a value that a dash begins joined to its option.
    pub fn words(&self, piece: &Piece) -> Vec<String> {
        let words = &self.line[piece.at..piece.at + piece.words];
        match words {
            [option, value] if value.len() > 1 && value.starts_with('-') && option.starts_with("--") => {
                vec![format!("{option}={value}")]
            }
            words => words.to_vec(),
        }
    }

    /// How many words the text has that stand alone.
    pub fn text_words(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.kind == Kind::Text).count()
    }

    /// Where the text begins, in pieces: with a word, or with one that a dash begins and that is no option.
    pub fn text_begins(&self) -> Option<usize> {
        self.pieces.iter().position(|piece| matches!(piece.kind, Kind::Text | Kind::Unknown))
    }

    /// Where the first word stands that is no option.
    pub fn first_word(&self) -> Option<usize> {
        self.pieces.iter().find(|piece| matches!(piece.kind, Kind::Name | Kind::Text)).map(|piece| piece.at)
    }

    /// Whether the text stands behind `--`.
    pub fn is_literal(&self) -> bool {
        let begins = self.text_begins().map(|index| self.pieces[index].at);
        self.separator.zip(begins).is_some_and(|(separator, text)| text > separator)
    }

    /// The words before the verb's own arguments: the program, the global options, the verb.
    pub fn head(&self) -> &[String] {
        &self.line[..self.from]
    }

    /// The line as the parser reads it: what is text and begins with a dash stands behind `--`.
    pub fn arguments(&self) -> Vec<String> {
        let mut line = self.head().to_vec();
        let dashed = self.takes_text && self.pieces.iter().any(|piece| piece.kind == Kind::Unknown);
        if !dashed {
            for piece in &self.pieces {
                if self.separator.is_some_and(|at| at + 1 == piece.at) {
                    line.push("--".to_owned());
                }
                line.extend(self.words(piece));
            }
            return line;
        }
        let is_text = |piece: &&Piece| matches!(piece.kind, Kind::Text | Kind::Unknown);
        let (text, rest): (Vec<&Piece>, Vec<&Piece>) = self.pieces.iter().partition(is_text);
        line.extend(rest.into_iter().flat_map(|piece| self.words(piece)));
        line.push("--".to_owned());
        let phrases = self.line[self.verb] == "search";
        line.extend(text.into_iter().map(|piece| {
            let word = &self.line[piece.at];
            // A shell takes the marks of a phrase away.
            match word.strip_prefix('-').filter(|_| phrases && piece.kind == Kind::Unknown) {
                Some(without) if without.contains(' ') && !without.contains('"') => format!("-\"{without}\""),
                _ => word.clone(),
            }
        }));
        line
    }
}

/// How many of the words from here on are an option's values.
fn values(line: &[String], from: usize, takes: Takes, grammar: &Grammar) -> usize {
    let behind = line[from..].iter().take(takes.values);
    let is_value = |word: &&String| {
        let option = || matches!(grammar.token(word), Token::Own(_) | Token::Global(_) | Token::Help | Token::Like(_));
        match takes.values {
            1 => takes.hyphens || word.as_str() != "--" && !option(),
            _ => !word.starts_with('-'),
        }
    };
    behind.take_while(is_value).count()
}
