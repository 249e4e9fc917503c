//! How alike incidents are (D2): by services, category, the words of title, cause and workaround, what was said on the
//! way, and how rare each of these is. Pure: it is told the incidents.

use crate::search::{Token, each_token, tokens};
use std::collections::{HashMap, HashSet};

/// What is known of an incident that others are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// What is wrong.
    pub title: String,
    /// The services it hits.
    pub services: Vec<String>,
    /// Its category.
    pub category: Option<String>,
    /// Cause, workaround, fix, and how it was resolved.
    pub causes: Vec<String>,
    /// What was said on the way: the summary, notes, statements.
    pub said: Vec<String>,
}

/// Why an incident is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// They hit this service both.
    Service(String),
    /// They are of this category both.
    Category(String),
    /// The titles share these words.
    Title(Vec<String>),
    /// The causes and workarounds share these words.
    Cause(Vec<String>),
    /// Words of this one were said in that one.
    Said(Vec<String>),
}

impl Why {
    /// Whether it is worth telling somebody who did not ask.
    pub fn is_strong(&self) -> bool {
        /// A Japanese word of this many characters is no chance.
        const LONG: usize = 4;
        match self {
            Self::Service(_) | Self::Cause(_) => true,
            Self::Category(_) | Self::Said(_) => false,
            Self::Title(words) => {
                words.len() > 1 || words.iter().any(|word| !word.is_ascii() && word.chars().count() >= LONG)
            }
        }
    }
}

/// How like one of the others is.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Which of the others.
    pub index: usize,
    /// More is more alike.
    pub score: f64,
    /// Why, the strongest reason first.
    pub why: Vec<Why>,
}

/// How soon a word that is said again stops counting (BM25's k₁).
const SATURATION: f64 = 1.2;

/// How much a long text is marked down (BM25's b).
const LENGTH: f64 = 0.75;

/// What a word of the query weighs where it stands: in a title, among causes, in what was said.
const FROM_TITLE: [f64; FIELDS] = [1.0, 0.8, 0.5];
const FROM_CAUSES: [f64; FIELDS] = [0.3, 1.0, 0.2];
const FROM_SAID: [f64; FIELDS] = [0.0, 0.1, 0.05];

/// What a service and a category weigh that both have, times how rare they are.
const SERVICE: f64 = 2.0;
const CATEGORY: f64 = 0.5;

/// How many words of what was said are compared: the most telling.
const TELLING: usize = 16;

/// How many shared words are named for each reason.
const NAMED: usize = 4;

/// Title, causes, what was said.
const FIELDS: usize = 3;

/// English words that tell nothing; in a small store they would be as rare as any.
const EMPTY: [&str; 48] = [
    "a", "all", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "for", "from", "had", "has", "have",
    "in", "into", "is", "it", "its", "not", "now", "of", "on", "or", "our", "some", "still", "that", "the", "their",
    "there", "these", "they", "this", "to", "was", "we", "were", "which", "while", "will", "with", "you", "your",
    "after",
];

/// Words of the query, by number.
#[derive(Default)]
struct Words {
    number: HashMap<String, usize>,
    /// How often each stands in the query's title, causes and what was said.
    times: Vec<[u32; FIELDS]>,
}

/// One of the others, counted.
struct Counted {
    times: [HashMap<usize, u32>; FIELDS],
    length: [u32; FIELDS],
}

