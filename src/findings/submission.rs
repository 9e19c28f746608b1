//! Is there one readable workbook of each township, whose is it, and for which period?

use std::collections::BTreeMap;

use super::context::{Context, Run, shorten};
use super::finding::{Finding, Kind, Severity};
use super::other_plan::old_template;
use crate::location::CellRef;
use crate::matches::Head;
use crate::period::{Period, PeriodPart};
use crate::records::{Attribution, Evidence, EvidencePlace, KeptRole, Submission, SubmissionStatus};

pub(super) static MISSING_SUBMISSION: Kind = Kind {
    code: "missing-submission",
    title: "未报送",
    severity: Severity::Error,
    reports: "名单上的乡镇街道本期没有报送任何文件。",
    matters: "汇总表中该单位全部空白，全区的合计也不完整。",
    remedy: "催报；若已报送，请查看文件里是否写明了填报单位。",
    example: "鹿西乡没有文件：发来填好的表后消除。",
};

pub(super) static DUPLICATE_SUBMISSION: Kind = Kind {
    code: "duplicate-submission",
    title: "重复报送",
    severity: Severity::Warning,
    reports: "一个单位本期报了几份表，只采用其中一份；说明采用哪一份、为什么。",
    matters: "采用了旧的一份，汇总的就是过时的数。",
    remedy: "核对采用的是否为最后一份；不是的，请把作废的文件移出文件夹后重新汇总。",
    example: "“元觉街道一季度.xlsx”和“元觉街道一季度(更正).xlsx”：采用更正的一份；移走旧文件后消除。",
};

pub(super) static UNKNOWN_TOWNSHIP: Kind = Kind {
    code: "unknown-township",
    title: "填报单位不明",
    severity: Severity::Error,
    reports: "表里、工作表名和文件名都看不出是哪个单位报的。",
    matters: "不知道归到谁名下，这份表的内容不会计入汇总。",
    remedy: "请在表头写明“填报单位：××街道”，或者把单位名称写进文件名。",
    example: "“汇总表.xlsx”没有单位名称：改名为“北岙街道汇总表.xlsx”后消除。",
};

pub(super) static CONFLICTING_TOWNSHIP: Kind = Kind {
    code: "conflicting-township",
    title: "填报单位不一致",
    severity: Severity::Warning,
    reports: "同一份表的两处写着不同的单位；说明按哪一个归集、为什么。",
    matters: "归错了单位，两个单位的数都会错。",
    remedy: "请核对填报单位，把写错的一处改过来。",
    example: "填报单位写“北岙街道”，文件名写“东屏街道”：改正其中一处后消除。",
};

pub(super) static UNREADABLE_WORKBOOK: Kind = Kind {
    code: "unreadable-workbook",
    title: "文件打不开",
    severity: Severity::Error,
    reports: "文件损坏、加了密码、不是工作表文件，或者超过大小限制，无法读取。",
    matters: "文件里的内容一个也没有计入汇总。",
    remedy: "请在本机打开确认后另存为 xlsx 重新发送；加了密码的请先取消密码。",
    example: "文件只传了一半：重新发送完整的文件后消除。",
};

pub(super) static NO_TABLE: Kind = Kind {
    code: "no-table",
    title: "没有填报表",
    severity: Severity::Error,
    reports: "文件能打开，但里面找不到填报表。",
    matters: "文件里的内容没有计入汇总。",
    remedy: "请用下发的模板填报；表格是图片的，请改报工作表。确实不是填报表的，请移出文件夹。",
    example: "文件夹里放着一份通讯录：移走后消除。",
};

pub(super) static HIDDEN_CONTENT: Kind = Kind {
    code: "hidden-content",
    title: "隐藏或划掉的内容",
    severity: Severity::Info,
    reports: "隐藏的工作表或者划掉的行里有内容；说明怎样处理的。",
    matters: "隐藏的往往是上期的旧表，划掉的往往是作废的行，都不应混入本期。",
    remedy: "请看一眼处理得是否合适；需要计入的，请取消隐藏或删除线后重新报送。",
    example: "“2023年四季度”工作表被隐藏：没有计入，内容留在“未归集内容”。",
};

