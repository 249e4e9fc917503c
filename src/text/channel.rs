//! What is wrong with a channel, in words.

use super::one_line;
use crate::incident::channel::{AddressFault, ChannelFault, ChannelKind};
use crate::incident::localized::Lang;
use crate::say;

/// One sentence: which key, what is wrong with it, and where it isn't plain, what to write instead.
pub fn channel_fault(fault: &ChannelFault, lang: Lang) -> String {
    match fault {
        ChannelFault::BadId => {
            say!(lang, "`id` needs a name without spaces", "`id` には空白を含まない名前を書きます")
        }
        ChannelFault::Missing { key } => say!(lang, "`{key}` is missing", "`{key}` がありません"),
        ChannelFault::Foreign { key, kind } => {
            let kind = kind_name(*kind);
            say!(
                lang,
                "`{key}` does not belong to a channel of kind `{kind}`",
                "`{key}` は種類が `{kind}` のチャネルでは使えません"
            )
        }
        ChannelFault::SeveralSources { keys } => {
            let keys = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>();
            say!(
                lang,
                "{} say the same thing in several ways; keep one",
                "{} は同じものの指定です。1 つだけ残してください",
                keys.join(if lang == Lang::Ja { "、" } else { ", " })
            )
        }
        ChannelFault::SecretUrl => say!(
            lang,
            "`url` is or holds a secret; keep it out of the file with `url_env`, `url_command` or `url_file`",
            "`url` は秘密の情報です。ファイルには書かず、`url_env`、`url_command`、`url_file` のいずれかで渡してください"
        ),
        ChannelFault::Address { key, fault: AddressFault::NotHttps } => say!(
            lang,
            "`{key}` must begin with https:// (http:// only for this machine)",
            "`{key}` は https:// で始めます（http:// はこのマシン宛てのみ）"
        ),
        ChannelFault::Address { key, fault: AddressFault::NoHost } => {
            say!(lang, "`{key}` names no host that can be reached", "`{key}` のホスト名が正しくありません")
        }
        ChannelFault::Address { key, fault: AddressFault::UserInfo } => say!(
            lang,
            "`{key}` carries a name or a password before the host; that belongs in a secret",
            "`{key}` のホスト名の前にユーザー名かパスワードがあります。秘密の情報として別に渡してください"
        ),
        ChannelFault::BadMail { key, address } => {
            let address = one_line(address);
            say!(lang, "`{key}`: `{address}` is no mail address", "`{key}`: `{address}` はメールアドレスではありません")
        }
        ChannelFault::BadPort { port } => {
            say!(lang, "`port` {port} does not exist (1 to 65535)", "`port` {port} はありません（1 から 65535）")
        }
        ChannelFault::Unencrypted => say!(
            lang,
            "`tls = \"none\"` is only for a server on this machine",
            "`tls = \"none\"` はこのマシンのサーバーでのみ使えます"
        ),
        ChannelFault::RelativePath { key } => {
            say!(lang, "`{key}` must begin with /: cron starts elsewhere", "`{key}` は / で始まる絶対パスで書きます")
        }
    }
}

const fn kind_name(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Slack => "slack",
        ChannelKind::Webhook => "webhook",
        ChannelKind::Email => "email",
        ChannelKind::Command => "command",
        ChannelKind::File => "file",
    }
}
