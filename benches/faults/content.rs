//! A modelled file: its certain bytes, and the changes that are only on their way.

use super::dice::Dice;

/// What a disk writes in one piece.
const SECTOR: usize = 512;

/// Which uncertain changes a power cut leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// None of them.
    Nothing,
    /// All: as after a kill.
    Everything,
    /// In each file those up to some point, the last one torn.
    Prefix,
    /// Any sectors of any of them.
    Sectors,
}

/// An uncertain change of a file.
#[derive(Debug, Clone)]
pub enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Cut { len: usize },
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => {
                if content.len() < at + bytes.len() {
                    content.resize(at + bytes.len(), 0);
                }
                content[*at..at + bytes.len()].copy_from_slice(bytes);
            }
            Self::Cut { len } => content.resize(*len, 0),
        }
    }

    /// Some of its sectors.
    fn tear(&self, dice: &mut Dice) -> Vec<Self> {
        let Self::Write { at, bytes } = self else { return vec![self.clone()] };
        let mut pieces = Vec::new();
        let mut from = 0;
        while from < bytes.len() {
            let to = bytes.len().min((at + from) / SECTOR * SECTOR + SECTOR - at);
            if dice.coin() {
                pieces.push(Self::Write { at: at + from, bytes: bytes[from..to].to_vec() });
            }
            from = to;
        }
        pieces
    }
}

/// A file's bytes.
#[derive(Debug, Clone, Default)]
pub struct Content {
    certain: Vec<u8>,
    changes: Vec<Change>,
    live: Vec<u8>,
}

impl Content {
    /// A file that was there all along.
    pub fn certain(bytes: Vec<u8>) -> Self {
        Self { certain: bytes.clone(), changes: Vec::new(), live: bytes }
    }

    /// What a process reads.
    pub fn live(&self) -> &[u8] {
        &self.live
    }

    pub fn change(&mut self, change: Change) {
        change.apply(&mut self.live);
        self.changes.push(change);
    }

    /// Everything so far is certain: the file was synced.
    pub fn settle(&mut self) {
        self.certain.clone_from(&self.live);
        self.changes.clear();
    }

    /// What a power cut leaves of it.
    pub fn cut(&self, leaves: Leaves, dice: &mut Dice) -> Vec<u8> {
        let mut content = self.certain.clone();
        match leaves {
            Leaves::Nothing => {}
            Leaves::Everything => content.clone_from(&self.live),
            Leaves::Prefix => {
                let until = dice.below(self.changes.len() + 1);
                self.changes[..until].iter().for_each(|change| change.apply(&mut content));
                if let Some(torn) = self.changes.get(until) {
                    torn.tear(dice).iter().for_each(|change| change.apply(&mut content));
                }
            }
            Leaves::Sectors => {
                for change in &self.changes {
                    if matches!(change, Change::Write { .. }) || dice.coin() {
                        change.tear(dice).iter().for_each(|change| change.apply(&mut content));
                    }
                }
            }
        }
        content
    }
}
