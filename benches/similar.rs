//! How well `similar` finds incidents of the same component, on 399 real ones: `cargo bench --bench similar`.
//!
//! Each incident is the query once, its components hidden, as are those of all others; relevant is what shares one.
//! Precision at 5, against FTS5's bm25 on the titles alone, and a bootstrap interval of the difference, paired.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a benchmark stops where something fails, prints figures, and counts in floating point"
)]

use hikeshi::search::tokens;
use hikeshi::view::similar::{Case, rank};
use rusqlite::Connection;
use serde_json::Value;
use std::time::Instant;

/// How many are looked at.
const AT: usize = 5;

/// How often the queries are drawn again.
const DRAWS: usize = 10_000;

const DATA: &str = include_str!("../tests/histories/github-statuses-2022-2024.jsonl");

fn main() {
    let records: Vec<Value> = DATA.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let cases: Vec<Case> = records.iter().map(case).collect();
    let components: Vec<Vec<&str>> = records.iter().map(components).collect();
    let relevant = |left: usize, right: usize| components[left].iter().any(|one| components[right].contains(one));
    let queries: Vec<usize> = (0..cases.len())
        .filter(|query| (0..cases.len()).any(|other| other != *query && relevant(*query, other)))
        .collect();
    println!("{} incidents, {} of them with a component that another has", cases.len(), queries.len());

    let precision = |query: usize, found: &[usize]| {
        found.iter().filter(|other| relevant(query, **other)).count() as f64 / AT as f64
    };
    let titles = Titles::new(&cases);
    let begun = Instant::now();
    let base: Vec<f64> = queries.iter().map(|query| precision(*query, &titles.find(*query, &cases))).collect();
    let own: Vec<f64> = queries.iter().map(|query| precision(*query, &similar(*query, &cases))).collect();
    println!("bm25 on titles: {:.4}", mean(&base));
    println!("similar:        {:.4}", mean(&own));
    let differences: Vec<f64> = own.iter().zip(&base).map(|(own, base)| own - base).collect();
    let (low, high) = interval(&differences);
    println!("difference:     {:+.4}, 95 % interval {low:+.4} to {high:+.4} (> 0)", mean(&differences));
    println!("{:.1} s", begun.elapsed().as_secs_f64());
}

/// An incident as the ranking sees it: its title and what was said, nothing of its components.
fn case(record: &Value) -> Case {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let updates = record["updates"].as_array().map(Vec::as_slice).unwrap_or_default();
    Case {
        title: text(&record["title"]),
        said: updates.iter().map(|update| text(&update["message"])).collect(),
        ..Case::default()
    }
}

fn components(record: &Value) -> Vec<&str> {
    let listed = record["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    listed.iter().filter_map(Value::as_str).collect()
}

fn similar(query: usize, cases: &[Case]) -> Vec<usize> {
    // Itself is no answer, and counts for no word's rarity.
    let others: Vec<usize> = (0..cases.len()).filter(|other| *other != query).collect();
    let told: Vec<Case> = others.iter().map(|other| cases[*other].clone()).collect();
    rank(&cases[query], &told, AT).into_iter().map(|likeness| others[likeness.index]).collect()
}

/// FTS5 over the titles.
struct Titles {
    index: Connection,
}

impl Titles {
    fn new(cases: &[Case]) -> Self {
        let index = Connection::open_in_memory().expect("memory");
        index.execute_batch("CREATE VIRTUAL TABLE titles USING fts5(title)").expect("a table");
        for (row, case) in (0i64..).zip(cases) {
            index.execute("INSERT INTO titles (rowid, title) VALUES (?1, ?2)", (row, &case.title)).expect("taken");
        }
        Self { index }
    }

    fn find(&self, query: usize, cases: &[Case]) -> Vec<usize> {
        let mut words: Vec<String> =
            tokens(&cases[query].title).into_iter().map(|word| format!("\"{}\"", word.text)).collect();
        words.sort();
        words.dedup();
        let asked =
            "SELECT rowid FROM titles WHERE titles MATCH ?1 AND rowid <> ?2 ORDER BY bm25(titles), rowid DESC LIMIT ?3";
        let mut asked = self.index.prepare_cached(asked).expect("a question");
        let own = i64::try_from(query).expect("fits");
        let rows =
            asked.query_map((words.join(" OR "), own, i64::try_from(AT).expect("fits")), |row| row.get::<_, i64>(0));
        rows.expect("asked").map(|row| usize::try_from(row.expect("a row")).expect("fits")).collect()
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The middle 95 % of the means of values drawn again with replacement, by a fixed sequence.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        values[(state % values.len() as u64) as usize]
    };
    let mut means: Vec<f64> =
        (0..DRAWS).map(|_| (0..values.len()).map(|_| draw()).sum::<f64>() / values.len() as f64).collect();
    means.sort_by(f64::total_cmp);
    (means[DRAWS * 25 / 1000], means[DRAWS * 975 / 1000 - 1])
}
