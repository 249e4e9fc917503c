//! Looks up values of a parsed table, with the bytes where they stand.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text under a key; `None` when it is absent or no text.
pub(super) fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<(&'t str, Range<usize>)> {
    located_text(table.get(key)?)
}

/// The texts of a list under a key.
pub(super) fn texts<'t>(table: &'t DeTable<'_>, key: &str) -> Vec<(&'t str, Range<usize>)> {
    list(table, key).filter_map(located_text).collect()
}

/// The table under a key.
pub(super) fn table<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(&'t DeTable<'i>, Range<usize>)> {
    located_table(table.get(key)?)
}

/// The tables of a list under a key.
pub(super) fn tables<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Vec<(&'t DeTable<'i>, Range<usize>)> {
    list(table, key).filter_map(located_table).collect()
}

fn list<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = &'t Spanned<DeValue<'i>>> {
    table.get(key).and_then(|value| value.get_ref().as_array()).into_iter().flat_map(|list| list.iter())
}

fn located_text<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<(&'t str, Range<usize>)> {
    Some((value.get_ref().as_str()?, value.span()))
}

fn located_table<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Option<(&'t DeTable<'i>, Range<usize>)> {
    Some((value.get_ref().as_table()?, value.span()))
}
