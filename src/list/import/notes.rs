//! What was read, or left out, that a person would not see in the plan? No slips of the document, one sentence each.

use super::listing::Listing;
use super::roster;
use super::tasks::Made;
use crate::list::plan::Task;

/// The notes on a list that was read, in the order in which an office sees to them.
pub(super) fn notes(made: &Made, listing: &Listing) -> Vec<String> {
    let tasks = &made.tasks;
    let notes =
        [targets(tasks), not_for_townships(tasks), for_some_townships(tasks), standing(made), left_out(listing)];
    notes.into_iter().flatten().collect()
}

/// How many targets were read, and which tasks have none.
fn targets(tasks: &[Task]) -> Option<String> {
    let count = tasks.iter().map(|task| task.indicators.len()).sum::<usize>();
    let without = numbers(tasks.iter().filter(|task| task.indicators.is_empty()));
    let told = match (count, without.is_empty()) {
        (0, _) => "任务内容中没有读出量化指标，有的话请在方案的“指标”表里补上".to_owned(),
        (_, true) => format!("读出 {count} 个指标，每项任务都有，请在方案的“指标”表里逐行核对"),
        (_, false) => {
            format!("读出 {count} 个指标，请在方案的“指标”表里逐行核对；没有读出指标的是任务 {without}，有漏掉的请补上")
        }
    };
    (!tasks.is_empty()).then_some(told)
}

/// Tasks that name no township: the office decides whether townships report them all the same.
fn not_for_townships(tasks: &[Task]) -> Option<String> {
    let silent = |task: &&Task| task.townships.is_none() && !roster::names_all_together(task);
    let found = numbers(tasks.iter().filter(silent));
    (!found.is_empty()).then(|| {
        format!(
            "责任单位中没有写到乡镇街道的是任务 {found}，暂按各乡镇街道都要报送；不用报送的，请在“任务”表的“只由这些乡镇街道报送”一栏写“无”"
        )
    })
}

/// Tasks that name some of the townships.
fn for_some_townships(tasks: &[Task]) -> Option<String> {
    let some = tasks.iter().filter_map(|task| {
        let names = task.townships.as_ref().filter(|names| !names.is_empty())?;
        Some(format!("任务 {}（{}）", task.number, names.join("、")))
    });
    let some = some.collect::<Vec<_>>().join("，");
    (!some.is_empty()).then(|| {
        format!(
            "责任单位中只写了部分乡镇街道的，暂按只由这些乡镇街道报送：{some}；其他乡镇街道也要报送的，请把这一栏清空"
        )
    })
}

/// Deadlines such as 长期坚持.
fn standing(made: &Made) -> Option<String> {
    let told = made.standing.iter().map(|(task, words)| format!("任务 {task}（“{words}”）"));
    let told = told.collect::<Vec<_>>().join("、");
    (!told.is_empty()).then(|| format!("完成时限没有截止日期、方案里空着的：{told}"))
}

/// Columns that a plan has no place for.
fn left_out(listing: &Listing) -> Option<String> {
    let titles = listing.left_out.join("、");
    (!titles.is_empty()).then(|| format!("文件中没有收入方案的：{titles}；用到时请查公布的文件"))
}

/// The numbers of tasks, neighbours as a span: 3、5—8、12.
fn numbers<'a>(tasks: impl Iterator<Item = &'a Task>) -> String {
    let mut spans: Vec<[u32; 2]> = Vec::new();
    for number in tasks.map(|task| task.number) {
        match spans.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => spans.push([number; 2]),
        }
    }
    let shown = spans.iter().map(|[first, last]| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}—{last}"),
    });
    shown.collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use crate::list::import::{from_document, text};

    #[test]
    fn what_an_office_would_not_see_in_the_plan() {
        let text = "某县2025年任务分解表\n序号|任务名称|主要内容|牵头单位|配合单位|责任人|完成时限|备注\n\
                    1|修路|新建公路20公里。|县交通局|各乡镇（街道）|王建华|2025年12月|\n\
                    2|茶园|改造茶园300亩。|县农业农村局|青石岭镇、茶坪乡|李桂芳|2025年12月|\n\
                    3|排查|开展排查。|县民政局|县财政局|孙德才|长期坚持|\n\
                    4|建库|完善制度。|县商务局|县财政局|孙德才|2025年9月|\n";
        let imported = from_document(&text::document(text), "").unwrap();
        let told = imported.notes.join("\n");
        for expected in [
            "读出 2 个指标",
            "没有读出指标的是任务 3、4",
            "没有写到乡镇街道的是任务 3、4",
            "任务 2（青石岭镇、茶坪乡）",
            "任务 3（“长期坚持”）",
            "没有收入方案的：“责任人”；",
        ] {
            assert!(told.contains(expected), "{expected}: {told}");
        }
        assert_eq!(imported.plan.tasks[1].townships, Some(vec!["青石岭镇".to_owned(), "茶坪乡".to_owned()]));
        assert!(imported.plan.faults().is_empty());
        let labels = "某县2025年任务分解\n一、任务\n1.修路。新建公路2公里。\n责任单位：县甲局\n责任人：王建华\n2.建园。新建公园2个。\n责任单位：县乙局\n责任人：李桂芳";
        let labelled = from_document(&text::document(labels), "").unwrap().notes.join("\n");
        assert!(labelled.contains("没有收入方案的：“责任人”；"), "{labelled}");
        let roster = imported.defects.iter().find(|defect| defect.found.contains("名册")).unwrap();
        assert!(roster.found.contains("青石岭镇、茶坪乡") || roster.found.contains("茶坪乡、青石岭镇"));
    }
}
