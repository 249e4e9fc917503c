//! A model of a disk: what is on it for certain, what is only on its way, and what a power cut may leave.
//!
//! Bytes are certain once their file was synced. Names are certain once their folder was synced; on a file system with
//! an ordered journal (ext4, XFS) also once the file was, and then with every name that changed before. What is
//! uncertain may be there or not, in pieces of one sector.

use super::content::{Change, Content, Leaves};
use super::dice::Dice;
use super::strace::{Traced, file};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What makes a name certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// As an ordered journal does it.
    Ordered,
    /// Nothing but a sync of the folder: all that POSIX promises.
    Strict,
    /// Nothing, and no bytes either: a disk that forgets, which must be noticed.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// A change of one name.
#[derive(Debug, Clone)]
struct Naming {
    path: PathBuf,
    node: Option<Node>,
    /// The name that it had before, for a rename.
    from: Option<PathBuf>,
    certain: bool,
}

type Tree = BTreeMap<PathBuf, Node>;

/// The files below one folder.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
    names: Names,
    contents: Vec<Content>,
    certain: Tree,
    naming: Vec<Naming>,
    live: Tree,
    /// Where the next plain write of each file handle goes.
    places: HashMap<i64, usize>,
}

/// What a power cut left: files by their path below the root; folders have no bytes.
pub type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl Disk {
    /// What is there now, all of it certain.
    pub fn of(root: &Path, names: Names) -> Self {
        let (contents, live, certain) = Default::default();
        let mut disk =
            Self { root: root.to_owned(), names, contents, certain, naming: Vec::new(), live, places: HashMap::new() };
        for (path, bytes) in files(root) {
            let node = match bytes {
                None => Node::Folder,
                Some(bytes) => {
                    disk.contents.push(Content::certain(bytes));
                    Node::File(disk.contents.len() - 1)
                }
            };
            disk.live.insert(root.join(path), node);
        }
        disk.certain = disk.live.clone();
        disk
    }

    /// Follows a call; whether it changed anything here.
    pub fn follow(&mut self, call: &Traced) -> bool {
        if call.result.starts_with(['-', '?']) {
            return false;
        }
        match call.name.as_str() {
            "openat" | "open" | "creat" => self.open(call),
            "write" | "writev" | "pwrite64" => self.write(call),
            "lseek" => {
                if let Some((number, _)) = file(&call.arguments[0]) {
                    self.places.insert(number, call.result.parse().expect("a place"));
                }
                false
            }
            "ftruncate" | "fallocate" => self.resize(call),
            "fsync" | "fdatasync" => self.sync(call),
            "mkdir" => self.name(&call.path(0), Some(Node::Folder), None),
            "mkdirat" => self.name(&call.path(1), Some(Node::Folder), None),
            "unlink" | "rmdir" => self.name(&call.path(0), None, None),
            "unlinkat" => self.name(&call.path(1), None, None),
            "rename" => self.rename(&call.path(0), &call.path(1)),
            "renameat" | "renameat2" => self.rename(&call.path(1), &call.path(3)),
            "link" => self.link(&call.path(0), &call.path(1)),
            "linkat" => self.link(&call.path(1), &call.path(3)),
            _ => {
                let root = self.root.display().to_string();
                let elsewhere =
                    !call.arguments.iter().any(|shown| file(shown).is_some_and(|(_, path)| self.has(&path)));
                assert!(elsewhere && !call.result.contains(&root), "the model doesn't know {call:?}");
                false
            }
        }
    }

    fn has(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    fn open(&mut self, call: &Traced) -> bool {
        let Some((number, path)) = file(&call.result) else { return false };
        self.places.insert(number, 0);
        if !self.has(&path) || path.is_dir() && !self.live.contains_key(&path) {
            return false;
        }
        let flags = call.arguments.iter().find(|one| one.starts_with("O_")).cloned().unwrap_or_default();
        let creates = flags.contains("O_CREAT") || call.name == "creat";
        let known = self.live.get(&path).copied();
        match known {
            None if creates => {
                self.contents.push(Content::default());
                self.name(&path, Some(Node::File(self.contents.len() - 1)), None)
            }
            Some(Node::File(index)) => {
                if flags.contains("O_APPEND") {
                    self.places.insert(number, self.contents[index].live().len());
                }
                let cut = flags.contains("O_TRUNC") && !self.contents[index].live().is_empty();
                if cut {
                    self.contents[index].change(Change::Cut { len: 0 });
                }
                cut
            }
            _ => false,
        }
    }

    fn write(&mut self, call: &Traced) -> bool {
        let Some((number, path)) = file(&call.arguments[0]) else { return false };
        let Some(&Node::File(index)) = self.live.get(&path) else {
            let deleted = call.arguments[0].contains("(deleted)") || call.arguments[0].contains("\\x28\\x64\\x65");
            assert!(!self.has(&path) || deleted, "a file that nobody made: {call:?}");
            return false;
        };
        let mut bytes = call.bytes(1);
        bytes.truncate(call.result.parse().expect("a length"));
        let at = if call.name == "pwrite64" {
            usize::try_from(call.number(3)).expect("fits")
        } else {
            let place = self.places.get_mut(&number).expect("an open file");
            *place += bytes.len();
            *place - bytes.len()
        };
        self.contents[index].change(Change::Write { at, bytes });
        true
    }

    fn resize(&mut self, call: &Traced) -> bool {
        let Some((_, path)) = file(&call.arguments[0]) else { return false };
        let Some(&Node::File(index)) = self.live.get(&path) else { return false };
        let len = if call.name == "ftruncate" {
            usize::try_from(call.number(1)).expect("fits")
        } else {
            let end = usize::try_from(call.number(2) + call.number(3)).expect("fits");
            end.max(self.contents[index].live().len())
        };
        self.contents[index].change(Change::Cut { len });
        true
    }

    fn sync(&mut self, call: &Traced) -> bool {
        if self.names == Names::Never {
            return false;
        }
        let Some((_, path)) = file(&call.arguments[0]) else { return false };
        match self.live.get(&path).copied() {
            Some(Node::File(index)) => {
                self.contents[index].settle();
                if self.names == Names::Ordered {
                    let last = self.naming.iter().rposition(|one| one.node == Some(Node::File(index)));
                    for one in &mut self.naming[..last.map_or(0, |last| last + 1)] {
                        one.certain = true;
                    }
                }
            }
            _ if self.has(&path) => {
                let last = self.naming.iter().rposition(|one| one.path.parent() == Some(&path));
                let upto = last.map_or(0, |last| last + 1);
                for one in &mut self.naming[..upto] {
                    one.certain |= self.names == Names::Ordered || one.path.parent() == Some(&path);
                }
            }
            _ => return false,
        }
        self.settle();
        true
    }

    /// Names that are certain, and have only certain ones before them, need no list any more.
    fn settle(&mut self) {
        let certain = self.naming.iter().take_while(|one| one.certain).count();
        for one in self.naming.drain(..certain) {
            one.apply(&mut self.certain);
        }
    }

    fn name(&mut self, path: &Path, node: Option<Node>, from: Option<PathBuf>) -> bool {
        if !self.has(path) {
            return false;
        }
        let naming = Naming { path: path.to_owned(), node, from, certain: false };
        naming.apply(&mut self.live);
        self.naming.push(naming);
        true
    }

    fn rename(&mut self, from: &Path, to: &Path) -> bool {
        let node = self.live.get(from).copied();
        assert!(node.is_none_or(|node| node != Node::Folder), "the model renames no folders: {}", from.display());
        node.is_some() && self.name(to, node, Some(from.to_owned()))
    }

    fn link(&mut self, from: &Path, to: &Path) -> bool {
        let node = self.live.get(from).copied();
        node.is_some() && self.name(to, node, None)
    }

    /// The files as a process sees them, to hold the model against what is really there.
    pub fn seen(&self) -> Image {
        self.image(&self.live, |content| content.live().to_owned())
    }

    /// What a power cut at this moment leaves.
    pub fn cut(&self, leaves: Leaves, dice: &mut Dice) -> Image {
        let mut tree = self.certain.clone();
        // With an ordered journal the names change up to some moment, and after it not at all.
        let last = self.naming.iter().rposition(|one| one.certain).map_or(0, |last| last + 1);
        let until = last + dice.below(self.naming.len() - last + 1);
        for (index, one) in self.naming.iter().enumerate() {
            let keep = one.certain
                || match leaves {
                    Leaves::Nothing => false,
                    Leaves::Everything => true,
                    Leaves::Prefix | Leaves::Sectors if self.names == Names::Ordered => index < until,
                    Leaves::Prefix | Leaves::Sectors => dice.coin(),
                };
            // A name needs its folder.
            if keep && one.path.parent().is_some_and(|folder| folder == self.root || tree.contains_key(folder)) {
                one.apply(&mut tree);
            }
        }
        self.image(&tree, |content| content.cut(leaves, dice))
    }

    fn image(&self, tree: &Tree, mut bytes: impl FnMut(&Content) -> Vec<u8>) -> Image {
        let below = |path: &Path| path.strip_prefix(&self.root).expect("below").to_owned();
        let entry = |(path, node): (&PathBuf, &Node)| match node {
            Node::Folder => (below(path), None),
            Node::File(index) => (below(path), Some(bytes(&self.contents[*index]))),
        };
        // Shared memory is gone with the power, whatever its file holds.
        tree.iter().map(entry).filter(|(path, _)| !is_shared_memory(path)).collect()
    }
}

impl Naming {
    fn apply(&self, tree: &mut Tree) {
        if let Some(from) = &self.from {
            tree.remove(from);
        }
        match self.node {
            Some(node) => tree.insert(self.path.clone(), node),
            None => tree.remove(&self.path),
        };
    }
}

fn is_shared_memory(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.ends_with("-shm"))
}

/// The files that are really there, shared memory apart.
pub fn files(root: &Path) -> Image {
    let mut found = Image::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("listed").map(|entry| entry.expect("listed")) {
            let path = entry.path();
            let below = path.strip_prefix(root).expect("below").to_owned();
            if path.is_dir() {
                found.insert(below, None);
                folders.push(path);
            } else if !is_shared_memory(&path) {
                found.insert(below, Some(std::fs::read(&path).expect("read")));
            }
        }
    }
    found
}

/// Puts an image where a scene begins.
pub fn lay_out(image: &Image, root: &Path) {
    for (path, bytes) in image {
        let path = root.join(path);
        match bytes {
            None => std::fs::create_dir_all(&path).expect("made"),
            Some(bytes) => std::fs::write(&path, bytes).expect("written"),
        }
    }
}
