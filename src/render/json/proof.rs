//! Documents about the record itself: what was removed, what holds, what was copied.

use super::{EntryDoc, IncidentDoc, SCHEMA};
use crate::incident::chain::{Absent, Verification};
use crate::incident::fact::{Gap, Head};
use crate::incident::localized::Lang;
use crate::text::chain_break;
use crate::view::{Finding, Grade, SealCheck, SealWorth};
use schemars::JsonSchema;
use serde::Serialize;

/// `redact --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RedactedDoc {
    /// The document's version.
    pub schema: u32,
    /// The incident afterwards; `null` for words in the inbox.
    pub incident: Option<IncidentDoc>,
    /// The entries that say what was removed, and why.
    pub entries: Vec<EntryDoc>,
    /// Whether bytes may still be in the file, because another process has it open.
    pub pending: bool,
    /// Other entries in which the same words stand.
    pub also_in: Vec<String>,
    /// Where the words may still be, out of reach.
    pub unreached: Vec<String>,
}

/// Where a chain stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeadDoc {
    /// The copy of the store, in hexadecimal.
    pub origin: String,
    /// Its last entry.
    pub seq: u64,
    /// That entry's hash.
    pub hash: String,
}

/// `verify --head --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HeadsDoc {
    /// The document's version.
    pub schema: u32,
    /// The heads in one line, to read out or to post.
    pub line: String,
    /// The heads in full.
    pub heads: Vec<HeadDoc>,
}

impl HeadsDoc {
    /// The document of these heads.
    pub fn new(heads: &[Head], line: &str) -> Self {
        let doc = |head: &Head| HeadDoc {
            origin: head.origin.0.simple().to_string(),
            seq: head.seq,
            hash: head.hash.clone(),
        };
        Self { schema: SCHEMA, line: line.to_owned(), heads: heads.iter().map(doc).collect() }
    }
}

/// A place where the log is not what was written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BreakDoc {
    /// `missing`, `unreadable`, `misplaced`, `changed`, `blanked`, `salt`, `column`, `unlisted`, `beginning`, `unpinned`,
    /// `gone`, `severed`, `meta`, `no-such-origin`, `cut-off`, `rewritten`.
    pub kind: String,
    /// The copy of the store, in hexadecimal.
    pub origin: String,
    /// The entry's number in it.
    pub seq: u64,
    /// The entry's display id, where it can be told.
    pub entry: Option<String>,
    /// One line for people: what was expected, what is there.
    pub message: String,
}

/// A seal and what it is worth.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SealDoc {
    /// When it was recorded.
    pub at: Option<String>,
    /// Who recorded it.
    pub actor: String,
    /// The key that signed.
    pub signer: String,
    /// `allowed`; `unknown`: there is no list of signers; `unlisted`: good, by a key that the list doesn't allow;
    /// `unchecked`; or `broken`: not made over these heads.
    pub worth: String,
    /// Whose key it is, or what is wrong.
    pub detail: Option<String>,
}

/// Entries that a salvage could not read, and said so.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GapDoc {
    /// The copy of the store, in hexadecimal.
    pub origin: String,
    /// The first of them.
    pub from: u64,
    /// The last of them.
    pub to: u64,
    /// Whether the salvage wrote down what it found right after them, so that a change of it shows.
    pub pinned: bool,
}

/// An entry of another copy that is known of and never came here.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AbsentDoc {
    /// The copy, in hexadecimal.
    pub origin: String,
    /// The entry's number in it.
    pub seq: u64,
    /// The kind of entry that names it.
    pub noted: String,
}

/// `verify --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifyDoc {
    /// The document's version.
    pub schema: u32,
    /// Whether everything holds.
    pub ok: bool,
    /// Whether the log is what was written, whatever its seals are worth.
    pub intact: bool,
    /// How many entries were walked.
    pub entries: u64,
    /// How many rows the log has; those that were not walked are breaks.
    pub rows: u64,
    /// How many of them were redacted, and say so.
    pub redacted: u64,
    /// How many noted heads it was compared with.
    pub compared: usize,
    /// The heads in one line.
    pub head: String,
    /// Each copy that wrote, with the last entry that was walked.
    pub origins: Vec<HeadDoc>,
    /// What doesn't hold.
    pub breaks: Vec<BreakDoc>,
    /// Entries that a salvage could not read, and said so.
    pub salvaged: Vec<GapDoc>,
    /// Entries of other copies that are known of and never came here.
    pub absent: Vec<AbsentDoc>,
    /// The seals in the log.
    pub seals: Vec<SealDoc>,
}

