//! Tokens that say what they are by how they begin.

use super::Secret;
use super::bytes::{begins_word, run};
use super::value::is_placeholder;

/// What may stand after the prefix.
#[derive(Debug, Clone, Copy)]
enum Alphabet {
    /// `0-9a-f`
    Hex,
    /// `A-Z0-9`
    Upper,
    /// `A-Za-z0-9`
    Alnum,
    /// Letters, digits, `_`, `-`.
    Url,
    /// Letters, digits, `_`, `-`, `.`.
    Dotted,
    /// Letters, digits, `+`, `/`, `=`, and those of web-safe base64.
    Base64,
}

impl Alphabet {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            Self::Upper => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => Self::Url.has(byte) || byte == b'.',
            Self::Base64 => Self::Url.has(byte) || matches!(byte, b'+' | b'/' | b'=' | b'%'),
        }
    }
}

/// One way a token begins.
struct Shape {
    rule: &'static str,
    prefix: &'static str,
    alphabet: Alphabet,
    /// The fewest bytes after the prefix.
    fewest: usize,
    /// The most; a longer word is something else.
    most: usize,
}

const fn shape(rule: &'static str, prefix: &'static str, alphabet: Alphabet, fewest: usize) -> Shape {
    Shape { rule, prefix, alphabet, fewest, most: usize::MAX }
}

const fn exact(rule: &'static str, prefix: &'static str, alphabet: Alphabet, length: usize) -> Shape {
    Shape { rule, prefix, alphabet, fewest: length, most: length }
}

/// A longer prefix goes before its own beginning; those with the same first letter stand together.
const SHAPES: &[Shape] = &[
    exact("aws-access-key", "AKIA", Alphabet::Upper, 16),
    exact("aws-access-key", "ASIA", Alphabet::Upper, 16),
    exact("aws-access-key", "ABIA", Alphabet::Upper, 16),
    exact("aws-access-key", "ACCA", Alphabet::Upper, 16),
    shape("age-key", "AGE-SECRET-KEY-1", Alphabet::Upper, 50),
    shape("artifactory-key", "AKCp", Alphabet::Alnum, 60),
    shape("atlassian-token", "ATATT3", Alphabet::Base64, 40),
    shape("atlassian-token", "ATCTT3", Alphabet::Base64, 40),
    shape("atlassian-token", "ATBB", Alphabet::Alnum, 24),
    shape("google-api-key", "AIza", Alphabet::Url, 35),
    exact("crates-io-token", "cio", Alphabet::Alnum, 32),
    exact("databricks-token", "dapi", Alphabet::Hex, 32),
    exact("digitalocean-token", "dop_v1_", Alphabet::Hex, 64),
    exact("digitalocean-token", "doo_v1_", Alphabet::Hex, 64),
    exact("digitalocean-token", "dor_v1_", Alphabet::Hex, 64),
    shape("docker-token", "dckr_pat_", Alphabet::Url, 20),
    shape("docker-token", "dckr_oat_", Alphabet::Url, 20),
    shape("doppler-token", "dp.pt.", Alphabet::Alnum, 40),
    shape("doppler-token", "dp.st.", Alphabet::Dotted, 40),
    shape("fly-token", "fm2_", Alphabet::Base64, 40),
    shape("fly-token", "fo1_", Alphabet::Url, 40),
    shape("github-token", "github_pat_", Alphabet::Url, 40),
    shape("github-token", "ghp_", Alphabet::Url, 36),
    shape("github-token", "gho_", Alphabet::Url, 36),
    shape("github-token", "ghu_", Alphabet::Url, 36),
    shape("github-token", "ghs_", Alphabet::Dotted, 36),
    shape("github-token", "ghr_", Alphabet::Url, 36),
    shape("gitlab-token", "glpat-", Alphabet::Dotted, 20),
    shape("gitlab-token", "gldt-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glrt-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glrtr-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glcbt-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glptt-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glft-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glimt-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glagent-", Alphabet::Dotted, 20),
    shape("gitlab-token", "gloas-", Alphabet::Dotted, 20),
    shape("gitlab-token", "glsoat-", Alphabet::Dotted, 20),
    shape("grafana-token", "glsa_", Alphabet::Url, 32),
    shape("grafana-token", "glc_", Alphabet::Base64, 32),
    shape("google-oauth-secret", "GOCSPX-", Alphabet::Url, 24),
    shape("google-oauth-token", "ya29.", Alphabet::Dotted, 20),
    shape("google-oauth-token", "1//0", Alphabet::Url, 40),
    shape("grafana-token", "eyJrIjoi", Alphabet::Base64, 60),
    shape("hugging-face-token", "hf_", Alphabet::Alnum, 34),
    shape("vault-token", "hvs.", Alphabet::Url, 24),
    shape("vault-token", "hvb.", Alphabet::Url, 24),
    shape("vault-token", "hvr.", Alphabet::Url, 24),
    shape("linear-key", "lin_api_", Alphabet::Alnum, 32),
    exact("mailgun-key", "key-", Alphabet::Hex, 32),
    shape("new-relic-key", "NRAK-", Alphabet::Upper, 24),
    shape("notion-token", "ntn_", Alphabet::Alnum, 40),
    exact("npm-token", "npm_", Alphabet::Alnum, 36),
    exact("notion-token", "secret_", Alphabet::Alnum, 43),
    shape("sentry-token", "sntrys_", Alphabet::Base64, 40),
    shape("sentry-token", "sntryu_", Alphabet::Hex, 40),
    exact("shopify-token", "shpat_", Alphabet::Hex, 32),
    exact("shopify-token", "shpca_", Alphabet::Hex, 32),
    exact("shopify-token", "shppa_", Alphabet::Hex, 32),
    exact("shopify-token", "shpss_", Alphabet::Hex, 32),
    shape("anthropic-key", "sk-ant-", Alphabet::Url, 20),
    shape("openai-key", "sk-proj-", Alphabet::Url, 20),
    shape("openai-key", "sk-svcacct-", Alphabet::Url, 20),
    shape("openai-key", "sk-admin-", Alphabet::Url, 20),
    shape("openrouter-key", "sk-or-v1-", Alphabet::Hex, 32),
    shape("openai-key", "sk-", Alphabet::Alnum, 32),
    shape("square-token", "sq0atp-", Alphabet::Url, 20),
    shape("square-token", "sq0csp-", Alphabet::Url, 40),
    shape("stripe-key", "sk_live_", Alphabet::Alnum, 16),
    shape("stripe-key", "sk_test_", Alphabet::Alnum, 16),
    exact("supabase-token", "sbp_", Alphabet::Hex, 40),
    shape("planetscale-token", "pscale_tkn_", Alphabet::Dotted, 32),
    shape("planetscale-token", "pscale_pw_", Alphabet::Dotted, 32),
    exact("pulumi-token", "pul-", Alphabet::Hex, 40),
    shape("pypi-token", "pypi-AgE", Alphabet::Url, 50),
    shape("postman-key", "PMAK-", Alphabet::Url, 50),
    // The PEM of a private key in base64, as kubeconfig and Kubernetes secrets hold it.
    shape("private-key", "LS0tLS1CRUdJTiBSU0EgUFJJVkFUR", Alphabet::Base64, 16),
    shape("private-key", "LS0tLS1CRUdJTiBQUklWQVRF", Alphabet::Base64, 16),
    shape("private-key", "LS0tLS1CRUdJTiBFQyBQUklWQVRF", Alphabet::Base64, 16),
    shape("private-key", "LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVE", Alphabet::Base64, 16),
    exact("rubygems-key", "rubygems_", Alphabet::Hex, 48),
    shape("stripe-key", "rk_live_", Alphabet::Alnum, 16),
    shape("stripe-key", "rk_test_", Alphabet::Alnum, 16),
    shape("sendgrid-key", "SG.", Alphabet::Dotted, 60),
    exact("twilio-key", "SK", Alphabet::Hex, 32),
    shape("slack-token", "xoxe.xoxp-", Alphabet::Url, 16),
    shape("slack-token", "xoxe.xoxb-", Alphabet::Url, 16),
    shape("slack-token", "xoxb-", Alphabet::Url, 16),
    shape("slack-token", "xoxp-", Alphabet::Url, 16),
    shape("slack-token", "xoxa-", Alphabet::Url, 16),
    shape("slack-token", "xoxr-", Alphabet::Url, 16),
    shape("slack-token", "xoxs-", Alphabet::Url, 16),
    shape("slack-token", "xoxe-", Alphabet::Url, 16),
    shape("slack-token", "xoxc-", Alphabet::Url, 16),
    shape("slack-token", "xoxd-", Alphabet::Base64, 16),
    shape("slack-token", "xapp-", Alphabet::Url, 16),
    shape("stripe-key", "whsec_", Alphabet::Base64, 24),
    shape("tailscale-key", "tskey-", Alphabet::Url, 20),
];

