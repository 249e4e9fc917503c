//! stub
use super::desk::Desk;
use crate::error::Failure;
/// stub
#[derive(Debug, clap::Args)]
pub struct Args {}
pub fn run(_desk: &Desk, _args: Args) -> Result<(), Failure> { Ok(()) }
