//! Asking the index which entries answer a query, and how many.

use crate::search::{Phrase, Query};
use rusqlite::{Connection, params};

/// Rows of one origin's log: from one row up to but without another.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// The first.
    pub from: i64,
    /// The one after the last.
    pub below: i64,
}

/// The newest rows in a range that answer a query, newest first.
pub fn rowids(
    index: &Connection,
    query: &Query,
    heads_only: bool,
    range: Range,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let asked = expression(query, heads_only);
    let mut rows = index.prepare_cached(
        "SELECT rowid FROM entries WHERE entries MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    rows.query_map(params![asked, range.from, range.below, limit], |row| row.get(0))?.collect()
}

/// In how many entries a phrase stands, counted up to `most`.
pub fn frequency(index: &Connection, phrase: &Phrase, most: usize) -> rusqlite::Result<f64> {
    let mut count =
        index.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM entries WHERE entries MATCH ?1 LIMIT ?2)")?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let count: u32 = count.query_row(params![term(phrase), most], |row| row.get(0))?;
    Ok(f64::from(count))
}

/// How many entries the index has, and how many words.
pub fn figures(index: &Connection) -> rusqlite::Result<(f64, f64)> {
    let mut value = index.prepare_cached("SELECT CAST(value AS REAL) FROM figures WHERE name = ?1")?;
    Ok((value.query_row(["entries"], |row| row.get(0))?, value.query_row(["words"], |row| row.get(0))?))
}

/// A query in FTS5's own words. They are normalised, so that nothing in them can be an operator of its.
fn expression(query: &Query, heads_only: bool) -> String {
    let terms = |phrases: &[Phrase], word: &str| phrases.iter().map(term).collect::<Vec<_>>().join(word);
    let all = terms(&query.all, " AND ");
    let all = if heads_only { format!("{{head}} : ({all})") } else { format!("({all})") };
    if query.none.is_empty() { all } else { format!("{all} NOT ({})", terms(&query.none, " OR ")) }
}

fn term(phrase: &Phrase) -> String {
    format!("\"{}\"{}", phrase.words.join(" ").replace('"', ""), if phrase.open { " *" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::expression;
    use crate::search::Query;

    #[test]
    fn a_query_becomes_one_expression() {
        for (typed, wanted) in [
            ("pool \"is empty\" -db-3 fail*", "(\"pool\" AND \"is empty\" AND \"fail\" *) NOT (\"db 3\")"),
            ("害", "(\"害\" *)"),
        ] {
            assert_eq!(expression(&Query::read(typed), false), wanted);
        }
        assert_eq!(expression(&Query::read("a"), true), "{head} : (\"a\")");
    }
}
