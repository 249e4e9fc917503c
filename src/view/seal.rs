//! What the seals of a log are worth.

use crate::incident::fact::StoreSealed;
use crate::incident::time::Timestamp;

/// A seal, and what its signature turned out to be worth.
#[derive(Debug, Clone, PartialEq)]
pub struct SealCheck {
    /// When it was recorded.
    pub at: Option<Timestamp>,
    /// Who recorded it.
    pub actor: String,
    /// The key that signed, as it was recorded.
    pub signer: String,
    /// What the signature is worth.
    pub worth: SealWorth,
}

/// What a seal's signature is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealWorth {
    /// Made by this person, as the allowed signers say.
    Allowed(String),
    /// Made by a key that nobody vouches for.
    Unknown,
    /// Made by a key that is not among the allowed signers, or not allowed to seal: nothing is wrong with the log.
    Unlisted(String),
    /// It could not be checked, for this reason.
    Unchecked(String),
    /// It does not hold, for this reason.
    Broken(String),
}

impl SealCheck {
    /// A seal of this worth.
    pub fn new(sealed: &StoreSealed, worth: SealWorth) -> Self {
        Self { at: None, actor: String::new(), signer: sealed.signer.clone(), worth }
    }

    /// Whether the seal speaks against the log.
    pub const fn is_broken(&self) -> bool {
        matches!(self.worth, SealWorth::Broken(_))
    }

    /// Whether whoever sealed isn't allowed to; that says nothing against the log.
    pub const fn is_unlisted(&self) -> bool {
        matches!(self.worth, SealWorth::Unlisted(_))
    }
}
