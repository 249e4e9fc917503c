//! strace: its options, and its traces as a list of calls.

use std::path::{Path, PathBuf};

/// Everything that changes files, and what moves a place in one.
const CHANGES: &str = "trace=open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,\
fallocate,fsync,fdatasync,syncfs,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,\
mkdirat,rmdir,copy_file_range,sendfile,splice";

/// The store's calls that can fail, closing apart, which nobody can answer.
pub const CALLS: &str = "openat,read,pread64,write,pwrite64,writev,lseek,fsync,fdatasync,ftruncate,fallocate,fcntl,\
flock,mmap,munmap,newfstatat,statx,fstat,statfs,access,fchown,fchmod,unlink,unlinkat,rename,renameat,renameat2,link,\
linkat,mkdir,mkdirat,rmdir,getdents64,copy_file_range,sendfile";

/// The calls that want space on the disk.
pub const GROWING: &str =
    "openat,write,pwrite64,writev,fsync,fdatasync,ftruncate,fallocate,mkdir,mkdirat,rename,renameat,renameat2,mmap";

/// Records every byte that is written, and the names. What copies inside the kernel is refused, so that the program
/// copies by hand and the trace shows the bytes.
pub fn recording(log: &Path) -> Vec<String> {
    let log = log.display().to_string();
    let refuse = "inject=copy_file_range,sendfile,splice:error=ENOSYS";
    ["strace", "-f", "-qq", "-y", "-xx", "-s", "100000000", "-o", &log, "-e", CHANGES, "-e", refuse]
        .map(str::to_owned)
        .to_vec()
}

/// Follows the calls that can fail.
pub fn watching(log: &Path) -> Vec<String> {
    let log = log.display().to_string();
    let calls = format!("trace={CALLS}");
    ["strace", "-f", "-qq", "-y", "-s", "0", "-o", &log, "-e", &calls].map(str::to_owned).to_vec()
}

/// A call in a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    pub thread: String,
    pub name: String,
    pub arguments: Vec<String>,
    pub result: String,
}

impl Traced {
    /// An argument's number.
    pub fn number(&self, index: usize) -> u64 {
        self.arguments[index].parse().unwrap_or_else(|_| panic!("a number: {self:?}"))
    }

    /// The bytes of all strings in an argument.
    pub fn bytes(&self, index: usize) -> Vec<u8> {
        assert!(!self.arguments[index].contains("\"..."), "cut off: {self:?}");
        self.arguments[index].split('"').skip(1).step_by(2).flat_map(unescape).collect()
    }

    /// An argument's path; beside a folder where it is relative to one.
    pub fn path(&self, index: usize) -> PathBuf {
        let path = PathBuf::from(String::from_utf8(self.bytes(index)).expect("UTF-8"));
        match index.checked_sub(1).and_then(|before| file(&self.arguments[before])) {
            Some((_, folder)) => folder.join(path),
            None => path,
        }
    }
}

/// The number and the path of a file handle, as `-y` shows it.
pub fn file(shown: &str) -> Option<(i64, PathBuf)> {
    let (number, path) = shown.split_once('<')?;
    let number = if number == "AT_FDCWD" { -1 } else { number.parse().ok()? };
    let path = String::from_utf8(unescape(path.split('>').next()?)).ok()?;
    Some((number, PathBuf::from(path)))
}

/// What `-xx` and `-x` made of bytes.
fn unescape(shown: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(shown.len() / 4);
    let mut rest = shown.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'\\' && after.len() >= 3 && after[0] == b'x' {
            let digits = std::str::from_utf8(&after[1..3]).expect("hexadecimal");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &after[3..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    bytes
}

/// A trace's calls in the order in which they ended.
pub fn parse(trace: &str) -> Vec<Traced> {
    let mut begun: Vec<(String, String)> = Vec::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let (thread, rest) = line.split_once(' ').unwrap_or_default();
        let rest = rest.trim_start();
        if let Some(first) = rest.strip_suffix(" <unfinished ...>") {
            begun.push((thread.to_owned(), first.to_owned()));
            continue;
        }
        let whole = match rest.split_once(" resumed>") {
            Some((_, second)) if rest.starts_with("<... ") => {
                let Some(index) = begun.iter().position(|(of, _)| of == thread) else { continue };
                begun.remove(index).1 + second
            }
            _ => rest.to_owned(),
        };
        calls.extend(call(thread, &whole));
    }
    calls
}

fn call(thread: &str, line: &str) -> Option<Traced> {
    let (name, rest) = line.split_once('(')?;
    if name.contains(['+', '-', ' ']) {
        return None;
    }
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    let result = result.trim().to_owned();
    Some(Traced { thread: thread.to_owned(), name: name.to_owned(), arguments: split(arguments), result })
}

/// Splits at the commas that stand outside brackets and strings.
fn split(arguments: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    let mut quoted = false;
    for letter in arguments.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '{' | '(' if !quoted => depth += 1,
            ']' | '}' | ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            ' ' if parts.last().is_some_and(String::is_empty) => continue,
            _ => {}
        }
        parts.last_mut().expect("one").push(letter);
    }
    parts
}
