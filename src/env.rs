//! What comes from outside: the clock, randomness, names and places. The only room that reads them.

use crate::incident::header::ActorSource;
use crate::incident::id::{BatchId, OriginId, SpaceId, uuid_v7};
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A value of the environment that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum EnvError {
    /// `HIKESHI_NOW` is no instant.
    #[error("HIKESHI_NOW is `{0}`, which is no RFC 3339 time")]
    Now(String),
    /// The system has no randomness to give.
    #[error("the system gives no random bytes: {0}")]
    Random(String),
    /// No folder for data is known.
    #[error("neither XDG_DATA_HOME nor HOME says where the store is")]
    NoHome,
    /// `HOME` is no absolute path: what it names is another folder wherever a command is given.
    #[error("HOME is `{0}`, which is no absolute path")]
    RelativeHome(String),
    /// A path begins with a tilde, which nothing but a shell understands.
    #[error("`{typed}` begins with a tilde, which only a shell understands")]
    Tilde {
        /// The variable that may hold it.
        variable: &'static str,
        /// The path as it was given.
        typed: String,
        /// What it was meant to be, where that is known.
        meant: Option<String>,
        /// The command as it works.
        again: String,
    },
}

/// What the environment says and nobody can follow: it is done without, which is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// `TZ` names no zone.
    Zone(String),
    /// A folder of the XDG specification is no absolute path, and such a one is ignored.
    Relative(&'static str, String),
}

/// The clock and the source of randomness of one run.
#[derive(Debug)]
pub struct Env {
    overridden: Option<Timestamp>,
    seed: Option<String>,
    drawn: Cell<u64>,
}

/// Who acts, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name.
    pub name: String,
    /// Where it came from.
    pub from: ActorSource,
}

/// A variable of the environment; an empty one counts as absent.
pub fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a variable is set, and to nothing.
pub fn is_blank(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value.is_empty())
}

impl Env {
    /// Reads `HIKESHI_NOW`, and with it `HIKESHI_SEED`, which makes ids repeatable for replays.
    pub fn from_process() -> Result<Self, EnvError> {
        let overridden = match var("HIKESHI_NOW") {
            None => None,
            Some(typed) => {
                let instant: jiff::Timestamp = typed.parse().map_err(|_| EnvError::Now(typed))?;
                Some(Timestamp::from_millis(instant.as_millisecond()))
            }
        };
        let seed = overridden.and_then(|now| {
            let arguments: Vec<String> = std::env::args().skip(1).collect();
            var("HIKESHI_SEED").map(|seed| format!("{seed}\0{now}\0{}", arguments.join("\0")))
        });
        Ok(Self { overridden, seed, drawn: Cell::new(0) })
    }

    /// The current instant, or the one that `HIKESHI_NOW` gives.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        self.overridden.unwrap_or_else(|| Timestamp::from_millis(jiff::Timestamp::now().as_millisecond()))
    }

    /// Whether `HIKESHI_NOW` sets the clock.
    pub const fn clock_overridden(&self) -> bool {
        self.overridden.is_some()
    }

    /// Random bytes; with a seed, the same ones for the same command.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], EnvError> {
        let mut bytes = [0; N];
        match &self.seed {
            Some(seed) => {
                for chunk in bytes.chunks_mut(32) {
                    let drawn = self.drawn.replace(self.drawn.get() + 1);
                    let digest = Sha256::new().chain_update(seed).chain_update(drawn.to_be_bytes()).finalize();
                    chunk.copy_from_slice(&digest[..chunk.len()]);
                }
            }
            None => getrandom::fill(&mut bytes).map_err(|error| EnvError::Random(error.to_string()))?,
        }
        Ok(bytes)
    }

    /// A new batch id for a command given at `now`.
    pub fn batch(&self, now: Timestamp) -> Result<BatchId, EnvError> {
        Ok(BatchId(uuid_v7(now.millis(), self.random()?)))
    }

    /// New ids for a copy of the store that has none.
    pub fn origin(&self) -> Result<(OriginId, SpaceId), EnvError> {
        Ok((OriginId(Uuid::from_bytes(self.random()?)), SpaceId(Uuid::from_bytes(self.random()?))))
    }
}

/// Who acts: `--as` or `HIKESHI_ACTOR`, then the configured name, then who ran sudo, then the user.
pub fn actor(option: Option<&str>, configured: Option<&str>) -> Actor {
    let variable = |name| var(name);
    let choices = [
        (option.map(str::to_owned), ActorSource::Option),
        (variable("HIKESHI_ACTOR"), ActorSource::Environment),
        (configured.map(str::to_owned), ActorSource::Config),
        (variable("SUDO_USER"), ActorSource::Sudo),
        (variable("USER").or_else(|| variable("LOGNAME")), ActorSource::User),
    ];
    let known = choices.into_iter().find_map(|(name, from)| Some(Actor { name: name?, from }));
    known.unwrap_or_else(|| Actor { name: "unknown".to_owned(), from: ActorSource::Unknown })
}

