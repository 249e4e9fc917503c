//! What was tried, and what came of it.

use super::verdict::Verdict;
use std::fmt;

/// One fault against one writer.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub fault: String,
    pub writer: String,
    /// How many times the fault struck.
    pub tried: usize,
    /// Facts that a command had confirmed.
    pub confirmed: usize,
    /// Those of them that are there afterwards.
    pub kept: usize,
    /// Facts that are there more than once.
    pub doubled: usize,
    /// What went wrong in any way, each with what shows it again.
    pub wrong: Vec<String>,
    /// Why it was not tried.
    pub left_out: Option<String>,
}

impl Row {
    pub fn new(fault: &str, writer: &str) -> Self {
        Self { fault: fault.to_owned(), writer: writer.to_owned(), ..Self::default() }
    }

    /// A row for what can't be tried here.
    pub fn left_out(fault: &str, writer: &str, why: &str) -> Self {
        Self { left_out: Some(why.to_owned()), ..Self::new(fault, writer) }
    }

    /// Adds what a last look found; whether all is well.
    pub fn add(&mut self, verdict: Verdict, shown_by: &str) -> bool {
        self.confirmed += verdict.confirmed;
        self.kept += verdict.kept;
        self.doubled += verdict.doubled;
        self.complain(verdict.wrong, shown_by)
    }

    /// Adds what is wrong alone; whether nothing is.
    pub fn complain(&mut self, wrong: Vec<String>, shown_by: &str) -> bool {
        let well = wrong.is_empty();
        self.wrong.extend(wrong.into_iter().map(|one| format!("{one} ({shown_by})")));
        well
    }

    pub fn is_well(&self) -> bool {
        self.wrong.is_empty() && self.kept == self.confirmed && self.doubled == 0
    }
}

/// All rows.
#[derive(Debug, Default)]
pub struct Table(pub Vec<Row>);

impl Table {
    pub fn is_well(&self) -> bool {
        self.0.iter().all(Row::is_well)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<34} {:<22}", self.fault, self.writer)?;
        if let Some(why) = &self.left_out {
            return write!(f, " left out: {why}");
        }
        let lost = self.confirmed - self.kept;
        let (tried, confirmed, kept, doubled) = (self.tried, self.confirmed, self.kept, self.doubled);
        write!(f, " {tried:>6} {confirmed:>9} {kept:>6} {doubled:>7} {lost:>5} {:>5}", self.wrong.len())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<34} {:<22}", "fault", "writer")?;
        writeln!(f, " {:>6} {:>9} {:>6} {:>7} {:>5} {:>5}", "tried", "confirmed", "kept", "doubled", "lost", "wrong")?;
        for row in &self.0 {
            writeln!(f, "{row}")?;
        }
        for row in &self.0 {
            for wrong in &row.wrong {
                writeln!(f, "wrong: {}, {}: {wrong}", row.fault, row.writer)?;
            }
        }
        Ok(())
    }
}