pub(super) static WRONG_PERIOD: Kind = Kind {
    code: "wrong-period",
    title: "报送周期不符",
    severity: Severity::Warning,
    reports: "表上写的周期不是本次汇总的周期。",
    matters: "可能报的是上期的旧表，也可能只是标题没有改。",
    remedy: "请核对数据属于哪一期，更新标题或者换成本期的表。",
    example: "标题写“2023年第四季度”，本期是2024年第一季度：改正标题后消除。",
};

/// Finds what is wrong with the submissions as a whole.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    duplicates(context, findings);
    for matched in context.submissions {
        let submission = &matched.submission;
        unusable(submission, findings);
        if submission.status == SubmissionStatus::Read {
            conflicting_township(submission, findings);
            period(context, submission, findings);
        }
        if matches!(submission.status, SubmissionStatus::Read | SubmissionStatus::UnknownTownship) {
            hidden(submission, findings);
            old_template(&context.prepared.forms, matched, findings);
        }
    }
}

/// Finds townships of the roster of which nothing arrived.
pub(super) fn missing(run: &Run<'_>, findings: &mut Vec<Finding>) {
    let mut filed: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
    for head in run.submissions.heads() {
        if let Some(township) = &head.township {
            filed.entry(township).or_default().push(head);
        }
    }
    for township in &run.plan.townships {
        let heads = filed.get(township.name.as_str()).map_or(&[][..], Vec::as_slice);
        if heads.iter().any(|head| !head.skipped) {
            continue;
        }
        let period = run.period.chinese();
        let blank: Vec<&str> = heads.iter().map(|head| head.file.as_str()).collect();
        let message = if blank.is_empty() {
            format!("{}没有报送{period}的表，请尽快补报。", township.name)
        } else {
            format!("{}没有报送{period}的表：{}是空白的填报表，请填好后补报。", township.name, quoted(blank))
        };
        let finding = Finding::new(&MISSING_SUBMISSION, message).township(Some(&township.name));
        findings.push(finding.expected("本期填报表一份").fix("补报本期填报表"));
    }
}

fn duplicates(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let by_township = context.by_township();
    let of = |name: &str, status: SubmissionStatus| -> Vec<&Submission> {
        let submissions = by_township.get(name).into_iter().flatten().map(|matched| &matched.submission);
        submissions.filter(|one| one.status == status).collect()
    };
    for &name in by_township.keys().filter(|name| context.prepared.roster.contains_key(*name)) {
        let old = of(name, SubmissionStatus::Superseded);
        if old.is_empty() {
            continue;
        }
        let files = |of: &[&Submission]| quoted(of.iter().map(|one| one.file.as_str()));
        let used = files(&of(name, SubmissionStatus::Read));
        let dropped = files(&old);
        let mut why: Vec<&str> =
            old.iter().filter_map(|one| one.superseded.as_ref()).map(|one| one.why.trim_end_matches('。')).collect();
        why.dedup();
        let why = if why.is_empty() { String::new() } else { format!("（{}）", why.join("；")) };
        let message = format!("{name}本期报了{}份表，采用{used}，不采用{dropped}{why}，请核对。", old.len() + 1);
        let finding = Finding::new(&DUPLICATE_SUBMISSION, message).township(Some(name)).found(dropped);
        findings.push(finding.expected(used).fix("把作废的文件移出文件夹"));
    }
}

/// Names of files, as a sentence names them.
fn quoted<'a>(files: impl IntoIterator<Item = &'a str>) -> String {
    files.into_iter().map(|file| format!("“{file}”")).collect::<Vec<_>>().join("、")
}

