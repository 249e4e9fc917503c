//! Texts with a secret in them, and which part of them it is.

use super::{HEX, MIXED};
use crate::incident::secret::{find, mask};

/// Tokens that are told by their shape: the rule and the token.
fn shapes() -> Vec<(&'static str, String)> {
    let mixed = |length: usize| MIXED.repeat(4)[..length].to_owned();
    let upper = |length: usize| mixed(36).to_uppercase()[..length].to_owned();
    vec![
        ("aws-access-key", format!("AK{}{}", "IA", upper(16))),
        ("aws-access-key", format!("AS{}{}", "IA", upper(16))),
        ("github-token", format!("gh{}{MIXED}", "p_")),
        ("github-token", format!("gh{}{MIXED}", "s_")),
        ("github-token", format!("github{}{}_{}", "_pat_", mixed(22), mixed(59))),
        ("gitlab-token", format!("glp{}{}", "at-", mixed(20))),
        ("gitlab-token", format!("gl{}{}", "rt-", mixed(20))),
        ("slack-token", format!("xo{}123456789012-123456789012-{}", "xb-", mixed(24))),
        ("slack-token", format!("xa{}1-A0B1C2D3E4-1234567890-{}", "pp-", &HEX[..32])),
        ("google-api-key", format!("AI{}{}", "za", mixed(35))),
        ("google-oauth-token", format!("ya{}.{}", "29", mixed(60))),
        ("stripe-key", format!("sk{}{}", "_live_", mixed(24))),
        ("stripe-key", format!("rk{}{}", "_test_", mixed(24))),
        ("openai-key", format!("sk-{}{}", "proj-", mixed(48))),
        ("openai-key", format!("sk{}{}", "-", mixed(48))),
        ("anthropic-key", format!("sk-{}{}", "ant-api03-", mixed(90))),
        ("npm-token", format!("np{}{}", "m_", mixed(36))),
        ("pypi-token", format!("py{}{}", "pi-AgEIcHlwaS5vcmc", mixed(60))),
        ("sendgrid-key", format!("S{}{}.{}", "G.", mixed(22), mixed(43))),
        ("twilio-key", format!("S{}{}", "K", &HEX[..32])),
        ("digitalocean-token", format!("do{}{HEX}", "p_v1_")),
        ("hugging-face-token", format!("h{}{}", "f_", mixed(34))),
        ("vault-token", format!("hv{}{}", "s.", mixed(24))),
        ("grafana-token", format!("gl{}{}_{}", "sa_", mixed(32), &HEX[..8])),
        ("shopify-token", format!("shp{}{}", "at_", &HEX[..32])),
        ("docker-token", format!("dckr{}{}", "_pat_", mixed(27))),
        ("jwt", format!("ey{}.ey{}.{}", "JhbGciOiJIUzI1NiJ9", "JzdWIiOiIxMjM0In0", mixed(43))),
        ("telegram-bot-token", format!("123456789:{}{}", "AA", mixed(33))),
        ("discord-token", format!("MT{}.{}.{}", mixed(24), mixed(6), mixed(27))),
        ("private-key", format!("LS0tLS1CRUdJTi{}{}", "BSU0EgUFJJVkFURSBLRVk", mixed(100))),
    ]
}