/// How far a word is read before it is known to be a token, so that a text made of prefixes costs little.
const WINDOW: usize = 1024;

/// Where the shapes that begin with each byte stand in the table, so that most words are passed over by one look.
const BY_FIRST: [(u8, u8); 256] = {
    let mut places = [(0, 0); 256];
    let mut index: u8 = 0;
    while (index as usize) < SHAPES.len() {
        let first = SHAPES[index as usize].prefix.as_bytes()[0] as usize;
        let from = if places[first].1 == 0 { index } else { places[first].0 };
        places[first] = (from, index + 1);
        index += 1;
    }
    places
};

/// Adds every token of a known shape.
pub(super) fn find(line: &[u8], found: &mut Vec<Secret>) {
    let mut at = 0;
    while at < line.len() {
        let (from, end) = BY_FIRST[usize::from(line[at])];
        let near = &SHAPES[usize::from(from)..usize::from(end)];
        let length = if !near.is_empty() && begins_word(line, at) { token(line, at, near, found) } else { 0 };
        at += length.max(1);
    }
}

fn token(line: &[u8], at: usize, shapes: &[Shape], found: &mut Vec<Secret>) -> usize {
    for shape in shapes {
        if line.get(at + 1) != shape.prefix.as_bytes().get(1) || !line[at..].starts_with(shape.prefix.as_bytes()) {
            continue;
        }
        let body = at + shape.prefix.len();
        let window = &line[..line.len().min(body + WINDOW)];
        let length = run(window, body, |byte| shape.alphabet.has(byte));
        let word = &line[body..body + length];
        // A full stop ends the sentence, not the token.
        let length = word.len() - word.iter().rev().take_while(|byte| **byte == b'.').count();
        let word = &word[..length];
        let whole = shape.most == usize::MAX || !line.get(body + length).is_some_and(|byte| Alphabet::Url.has(*byte));
        if (shape.fewest..=shape.most).contains(&length) && whole && looks_random(word) && !is_placeholder(word) {
            let end = body + length;
            let end = end + if end == window.len() { run(line, end, |byte| shape.alphabet.has(byte)) } else { 0 };
            found.push(Secret::new(shape.rule, at..end));
            return end - at;
        }
    }
    0
}

/// Whether letters and digits are mixed as chance would: a name made of words has no digits, a filler repeats itself.
pub(super) fn looks_random(word: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in word {
        seen[usize::from(*byte)] = true;
    }
    let different = seen.iter().filter(|seen| **seen).count();
    different >= 8 && word.iter().any(u8::is_ascii_digit)
}