/// Files that could not be used at all.
fn unusable(submission: &Submission, findings: &mut Vec<Finding>) {
    let reason = submission.remarks.first().map_or("", |remark| remark.trim_end_matches('。'));
    let because = |words: &str| if reason.is_empty() { words.to_owned() } else { reason.to_owned() };
    let (kind, message, fix) = match submission.status {
        SubmissionStatus::NoTable if submission.skipped => return,
        SubmissionStatus::Unreadable if submission.skipped || is_lock_file(&submission.file) => return,
        SubmissionStatus::Unreadable => (
            &UNREADABLE_WORKBOOK,
            format!("文件“{}”没有读入：{}。", submission.file, because("打不开，请重新发送")),
            "另存为 xlsx 后重新发送",
        ),
        SubmissionStatus::NoTable => (
            &NO_TABLE,
            format!("文件“{}”里没有找到填报表，请用下发的模板填报。", submission.file),
            "用模板填报，或者把文件移出文件夹",
        ),
        SubmissionStatus::UnknownTownship => (
            &UNKNOWN_TOWNSHIP,
            format!("文件“{}”没有写明是哪个单位填报的，请补写填报单位。", submission.file),
            "在表头写明填报单位，或者把单位名称写进文件名",
        ),
        SubmissionStatus::Read | SubmissionStatus::Superseded => return,
    };
    let township = submission.township.value.as_deref();
    findings.push(Finding::new(kind, message).township(township).at(&submission.file, None, None).fix(fix));
}

/// Office programs leave lock and resource files beside open documents; nobody filed them.
fn is_lock_file(file: &str) -> bool {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.starts_with("~$") || name.starts_with("._") || name.starts_with(".~")
}

fn conflicting_township(submission: &Submission, findings: &mut Vec<Finding>) {
    let Some((taken, other)) = contradiction(&submission.township, |one, other| one == other) else { return };
    let message = format!(
        "{}写的是“{}”，{}写的是“{}”，现按“{}”归集，请核对后把写错的一处改过来。",
        named_place(taken),
        taken.value,
        named_place(other),
        other.value,
        taken.value
    );
    let finding = located(Finding::new(&CONFLICTING_TOWNSHIP, message), submission, other.cell);
    let fix = format!("把{}里的单位改为“{}”", named_place(other), taken.value);
    findings.push(finding.found(&other.value).expected(&taken.value).fix(fix));
}

/// The conclusion's evidence, and the strongest piece that contradicts it.
fn contradiction<T>(
    attribution: &Attribution<T>,
    agree: impl Fn(&T, &T) -> bool,
) -> Option<(&Evidence<T>, &Evidence<T>)> {
    let value = attribution.value.as_ref()?;
    let taken = attribution.evidence.iter().find(|piece| agree(&piece.value, value))?;
    let other = attribution.evidence.iter().filter(|piece| !agree(&piece.value, value));
    Some((taken, other.min_by_key(|piece| piece.place)?))
}

fn located(finding: Finding, submission: &Submission, cell: Option<(usize, CellRef)>) -> Finding {
    let sheet = cell.and_then(|(sheet, _)| submission.sheets.get(sheet)).map(|sheet| sheet.name.as_str());
    let cell = cell.map(|(_, cell)| cell).filter(|_| sheet.is_some());
    finding.township(submission.township.value.as_deref()).at(&submission.file, sheet, cell)
}

/// A place of evidence with its cell, where it has one: 标题（A1）.
fn named_place<T>(piece: &Evidence<T>) -> String {
    let words = place_words(piece.place);
    // Where the template keeps its key is nothing that a person looks at.
    match piece.cell.filter(|_| piece.place != EvidencePlace::Key) {
        Some((_, cell)) => format!("{words}（{}）", cell.a1()),
        None => words.to_owned(),
    }
}

const fn place_words(place: EvidencePlace) -> &'static str {
    match place {
        EvidencePlace::Key => "所用的模板",
        EvidencePlace::Caption => "表头的填报栏",
        EvidencePlace::Title => "标题",
        EvidencePlace::SheetName => "工作表名",
        EvidencePlace::Signature => "落款",
        EvidencePlace::FileName => "文件名",
        EvidencePlace::FolderName => "文件夹名",
    }
}

