//! Japanese: who is meant, and what is said of them. Words are not spaced, so that rules look for what stands where.

use super::Rule;

/// People by what they do, or by how they are addressed.
const PEOPLE: &[&str] = &[
    "担当者",
    "担当が",
    "担当は",
    "担当の",
    "作業者",
    "作業員",
    "オペレーター",
    "オペレータ",
    "当直",
    "当番",
    "夜勤",
    "日勤",
    "エンジニア",
    "開発者",
    "開発チーム",
    "運用チーム",
    "インフラチーム",
    "チームが",
    "チームは",
    "チームの",
    "レビュアー",
    "レビュー担当",
    "設計者",
    "技術者",
    "管理者",
    "リーダー",
    "マネージャー",
    "新人",
    "新入社員",
    "社員",
    "メンバー",
    "部長",
    "課長",
    "営業",
    "委託先",
    "ベンダーの",
    "各自",
    "当事者",
    "責任者が",
    "レビューした人",
    "した人が",
    "した者",
    "担当",
    "入力した者",
    "彼が",
    "彼は",
    "彼の",
    "彼女",
    "さん",
    "くん",
    "君が",
    "氏が",
    "氏は",
    "氏の",
    "誰も",
    "誰か",
    "本人",
    "者が",
    "者は",
    "者の",
    "員が",
    "員は",
    "員の",
];

/// Labels that end the search for causes.
const LABELS: &[&str] = &[
    "ヒューマンエラー",
    "人為的ミス",
    "人為ミス",
    "人為的な誤り",
    "単純な間違い",
    "初歩的なミス",
    "凡ミス",
    "操作誤り",
    "誤操作",
    "人的ミス",
    "人的エラー",
    "操作ミス",
    "作業ミス",
    "判断ミス",
    "確認ミス",
    "設定ミス",
    "ケアレスミス",
    "単純ミス",
    "入力ミス",
    "伝達ミス",
    "連絡ミス",
];

/// What makes of a label the name of a thing, or of what is done against it.
const NOT_A_LABEL: &[&str] =
    &["率", "を防", "を検", "のグラフ", "対策", "防止", "検出", "が起きやす", "を起こしやす", "を誘"];

/// What somebody is like.
const CHARACTER: &[&str] = &[
    "不注意",
    "怠慢",
    "怠り",
    "怠け",
    "気の緩み",
    "気が緩",
    "注意力",
    "無責任",
    "いい加減",
    "軽率",
    "ずさん",
    "杜撰",
    "うっかり",
    "安易に",
    "安易な",
    "だらし",
    "無能",
    "能力不足",
    "スキル不足",
    "経験不足",
    "知識不足",
    "意識が低",
    "意識の低",
    "意識不足",
    "危機感が",
    "認識が甘",
    "認識の甘",
    "認識不足",
    "考慮不足",
    "注意不足",
    "確認不足",
    "慢心",
    "油断",
    "雑な作業",
    "未熟",
    "勝手に",
    "責任感",
    "姿勢が問われ",
    "思い込み",
    "知識が足り",
    "能力が足り",
    "経験が足り",
    "適当な作業",
    "適当な対応",
    "慣れによる",
    "過信",
    "怠惰",
    "粗雑",
    "雑な",
    "不誠実",
    "やる気",
    "自覚",
];

/// Those of them that a machine can do as well: only of people.
const OF_PEOPLE_ONLY: &[&str] =
    &["勝手に", "考慮不足", "確認不足", "雑な", "適当な作業", "適当な対応", "慣れによる", "自覚"];

/// What somebody left undone; only of people.
const OMISSIONS: &[&str] = &[
    "怠った",
    "怠っ",
    "見落とし",
    "見逃し",
    "忘れて",
    "忘れた",
    "忘れ、",
    "失念",
    "無視し",
    "軽視し",
    "読んでいなか",
    "読まなか",
    "守らなか",
    "守っていなか",
    "確認していなか",
    "確認しなか",
    "確認せず",
    "確認漏れ",
    "確認もれ",
    "気づかなか",
    "気付かなか",
    "誤った説明",
    "取り違え",
    "見ずに",
    "見ないで",
    "遅すぎ",
    "遅かった",
    "遅れたため",
    "すら行わなか",
    "行わなかった",
    "出なかった",
    "出ず、",
    "続行した",
    "続けた",
    "省略し",
    "しなかったため",
    "しなかった。",
    "しなかったこと",
    "していなかった。",
    "していなかったため",
    "勘違い",
    "誤解し",
    "混乱し",
    "報告しなか",
    "報告せず",
    "連絡せず",
    "確かめず",
    "ミスを",
    "ミスに",
    "ミスで",
    "ミスが",
    "のミス",
    "間違え",
    "誤って",
    "しようとしなか",
    "注意を払わ",
    "怠る",
    "サボ",
    "放置し",
    "理解していなか",
];