impl VerifyDoc {
    /// The document of a walk.
    pub fn new(found: &Verification, seals: &[SealCheck], ok: bool, compared: usize, line: &str, lang: Lang) -> Self {
        let origins = found.origins.iter().map(|walked| HeadDoc {
            origin: walked.origin.0.simple().to_string(),
            seq: walked.seq,
            hash: walked.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        });
        let breaks = found.breaks.iter().map(|one| BreakDoc {
            kind: one.fault.kind().to_owned(),
            origin: one.origin.clone(),
            seq: one.seq,
            entry: one.entry.clone(),
            message: chain_break(one, lang),
        });
        let seal = |seal: &SealCheck| {
            let (worth, detail) = match &seal.worth {
                SealWorth::Allowed(name) => ("allowed", Some(name.clone())),
                SealWorth::Unknown => ("unknown", None),
                SealWorth::Unlisted(reason) => ("unlisted", Some(reason.clone())),
                SealWorth::Unchecked(reason) => ("unchecked", Some(reason.clone())),
                SealWorth::Broken(reason) => ("broken", Some(reason.clone())),
            };
            let at = seal.at.map(|at| at.to_string());
            let (actor, signer) = (seal.actor.clone(), seal.signer.clone());
            SealDoc { at, actor, signer, worth: worth.to_owned(), detail }
        };
        let gap = |gap: &Gap| GapDoc {
            origin: gap.origin.0.simple().to_string(),
            from: gap.from,
            to: gap.to,
            pinned: gap.after.is_some(),
        };
        let absent =
            |absent: &Absent| AbsentDoc { origin: absent.origin.clone(), seq: absent.seq, noted: absent.noted.clone() };
        Self {
            schema: SCHEMA,
            ok,
            intact: found.breaks.is_empty(),
            entries: found.entries,
            rows: found.entries + found.unlisted,
            redacted: found.redacted,
            compared,
            head: line.to_owned(),
            origins: origins.collect(),
            breaks: breaks.collect(),
            salvaged: found.salvaged.iter().map(gap).collect(),
            absent: found.absent.iter().map(absent).collect(),
            seals: seals.iter().map(seal).collect(),
        }
    }
}

/// `backup --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupDoc {
    /// The document's version.
    pub schema: u32,
    /// The copy.
    pub file: String,
    /// How many entries it has.
    pub entries: u64,
    /// How many pieces of evidence were copied beside it this time.
    pub evidence: usize,
    /// Evidence that is missing or not what was secured, by its SHA-256.
    pub unsound: Vec<String>,
    /// Its heads in one line.
    pub head: String,
}

/// `restore --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RestoreDoc {
    /// The document's version.
    pub schema: u32,
    /// How many entries came back.
    pub entries: u64,
    /// How many pieces of evidence came back.
    pub evidence: usize,
    /// Evidence that did not, by its SHA-256: missing in the backup, or not what was secured.
    pub unsound: Vec<String>,
    /// Where the store before lies now.
    pub aside: Option<String>,
}

/// `doctor --salvage --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SalvagedDoc {
    /// The document's version.
    pub schema: u32,
    /// The new store.
    pub file: String,
    /// How many entries could be read.
    pub entries: u64,
    /// How many could not, as far as the numbers tell.
    pub missing: u64,
    /// What was said about the places that could not be read.
    pub faults: Vec<String>,
}

/// One finding of `doctor`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindingDoc {
    /// What was looked at.
    pub check: String,
    /// `good`, `note` or `bad`.
    pub grade: String,
    /// What was found.
    pub text: String,
    /// What to do.
    pub remedy: Option<String>,
}

/// `doctor --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DoctorDoc {
    /// The document's version.
    pub schema: u32,
    /// Whether nothing has to be done.
    pub ok: bool,
    /// What was found.
    pub findings: Vec<FindingDoc>,
}

impl DoctorDoc {
    /// The document of these findings.
    pub fn new(findings: &[Finding]) -> Self {
        let grade = |grade| match grade {
            Grade::Good => "good",
            Grade::Note => "note",
            Grade::Bad => "bad",
        };
        let doc = |finding: &Finding| FindingDoc {
            check: finding.check.to_owned(),
            grade: grade(finding.grade).to_owned(),
            text: finding.text.clone(),
            remedy: finding.remedy.clone(),
        };
        let ok = findings.iter().all(|finding| finding.grade != Grade::Bad);
        Self { schema: SCHEMA, ok, findings: findings.iter().map(doc).collect() }
    }
}
