//! What no chain reaches is not shown: rows of the log outside every copy that the store lists.
//!
//! hikeshi never writes such a row, so a look at both ends of the tables is all that a sound store costs. Where there
//! is one, every question of the connection goes to a view of the log without it; verification names it.

use super::schema::SEQ_BITS;
use rusqlite::Connection;

/// Hides from this connection the rows that verification can't reach.
pub fn raise(connection: &Connection) -> rusqlite::Result<()> {
    let ends = "SELECT (SELECT count(*) FROM origins WHERE length(id) = 16), (SELECT count(*) FROM origins),
        (SELECT min(n) FROM origins), (SELECT max(n) FROM origins),
        (SELECT min(n) FROM log), (SELECT max(n) FROM log)";
    let sound = connection.query_row(ends, [], |row| {
        let (named, all): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (from, to): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let (first, last): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        let Some((first, last)) = first.zip(last) else { return Ok(true) };
        let Some((from, to)) = from.zip(to) else { return Ok(false) };
        // Copies are numbered without a gap, so nothing lies between their ranges.
        let whole = named == all && from > 0 && to - from == all - 1;
        Ok(whole && first >> SEQ_BITS >= from && last >> SEQ_BITS <= to)
    })?;
    if sound {
        return Ok(());
    }
    connection.execute_batch(&format!(
        "CREATE TEMP VIEW log AS SELECT * FROM main.log
         WHERE n >> {SEQ_BITS} IN (SELECT n FROM main.origins WHERE length(id) = 16)"
    ))
}
