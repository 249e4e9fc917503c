//! What a channel is: the way by which a statement, a call or a reminder leaves the house.
//!
//! The shape of `[[channel]]` in TOML. It names where secrets come from and holds none itself.

mod address;
mod fault;
#[cfg(test)]
mod tests;

pub use address::{AddressFault, is_loopback, mail_address, web_address};
pub use fault::ChannelFault;

use super::localized::Localized;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a channel carries its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// An incoming webhook as Slack has it, and as others have copied it.
    Slack,
    /// JSON to any address, signed where there is a secret.
    Webhook,
    /// Mail over SMTP.
    Email,
    /// A program of the organisation's own, the text on its standard input.
    Command,
    /// One line of JSON for each message, at the end of a file.
    File,
}

/// How the way to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// From the first byte (port 465).
    Implicit,
    /// After a plain greeting (port 587); without it nothing is sent.
    #[default]
    Starttls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// A channel, as written in TOML. [`Channel::faults`] says whether its keys fit together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its id, by which policy and people name it.
    pub id: String,
    /// How it carries its messages.
    pub kind: ChannelKind,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Localized>,
    /// The address of a webhook that is no secret; a Slack webhook's is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The environment variable that holds the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_env: Option<String>,
    /// The program, with arguments, that prints the address on its first line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub url_command: Vec<String>,
    /// The file that holds the address on its first line, readable by its owner alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_file: Option<String>,
    /// The environment variable that holds the secret: of the signature (`webhook`), or the password (`email`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_env: Option<String>,
    /// The program, with arguments, that prints the secret on its first line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secret_command: Vec<String>,
    /// The file that holds the secret on its first line, readable by its owner alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<String>,
    /// The environment variables that hold other channels' secrets: no program of this one gets them. Filled in by
    /// [`super::policy::Policy::withhold`].
    #[serde(skip)]
    pub withheld: Vec<String>,
    /// Who gets a message that names nobody: mail addresses for `email`, whatever the other end knows otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Whom mail comes from: `desk@example.com` or `Incident desk <desk@example.com>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The mail server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The mail server's port; without it, the usual one for `tls`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u32>,
    /// How the way to the mail server is encrypted; `starttls` when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
    /// Who signs in to the mail server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// PEM certificates to trust besides the system's: a private authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
    /// The program and its arguments; no shell comes between.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// The file to which lines are added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// What a key may be for a kind of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Needed,
    Allowed,
    Foreign,
}