/// The others that are most like a case, the most alike first; of equals, the later one among the others.
pub fn rank(case: &Case, others: &[Case], most: usize) -> Vec<Likeness> {
    let words = Words::of(case);
    let counted: Vec<Counted> = others.iter().map(|other| words.count(other)).collect();
    let all = amount(others.len());
    let rarity = |found: usize| (1.0 + (all - amount(found) + 0.5) / (amount(found) + 0.5)).ln();
    let mut found = vec![[0usize; FIELDS]; words.times.len()];
    for (field, times) in counted.iter().flat_map(|one| one.times.iter().enumerate()) {
        for word in times.keys() {
            if let Some(count) = found.get_mut(*word).and_then(|row| row.get_mut(field)) {
                *count += 1;
            }
        }
    }
    let rarities: Vec<[f64; FIELDS]> = found.into_iter().map(|row| row.map(rarity)).collect();
    let weights = words.weights(&rarities);
    let average: [f64; FIELDS] = [0, 1, 2].map(|field| {
        let sum: f64 = counted.iter().map(|one| f64::from(one.length.get(field).copied().unwrap_or_default())).sum();
        (sum / all.max(1.0)).max(1.0)
    });
    let have = |has: &dyn Fn(&Case) -> bool| rarity(others.iter().filter(|other| has(other)).count());
    let category = case.category.as_ref().map(|own| (own, have(&|other| other.category.as_ref() == Some(own))));
    let services: Vec<(&String, f64)> =
        case.services.iter().map(|own| (own, have(&|other| hits(other, own)))).collect();
    let mut likenesses = Vec::new();
    for (index, (other, one)) in others.iter().zip(&counted).enumerate() {
        let mut reasons: Vec<(f64, Why)> = Vec::new();
        for (own, rarity) in services.iter().filter(|(own, _)| hits(other, own)) {
            reasons.push((SERVICE * rarity, Why::Service((*own).clone())));
        }
        if let Some((own, rarity)) = category.filter(|(own, _)| other.category.as_ref() == Some(*own)) {
            reasons.push((CATEGORY * rarity, Why::Category(own.clone())));
        }
        for field in 0..FIELDS {
            let (score, shared) = one.score(field, &weights, &rarities, average.get(field).copied().unwrap_or(1.0));
            let shared = words.named(case, &shared);
            let why = match (field, shared.is_empty()) {
                (_, true) => None,
                (0, _) => Some(Why::Title(shared)),
                (1, _) => Some(Why::Cause(shared)),
                _ => Some(Why::Said(shared)),
            };
            match why {
                Some(why) => reasons.push((score, why)),
                // Words that tell nothing count all the same, for the order; they are no reason.
                None => reasons.push((score, Why::Said(Vec::new()))),
            }
        }
        let score: f64 = reasons.iter().map(|(score, _)| score).sum();
        reasons.retain(|(score, why)| *score > 0.0 && *why != Why::Said(Vec::new()));
        reasons.sort_by(|left, right| right.0.total_cmp(&left.0));
        if score > 0.0 && !reasons.is_empty() {
            let why = reasons.into_iter().map(|(_, why)| why).collect();
            likenesses.push(Likeness { index, score: (score * 1000.0).round() / 1000.0, why });
        }
    }
    likenesses.sort_by(|left, right| right.score.total_cmp(&left.score).then(right.index.cmp(&left.index)));
    likenesses.truncate(most);
    likenesses
}

/// The words of a case that are worth looking for, the most telling place first.
pub fn probes(case: &Case) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for text in std::iter::once(&case.title).chain(&case.causes).chain(&case.said) {
        let words = tokens(text).into_iter().filter(tells).map(|word| word.text);
        found.extend(words.filter(|word| seen.insert(word.clone())));
    }
    found
}

fn hits(case: &Case, service: &str) -> bool {
    case.services.iter().any(|own| own.to_lowercase() == service.to_lowercase())
}

/// Whether a word can tell anything: no particle, no single letter, and not the end of a run, which its pairs say.
fn tells(word: &Token) -> bool {
    if word.pair {
        let grammar = |letter: char| matches!(letter, '\u{3041}'..='\u{309f}');
        return word.first < word.to && !word.text.chars().all(grammar);
    }
    word.text.chars().nth(1).is_some() && !EMPTY.contains(&word.text.as_str())
}

