//! `verify`: whether the log is what was written (E5, E6).

use super::desk::Desk;
use crate::engine::named_incident;
use crate::error::{Exit, Failure};
use crate::incident::chain::{Noted, Verification, head_line, noted_heads, sealed_text};
use crate::proc::ssh::{self, SshError, Worth};
use crate::render::json::{HeadsDoc, VerifyDoc};
use crate::render::verification;
use crate::say;
use crate::store::Store;
use crate::text::one_line;
use crate::ui::read_stdin;
use crate::view::{SealCheck, SealWorth};
use std::path::{Path, PathBuf};

/// The most that a text with noted heads may have.
const NOTES: usize = 1 << 20;

/// Check that nothing in the log was altered, removed or added
///
/// Every entry carries the hash of the one before. That shows any change against a head that was kept elsewhere: read
/// out, posted, sealed or in a backup. Without one, whoever owns the file could have built the whole chain anew.
/// What is derived from the log (titles, marks, deadlines, contacts) `doctor` checks.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An incident: only the chains that hold its entries
    #[arg(value_name = "REF", add = super::complete::incidents())]
    reference: Option<String>,
    /// Heads that were noted: a text with them, or a backup; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Print the heads in one line, to read out or to post
    #[arg(long, conflicts_with_all = ["reference", "from"])]
    head: bool,
    /// Who may seal, as ssh knows it; default: allowed_signers in the configuration
    #[arg(long, value_name = "FILE")]
    allowed_signers: Option<PathBuf>,
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let store = desk.store()?;
    let reader = store.reader();
    let failed = |error: crate::store::StoreError| desk.failed(&error.into(), None);
    if args.head {
        let heads = reader.heads().map_err(failed)?;
        let line = head_line(&heads);
        if heads.is_empty() {
            desk.ui.warning(&say!(desk.lang, "nothing was recorded yet", "まだ何も記録されていません"));
        }
        desk.print(|| HeadsDoc::new(&heads, &line), |_| line.clone());
        return Ok(());
    }
    let about = args.reference.as_deref().map(|typed| named_incident(&reader, typed)).transpose();
    let about = about.map_err(|error| desk.failed(&error.into(), None))?;
    let noted = args.from.as_deref().map(|from| heads_from(desk, from)).transpose()?.unwrap_or_default();
    let compared = noted.len();
    let total = if desk.ui.shows_progress() { reader.count().map_err(failed)? } else { 0 };
    let bar = desk.ui.progress(total, &say!(desk.lang, "verifying", "検証中"));
    let found = reader.verify(about, noted, |walked| bar.set(walked)).map_err(failed)?;
    drop(bar);
    if let Some(path) = args.allowed_signers.as_ref().filter(|path| !path.is_file()) {
        let shown = crate::text::path(path);
        let message = say!(desk.lang, "there is no file {shown}", "ファイル {shown} はありません");
        return Err(Failure::new(Exit::Reference, "no-signers", message).hint("hikeshi verify --allowed-signers FILE"));
    }
    let allowed = args.allowed_signers.or_else(|| default_signers(desk));
    let seals = check_seals(&found, allowed.as_deref());
    let sound = found.breaks.is_empty() && seals.iter().all(|seal| !seal.is_broken() && !seal.is_unlisted());
    let heads = reader.heads().map_err(failed)?;
    let line = head_line(&heads);
    desk.print(
        || VerifyDoc::new(&found, &seals, sound, compared, &line, desk.lang),
        |page| verification(page, &found, &seals, compared, &line),
    );
    if sound {
        return Ok(());
    }
    Err(failure(desk, &found, &seals))
}

