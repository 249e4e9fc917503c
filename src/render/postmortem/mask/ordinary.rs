//! Names that are words as well: somebody called Will doesn't take the future away from a sentence.

const ENGLISH: &str = include_str!("ordinary.txt");

/// Names of two characters and more that are words or places as well; a single character always is.
const JAPANESE: &str = "千葉 福島 宮崎 石川 山口 岡山 長野 福井 福岡 大阪 京都 東京 奈良 滋賀 三重 香川 愛媛 高知 佐賀 長崎 熊本 大分 \
    秋田 山形 宮城 岩手 青森 茨城 栃木 群馬 埼玉 新潟 富山 山梨 岐阜 静岡 愛知 兵庫 鳥取 島根 広島 徳島 沖縄 札幌 仙台 横浜 川崎 名古屋 神戸 \
    中央 南部 北部 東部 西部 本社 本部 本店 支店 社内 社外 品川 渋谷 新宿 上野 目黒 平和 平野 平田 大島 中国 関東 関西 東海 北陸 九州 四国 \
    大手 大家 大口 小口 中間 中心 大切 大山 小山 田舎 水野 永久 正木 有利 有田 安全 安心 健康 自由 誠意 正義 未来 希望 光 一般 一部 二部 \
    開発 運用 監視 保守 営業 総務 経理 人事 法務 広報 管理 基盤 決済 注文 配送 在庫 予約 会員 顧客 担当 当番 技術 情報 品質 安全 支援 窓口 \
    マーク メイ ローズ ホープ ジョイ レイ ジュン アート ビル ロック チーム サポート システム サービス ネットワーク セキュリティ インフラ \
    さくら ひかり のぞみ あおい みらい はな ゆき そら うみ なか まえ みき";

/// Whether a name, folded, is a word of a language as well.
pub fn is_ordinary(name: &str) -> bool {
    let mut english = ENGLISH.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    name.chars().count() < 2 || english.any(|word| word == name) || JAPANESE.split_whitespace().any(|word| word == name)
}

/// Whether somebody's name is a month as well, and stands here as one: beside a number, or behind `in` or `since`.
pub fn is_month(name: &str, before: &str, after: &str) -> bool {
    if !["may", "june", "april", "august", "march", "jan", "jun", "mar"].contains(&name) {
        return false;
    }
    let word_before = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let number = |word: Option<&str>| word.is_some_and(|word| word.starts_with(|one: char| one.is_ascii_digit()));
    let leads = ["in", "since", "until", "till", "by", "last", "next", "early", "mid", "late", "of", "from", "through"];
    leads.contains(&word_before.as_str()) || number(Some(&word_before)) || number(after.split_whitespace().next())
}

/// Whether an article or the like stands before: `the catalog` is never a person.
pub fn is_a_thing(before: &str) -> bool {
    let word = before.strip_suffix(' ').and_then(|front| front.split_whitespace().next_back()).unwrap_or_default();
    let article = word.to_lowercase();
    [
        "the", "a", "an", "our", "your", "their", "its", "this", "that", "these", "those", "some", "any", "no",
        "every", "each",
    ]
    .contains(&article.as_str())
}
