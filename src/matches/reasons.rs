//! Why: the pieces of evidence for and against an answer, in words that a clerk reads.

use std::cell::RefCell;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::context::Weighed;
use super::evidence::{Evidence, Piece};
use super::index::PlanIndex;
use super::model::Numbers;

/// A piece that moves the sum by less than this is not worth a word.
const LEAST_CONTRIBUTION: f64 = 0.25;
/// At most so many reasons are given.
const MOST_REASONS: usize = 5;

/// So many sentences are kept.
const SENTENCES_KEPT: usize = 8000;

thread_local! {
    /// Sentences by their words, those about similarities by what is similar and how much: many rows have the same.
    static SENTENCES: RefCell<FxHashMap<(&'static str, u64), Arc<str>>> = RefCell::default();
}

/// The reasons for one answer of a row, weightiest first; what speaks against it is marked so.
pub(super) fn reasons(weighed: &Weighed, answer: usize, index: &PlanIndex, numbers: &Numbers) -> Vec<Arc<str>> {
    let (tasks, evidence) = (weighed.answers.tasks_of(answer), weighed.answers.evidence(answer));
    let mut telling: Vec<(u64, Piece)> = Vec::with_capacity(Piece::ALL.len());
    for (place, strength) in evidence.present() {
        let weight = numbers.contribution(place, strength).abs();
        if strength > 0.0 && weight >= LEAST_CONTRIBUTION {
            // The bits of numbers that are not negative are in the order of the numbers.
            telling.push((weight.to_bits(), Piece::ALL[place]));
        }
    }
    // Few of the pieces come to word: they are not put in order any further.
    let mut telling = BinaryHeap::from(telling);
    let mut reasons: Vec<Arc<str>> = Vec::with_capacity(MOST_REASONS + 1);
    while let Some(&(weight, _)) = telling.peek().filter(|_| reasons.len() < MOST_REASONS) {
        let begin = reasons.len();
        while telling.peek().is_some_and(|next| next.0 == weight)
            && let Some((_, piece)) = telling.pop()
        {
            let sentence = sentence(piece, weighed, tasks, &evidence, index);
            reasons.extend(sentence.filter(|sentence| !reasons.contains(sentence)));
        }
        // Those that weigh the same, in the order of their sentences.
        reasons[begin..].sort();
    }
    reasons.truncate(MOST_REASONS);
    reasons
}

/// The reasons for a match by hidden key.
pub(super) fn key_reasons(contradicted: bool) -> Vec<Arc<str>> {
    let mut reasons = vec!["模板行标识一致".into()];
    if contradicted {
        reasons.push("但本行文字与标识所指任务明显不符，请人工确认".into());
    }
    reasons
}

/// What a piece says in words; `None` where it says nothing or another piece says it better.
fn sentence(
    piece: Piece,
    weighed: &Weighed,
    tasks: &[usize],
    evidence: &Evidence,
    index: &PlanIndex,
) -> Option<Arc<str>> {
    let strength = evidence.get(piece);
    if strength <= 0.0 {
        return None;
    }
    let sentence = match piece {
        Piece::NameSame => said("任务名称一致"),
        Piece::NameHolds => said("名称中含有官方任务名称"),
        Piece::NameWithin => said("名称是官方任务名称的一部分"),
        Piece::NameEdit | Piece::NameCovered | Piece::NameCoveredByAll => similarity("名称", strength),
        Piece::NameAbbreviates => said("名称是官方用语的简称"),
        Piece::ContentSame => said("主要内容一致"),
        Piece::ContentWithin => said("文字是官方主要内容中的原句"),
        Piece::ContentCovered | Piece::ClauseCovered => similarity("主要内容", strength),
        Piece::ClauseSame => said("含有官方主要内容中的一句"),
        Piece::Explained | Piece::CoveredWeight | Piece::NameExplained | Piece::ContentExplained => {
            similarity("用词", evidence.get(Piece::Explained))
        }
        // Syllables meet by chance more often than characters do.
        Piece::SoundsExplained if strength >= 0.6 && strength > evidence.get(Piece::Explained) + 0.25 => {
            said("读音相近，可能是输入法选错了字")
        }
        Piece::WordingLikely if strength >= 0.95 => said("这样的说法多指这项任务"),
        Piece::WordingBest if strength >= 0.4 => similarity("与这项任务的常见说法", strength),
        Piece::NoneWordingBest if strength >= 0.3 => similarity("与清单外常见工作的说法", strength),
        Piece::NoneWordingUnlike => said("与各项任务的常见说法都不相近"),
        Piece::MeaningExplained | Piece::NameMeant => said("有意思相同的说法"),
        Piece::NarrativeNames | Piece::NarrativeMeans | Piece::NarrativeWeight if strength >= 0.3 => {
            said("进展情况中提到这项任务")
        }
        Piece::PairsExplained => similarity("用词", strength),
        Piece::NarrativeLikely if strength >= 0.95 => said("进展情况多像在说这项任务"),
        Piece::NarrativeFigures => said("进展或备注中的数字与官方目标一致"),
        Piece::PartsElsewhere => said("一部分文字更像别的任务"),
        Piece::PartsInside | Piece::PartsMeant => said("各部分文字都指向这里"),
        Piece::NoneNarrative => said("进展情况没有提到任何一项任务"),
        Piece::NoneOwnWork => said("写的是清单之外的日常工作"),
        Piece::FiguresAgree => said("文中数字与官方目标一致"),
        Piece::FiguresDiffer => said("文中数字与官方目标不同"),
        Piece::HeadingAgrees => said("所在章节一致"),
        Piece::LeadNamed => said("写有牵头单位"),
        Piece::AgenciesAgree => said("责任单位相符"),
        Piece::OwnNameCovered | Piece::OwnGain | Piece::OwnPart | Piece::OwnMeaning | Piece::PartsSpell => {
            said("一行中写有几项任务")
        }
        Piece::NumberAgrees => said("序号一致"),
        Piece::NumberDiffers => number_differs(weighed, tasks, index),
        Piece::AfterNeighbour | Piece::BeforeNeighbour | Piece::BetweenNeighbours => said("与上下行的任务顺序相接"),
        Piece::AnsweredElsewhere => said("同一任务另有一行填报"),
        Piece::NeighbourSame | Piece::GroupAgrees => said("与相邻行填报同一任务"),
        Piece::ParentSame | Piece::ParentSameByName => said("列在这项任务的一行之下"),
        Piece::ParentSameAddsUp => said("列在这项任务的一行之下，数字与该行合得上"),
        Piece::SameWordingAgrees => said("写法相同的其他行也填报这项任务"),
        Piece::NoneUnknown | Piece::NoneUnexplained | Piece::NonePairs | Piece::NoneRarest | Piece::NoneMeaning => {
            said("用词大多不见于任务清单")
        }
        Piece::NoneNameUncovered | Piece::NoneLittleCovered => said("与各项任务的名称、内容都不相近"),
        Piece::NoneNeighbours => said("相邻行也不在清单中"),
        Piece::NoneParent => said("所属的上一级行也不在清单中"),
        Piece::NoneParentOther => said("列在一项任务之下"),
        Piece::NoneHeading => said("列在自选或其他工作之下"),
        Piece::NoneNumberBlank => said("没有写序号"),
        Piece::SoundsExplained
        | Piece::WordingBest
        | Piece::WordingLikely
        | Piece::RunsLikely
        | Piece::WordingSeveral
        | Piece::WordingHeld
        | Piece::NoneWordingBest
        | Piece::NoneWordingSeveral
        | Piece::RarestShared
        | Piece::PartsDiffer
        | Piece::OwnMeant
        | Piece::NarrativeNames
        | Piece::NarrativeMeans
        | Piece::NarrativeWeight
        | Piece::NarrativeExplained
        | Piece::NarrativeLikely
        | Piece::NarrativeRunsLikely
        | Piece::MoreTasks
        | Piece::Consecutive
        | Piece::None
        | Piece::NoneShort => return None,
    };
    Some(sentence)
}

/// 名称相近(0.86)
fn similarity(what: &'static str, strength: f64) -> Arc<str> {
    kept((what, strength.to_bits()), || {
        let word = if strength >= 0.5 { "相近" } else { "略有相近" };
        format!("{what}{word}({strength:.2})").into()
    })
}

/// A sentence that is always the same.
fn said(words: &'static str) -> Arc<str> {
    kept((words, 0), || words.into())
}

/// A sentence that is made once.
fn kept(key: (&'static str, u64), make: impl FnOnce() -> Arc<str>) -> Arc<str> {
    SENTENCES.with_borrow_mut(|made| {
        if made.len() < SENTENCES_KEPT {
            Arc::clone(made.entry(key).or_insert_with(make))
        } else {
            made.get(&key).map_or_else(make, Arc::clone)
        }
    })
}

/// 序号不符:写12,应为37
fn number_differs(weighed: &Weighed, tasks: &[usize], index: &PlanIndex) -> Arc<str> {
    let list = |numbers: Vec<u32>| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let written = list(weighed.row.numbers.clone());
    let official = list(tasks.iter().map(|&task| index.tasks[task].number).collect());
    format!("序号不符：写{written}，应为{official}").into()
}
