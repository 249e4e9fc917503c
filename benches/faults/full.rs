//! A disk that is really full, at each page.

use super::dice::Dice;
use super::kill::repeat;
use super::table::Row;
use super::verdict::{Depth, Fact, judge};
use super::writer::Writer;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FAULT: &str = "full disk, at each page";

/// What a file system gives out in one piece.
const PAGE: u64 = 4096;

/// A small file system in memory; undone when dropped.
struct Mount(PathBuf);

impl Mount {
    fn new(at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).ok()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(&at).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Runs a writer with room for 0, 1, 2 … pages, up to so many, or with a sample of those.
pub fn full(under: &Path, writer: &Writer, pages: usize, sample: Option<usize>, dice: &mut Dice) -> Row {
    let Some(mount) = Mount::new(under.join("full")) else {
        return Row::left_out(FAULT, writer.name, "only root may mount a small disk");
    };
    let mut row = Row::new(FAULT, writer.name);
    for room in dice.some((0..pages).collect(), sample) {
        let mut scene = writer.scene(&mount.0);
        let call = writer.call(&scene);
        let ballast = mount.0.join("ballast");
        fill(&ballast, u64::try_from(room).expect("fits") * PAGE);
        let ended = scene.run(&call.arguments, &call.lines);
        row.tried += 1;
        let shown = format!("{}, {room} pages left", scene.root().display());
        let mut facts: Vec<Fact> = writer.facts(&call, &ended);
        let mut well = true;
        if ended.hung || !ended.code.is_some_and(|code| writer.may_end_with(code)) || ended.err.contains("panicked") {
            let wrong = format!("it ends with {:?}: {}", ended.code, ended.err.trim());
            well &= row.complain(vec![wrong], &shown);
        }
        // Who can't write any more still wants to read.
        let read = scene.run(&["list".to_owned()], &[]);
        if read.code != Some(0) {
            let wrong = format!("`list` on the full disk ends with {:?}: {}", read.code, read.err.trim());
            well &= row.complain(vec![wrong], &shown);
        }
        std::fs::remove_file(&ballast).expect("removed");
        well &= row.complain(judge(&scene, &facts, Depth::Look).wrong, &shown);
        well &= row.complain(repeat(writer, &scene, &call, &mut facts), &shown);
        well &= row.add(judge(&scene, &facts, Depth::Write), &shown);
        if !well {
            // The small disk goes with its files.
            copy(scene.root(), under);
            scene.keep();
        }
    }
    row
}

/// Fills the disk but for so many bytes.
fn fill(ballast: &Path, room: u64) {
    let mut file = File::create(ballast).expect("made");
    let zeros = [0u8; 4096];
    let mut length = 0;
    while let Ok(written) = file.write(&zeros) {
        length += u64::try_from(written).expect("fits");
    }
    file.set_len(length.saturating_sub(room) / PAGE * PAGE).expect("cut");
}

fn copy(from: &Path, under: &Path) {
    let _ = Command::new("cp").arg("-a").arg(from).arg(under).status();
}