/// Texts, the rule that sees the secret, and the secret.
const IN_CONTEXT: &[(&str, &str, &str)] = &[
    // Addresses.
    ("postgres://app:s3cr3t!x@db1:5432/orders is down", "url-password", "s3cr3t!x"),
    ("redis://:hunter2@cache:6379/0", "url-password", "hunter2"),
    ("https://deploy:tr0ub4dor@git.example.net/repo.git", "url-password", "tr0ub4dor"),
    ("amqp://user:p@ss1@mq/vhost", "url-password", "p@ss1"),
    ("dsn app:hunter2@tcp(db1:3306)/shop", "url-password", "hunter2"),
    // Command lines.
    ("ran mysql -uroot -pHunter2 shop", "command-password", "Hunter2"),
    ("mysqldump -h db1 -p's3cret pass' shop > x.sql", "command-password", "s3cret pass"),
    ("`mysql -pswordfish`", "command-password", "swordfish"),
    ("curl -u admin:hunter2 https://api/x", "command-password", "hunter2"),
    ("curl -uadmin:hunter2 https://api/x", "command-password", "hunter2"),
    ("curl --user 'admin:hunter2' https://api/x", "command-password", "hunter2"),
    ("sshpass -p hunter2 ssh root@db1", "command-password", "hunter2"),
    ("sshpass -phunter2 ssh -p 22 root@db1", "command-password", "hunter2"),
    ("redis-cli -h c1 -a hunter2 info", "command-password", "hunter2"),
    ("docker login -u bot -p hunter2 registry", "command-password", "hunter2"),
    ("smbclient -U bob%hunter2 //srv/x", "command-password", "hunter2"),
    ("ldapsearch -D cn=x -w hunter2 -b dc=y", "command-password", "hunter2"),
    ("openssl rsa -in k.pem -passin pass:hunter2", "command-password", "hunter2"),
    ("tool --password hunter2 --force", "command-password", "hunter2"),
    ("tool --db-password \"two words\" x", "command-password", "two words"),
    ("tool --token 0a1b2c3d4e5f run", "command-password", "0a1b2c3d4e5f"),
    ("tool --password=hunter2 --force", "password", "hunter2"),
    ("java -Dspring.datasource.password=hunter2 -jar x", "password", "hunter2"),
    ("PGPASSWORD=hunter2 psql -h db1", "password", "hunter2"),
    ("MYSQL_PWD=hunter2 mysql", "password", "hunter2"),
    ("export DB_PASS='it is long'", "password", "it is long"),
    ("export FOO_TOKEN=a1b2c3d4", "token", "a1b2c3d4"),
    ("setx API_KEY 1; set API_KEY=q1w2e3r4", "token", "q1w2e3r4"),
    // Headers.
    ("curl -H 'Authorization: Bearer abcDEF123456ghiJKL789'", "authorization", "abcDEF123456ghiJKL789"),
    ("Authorization: Basic YWRtaW46aHVudGVyMg==", "authorization", "YWRtaW46aHVudGVyMg=="),
    ("\"authorization\": \"Bearer abcDEF123456ghiJKL789\"", "authorization", "abcDEF123456ghiJKL789"),
    ("Authorization: Token token=abcdef0123456789ghij", "authorization", "abcdef0123456789ghij"),
    ("sent Bearer abcDEF123456ghiJKL789 by hand", "authorization", "abcDEF123456ghiJKL789"),
    ("X-Api-Key: 5f4dcc3b5aa765d61d83", "token", "5f4dcc3b5aa765d61d83"),
    ("Cookie: session=abcDEF123456ghiJKL789; theme=dark", "cookie", "abcDEF123456ghiJKL789"),
    // Configuration.
    ("{\"user\":\"app\",\"password\":\"hunter2\"}", "password", "hunter2"),
    ("{\\\"password\\\":\\\"hunter2\\\"}", "password", "hunter2"),
    ("  password: hunter2", "password", "hunter2"),
    ("passwd=hunter2;", "password", "hunter2"),
    ("Server=db;Uid=sa;Pwd=Hunter2!;Database=x", "password", "Hunter2!"),
    ("'password' => 'hunter2',", "password", "hunter2"),
    ("aws_secret_access_key = q1w2e3r4/t5y6u7i8/AbCdEfGh0123456789", "token", "q1w2e3r4/t5y6u7i8/AbCdEfGh0123456789"),
    ("AccountName=x;AccountKey=q1w2e3r4t5y6u7i8==;EndpointSuffix=core", "token", "q1w2e3r4t5y6u7i8=="),
    ("//registry.npmjs.org/:_authToken=0a1b2c3d-4e5f", "token", "0a1b2c3d-4e5f"),
    ("\"auth\": \"dXNlcjpodW50ZXIy\"", "token", "dXNlcjpodW50ZXIy"),
    ("CREATE USER bob IDENTIFIED BY 'hunter2';", "password", "hunter2"),
    ("ALTER USER bob WITH PASSWORD 'hunter2';", "password", "hunter2"),
    ("machine db1 login bob password hunter2", "password", "hunter2"),
    ("https://x.blob.core/y?sv=2020&sig=a1b2c3d4e5f6%3D&se=1", "token", "a1b2c3d4e5f6%3D"),
    ("GET /v1?access_token=a1b2c3d4&page=2", "token", "a1b2c3d4"),
    ("<password>hunter2</password>", "password", "hunter2"),
    ("ConvertTo-SecureString \"hunter2\" -AsPlainText", "password", "hunter2"),
    ("aws configure set aws_secret_access_key q1w2e3r4t5y6", "token", "q1w2e3r4t5y6"),
    // Sentences.
    ("Password: swordfish", "password", "swordfish"),
    ("login is bob, password: hunter2 (old one)", "password", "hunter2"),
    ("the root password is hunter2 for now", "password", "hunter2"),
    ("password is `hunter2`", "password", "hunter2"),
    ("set the password to Tr0ub4dor&3", "password", "Tr0ub4dor&3"),
    ("temporary password for bob@example.com is Hunter2!x", "password", "Hunter2!x"),
    ("new password for bob: hunter2", "password", "hunter2"),
    ("**Password**: hunter2", "password", "hunter2"),
    ("API key: a1b2c3d4e5f6", "token", "a1b2c3d4e5f6"),
    ("パスワード: hunter2", "password", "hunter2"),
    ("パスワード：hunter2 でログイン", "password", "hunter2"),
    ("パスワード＝hunter2", "password", "hunter2"),
    ("パスワードはhunter2です", "password", "hunter2"),
    ("パスワードは「hunter2」です。", "password", "hunter2"),
    ("DBのパスワードは swordfish です", "password", "swordfish"),
    ("仮パスワードを Tr0ub4dor に変更した", "password", "Tr0ub4dor"),
    ("root のパスワードが hunter2 のまま", "password", "hunter2"),
    ("passwordはhunter2", "password", "hunter2"),
    ("暗証番号: 482915", "password", "482915"),
    ("APIキー：a1b2c3d4e5f6", "token", "a1b2c3d4e5f6"),
    ("トークンは a1b2c3d4e5f6g7 です", "token", "a1b2c3d4e5f6g7"),
];

