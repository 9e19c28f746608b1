//! Words by which clerks say how far a piece of work is.

use crate::words::Words;

/// Words of work that is not finished.
pub(super) static UNFINISHED: Words = Words::new(
    "尚未完成 还未完成 仍未完成 未完成 没有完成 尚未启动 尚未开工 尚未开展 未启动 未开工 还没动工 没有动工 正在推进 \
     正在建设 正在施工 正在实施 正在办理 正在招标 正在编制 正在开展 推进中 施工中 建设中 尚未验收 前期阶段 进度滞后 \
     还差 尚差 尚未报批 尚未批复 尚未办理 尚未安装 尚未交付 尚未动 没验收 未验收 还没 还未",
);

/// Words of work that is finished: beside them, what is unfinished is something else.
pub(super) static FINISHED: Words = Words::new(
    "已完成 全部完成 已全部 均已 都已 已建成 已竣工 竣工 完工 已办结 圆满完成 完成率100% 完成100% 已达 达标 \
     通过验收 验收合格 验收通过 通过市级 通过区级 投入使用 投用 通车 建成 办结 弄好 修好 装好 做完 办完 干完 搞好 \
     全部 齐了 收官 完毕 算完成 算办结 算做完",
);

/// Words of a part or a step of a piece of work: that it is finished says little of the whole.
pub(super) static STAGES: Words = Words::new(
    "阶段 前期 方案 主体 招标 设计 选址 图纸 编制 摸底 调研 立项 可研 一期 第一批 首批 部分 初步 基本 路基 初稿 \
     踏勘 勘察 基础",
);

/// Words of beginnings that a finished task has no more.
pub(super) static BEGINNINGS: Words = Words::new("启动 开工 动工 着手 招标 立项 选址 开始建设 开始实施");

/// Words of endings.
pub(super) static ENDINGS: Words = Words::new("完成 建成 竣工 完工 投用 交付 验收 做完 封顶 投入使用");

/// Words that put something into the future.
pub(super) static FUTURE: Words = Words::new("将 拟 计划 尽快 尽早 抓紧 力争 争取 准备 预计 确保 要到 才能");

/// Words of another, later piece of work.
pub(super) static LATER: Words =
    Words::new("下一批 二期 三期 后续 新一轮 下一轮 第二轮 明年 下年 次年 第二批 其他 下一年度 新的 另 新增 提升");

/// Words of what goes on after the end: care, accounts, honours.
pub(super) static UPKEEP: Words = Words::new(
    "管护 管理 巩固 维护 维修 保持 保养 长效 常态 跟踪 宣传 巡查 运维 日常 总结 归档 申报 推广 复核 回头看 优化 \
     结算 审计 决算 运营 运行 营业 加强 坚持 授牌 挂牌 评审费",
);

/// What is left over.
pub(super) static REMAINDERS: Words = Words::new("还差 尚差 只差 就差 还剩 剩余 剩下 余下 尚余 尚有 还有 其余");

/// Words with which a clause begins that tells what is excepted from what was said before.
pub(super) static EXCEPT: Words =
    Words::new("唯有 惟有 只有 就是 但 但是 只是 不过 剩 还剩 只剩 就剩 仅剩 尚有 还有 只差 就差 还差");

/// Words beside a remainder by which it is done with, or none.
pub(super) static SETTLED: Words = Words::new("已 均 都 全部 结清 好了");

/// Words of a part that was reached.
pub(super) static PARTS: Words =
    Words::new("一半 过半 大半 只完成 仅完成 只做 仅做 只弄 才完成 才做 只签 部分未 部分没 部分点位未");

/// Words of the whole, one of which a narrative has that tells that all is done.
pub(super) static WHOLE: Words = Words::new("全 均 都 竣工 完工");

/// Work that is going on.
pub(super) static GOING_ON: Words = Words::new(
    "正在 还在 仍在 尚在 在编 在改 在谈 在砌 在装 在走 在选 在批 在建 在施工 在推进 在做 在弄 在铺 在拆 在修 在征 \
     在签 在招 前期手续 收尾 扫尾 在核对 在测试 在审核 在修改 在完善 在协商 在沟通 在洽谈 在征集 在收集 在整理 \
     在汇总 在统计 在登记 在报批 在公示 在评审 在评估 在安装 在调试 在改造 在等 在催 在跑 在凑 在办 在审 在磨 处于 \
     处在",
);

/// What is waited for, or still to be done.
pub(super) static WAITING: Words = Words::new(
    "待批 待区 待上级 待验收 待完成 待安装 待施工 待交付 待开工 待进场 待审 待定 等待 要等 等区 等上级 等批 还要 \
     还得 还需 尚需 仍需 再改 才能 另定 先做一 开标",
);

/// What hinders.
pub(super) static HINDRANCES: Words = Words::new(
    "滞后 受阻 停工 停滞 搁置 卡住 卡在 不统一 谈不拢 不愿 不肯 没通过 不同意 偏慢 缓慢 进度慢 缺口 不够 拖着 拖了 \
     返工 复工 停着",
);

/// A beginning that was only just made.
pub(super) static JUST_BEGUN: Words = Words::new("刚 初稿 草案 已开工 开工建设 进场施工 已启动 已进场");

/// Times to come, in a plan.
pub(super) static TIMES: Words = Words::new("月 年底 季度 下半年");