/// The language: `--lang`, `HIKESHI_LANG`, the configured one, then the locale.
pub fn lang(option: Option<Lang>, configured: Option<Lang>) -> Lang {
    let read = |name| var(name).and_then(|value| parse_lang(&value));
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(var).and_then(|name| parse_lang(&name));
    option.or_else(|| read("HIKESHI_LANG")).or(configured).or_else(locale).unwrap_or_default()
}

/// `en`, `ja`, or a locale such as `ja_JP.UTF-8`.
pub fn parse_lang(name: &str) -> Option<Lang> {
    match name.split(['_', '.', '-']).next()? {
        "ja" => Some(Lang::Ja),
        "en" | "C" | "POSIX" => Some(Lang::En),
        _ => None,
    }
}

/// The user's home: `HOME`, and where it is not set the one in the user's entry of the password file.
pub fn home() -> Option<PathBuf> {
    let home = match var("HOME") {
        Some(home) => Some(PathBuf::from(home)),
        None => std::env::home_dir(),
    };
    home.filter(|home| home.is_absolute())
}

/// A folder of the XDG specification, which wants relative ones ignored.
fn xdg(name: &str) -> Option<PathBuf> {
    var(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// The zone that `TZ` or the system names, and `TZ` itself where it can't be read.
pub fn system_zone() -> (TimeZone, Option<Misread>) {
    let Some(typed) = var("TZ") else { return (TimeZone::system(), None) };
    match zone_named(typed.strip_prefix(':').unwrap_or(&typed)) {
        Some(zone) => (zone, None),
        None => (TimeZone::system(), Some(Misread::Zone(typed))),
    }
}

/// `Asia/Tokyo`, `JST-9`, `EST5EDT,M3.2.0,M11.1.0`, or a file of the time zone database.
fn zone_named(name: &str) -> Option<TimeZone> {
    if name.starts_with('/') {
        let known = name.split_once("zoneinfo/").and_then(|(_, name)| TimeZone::get(name).ok());
        return known.or_else(|| TimeZone::tzif(name, &std::fs::read(name).ok()?).ok());
    }
    TimeZone::get(name).or_else(|_| TimeZone::posix(name)).ok()
}

/// Folders that the environment names and that are ignored.
pub fn ignored_folders() -> Vec<Misread> {
    let names = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"];
    let relative = |name| var(name).filter(|path| !Path::new(path).is_absolute()).map(|path| (name, path));
    names.into_iter().filter_map(relative).map(|(name, path)| Misread::Relative(name, path)).collect()
}

/// Refuses a path that a shell was to make whole: it would name a folder `~`, another one wherever a command is given.
fn without_tilde(variable: &'static str, path: PathBuf) -> Result<PathBuf, EnvError> {
    let typed = path.to_string_lossy().into_owned();
    let Some(rest) = typed.strip_prefix('~') else { return Ok(path) };
    let of_mine = rest.is_empty() || rest.starts_with('/');
    let meant = home().filter(|_| of_mine).map(|home| home.join(rest.trim_start_matches('/')).display().to_string());
    let right = meant.as_deref().unwrap_or("/…");
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let named = words.iter().any(|word| word.contains(&typed));
    let words: Vec<String> =
        words.iter().map(|word| if named { word.replace(&typed, right) } else { word.clone() }).collect();
    let line = shell_words::join(&words);
    let again = if named {
        format!("hikeshi {line}")
    } else {
        format!("{variable}={} hikeshi {line}", shell_words::quote(right))
    };
    Err(EnvError::Tilde { variable, typed, meant, again: again.trim_end().to_owned() })
}

/// The name of this machine.
pub fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Where the store is: `--db`, `HIKESHI_DB`, then `$XDG_DATA_HOME/hikeshi/hikeshi.db`.
pub fn store_path(option: Option<PathBuf>) -> Result<PathBuf, EnvError> {
    if let Some(path) = option {
        return without_tilde("HIKESHI_DB", path);
    }
    let home = || home().map(|home| home.join(".local/share"));
    let folder = xdg("XDG_DATA_HOME").or_else(home).map(|folder| folder.join("hikeshi/hikeshi.db"));
    folder.ok_or_else(|| var("HOME").map_or(EnvError::NoHome, EnvError::RelativeHome))
}

/// Where state is kept that no configuration is: `$XDG_STATE_HOME`, then `~/.local/state`.
pub fn state_path() -> Option<PathBuf> {
    xdg("XDG_STATE_HOME").or_else(|| home().map(|home| home.join(".local/state")))
}

/// Where policy and playbooks are: `--config`, `HIKESHI_CONFIG`, then `$XDG_CONFIG_HOME/hikeshi`; nothing needs it.
pub fn config_path(option: Option<PathBuf>) -> Result<Option<PathBuf>, EnvError> {
    if let Some(path) = option {
        return without_tilde("HIKESHI_CONFIG", path).map(Some);
    }
    let home = || home().map(|home| home.join(".config"));
    Ok(xdg("XDG_CONFIG_HOME").or_else(home).map(|folder| folder.join("hikeshi")))
}
