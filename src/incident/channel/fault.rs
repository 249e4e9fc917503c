//! What can be wrong with a channel as written, as data: the words for it are in `text`.

use super::ChannelKind;
use super::address::AddressFault;

/// One thing that keeps a channel from working as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelFault {
    /// Its id is empty, or holds spaces.
    BadId,
    /// A key that the kind needs, or that another key calls for, is not there; of several that would do, the usual one.
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A key that the kind knows nothing to do with.
    Foreign {
        /// The key.
        key: &'static str,
        /// The kind.
        kind: ChannelKind,
    },
    /// The same thing is said to come from several places.
    SeveralSources {
        /// The keys that are given.
        keys: Vec<&'static str>,
    },
    /// The address is a secret, or holds one, and stands in the file.
    SecretUrl,
    /// An address can't be used.
    Address {
        /// The key.
        key: &'static str,
        /// Why.
        fault: AddressFault,
    },
    /// No mail address.
    BadMail {
        /// The key.
        key: &'static str,
        /// What stands there.
        address: String,
    },
    /// No port.
    BadPort {
        /// What stands there.
        port: u32,
    },
    /// `tls = "none"` for a server that is not on the same machine.
    Unencrypted,
    /// A path that depends on where the program is started.
    RelativePath {
        /// The key.
        key: &'static str,
    },
}

impl ChannelFault {
    /// The key to look at.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BadId => "id",
            Self::Missing { key }
            | Self::Foreign { key, .. }
            | Self::Address { key, .. }
            | Self::BadMail { key, .. }
            | Self::RelativePath { key } => key,
            Self::SeveralSources { keys } => keys.last().copied().unwrap_or("url"),
            Self::SecretUrl => "url",
            Self::BadPort { .. } => "port",
            Self::Unencrypted => "tls",
        }
    }
}
