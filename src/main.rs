//! hikeshi: run an incident from the terminal.

use std::process::ExitCode;

fn main() -> ExitCode {
    hikeshi::cli::main()
}
