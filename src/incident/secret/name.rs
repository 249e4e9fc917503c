//! Names that say that what follows is a secret: variables, options, keys of configuration files.

/// The slug of what stands beside the name of a password.
pub(super) const PASSWORD: &str = "password";

/// The slug of what stands beside the name of a token or a key.
pub(super) const TOKEN: &str = "token";

/// What a name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Chosen by a person: any word may be one.
    Password,
    /// Made by a machine: long, with digits.
    Token,
}

impl Kind {
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Password => PASSWORD,
            Self::Token => TOKEN,
        }
    }
}

/// How names of passwords end, letters and digits alone.
const PASSWORDS: &[&str] = &["password", "passwd", "passphrase", "passcode", "requirepass", "masterauth"];

/// How names of machine-made secrets end.
const TOKENS: &[&str] = &[
    "token",
    "secret",
    "apikey",
    "appkey",
    "secretkey",
    "secretkeybase",
    "accesskey",
    "privatekey",
    "accountkey",
    "licensekey",
    "routingkey",
    "integrationkey",
    "signingkey",
    "encryptionkey",
    "masterkey",
    "authkey",
    "hmackey",
    "keydata",
];

/// Names of tokens that open nothing: they turn a page, or make a request count once.
const HARMLESS: &[&str] = &[
    "nexttoken",
    "pagetoken",
    "paginationtoken",
    "continuationtoken",
    "startingtoken",
    "clienttoken",
    "requesttoken",
    "idempotencytoken",
    "locktoken",
    "changetoken",
    "updatetoken",
    "actiontoken",
    "producttoken",
];

/// Short names that count only as a part of their own: `DB_PASS` does, `bypass` does not.
const PARTS: &[&str] = &["pass", "pwd", "pw"];

/// Longest end of a name that is looked at.
const TAIL: usize = 24;

/// Beginnings of options that switch something, and take no secret.
const SWITCHES: &[&str] = &["no", "skip", "ask", "prompt", "allow", "require", "reset"];

/// What the name promises, if anything; a name is letters, digits, `_`, `-` and `.`.
pub(super) fn kind(name: &[u8]) -> Option<Kind> {
    let name = name.trim_ascii();
    // Nearly every word of a text ends here: no name of a secret ends in other letters.
    let [.., before, last] = name else { return None };
    if !matches!(
        &[before.to_ascii_lowercase(), last.to_ascii_lowercase()],
        b"rd" | b"wd" | b"se" | b"de" | b"ss" | b"pw" | b"th" | b"en" | b"et" | b"ey" | b"ta"
    ) {
        return None;
    }
    let mut tail = [0_u8; TAIL];
    let mut from = TAIL;
    for byte in name.iter().rev().filter(|byte| byte.is_ascii_alphanumeric()).take(TAIL) {
        from -= 1;
        tail[from] = byte.to_ascii_lowercase();
    }
    let ends = |words: &[&str]| words.iter().any(|word| tail[from..].ends_with(word.as_bytes()));
    let kind = if ends(PASSWORDS) || is_short(name) {
        Kind::Password
    } else if ends(TOKENS) && !ends(HARMLESS) {
        Kind::Token
    } else {
        return None;
    };
    (!is_switch(name)).then_some(kind)
}

fn is_short(name: &[u8]) -> bool {
    let part = name.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    // PWD and OLDPWD are where the shell stands.
    PARTS.iter().any(|short| part.eq_ignore_ascii_case(short.as_bytes())) && name != b"PWD"
}

fn is_switch(name: &[u8]) -> bool {
    let start = name.iter().take_while(|byte| **byte == b'-').count();
    let first = name[start..].split(|byte| matches!(byte, b'-' | b'_' | b'.')).next().unwrap_or_default();
    let camel = |word: &&&str| {
        first.get(..word.len()).is_some_and(|head| head == word.as_bytes())
            && first.get(word.len()).is_some_and(u8::is_ascii_uppercase)
    };
    SWITCHES.iter().any(|word| first.eq_ignore_ascii_case(word.as_bytes())) || SWITCHES.iter().find(camel).is_some()
}

/// Names in Japanese, and what they promise.
pub(super) const JAPANESE: &[(&str, Kind)] = &[
    ("パスワード", Kind::Password),
    ("ﾊﾟｽﾜｰﾄﾞ", Kind::Password),
    ("パスフレーズ", Kind::Password),
    ("パスコード", Kind::Password),
    ("暗証番号", Kind::Password),
    ("合言葉", Kind::Password),
    ("合い言葉", Kind::Password),
    ("トークン", Kind::Token),
    ("シークレットキー", Kind::Token),
    ("シークレット", Kind::Token),
    ("アクセスキー", Kind::Token),
    ("秘密鍵", Kind::Token),
];

/// The Japanese name that begins here, with its length in bytes; `APIキー` begins with its `キー`.
pub(super) fn japanese(line: &[u8], at: usize) -> Option<(Kind, usize)> {
    let rest = &line[at..];
    let key = "キー".as_bytes();
    if rest.starts_with(key) && line[..at].trim_ascii_end().ends_with(b"API") {
        return Some((Kind::Token, key.len()));
    }
    JAPANESE.iter().find(|(name, _)| rest.starts_with(name.as_bytes())).map(|(name, kind)| (*kind, name.len()))
}
