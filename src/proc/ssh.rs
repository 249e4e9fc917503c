//! Signatures with the user's own SSH key, made and checked by `ssh-keygen -Y`: nothing to manage, nothing to invent.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What signatures are for: a signature made for another purpose doesn't count.
const NAMESPACE: &str = "hikeshi";

/// Why no signature could be made or checked.
#[derive(Debug, thiserror::Error)]
pub enum SshError {
    /// `ssh-keygen` can't be run.
    #[error("ssh-keygen can't be run: {0}")]
    NoProgram(std::io::Error),
    /// It did not do what was asked.
    #[error("{0}")]
    Refused(String),
}

/// What a signature turned out to be worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// Made over this text by this person, as the list of allowed signers says.
    Allowed(String),
    /// Made over this text, by a key that nobody vouches for: there is no list.
    Unknown,
    /// Made over this text, by a key that the list doesn't allow; what `ssh-keygen` says about it.
    Unlisted(String),
}

/// The key that a user most probably signs with.
pub fn default_key(home: &Path) -> Option<PathBuf> {
    let names = ["id_ed25519", "id_ecdsa", "id_rsa", "id_ed25519_sk", "id_ecdsa_sk"];
    names.iter().map(|name| home.join(".ssh").join(name)).find(|path| path.is_file())
}

/// Signs a text; the signature and the key's fingerprint.
pub fn sign(key: &Path, text: &str) -> Result<(String, String), SshError> {
    let mut command = keygen("sign");
    let output = feed(command.arg("-f").arg(key), text)?;
    let signature = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = check(&signature, text)?;
    // `Good "hikeshi" signature with ED25519 key SHA256:…`
    let signer = told.split_once(" with ").map_or("", |(_, signer)| signer).trim().replace(" key ", " ");
    Ok((signature, signer))
}

/// Checks a signature, against a list of allowed signers where there is one.
pub fn verify(signature: &str, text: &str, allowed: Option<&Path>) -> Result<Worth, SshError> {
    check(signature, text)?;
    let Some(allowed) = allowed else { return Ok(Worth::Unknown) };
    let file = written(signature)?;
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "find-principals", "-s"]).arg(file.path()).arg("-f").arg(allowed);
    let output = match feed(&mut command, "") {
        Err(SshError::Refused(reason)) => return Ok(Worth::Unlisted(reason)),
        other => other?,
    };
    let named = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
    let mut command = keygen("verify");
    match feed(command.arg("-f").arg(allowed).args(["-I", &named, "-s"]).arg(file.path()), text) {
        // The signature itself holds: the list forbids it, by purpose or by time.
        Err(SshError::Refused(reason)) => Ok(Worth::Unlisted(reason)),
        other => other.map(|_| Worth::Allowed(named)),
    }
}

/// Whether a signature was made over a text by whatever key; what `ssh-keygen` says about it.
fn check(signature: &str, text: &str) -> Result<String, SshError> {
    let file = written(signature)?;
    let mut command = keygen("check-novalidate");
    let output = feed(command.arg("-s").arg(file.path()), text)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn keygen(action: &str) -> Command {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", action, "-n", NAMESPACE]);
    command
}

fn written(signature: &str) -> Result<tempfile::NamedTempFile, SshError> {
    let file = tempfile::NamedTempFile::new().and_then(|mut file| file.write_all(signature.as_bytes()).map(|()| file));
    file.map_err(|error| SshError::Refused(error.to_string()))
}

fn feed(command: &mut Command, text: &str) -> Result<Output, SshError> {
    command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(SshError::NoProgram)?;
    if let Some(mut input) = child.stdin.take() {
        // It may refuse before it has read anything; what it says then is what counts.
        drop(input.write_all(text.as_bytes()));
    }
    let output = child.wait_with_output().map_err(SshError::NoProgram)?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    let said = said.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| output.status.to_string());
    Err(SshError::Refused(said))
}