fn amount(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Words {
    fn of(case: &Case) -> Self {
        let mut words = Self::default();
        for (field, texts) in fields(case).iter().enumerate() {
            for text in texts {
                for word in tokens(text).into_iter().filter(tells) {
                    let next = words.times.len();
                    let number = *words.number.entry(word.text).or_insert(next);
                    if number == next {
                        words.times.push([0; FIELDS]);
                    }
                    if let Some(times) = words.times.get_mut(number).and_then(|times| times.get_mut(field)) {
                        *times += 1;
                    }
                }
            }
        }
        words
    }

    fn count(&self, case: &Case) -> Counted {
        let mut counted = Counted { times: Default::default(), length: [0; FIELDS] };
        for ((texts, times), length) in fields(case).iter().zip(counted.times.iter_mut()).zip(counted.length.iter_mut())
        {
            for text in texts {
                each_token(text, |word, _| {
                    *length += 1;
                    if let Some(number) = self.number.get(word) {
                        *times.entry(*number).or_default() += 1;
                    }
                });
            }
        }
        counted
    }

    /// What each word weighs in each field.
    fn weights(&self, rarities: &[[f64; FIELDS]]) -> Vec<[f64; FIELDS]> {
        // Of what was said only the words that tell most are compared.
        let telling = |times: u32, rarity: f64| rarity * (1.0 + f64::from(times).ln());
        let mut said: Vec<(f64, usize)> = Vec::new();
        for (word, (times, rarity)) in self.times.iter().zip(rarities).enumerate() {
            let ([_, _, times], [_, _, rarity]) = (times, rarity);
            if *times > 0 {
                said.push((telling(*times, *rarity), word));
            }
        }
        said.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        let said: HashSet<usize> = said.into_iter().take(TELLING).map(|(_, word)| word).collect();
        let weigh = |(word, times): (usize, &[u32; FIELDS])| {
            let mut weight = [0.0; FIELDS];
            let from = [(times[0] > 0, FROM_TITLE), (times[1] > 0, FROM_CAUSES), (said.contains(&word), FROM_SAID)];
            for (_, add) in from.iter().filter(|(there, _)| *there) {
                weight.iter_mut().zip(add).for_each(|(sum, add)| *sum += add);
            }
            weight
        };
        self.times.iter().enumerate().map(weigh).collect()
    }

    /// The shared words as people wrote them: pairs that follow one another are one word again.
    fn named(&self, case: &Case, shared: &[(usize, f64)]) -> Vec<String> {
        let worth: HashMap<usize, f64> = shared.iter().copied().collect();
        let mut named: Vec<(f64, String)> = Vec::new();
        for text in fields(case).iter().flatten() {
            let mut end = 0;
            for word in tokens(text) {
                let Some(score) = self.number.get(&word.text).and_then(|number| worth.get(number)) else { continue };
                let piece = text.get(word.from..word.to).unwrap_or_default();
                match named.last_mut() {
                    Some((sum, last)) if word.pair && word.from < end => {
                        last.push_str(text.get(end..word.to).unwrap_or_default());
                        *sum += score;
                    }
                    _ => named.push((*score, piece.to_lowercase())),
                }
                end = word.to;
            }
        }
        named.sort_by(|left, right| right.0.total_cmp(&left.0));
        let mut seen = HashSet::new();
        named.into_iter().map(|(_, word)| word).filter(|word| seen.insert(word.clone())).take(NAMED).collect()
    }
}

impl Counted {
    fn field(&self, field: usize) -> &HashMap<usize, u32> {
        self.times.get(field).unwrap_or(&self.times[0])
    }

    /// What the shared words of a field are worth, and which count.
    fn score(
        &self,
        field: usize,
        weights: &[[f64; FIELDS]],
        rarities: &[[f64; FIELDS]],
        average: f64,
    ) -> (f64, Vec<(usize, f64)>) {
        let length = f64::from(self.length.get(field).copied().unwrap_or_default());
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / average);
        let value = |table: &[[f64; FIELDS]], word: usize| table.get(word).and_then(|row| row.get(field)).copied();
        let mut shared: Vec<(usize, f64)> = Vec::new();
        for (word, times) in self.field(field) {
            let weight = value(weights, *word).unwrap_or_default() * value(rarities, *word).unwrap_or_default();
            let times = f64::from(*times);
            shared.push((*word, weight * times * (SATURATION + 1.0) / (times + norm)));
        }
        shared.retain(|(_, score)| *score > 0.0);
        // The order of a table of hashes is nobody's; sums and names are the same each time.
        shared.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        (shared.iter().map(|(_, score)| score).sum(), shared)
    }
}

