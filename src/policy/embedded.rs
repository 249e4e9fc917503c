//! The policy and the playbooks that are compiled in.

/// The policy's text.
pub const POLICY: &str = include_str!("../../playbooks/policy.toml");

macro_rules! embedded {
    ($($id:literal,)*) => {
        /// The playbooks' texts, by id.
        pub const PLAYBOOKS: &[(&str, &str)] = &[$(($id, include_str!(concat!("../../playbooks/", $id, ".toml")))),*];
    };
}

embedded! {
    "service-outage",
    "single-customer-escalation",
    "unified-command",
    "bad-release",
    "platform-outage",
    "data-breach",
    "data-loss",
    "third-party-outage",
    "performance-degradation",
    "near-miss",
    "default",
}
