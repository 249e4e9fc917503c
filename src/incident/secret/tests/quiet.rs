//! Texts that speak of secrets, or look like them, and hold none.

use crate::incident::secret::{find, mask};
use std::borrow::Cow;
use std::path::Path;

const QUIET: &[&str] = &[
    // What incident notes are full of.
    "deployed 3f786850e387550fdab836ed7e6dc881de23001b to prod",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "request 018f3c2e-7b1a-7cc2-9d3e-1f2a3b4c5d6e timed out",
    "declared as bcdfghjk, see also mnpqrstv",
    "https://status.example.com:8443/incidents/5jfkz8q1mlql?page=2#top",
    "see https://example.com/@user and http://localhost:8080/a@b",
    "git clone git@github.com:owner/repo.git",
    "ask bob@example.com or carol@example.co.jp",
    "user:14:05@host",
    "ssh -p 22 root@db1",
    "docker run -p 8080:80 nginx",
    "mysql -p",
    "mysql -u root -p shop",
    "mysql -h db1 --port=3306",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4 bob@host",
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
    "the file starts with -----BEGIN RSA PRIVATE KEY----- as it should",
    "aGVsbG8gd29ybGQsIHRoaXMgaXMgb25seSBhIGdyZWV0aW5n",
    "curl -u admin https://api/x",
    "curl -s https://api.example.com/v1/users -o out.json",
    "tar -pxf backup.tar; cp -pr a b",
    "redis-cli -h c1 info",
    // Passwords spoken of.
    "password reset failed for user X",
    "rotate the password",
    "Root password: rotated at 14:05",
    "password: 14:05 rotated by bob",
    "password: reset for all users",
    "Failed password for root from 10.0.0.1 port 22 ssh2",
    "[sudo] password for bob: 3 incorrect attempts",
    "password for bob: reset",
    "パスワードが漏洩した",
    "パスワードが 3 回違った",
    "<password></password>",
    "wrong password: root from 10.0.0.1",
    "the password is stored in 1Password",
    "password is base64 encoded",
    "password is 12 characters long",
    "the password was changed",
    "passwords: 3 of them leaked",
    "password policy: at least 12 characters",
    "Enter password:",
    "password?",
    "password == input",
    "use the --password flag",
    "tool --no-password foo",
    "docker login --password-stdin",
    "--password-file /run/secrets/db",
    "password=/run/secrets/db",
    "Oldpwd: see above; PWD=/home/bob",
    "tests: 3 pass: 2 fail: 1",
    "token expired",
    "token: expired at 14:05",
    "Invalid token: unexpected end of input",
    "the token is valid for 24 hours",
    "max_tokens=4096 token_type=bearer",
    "next_page_token=a1b2c3d4e5f6",
    "\"NextToken\": \"eyJNYXJrZXIiOiBudWxsLCAiYm90b190\"",
    "--client-token 550e8400-e29b-41d4-a716-446655440000",
    "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-a1b2c3d4",
    "fn log_in(password: &str, token: auth::Token2)",
    "password = os.environ[\"DB_PASS\"]; token = getenv(\"TOKEN2\")",
    "the folder identified by `path`",
    "mysql -u root shop; cp -pr a b",
    "bearer token missing",
    "Authorization: required",
    "Authorization: Bearer $TOKEN",
    "secret: app-tls",
    "token:  1024 bytes",
    "api key: missing",
    "secretName: app-tls-2024",
    // Placeholders.
    "PASSWORD=$PASSWORD",
    "export PGPASSWORD=\"${PGPASSWORD}\"",
    "PASSWORD=$(pass show db)",
    "tool --password \"$DB_PASS\" --force",
    "tool --password <password>",
    "mysql -p$DB_PASS; mysql -p\"$DB_PASS\"",
    "curl -u user:$PASS https://api/x",
    "curl -u user:password https://api/x",
    "postgres://user:password@host/db",
    "postgres://$USER:$PASS@host/db",
    "postgres://user:****@host/db",
    "postgres://<user>:<password>@host/db",
    "password: ****",
    "password: xxxx",
    "password: ••••••••",
    "password: [redacted]",
    "password=%PASSWORD%",
    "token={{ vault_token }}",
    "API_TOKEN=YOUR_TOKEN",
    "API_TOKEN=your-token-here",
    "password: \"\"",
    "password: null",
    "password: [masked: password]",
    // Japanese.
    "パスワードは変更済み",
    "パスワードをリセットした",
    "パスワード：変更しました",
    "パスワードは8文字以上",
    "パスワードは 90 日で期限切れ",
    "パスワードは 1Password に保存",
    "パスワードは 14:05 にローテーション済み",
    "パスワードを 14:05 に変更した",
    "パスワード: 3回失敗してロック",
    "パスワード：SSOで管理",
    "パスワード: ＊＊＊＊",
    "トークンの期限切れ",
    "トークンは 2024-05-01 に失効",
    "トークン: 期限切れ",
    "シークレットを更新",
    "APIキーを無効化",
    "ログイン: パスワード",
];

#[test]
fn no_alarm_without_a_secret() {
    for text in QUIET {
        assert_eq!(find(text), [], "{text}");
        assert!(matches!(mask(text), Cow::Borrowed(_)));
    }
}

#[test]
fn no_alarm_without_a_secret_inside_a_longer_text() {
    let text = QUIET.join("\n");
    assert_eq!(find(&text), []);
}

#[test]
fn the_documentation_holds_no_secret() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["examples", "playbooks", "playbooks/templates"];
    let listed = folders.iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let mut files: Vec<_> = listed.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.extend([root.join("README.md"), root.join("CHANGELOG.md"), root.join("SECURITY.md")]);
    assert!(files.len() > 10);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let seen: Vec<_> = find(&text).into_iter().map(|secret| (secret.rule, text[secret.range].to_owned())).collect();
        // One transcript is about a password.
        let about_one = file.ends_with("a-pasted-password.md");
        let wanted = if about_one { vec![("command-password", "Tr0ub4dor-and-3".to_owned())] } else { Vec::new() };
        assert_eq!(seen, wanted, "{}", file.display());
    }
}