fn period(context: &Context<'_>, submission: &Submission, findings: &mut Vec<Finding>) {
    let agree = |stated: &Period| same_period(*stated, context.period);
    let stated = &submission.period;
    // The conclusion itself, else a caption or title that says something else: a heading nobody changed.
    let wrong = match stated.value {
        Some(value) if !agree(&value) => stated
            .evidence
            .iter()
            .filter(|piece| piece.value == value)
            .min_by_key(|piece| (piece.cell.is_none(), piece.place)),
        _ => stated.evidence.iter().find(|piece| {
            let written = matches!(piece.place, EvidencePlace::Caption | EvidencePlace::Title);
            // 2023年 may be in the plan's own title; 2024年度 over the first quarter of 2025 is last year's form.
            let whole_year = piece.value.part == PeriodPart::Year && !piece.text.contains("年度");
            written && piece.cell.is_some() && !whole_year && !agree(&piece.value)
        }),
    };
    let found = wrong.map(|piece| piece.value).or(stated.value.filter(|value| !agree(value)));
    let Some(found) = found else { return };
    let place = wrong.map_or_else(|| "表里".to_owned(), named_place);
    let asked = if context.period_asked { "本次汇总的是" } else { "多数单位报的是" };
    let message =
        format!("{place}写的是{}，{asked}{}，请核对数据属于哪一期。", found.chinese(), context.period.chinese());
    let finding = located(Finding::new(&WRONG_PERIOD, message), submission, wrong.and_then(|piece| piece.cell));
    // The key of a template is for machines.
    let read = wrong.filter(|piece| piece.place != EvidencePlace::Key);
    let words = read.map_or_else(|| found.chinese(), |piece| shorten(&piece.text, 40));
    let expected = context.period.chinese();
    findings.push(finding.found(words).fix(format!("改为{expected}")).expected(expected));
}

/// Whether a stated period is the one reported: the same end (1—3月 and 一季度), or the whole year around it.
fn same_period(stated: Period, reported: Period) -> bool {
    stated.last_day() == reported.last_day() || (stated.part == PeriodPart::Year && stated.year == reported.year)
}

fn hidden(submission: &Submission, findings: &mut Vec<Finding>) {
    let mut said = Vec::new();
    let mut stands: Vec<String> = Vec::new();
    for (index, sheet) in submission.sheets.iter().enumerate().filter(|(_, sheet)| sheet.hidden && sheet.cells > 0) {
        let kept: Vec<_> = submission.kept.iter().filter(|cell| cell.sheet == index).collect();
        // Lists and keys that our own templates keep out of sight.
        if !sheet.counted && !kept.is_empty() && kept.iter().all(|cell| cell.role == KeptRole::Key) {
            continue;
        }
        let treated =
            if sheet.counted { "已计入" } else { "没有计入（内容留在汇总表的“未归集内容”）" };
        said.push(format!("隐藏的工作表“{}”里有{}格内容，{treated}", sheet.name, sheet.cells));
        stands.push(format!("隐藏工作表“{}”的{}格", sheet.name, sheet.cells));
    }
    for (index, sheet) in submission.sheets.iter().enumerate() {
        let struck: Vec<String> = submission
            .records
            .iter()
            .enumerate()
            .filter(|(place, record)| !record.counted && !submission.replaced.contains_key(place))
            .filter(|(_, record)| record.sheet == index)
            .map(|(_, record)| record.at.row_number().to_string())
            .collect();
        if !struck.is_empty() {
            said.push(format!("工作表“{}”划掉的第{}行没有计入", sheet.name, struck.join("、")));
            stands.push(format!("划掉的第{}行", struck.join("、")));
        }
    }
    if said.is_empty() {
        return;
    }
    let message = format!("{}，请核对是否合适。", said.join("；"));
    let finding = Finding::new(&HIDDEN_CONTENT, message).township(submission.township.value.as_deref());
    findings.push(
        finding
            .at(&submission.file, None, None)
            .found(stands.join("；"))
            .fix("需要计入的，取消隐藏或者删除线后重新报送"),
    );
}
