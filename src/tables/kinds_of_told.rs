//! Does a text tell what is to come, or what is in the way?

use crate::words::Words;

/// Beginnings of texts that tell what is to come.
static PLAN_BEGINNINGS: Words = Words::new(
    "下一步 下步 下阶段 下季 下月 拟 将 计划 准备 争取 力争 继续 加快 抓紧 完善 总结经验 督促 协调 对接 \
    联合 联系 邀请 请 组织 尽快 推进 加强 巩固 加大 抓好 做好 开展 落实 启动 申请 申报 重新 再 引 招 向 \
    由 年底前 年内 月底前",
);
/// Words of time to come, anywhere in such a text.
static TO_COME: Words = Words::new("年底前 月底前 年内 下季度 下个月 明年 争取 力争 拟于 计划于 届时");
/// Words that tell what is in the way.
static HINDRANCES: Words = Words::new(
    "难 缺 不足 不够 不愿 不高 不到位 不熟 不理想 不强 没有 未 滞后 慢 少 低 弱 卡 拖 失联 空置 紧张 \
    制约 矛盾 纠纷 短板 问题 老化 偏 差 受阻 影响 谈不 不肯 要价高 费用高 成本高 压力",
);
/// Texts that say that nothing is in the way.
static NOTHING: Words = Words::new("无 暂无 没有 没得 无问题 暂时没有 没啥 / - —");

/// Whether a plain text tells what is to come.
pub(super) fn tells_of_plan(text: &str) -> bool {
    PLAN_BEGINNINGS.beginning(text).next().is_some() || TO_COME.stand_in(text)
}

/// Whether a plain text tells what is in the way, or that nothing is.
pub(super) fn tells_of_problem(text: &str) -> bool {
    NOTHING.contains(text) || HINDRANCES.stand_in(text)
}