fn fields(case: &Case) -> [Vec<&str>; FIELDS] {
    [
        vec![case.title.as_str()],
        case.causes.iter().map(String::as_str).collect(),
        case.said.iter().map(String::as_str).collect(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Case, Why, rank};

    fn case(title: &str, services: &[&str], causes: &[&str], said: &[&str]) -> Case {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Case {
            title: title.to_owned(),
            services: owned(services),
            category: None,
            causes: owned(causes),
            said: owned(said),
        }
    }

    fn order(asked: &Case, others: &[Case]) -> Vec<usize> {
        rank(asked, others, 9).into_iter().map(|likeness| likeness.index).collect()
    }

    #[test]
    fn a_service_and_a_cause_say_more_than_words_that_stand_everywhere() {
        let others = [
            case("Service is slow", &["web"], &[], &["it is slow"]),
            case("Checkout fails", &["payments"], &["connection pool exhausted"], &[]),
            case("Service is down", &["mail"], &[], &["the service is down"]),
            case("Service is slow again", &["dns"], &[], &[]),
        ];
        let asked = case("Service is slow", &["payments"], &["pool exhausted"], &[]);
        let found = rank(&asked, &others, 9);
        assert_eq!(found[0].index, 1);
        let why = [Why::Service("payments".to_owned()), Why::Cause(vec!["pool".to_owned(), "exhausted".to_owned()])];
        assert!(why.iter().all(|why| found[0].why.contains(why)), "{:?}", found[0].why);
    }

    #[test]
    fn rare_words_say_more() {
        let mut others = vec![case("Incident with the scheduler", &[], &[], &[]); 6];
        others.push(case("Incident with webhooks", &[], &[], &[]));
        assert_eq!(order(&case("webhooks and the scheduler", &[], &[], &[]), &others)[0], 6);
        assert_eq!(order(&case("nothing in common", &[], &[], &[]), &others), [] as [usize; 0]);
    }

    #[test]
    fn what_was_said_speaks_where_titles_are_silent() {
        let others = [
            case("Disruption with some services", &[], &[], &["mail is delayed"]),
            case("Disruption with some services", &[], &[], &["webhooks are late, we look into webhooks"]),
        ];
        assert_eq!(order(&case("webhooks arrive late", &[], &[], &[]), &others), [1]);
    }

    #[test]
    fn japanese_words_are_named_whole() {
        let others = [case("決済データベースの障害", &[], &[], &[]), case("メール遅延", &[], &[], &[])];
        let found = rank(&case("決済データベース停止", &[], &[], &[]), &others, 9);
        assert_eq!((found.len(), &found[0].why), (1, &vec![Why::Title(vec!["決済データベース".to_owned()])]));
    }

    #[test]
    fn the_same_question_has_the_same_answer() {
        let words: Vec<String> = (0..200).map(|n| format!("word{} other{}", n % 17, n % 5)).collect();
        let others: Vec<Case> = words.iter().map(|text| case(text, &["api"], &[text], &[text])).collect();
        let asked = case("word3 other2 word5", &["api"], &["word9"], &["other1 word2"]);
        assert_eq!(rank(&asked, &others, 50), rank(&asked, &others, 50));
    }
}