/// What doesn't hold: the log before its seals, a signature before whose it is.
fn failure(desk: &Desk, found: &Verification, seals: &[SealCheck]) -> Failure {
    let lang = desk.lang;
    let name = |seal: &SealCheck| {
        let when = seal.at.map(|at| desk.moments().full(at)).unwrap_or_default();
        let (actor, signer) = (one_line(&seal.actor).into_owned(), one_line(&seal.signer).into_owned());
        say!(lang, "the seal of {when} by {actor} ({signer})", "{when} の封印（{actor}、{signer}）")
    };
    let unlisted = seals.iter().find(|seal| seal.is_unlisted());
    let broken = seals.iter().find(|seal| seal.is_broken());
    if let (true, None, Some(seal)) = (found.breaks.is_empty(), broken, unlisted) {
        let seal = name(seal);
        let message = say!(
            lang,
            "{seal} is signed with a key that is not among the allowed signers; the log itself is not altered",
            "{seal} の鍵は許可された署名者にありません（ログは改変されていません）"
        );
        return Failure::new(Exit::Attention, "unknown-signer", message).hint(say!(
            lang,
            "if you know whose key it is, add it to allowed_signers; otherwise ask who sealed",
            "鍵の持ち主が分かるなら allowed_signers に追加し、分からなければ封印した人に確認する"
        ));
    }
    let message = match (found.breaks.first(), broken) {
        (Some(first), _) => crate::text::chain_break(first, lang),
        (None, Some(seal)) => {
            let seal = name(seal);
            say!(
                lang,
                "{seal} does not hold: its signature was not made over these heads",
                "{seal} は無効です（署名がこのヘッドのものではありません）"
            )
        }
        (None, None) => say!(lang, "a seal does not hold", "封印が正しくありません"),
    };
    Failure::new(Exit::Attention, "not-sound", message).hint(say!(
        lang,
        "keep a copy of the file as it is; compare with a backup: hikeshi --db BACKUP verify",
        "ファイルをそのまま複製して保全し、バックアップと比べる: hikeshi --db バックアップ verify"
    ))
}

/// The heads that a text or a backup holds.
fn heads_from(desk: &Desk, from: &Path) -> Result<Vec<Noted>, Failure> {
    let place = from.display().to_string();
    let unreadable = |reason: String| {
        let shown = crate::text::one_line(&place).into_owned();
        Failure::new(Exit::Usage, "noted-heads", say!(desk.lang, "{shown}: {reason}", "{shown}: {reason}"))
            .hint("hikeshi verify --head > FILE")
    };
    let passed = from.starts_with("/dev/fd") || from.starts_with("/proc/self/fd");
    if place != "-" && !passed && from.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(unreadable(say!(desk.lang, "is no file", "ファイルではありません")));
    }
    let noted = if is_database(from) {
        let other = Store::open_for_reading(from).map_err(|error| desk.failed(&error.into(), None))?;
        let heads = other.reader().heads().map_err(|error| desk.failed(&error.into(), None))?;
        heads.iter().map(|head| Noted::new(head, &place)).collect()
    } else {
        let text = if place == "-" {
            read_stdin(NOTES).map_err(|error| unreadable(error.to_string()))?
        } else {
            let bytes = std::fs::read(from).map_err(|error| unreadable(error.to_string()))?;
            String::from_utf8_lossy(&bytes).into_owned()
        };
        noted_heads(&text, &place)
    };
    if noted.is_empty() {
        return Err(unreadable(say!(desk.lang, "no head is noted there", "ヘッドの記載がありません")));
    }
    Ok(noted)
}

fn is_database(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start.starts_with(b"SQLite format 3\0")
}

fn default_signers(desk: &Desk) -> Option<PathBuf> {
    desk.config.as_ref().map(|folder| folder.join("allowed_signers")).filter(|path| path.is_file())
}

/// Checks every seal's signature.
fn check_seals(found: &Verification, allowed: Option<&Path>) -> Vec<SealCheck> {
    let check = |sealed: &crate::incident::fact::StoreSealed| match ssh::verify(
        &sealed.signature,
        &sealed_text(&sealed.heads),
        allowed,
    ) {
        Ok(Worth::Allowed(name)) => SealWorth::Allowed(name),
        Ok(Worth::Unknown) => SealWorth::Unknown,
        Ok(Worth::Unlisted(reason)) => SealWorth::Unlisted(reason),
        Err(SshError::NoProgram(error)) => SealWorth::Unchecked(error.to_string()),
        Err(SshError::Refused(reason)) => SealWorth::Broken(reason),
    };
    let check = |sealed| SealCheck::new(sealed, check(sealed));
    found
        .seals
        .iter()
        .map(|(at, actor, sealed)| SealCheck { at: Some(*at), actor: actor.clone(), ..check(sealed) })
        .collect()
}
