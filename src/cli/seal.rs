//! `seal`: the heads of the log, signed with the user's SSH key (E5).

use super::desk::Desk;
use crate::env;
use crate::error::{Exit, Failure};
use crate::incident::chain::{head_line, sealed_text};
use crate::incident::fact::StoreSealed;
use crate::proc::ssh;
use crate::render::json::{EntryDoc, RecordedDoc, SCHEMA};
use crate::say;
use crate::text::one_line;
use std::path::PathBuf;

/// Sign the state of the log with your SSH key
///
/// The signature is kept in the log and covers everything before it. `verify` checks it against a file of allowed
/// signers, as git and ssh know them. A seal proves more when its line is also kept elsewhere.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key; default: ~/.ssh/id_ed25519, id_ecdsa or id_rsa
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    if let Some(path) = args.key.as_ref().filter(|path| !path.is_file()) {
        let shown = crate::text::path(path);
        let message = say!(desk.lang, "there is no key {shown}", "鍵 {shown} はありません");
        return Err(Failure::new(Exit::Reference, "no-key", message).hint("hikeshi seal --key FILE"));
    }
    let key = args.key.or_else(|| env::home().and_then(|home| ssh::default_key(&home))).ok_or_else(|| {
        Failure::new(
            Exit::Refused,
            "no-key",
            say!(desk.lang, "there is no SSH key in ~/.ssh to sign with", "署名に使う SSH 鍵が ~/.ssh にありません"),
        )
        .hint("hikeshi seal --key FILE")
    })?;
    let mut session = desk.open()?;
    let heads = session.reader().heads().map_err(|error| desk.failed(&error.into(), None))?;
    if heads.is_empty() {
        return Err(Failure::new(
            Exit::Refused,
            "nothing-to-seal",
            say!(desk.lang, "nothing was recorded yet", "まだ何も記録されていません"),
        )
        .hint("hikeshi declare TITLE"));
    }
    let (signature, signer) = ssh::sign(&key, &sealed_text(&heads)).map_err(|error| {
        let shown = one_line(&error.to_string()).into_owned();
        Failure::new(Exit::Refused, "not-signed", say!(desk.lang, "not signed: {shown}", "署名できません: {shown}"))
            .hint("hikeshi seal --key FILE")
    })?;
    let line = head_line(&heads);
    let fact = StoreSealed { heads, signer: signer.clone(), signature };
    let entry = session.say(&desk.stamp()?, fact.into()).map_err(|error| desk.failed(&error, None))?;
    if desk.ui.quiet && !desk.ui.json {
        desk.ui.out(&entry.short);
        return Ok(());
    }
    desk.print(
        || RecordedDoc {
            schema: SCHEMA,
            incident: None,
            entries: vec![EntryDoc::new(&entry, desk.lang)],
            duplicate: false,
            warnings: Vec::new(),
        },
        |_| say!(desk.lang, "sealed by {signer} [{}]\n{line}", "{signer} で封印しました [{}]\n{line}", entry.short),
    );
    Ok(())
}
