//! Which words of official texts ask the same as one another?

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words of which one asks what another does, and none of these lists does.
const SAME: &[&str] = &[
    "稳慎 审慎 稳妥 谨慎 慎重 稳妥慎重 稳妥审慎",
    "快于 高于 超过 领先",
    "低于 慢于",
    "严格 从严 严格落实 严格执行",
    "全面 全域 全部",
    "农村 乡村 村级",
    "至少 不少于 不低于",
    "建好 建设 建成 完成 打造 创建 建",
    "年均 每年 逐年 每年平均 平均每年",
    "力争 争取 努力",
    "缩小 缩 缩至 缩小到 压缩 压缩到 收窄 降至 控制在",
    "确保 保证 保障",
    "关爱 关心 照顾 关爱服务 关心照顾 关心关爱",
    "建立 实行 推行 健全 建立健全",
    "确定 选 选定 选取 遴选",
    "累计 共 共计 总计 合计",
    "显著 明显",
    "成效 成果 实效",
    "努力 奋力 着力 全力",
    "聚焦 围绕 紧扣 锚定 瞄准 对标",
    "拓宽 拓展 扩宽",
    "推广 推行 推开",
    "调查 摸排 摸底 排查 普查 摸底调查",
    "选派 派出 下派 派遣",
    "整治 治理",
    "修建 兴建 建设",
    "及时 迅速 尽快",
    "协同 联动 协作 共同 联合",
    "推动 引导 吸引 促进 争取 动员",
    "设立 投放 发放",
    "渠道 途径",
    "居民 群众 老百姓 村民",
    "资金 经费",
    "超 超过 突破 达 达到",
    "成立 组建 设立",
    "引育 培育 引进培育",
    "开发利用 挖掘利用 活化利用",
    "优先 重点",
    "支持 鼓励 鼓励支持 扶持",
    "推进 倡导 弘扬",
    "取得显著 取得明显 取得 见 见到",
];

/// The groups of [`SAME`] in which each word stands.
static GROUPS: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, group) in SAME.iter().enumerate() {
        for word in group.split(' ') {
            groups.entry(word).or_default().push(number);
        }
    }
    groups
});

/// The words that ask what another one does.
pub(super) fn grouped() -> impl Iterator<Item = &'static str> {
    SAME.iter().flat_map(|group| group.split(' '))
}

/// Whether two words ask the same.
pub(super) fn are_in_one_group(one: &str, other: &str) -> bool {
    let groups = |word| GROUPS.get(word).map_or(&[][..], Vec::as_slice);
    groups(one).iter().any(|group| groups(other).contains(group))
}