/// What somebody might have done; only of people.
const HINDSIGHT: &[&str] = &[
    "べきだった",
    "べきであった",
    "はずだ",
    "はずであ",
    "はずだった",
    "くれれば",
    "していれば",
    "ておけば",
    "ていれば",
    "ていたら",
];

/// Whose fault it is.
const FAULTS: &[&str] = &[
    "のせいで",
    "のせいだ",
    "せいで",
    "悪いのは",
    "が悪い",
    "が悪かった",
    "に非がある",
    "の責任で",
    "の責任だ",
    "に責任がある",
    "に問題がある",
    "に落ち度",
    "の落ち度",
    "に過失",
    "の過失",
    "に原因がある",
    "責めに帰",
];

/// What asks people to be better.
const EXHORTATIONS: &[&str] = &[
    "注意喚起",
    "意識を徹底",
    "意識の徹底",
    "気を付ける",
    "気をつける",
    "注意を徹底",
    "注意する",
    "意識を高め",
    "意識向上",
    "指導する",
    "叱責",
    "厳重注意",
    "再教育",
];

/// Why a sentence blames, and with which of its words.
pub(super) fn blames<'a>(sentence: &'a str, names: &[String]) -> Option<(Rule, &'a str)> {
    if sentence.is_ascii() {
        return None;
    }
    let person = first(sentence, PEOPLE).map(|(at, _)| at).or_else(|| named(sentence, names));
    if let Some((at, word)) = first(sentence, LABELS)
        && !follows(sentence, at + word.len(), NOT_A_LABEL)
    {
        return Some((Rule::Label, word));
    }
    let character = CHARACTER.iter().filter(|word| person.is_some() || !OF_PEOPLE_ONLY.contains(word));
    if let Some((_, word)) = earliest(sentence, character.copied()) {
        return Some((Rule::Character, word));
    }
    if let Some((_, word)) = first(sentence, EXHORTATIONS).filter(|_| person.is_some()) {
        return Some((Rule::Exhortation, word));
    }
    let person = person?;
    for (list, rule) in [(FAULTS, Rule::Fault), (HINDSIGHT, Rule::Hindsight), (OMISSIONS, Rule::Omission)] {
        if let Some((at, word)) = first(sentence, list)
            && (rule == Rule::Fault || person < at)
            && !follows(sentence, at + word.len(), NOT_A_LABEL)
        {
            return Some((rule, word));
        }
    }
    None
}

/// The first of these words that stands in a sentence, and where.
fn first<'a>(sentence: &'a str, words: &[&str]) -> Option<(usize, &'a str)> {
    earliest(sentence, words.iter().copied())
}

fn earliest<'a, 'w>(sentence: &'a str, words: impl Iterator<Item = &'w str>) -> Option<(usize, &'a str)> {
    let hits = words.filter_map(|word| sentence.find(word).map(|at| (at, word.len())));
    let (at, length) = hits.min_by_key(|(at, length)| (*at, usize::MAX - *length))?;
    Some((at, sentence.get(at..at + length)?))
}

/// A known name that a particle follows.
fn named(sentence: &str, names: &[String]) -> Option<usize> {
    let known = names.iter().map(String::as_str).chain(FAMILY.iter().copied());
    let hits = known.filter(|name| name.chars().count() > 1).filter_map(|name| {
        let at = sentence.find(name)?;
        follows(sentence, at + name.len(), &["が", "は", "の", "も", "に", "さん", "氏", " が", " は"]).then_some(at)
    });
    hits.min()
}

/// Family names that are the most common.
const FAMILY: &[&str] = &[
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "松本",
    "井上",
    "木村",
    "斎藤",
    "清水",
    "山口",
    "池田",
];

fn follows(sentence: &str, end: usize, words: &[&str]) -> bool {
    let rest = sentence.get(end..).unwrap_or_default();
    words.iter().any(|word| rest.starts_with(word))
}
