//! How well an entry answers a query: BM25 over its two kinds of text.

use super::query::{Phrase, Query};
use super::token::Token;

/// How soon a word that is said again stops counting (BM25's k₁).
const SATURATION: f64 = 1.2;

/// How much a long text is marked down (BM25's b).
const LENGTH: f64 = 0.75;

/// How much more a word in a title, a cause or a workaround counts.
const HEAD: f64 = 2.5;

/// What all words of the query in a row are worth.
const IN_A_ROW: f64 = 1.5;

/// What is counted in one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// How often each phrase stands there, weighted.
    pub times: Vec<f64>,
    /// How many words it has.
    pub length: usize,
    /// Whether the words of the query stand in a row.
    pub in_a_row: bool,
}

/// What the whole store says about a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// How rare each phrase is.
    pub rarity: Vec<f64>,
    /// How many words an entry has on average.
    pub average: f64,
}

impl Weights {
    /// From how many entries there are, how many words they have, and in how many each phrase stands.
    pub fn new(entries: f64, words: f64, found: &[f64]) -> Self {
        let rarity = |found: &f64| (1.0 + (entries - found + 0.5).max(0.0) / (found + 0.5)).ln().max(0.01);
        Self { rarity: found.iter().map(rarity).collect(), average: if entries > 0.0 { words / entries } else { 1.0 } }
    }
}

/// Counts a query's phrases in an entry's texts; `None` where it doesn't answer the query.
pub fn counts(query: &Query, texts: &[(bool, Vec<Token>)]) -> Option<Counts> {
    let stands = |phrase: &Phrase| texts.iter().any(|(_, text)| phrase.find(text).next().is_some());
    if query.none.iter().any(stands) {
        return None;
    }
    let weighted = |phrase: &Phrase| -> f64 {
        let each = texts.iter().map(|(head, text)| {
            let times = u32::try_from(phrase.find(text).count()).unwrap_or(u32::MAX);
            f64::from(times) * if *head { HEAD } else { 1.0 }
        });
        each.sum()
    };
    let times: Vec<f64> = query.all.iter().map(weighted).collect();
    if times.iter().any(|times| *times <= 0.0) {
        return None;
    }
    let in_a_row = query.all.len() > 1 && {
        let words = query.all.iter().flat_map(|phrase| phrase.words.iter().cloned()).collect();
        let row = Phrase { words, open: query.all.last().is_some_and(|phrase| phrase.open) };
        stands(&row)
    };
    Some(Counts { times, length: texts.iter().map(|(_, text)| text.len()).sum(), in_a_row })
}

/// The score, to three places: what is as good as another stands in the order of time.
pub fn score(counts: &Counts, weights: &Weights) -> f64 {
    let length = f64::from(u32::try_from(counts.length).unwrap_or(u32::MAX));
    let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / weights.average.max(1.0));
    let each = counts.times.iter().zip(&weights.rarity);
    let sum: f64 = each.map(|(times, rarity)| rarity * times * (SATURATION + 1.0) / (times + norm)).sum();
    let sum = if counts.in_a_row { sum * IN_A_ROW } else { sum };
    (sum * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::{Weights, counts, score};
    use crate::search::{Query, tokens};

    fn scored(query: &str, head: &str, body: &str) -> Option<f64> {
        let texts = [(true, tokens(head)), (false, tokens(body))];
        let found = counts(&Query::read(query), &texts)?;
        Some(score(&found, &Weights::new(1000.0, 10_000.0, &[10.0, 100.0])))
    }

    #[test]
    fn a_title_counts_more_than_a_remark_and_a_row_more_than_scattered_words() {
        assert!(scored("pool", "pool empty", "") > scored("pool", "", "pool empty"));
        assert!(scored("pool empty", "", "the pool empty") > scored("pool empty", "", "empty the pool"));
        assert!(scored("pool", "", "pool") > scored("pool", "", "pool and many other words besides it in here"));
        assert_eq!(scored("pool", "", "replica"), None);
        assert_eq!(scored("pool -empty", "", "pool empty"), None);
        assert!(scored("pool empty", "pool", "empty").is_some(), "in any of its texts");
    }
}