/// Verbs of work, as they follow 未 and 没.
pub(super) static WORK: Words = Words::new(
    "完成 完工 竣工 建 交付 交工 验收 安装 装 启动 启用 开工 动工 开展 开始 实施 签 批复 批 报批 办 落实 到位 通电 \
     通水 通车 通过 投用 投入 使用 做 弄 搞 动 搬 拆 付 出来 出图 出台 出具 出数 定 确定 进场 下来 上报 报 开通 \
     开业 改 修 铺 搭 收 拿到 形成 印发 结束 封顶 达标 达到 覆盖 招 选 谈 征 腾 审 领 发 清 交 接 敲定 落地 定 齐 \
     完 取得 过审 过会 过关 施工 搭 摊铺 浇 砌 粉刷 移交",
);

/// Adverbs between 未 and the verb.
pub(super) static ADVERBS: Words =
    Words::new("全部 全 完全 正式 最终 及时 按期 按时 真正 实质性 实际 能 得到 进行 有 人");

/// What begins like a verb of work, and is well when it did not happen.
pub(super) static NO_HARM: Words =
    Words::new("出现 发生 发现 接到 收到 动用 办法 报警 批先 接报 出险 出事 收取 建档立卡");

/// Words that say that nothing has happened.
pub(super) static NOTHING_YET: Words = Words::new(
    "没有 尚未 未启动 未开工 未开展 还没 没动 未动 暂无 暂未 还未 未列入 待 拟 计划 将 准备 还在 仍在 等待 等上级 \
     等区 下半年 下季度 再干 再动 再说 再做 再开",
);

/// Words that only look like one that says that nothing has happened.
pub(super) static OTHER_WORDS: Words = Words::new("接待 招待 待遇 期待 优待 将军 计划生育");

/// Words of preparation: 未启动 beside them is what a careful clerk writes.
pub(super) static PREPARING: Words = Words::new(
    "前期 方案 选址 调研 摸底 谋划 研究 讨论 立项 可研 论证 酝酿 对接 申报 摸排 设计 踏勘 协调会 座谈 议过 \
     找了 打算 想收 想租 想建 想做 想办 想搞 想要",
);

/// Measure words of what is counted.
pub(super) const MEASURES: &str =
    "个户人次条期份处栋台根家米公亩名项件批场座艘株吨万元宗幢间套只盏本张单天遍轮船车袋箱里层块片口面幅对双桶";

/// Words beside a figure that say what there is or what is asked, not what was done.
pub(super) static STOCK: Words = Words::new("涉及 共有 现有 辖区 目标 任务 需 应 下达 指标 预算 分配");

/// Words of work that was done, or is being done where it can be seen.
pub(super) static DONE: Words = Words::new(
    "已完成 已建成 已开工 开工了 动工了 开工建设 月动工 月开工 日动工 日开工 进场施工 已启动 完成投资 建成 竣工 \
     完工 验收 投入使用 投用 正在施工 正在建设 正在浇 正在铺 正在砌 正在装 正在安装 正在拆 正在改造 开始建设 \
     开始施工 封顶 铺设完成 全部完成 一半 已开播 已开业 已开园 已开课 已投用 挂牌营业 已挂牌 已上线 已运行 已运营 \
     已落成 已交付 已通车 已供水 已获奖 评上 拿到牌子",
);

/// Verbs of work done, beside a figure.
pub(super) static VERBS: Words = Words::new(
    "装了 建了 修了 换了 做了 办了 拆了 收进 收来 发放 新增 完成 带货 培训 改造 新建 安装 整治 清理 投入 开展 举办 发出 收回 \
     调度 通报 约谈 走访 收到 办结 签约 拆除 腾空 种下 接待 售出 搬迁 铺设 到账 下发 建档 组建 换届 上岗 入驻 发证 颁证 收储 浇筑 砌筑 了",
);

/// Verbs of work that can be seen, in one character.
pub(super) const VISIBLE: &str = "收修拆装换种铺挖砌浇刷搬迁付卖买挂运清盖做办弄";

/// A narrative that is about the period, not about the task.
pub(super) static OF_THE_PERIOD: Words = Words::new("季度 本期 上半年 下半年 本月 月份 批 阶段 当前 年度计划");

/// Words of work that goes faster than it must.
pub(super) static AHEAD: Words = Words::new("快于序时 超序时 超前 超过序时 提前完成 超额完成");

/// Words that only look like one of work that goes on: 现在, 其中.
pub(super) static NOT_GOING_ON: Words = Words::new(
    "现在 存在 已将 接待 期待 优待 待遇 其中 集中 村中 家中 途中 手中 之中 初中 高中 正式 正常 正确 正规 正面 正月 \
     正好 正值 正是 正能量 真正 改正 纠正 公正 刚好 刚完成 刚建成 刚验收 刚通过 刚挂牌 刚拿到 刚竣工 刚刚完成 \
     刚刚建成 处于领先 处于前列 办公 正在使用 使用中 运行中 运营中 \
     用工缺口 招工缺口 岗位缺口 企业复工 节后复工 年后复工 复工复产",
);

/// Words that hold a word of [`FINISHED`] and say the opposite.
pub(super) static NOT_WHOLLY: Words =
    Words::new("未全部 没全部 未完 没完 不算完成 未算完成 没算完成 才算完成 才算办结 才算做完 不算办结");

/// Words of [`REMAINDERS`] that may go on with anything.
pub(super) static GOES_ON: Words = Words::new("尚有 还有 其余");
