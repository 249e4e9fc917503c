//! The policy and the playbooks that are compiled in, so that nothing has to be installed before the first incident.

/// The compiled-in policy.
pub const POLICY: &str = include_str!("../../playbooks/policy.toml");

/// The compiled-in legal duties; none applies until the organisation turns its regime on (E6).
pub const LEGAL: &str = include_str!("../../playbooks/legal.toml");

/// The compiled-in scenarios of exercises, by id and in the order of their ids (A5).
pub const DRILLS: [(&str, &str); 4] = [
    ("aws-s3-2017-02-28", include_str!("../../playbooks/drills/aws-s3-2017-02-28.toml")),
    ("cloudflare-2019-07-02", include_str!("../../playbooks/drills/cloudflare-2019-07-02.toml")),
    ("fastly-2021-06-08", include_str!("../../playbooks/drills/fastly-2021-06-08.toml")),
    ("line-2020-11-09", include_str!("../../playbooks/drills/line-2020-11-09.toml")),
];

/// The compiled-in playbooks, by id and in the order of their ids.
pub const PLAYBOOKS: [(&str, &str); 11] = [
    ("bad-release", include_str!("../../playbooks/bad-release.toml")),
    ("data-breach", include_str!("../../playbooks/data-breach.toml")),
    ("data-loss", include_str!("../../playbooks/data-loss.toml")),
    ("default", include_str!("../../playbooks/default.toml")),
    ("near-miss", include_str!("../../playbooks/near-miss.toml")),
    ("performance-degradation", include_str!("../../playbooks/performance-degradation.toml")),
    ("platform-outage", include_str!("../../playbooks/platform-outage.toml")),
    ("service-outage", include_str!("../../playbooks/service-outage.toml")),
    ("single-customer-escalation", include_str!("../../playbooks/single-customer-escalation.toml")),
    ("third-party-outage", include_str!("../../playbooks/third-party-outage.toml")),
    ("unified-command", include_str!("../../playbooks/unified-command.toml")),
];
