//! What does a township tell of its progress? Narratives put together from parts, with figures and places of their own.

use fastrand::Rng;

use super::names;

const OPENINGS: &[&str] = &[
    "一季度以来",
    "今年以来",
    "年初至今",
    "截至3月底",
    "截至目前",
    "本季度",
    "3月份以来",
    "春节后",
    "按照区里部署",
    "结合我地实际",
    "在专班推动下",
    "经与部门对接",
    "通过现场协调",
    "经班子会专题研究",
    "依托网格排查",
    "对照任务清单",
];
const ACTIONS: &[&str] = &[
    "召开专题推进会{n}次",
    "走访农户{n}户",
    "排查问题点位{n}处",
    "落实专项资金{n}万元",
    "组织培训{n}期",
    "与{v}签订协议{n}份",
    "在{v}开工建设{n}个点位",
    "完成{v}立面改造{n}米",
    "发放宣传材料{n}份",
    "新增岗位{n}个",
    "整治乱堆乱放{n}处",
    "流转土地{n}亩",
    "种植粮食{n}亩",
    "改造管网{n}米",
    "清理河道{n}公里",
    "补植绿化{n}平方米",
    "巡查海塘{n}次",
    "办理审批件{n}件",
    "调解纠纷{n}起",
    "引进企业{n}家",
    "慰问困难户{n}户",
    "开展文化活动{n}场",
    "完成{v}测绘建档{n}幢",
    "评出美丽庭院{n}户",
    "接待游客{n}人次",
    "实现销售额{n}万元",
    "建成充电桩{n}个",
    "改厕{n}座",
    "安装路灯{n}盏",
    "硬化道路{n}米",
    "培育家庭农场{n}家",
    "登记失业人员{n}人",
];
const EFFECTS: &[&str] = &[
    "群众反响较好",
    "{v}已完成验收",
    "正在报批",
    "总体进度符合预期",
    "{v}和{w}先行试点",
    "台账已上报",
    "形成初步方案",
    "为下步工作打下基础",
    "得到区级部门肯定",
    "剩余部分正在扫尾",
    "{v}经验在全域推广",
    "施工单位已进场",
    "设计已通过评审",
    "资金已拨付到位",
    "已列入年度计划",
    "与{w}同步推进",
];
const PROBLEMS: &[&str] = &[
    "{v}政策处理进度慢",
    "资金缺口约{n}万元",
    "专业人员不足",
    "部门数据尚未共享",
    "用地指标紧张",
    "{v}村民意见不一",
    "材料价格上涨",
    "雨季影响施工",
    "运营主体实力偏弱",
    "后续管护经费没有落实",
    "{w}老旧管线情况不明",
    "市场行情不稳",
];
const PLANS: &[&str] = &[
    "二季度完成{v}剩余{n}个点位",
    "倒排工期，确保6月底前完工",
    "与区级部门对接落实资金{n}万元",
    "每周调度一次，逐项销号",
    "组织{v}、{w}观摩学习",
    "尽快完成招投标",
    "对{n}户逐户走访",
    "迎接省级复核",
    "{v}四月底前启动",
    "完善长效管护办法",
    "推广{w}做法",
    "再排查一轮，建立问题清单",
];
const FAMILY: &str = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志红";

/// What was done: two to four clauses that name the task's subject.
pub(crate) fn progress(subject: &str, random: &mut Rng) -> String {
    let opening = pick(OPENINGS, random);
    let mut text = if random.bool() { format!("{opening}，围绕{subject}，") } else { format!("{opening}，") };
    for _ in 0..=random.usize(..3) {
        text.push_str(&filled(pick(ACTIONS, random), random));
        text.push('，');
    }
    text.push_str(&filled(pick(EFFECTS, random), random));
    text.push('。');
    text
}

/// What stands in the way; of two rows one says nothing.
pub(crate) fn problem(random: &mut Rng) -> String {
    if random.bool() { String::new() } else { filled(pick(PROBLEMS, random), random) }
}

/// What comes next.
pub(crate) fn plan(random: &mut Rng) -> String {
    filled(pick(PLANS, random), random)
}

/// A person and a telephone number.
pub(crate) fn contact(random: &mut Rng) -> String {
    let family: Vec<char> = FAMILY.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    let (one, two) = (given[random.usize(..given.len())], given[random.usize(..given.len())]);
    format!("{}{one}{two} 138{:08}", family[random.usize(..family.len())], random.u32(..100_000_000))
}

fn pick<'a>(parts: &[&'a str], random: &mut Rng) -> &'a str {
    parts[random.usize(..parts.len())]
}

/// A part with its figure and its places filled in.
fn filled(part: &str, random: &mut Rng) -> String {
    let figure = (2 + random.u32(..480)).to_string();
    part.replace("{n}", &figure).replace("{v}", &names::village(random)).replace("{w}", &names::village(random))
}
