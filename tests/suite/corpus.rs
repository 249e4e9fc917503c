//! The corpus of the fuzz targets, replayed: what fuzzing found once stays found.

use super::targets;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    std::fs::read_dir(folder).expect("listed").map(|entry| entry.expect("listed").path()).collect()
}

#[test]
fn the_corpus_holds() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    if !fuzz.exists() {
        return; // A published crate comes without the folder of another one.
    }
    let corpus = fuzz.join("corpus");
    let known: BTreeSet<PathBuf> = targets::TARGETS.iter().map(|(name, _)| corpus.join(name)).collect();
    assert_eq!(files(&corpus), known, "a folder for each target");
    std::thread::scope(|scope| {
        for (name, _) in targets::TARGETS {
            let folder = corpus.join(name);
            scope.spawn(move || replay(name, &folder));
        }
    });
}

fn replay(name: &str, folder: &Path) {
    for file in files(folder) {
        let bytes = std::fs::read(&file).expect("read");
        let held = std::panic::catch_unwind(|| targets::run(name, &bytes));
        assert!(held.is_ok(), "{} doesn't hold", file.display());
    }
}
