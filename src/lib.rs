//! hikeshi (火消し): run an incident from the terminal, from `declare` to `postmortem`.
//!
//! The layers, and what each may import, are held against a table by `tests/architecture.rs`.

pub mod incident;
pub mod store;
pub mod text;
