//! The domain: facts, what they fold into, and the rules. Pure: no clock, no randomness, no file, no printing.

pub mod chain;
pub mod clock;
pub mod command;
pub mod context;
pub mod decide;
pub mod exposure;
pub mod fact;
pub mod header;
pub mod id;
pub mod limits;
pub mod localized;
pub mod oncall;
pub mod order;
pub mod playbook;
pub mod policy;
pub mod problem;
pub mod rejection;
pub mod roster;
pub mod secret;
pub mod severity;
pub mod slug;
pub mod state;
pub mod status;
pub mod time;
pub mod when;