impl Channel {
    /// What keeps the channel from working as written, in the order of the keys; empty when nothing does.
    pub fn faults(&self) -> Vec<ChannelFault> {
        let mut faults = Vec::new();
        if self.id.is_empty() || self.id.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            faults.push(ChannelFault::BadId);
        }
        for (key, given) in self.given() {
            match (self.wanted(key), given) {
                (Use::Needed, false) => faults.push(ChannelFault::Missing { key }),
                (Use::Foreign, true) => faults.push(ChannelFault::Foreign { key, kind: self.kind }),
                _ => {}
            }
        }
        self.check_sources(&mut faults);
        self.check_url(&mut faults);
        self.check_mail(&mut faults);
        for (key, path) in [
            ("url_file", &self.url_file),
            ("secret_file", &self.secret_file),
            ("ca_file", &self.ca_file),
            ("path", &self.path),
        ] {
            // Cron starts elsewhere than people do.
            if path.as_deref().is_some_and(|path| !path.starts_with('/')) {
                faults.push(ChannelFault::RelativePath { key });
            }
        }
        for (key, words) in
            [("url_command", &self.url_command), ("secret_command", &self.secret_command), ("command", &self.command)]
        {
            if words.first().is_some_and(String::is_empty) {
                faults.push(ChannelFault::Missing { key });
            }
        }
        faults
    }

    /// How the way to the mail server is encrypted.
    pub fn tls(&self) -> Tls {
        self.tls.unwrap_or_default()
    }

    /// Whether there is a secret to read when something is sent.
    pub fn has_secret(&self) -> bool {
        self.secret_env.is_some() || !self.secret_command.is_empty() || self.secret_file.is_some()
    }

    /// Every key that not all kinds share, and whether it is given.
    fn given(&self) -> [(&'static str, bool); 16] {
        [
            ("url", self.url.is_some()),
            ("url_env", self.url_env.is_some()),
            ("url_command", !self.url_command.is_empty()),
            ("url_file", self.url_file.is_some()),
            ("secret_env", self.secret_env.is_some()),
            ("secret_command", !self.secret_command.is_empty()),
            ("secret_file", self.secret_file.is_some()),
            ("to", !self.to.is_empty()),
            ("from", self.from.is_some()),
            ("server", self.server.is_some()),
            ("port", self.port.is_some()),
            ("tls", self.tls.is_some()),
            ("user", self.user.is_some()),
            ("ca_file", self.ca_file.is_some()),
            ("command", !self.command.is_empty()),
            ("path", self.path.is_some()),
        ]
    }

    fn wanted(&self, key: &str) -> Use {
        let (needed, allowed): (&[&str], &[&str]) = match self.kind {
            // A literal address has a fault of its own.
            ChannelKind::Slack => (&[], &["url", "url_env", "url_command", "url_file", "ca_file"]),
            ChannelKind::Webhook => (
                &[],
                &[
                    "url",
                    "url_env",
                    "url_command",
                    "url_file",
                    "secret_env",
                    "secret_command",
                    "secret_file",
                    "to",
                    "ca_file",
                ],
            ),
            ChannelKind::Email => (
                &["from", "server"],
                &["to", "port", "tls", "user", "secret_env", "secret_command", "secret_file", "ca_file"],
            ),
            ChannelKind::Command => (&["command"], &["to"]),
            ChannelKind::File => (&["path"], &["to"]),
        };
        if needed.contains(&key) {
            Use::Needed
        } else if allowed.contains(&key) {
            Use::Allowed
        } else {
            Use::Foreign
        }
    }

    /// An address and a secret come from one place each.
    fn check_sources(&self, faults: &mut Vec<ChannelFault>) {
        let given = self.given();
        let of = |wanted: &[&'static str]| -> Vec<&'static str> {
            given.iter().filter(|(key, given)| *given && wanted.contains(key)).map(|(key, _)| *key).collect()
        };
        if matches!(self.kind, ChannelKind::Slack | ChannelKind::Webhook) {
            let sources = of(&["url", "url_env", "url_command", "url_file"]);
            match sources.as_slice() {
                [] if self.kind == ChannelKind::Slack => faults.push(ChannelFault::Missing { key: "url_env" }),
                [] => faults.push(ChannelFault::Missing { key: "url" }),
                [_] => {}
                _ => faults.push(ChannelFault::SeveralSources { keys: sources }),
            }
        }
        let secrets = of(&["secret_env", "secret_command", "secret_file"]);
        if secrets.len() > 1 {
            faults.push(ChannelFault::SeveralSources { keys: secrets });
        }
        if self.kind == ChannelKind::Email && self.user.is_some() != self.has_secret() {
            let key = if self.user.is_some() { "secret_env" } else { "user" };
            faults.push(ChannelFault::Missing { key });
        }
    }

    fn check_url(&self, faults: &mut Vec<ChannelFault>) {
        let Some(url) = self.url.as_deref() else { return };
        match self.kind {
            ChannelKind::Slack => faults.push(ChannelFault::SecretUrl),
            ChannelKind::Webhook => match web_address(url) {
                Err(fault) => faults.push(ChannelFault::Address { key: "url", fault }),
                Ok(_) if !super::secret::find(url).is_empty() => faults.push(ChannelFault::SecretUrl),
                Ok(_) => {}
            },
            ChannelKind::Email | ChannelKind::Command | ChannelKind::File => {}
        }
    }

    fn check_mail(&self, faults: &mut Vec<ChannelFault>) {
        if self.kind != ChannelKind::Email {
            return;
        }
        if self.from.as_deref().is_some_and(|from| mail_address(from).is_none()) {
            faults.push(ChannelFault::BadMail { key: "from", address: self.from.clone().unwrap_or_default() });
        }
        for address in self.to.iter().filter(|address| mail_address(address).is_none()) {
            faults.push(ChannelFault::BadMail { key: "to", address: address.clone() });
        }
        if self.server.as_deref().is_some_and(|server| !address::is_host(server)) {
            faults.push(ChannelFault::Address { key: "server", fault: AddressFault::NoHost });
        }
        if let Some(port) = self.port.filter(|port| !(1..=65_535).contains(port)) {
            faults.push(ChannelFault::BadPort { port });
        }
        if self.tls() == Tls::None && !self.server.as_deref().is_some_and(is_loopback) {
            faults.push(ChannelFault::Unencrypted);
        }
    }
}
