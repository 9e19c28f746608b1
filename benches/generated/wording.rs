//! How does a township word an official task? As published, shortened, or in its own words.

use fastrand::Rng;

/// How freely a township treats the official wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freedom {
    /// Word for word.
    Published,
    /// The name stays; of the content the first clauses.
    Shortened,
    /// Both in other words, differently in every row.
    OwnWords,
}

/// Words and what people write for them.
const OTHERWISE: &[(&str, &[&str])] = &[
    ("全区", &["全县", "本地", "辖区"]),
    ("建设", &["打造", "建成", "创建"]),
    ("推进", &["抓好", "加快", "开展"]),
    ("实施", &["落实", "开展", "组织实施"]),
    ("提升", &["提高", "改善", "升级"]),
    ("加强", &["强化", "抓实", "做好"]),
    ("完善", &["健全", "优化", "补齐"]),
    ("打造", &["建设", "培育", "做强"]),
    ("推动", &["促进", "带动", "抓好"]),
    ("深化", &["持续推进", "做深", "深入开展"]),
    ("项目", &["工程", "重点项目"]),
    ("改革", &["改革工作", "改革试点"]),
    ("农村居民", &["农民"]),
    ("城镇居民", &["城里居民", "城镇住户"]),
    ("村级集体经济", &["村集体经济", "村集体收入"]),
    ("人均可支配收入", &["人均收入", "可支配收入"]),
    ("机制", &["制度", "办法"]),
    ("体系", &["网络", "架构"]),
    ("服务", &["保障服务", "服务供给"]),
    ("达到", &["达", "做到"]),
    ("新增", &["新建", "增加"]),
    ("以上", &["及以上", ""]),
    ("力争", &["争取", ""]),
    ("全面", &["", "扎实"]),
    ("进一步", &[""]),
];

/// Words that people put before and behind the name of a task.
const AROUND: &[(&str, &str)] = &[
    ("", ""),
    ("", ""),
    ("", "工作"),
    ("关于", ""),
    ("", "方面"),
    ("抓好", ""),
    ("", "任务"),
    ("", "（牵头）"),
    ("做好", "工作"),
];

/// The official name in a township's words.
pub(crate) fn name(official: &str, freedom: Freedom, random: &mut Rng) -> String {
    if freedom != Freedom::OwnWords {
        return official.to_owned();
    }
    let (before, behind) = AROUND[random.usize(..AROUND.len())];
    format!("{before}{}{behind}", reworded(official, random))
}

/// The official content in a township's words.
pub(crate) fn content(official: &str, freedom: Freedom, random: &mut Rng) -> String {
    match freedom {
        Freedom::Published => official.to_owned(),
        Freedom::Shortened => clauses(official, 1 + random.usize(..2)),
        Freedom::OwnWords => {
            let most = 1 + random.usize(..3);
            reworded(&clauses(official, most), random)
        }
    }
}

/// The first clauses of a text.
fn clauses(text: &str, most: usize) -> String {
    let ends = |c: char| "，,；;。".contains(c);
    let parts: Vec<&str> = text.split(ends).map(str::trim).filter(|part| !part.is_empty()).take(most).collect();
    format!("{}。", parts.join("，"))
}

/// A text with about half of the exchangeable words exchanged.
fn reworded(text: &str, random: &mut Rng) -> String {
    let mut reworded = text.to_owned();
    for (word, others) in OTHERWISE {
        if reworded.contains(word) && random.bool() {
            reworded = reworded.replacen(word, others[random.usize(..others.len())], 1);
        }
    }
    reworded
}
