//! hikeshi (火消し): run an incident from the terminal, from `declare` to `postmortem`.
//!
//! The layers, and what each may import, are held against a table by `tests/architecture.rs`.

pub mod cli;
pub mod dispatch;
pub mod engine;
pub mod env;
pub mod error;
pub mod evidence;
pub mod exchange;
pub mod incident;
pub mod intake;
pub mod notify;
pub mod oncall;
pub mod owner;
pub mod policy;
pub mod proc;
pub mod render;
pub mod search;
pub mod store;
pub mod text;
pub mod transcript;
pub mod ui;
pub mod view;
