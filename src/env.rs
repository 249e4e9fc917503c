//! What comes from outside: the clock, randomness, names and places. The only room that reads them.

use crate::incident::header::ActorSource;
use crate::incident::id::{BatchId, OriginId, SpaceId, uuid_v7};
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::path::PathBuf;
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

/// The user's home.
pub fn home() -> Option<PathBuf> {
    var("HOME").map(PathBuf::from)
}

/// The name of this machine.
pub fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Where the store is: `--db`, `HIKESHI_DB`, then `$XDG_DATA_HOME/hikeshi/hikeshi.db`.
pub fn store_path(option: Option<PathBuf>) -> Result<PathBuf, EnvError> {
    if let Some(path) = option {
        return Ok(path);
    }
    let folder = var("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || home().map(|home| home.join(".local/share"));
    folder.or_else(home).map(|folder| folder.join("hikeshi/hikeshi.db")).ok_or(EnvError::NoHome)
}

/// Where state is kept that no configuration is: `$XDG_STATE_HOME`, then `~/.local/state`.
pub fn state_path() -> Option<PathBuf> {
    let folder = var("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    folder.or_else(|| home().map(|home| home.join(".local/state")))
}

/// Where policy and playbooks are: `--config`, `HIKESHI_CONFIG`, then `$XDG_CONFIG_HOME/hikeshi`; nothing needs it.
pub fn config_path(option: Option<PathBuf>) -> Option<PathBuf> {
    let folder = || var("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || home().map(|home| home.join(".config"));
    option.or_else(|| folder().or_else(home).map(|folder| folder.join("hikeshi")))
}
