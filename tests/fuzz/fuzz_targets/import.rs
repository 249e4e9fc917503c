#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hikeshi_fuzz::run("import", data));