#[test]
fn a_token_is_known_wherever_it_stands() {
    for (rule, token) in shapes() {
        for around in
            ["{}", "used {} by hand", "トークンは{}です。", "x={}", "\u{1b}[1m{}\u{1b}[0m", "\\n{}\\n", "({})."]
        {
            let text = around.replace("{}", &token);
            let found = find(&text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].rule, &text[found[0].range.clone()]), (rule, token.as_str()), "{text}");
            assert!(!mask(&text).contains(&token[4..]), "{text}");
        }
    }
}

#[test]
fn the_secret_part_alone_is_found() {
    for (text, rule, secret) in IN_CONTEXT {
        let found = find(text);
        let seen: Vec<_> = found.iter().map(|secret| (secret.rule, &text[secret.range.clone()])).collect();
        assert_eq!(seen, [(*rule, *secret)], "{text}");
        assert_eq!(mask(text), text.replacen(secret, &format!("[masked: {rule}]"), 1), "{text}");
        assert_eq!(mask(&mask(text)), mask(text), "{text}");
    }
}

#[test]
fn a_webhook_hides_its_path() {
    let slack = format!("https://hooks.slack{}T0AB1CD2E/B0AB1CD2E/{}", ".com/services/", &MIXED[..24]);
    let discord = format!("https://discord{}123456789012345678/{}", ".com/api/webhooks/", MIXED.repeat(2));
    for (text, rule, head) in [(slack, "slack-webhook", "services/"), (discord, "discord-webhook", "webhooks/")] {
        let end = text.find(head).map(|at| at + head.len()).unwrap();
        assert_eq!(mask(&text), format!("{}[masked: {rule}]", &text[..end]));
    }
}

#[test]
fn a_private_key_is_masked_whole() {
    let body = format!("{HEX}\n{HEX}\n{}\n", &MIXED[..20]);
    let begin = format!("-----BEGIN {} KEY-----", "RSA PRIVATE");
    let end = format!("-----END {} KEY-----", "RSA PRIVATE");
    let masked = "[masked: private-key]";
    assert_eq!(mask(&format!("key:\n{begin}\n{body}{end}\nrotated")), format!("key:\n{masked}\nrotated"));
    assert_eq!(mask(&format!("{begin}\n\n{body}")), format!("{masked}\n"), "cut off");
    assert_eq!(mask(&format!("{begin}\n{body}$ systemctl restart\nok")), format!("{masked}\n$ systemctl restart\nok"));
    let flat = format!("{begin}\n{body}{end}\n").replace('\n', "\\n");
    assert_eq!(mask(&format!("\"k\": \"{flat}\", \"x\": 1")), format!("\"k\": \"{masked}\\n\", \"x\": 1"));
    let quoted = format!("{begin}\n{body}{end}").replace('\n', "\n> ");
    assert!(!mask(&quoted).contains(&HEX[..8]));
    let snipped = format!("{begin}\n{HEX}\n[snip]\n{HEX}\n{end}\ndone");
    assert_eq!(mask(&snipped), format!("{masked}\n[snip]\n{masked}\ndone"));
}
