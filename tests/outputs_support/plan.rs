//! A small plan: a task with two indicators, one with a rate, one without a number; three townships.

use hedui::list::{Direction, Form, Indicator, PLAN_SCHEMA, Plan, Rules, Task, Township};

fn indicator(name: &str, value: f64, unit: &str, adds_up: bool) -> Indicator {
    Indicator {
        name: name.into(),
        direction: Direction::AtLeast,
        value,
        unit: unit.into(),
        when: "每年".into(),
        adds_up,
        quote: format!("{name}超{value}{unit}"),
        ..Indicator::default()
    }
}

fn task(number: u32, name: &str, content: &str, indicators: Vec<Indicator>) -> Task {
    Task {
        number,
        section: if number < 3 { "一、发展目标" } else { "二、城乡融合" }.into(),
        subsection: (number >= 3).then(|| "（一）完善规划体系".into()),
        name: name.into(),
        name_inherited: false,
        content: content.into(),
        leads: vec!["区发改局".into()],
        supports: vec!["各街道乡镇".into()],
        deadline: None,
        townships: None,
        confirmed: false,
        aliases: Vec::new(),
        indicators,
    }
}

pub(crate) fn plan() -> Plan {
    let townships = ["北岙街道", "东屏街道", "鹿西乡"];
    Plan {
        schema: PLAN_SCHEMA.into(),
        title: "示范方案责任分解".into(),
        years: [2023, 2027],
        townships: townships.iter().map(|name| Township { name: (*name).into(), aliases: Vec::new() }).collect(),
        tasks: vec![
            task(
                1,
                "重大项目建设",
                "全区每年滚动推进重大项目90个以上,完成投资额超60亿元。",
                vec![indicator("重大项目", 90.0, "个", true), indicator("完成投资额", 60.0, "亿元", true)],
            ),
            task(2, "城镇化率", "常住人口城镇化率达到60%。", vec![indicator("城镇化率", 60.0, "%", false)]),
            task(3, "规划体系", "构建“1+3+N”规划体系。", Vec::new()),
        ],
        wordings: hedui::list::Wordings::default(),
        form: Form::default(),
        rules: Rules::default(),
    }
}
