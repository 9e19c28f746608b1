//! The pieces of evidence for "this record answers these tasks", each a number that a weight multiplies.
//!
//! A piece of evidence is read on its own (name against name, figures against figures …), so that a reviewer can be
//! told which of them spoke for a task and which against it. Similarities lie between 0 and 1; a blank cell gives 0 and
//! is told apart by a piece of its own.

/// Declares the pieces of evidence once: variant, key in the weights file.
macro_rules! pieces {
    ($($(#[doc = $doc:literal])+ $variant:ident = $key:literal,)+) => {
        /// A piece of evidence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Piece { $($(#[doc = $doc])+ $variant,)+ }

        impl Piece {
            /// All pieces, in the order of the weights file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Key in the weights file.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }
    };
}

pieces! {
    /// The name is the official name or a known short name.
    NameSame = "name_same",
    /// The name holds the whole official name and more.
    NameHolds = "name_holds",
    /// The name is a part of the official name.
    NameWithin = "name_within",
    /// Edit similarity of the two names.
    NameEdit = "name_edit",
    /// Share of the official name's weight that the row's name covers.
    NameCovered = "name_covered",
    /// Share of the official name's weight that all of the row's wordings cover.
    NameCoveredByAll = "name_covered_by_all",
    /// Share of the row's name that the task's name and content cover.
    NameExplained = "name_explained",
    /// The name is a subsequence of the official name or of a clause (四好路).
    NameAbbreviates = "name_abbreviates",
    /// The content is the official content.
    ContentSame = "content_same",
    /// The content is a piece of the official content, word for word.
    ContentWithin = "content_within",
    /// Share of the official content's weight that the row covers.
    ContentCovered = "content_covered",
    /// Share of the row's content that the task's wordings cover.
    ContentExplained = "content_explained",
    /// Best coverage of one clause of the official content.
    ClauseCovered = "clause_covered",
    /// A clause of the official content stands in the row word for word.
    ClauseSame = "clause_same",
    /// Share of the known weight of the row's wordings that the tasks cover.
    Explained = "explained",
    /// The covered weight itself, on a logarithmic scale.
    CoveredWeight = "covered_weight",
    /// Share of the row's syllables that the tasks' syllables cover.
    SoundsExplained = "sounds_explained",
    /// Share of the row's runs of two characters, unknown ones included, that the tasks hold.
    PairsExplained = "pairs_explained",
    /// How rare the rarest shared run of characters is.
    RarestShared = "rarest_shared",
    /// How likely the wording is under these tasks, beside the answer under which it is likeliest.
    WordingLikely = "wording_likely",
    /// The same for each run of characters, so that long rows count as short ones.
    RunsLikely = "runs_likely",
    /// Likeness to the likest known wording of exactly these tasks.
    WordingBest = "wording_best",
    /// Mean likeness to the three likest known wordings of exactly these tasks.
    WordingSeveral = "wording_several",
    /// Largest share of a known wording of exactly these tasks that the row holds.
    WordingHeld = "wording_held",
    /// Share of the row's meanings (words that are used for one another) that the tasks touch.
    MeaningExplained = "meaning_explained",
    /// Share of the official name's meanings that the row touches.
    NameMeant = "name_meant",
    /// Share of the narrative that the tasks cover.
    NarrativeExplained = "narrative_explained",
    /// Weight of the runs of two that narrative and tasks share, on a logarithmic scale.
    NarrativeWeight = "narrative_weight",
    /// Share of the official name that the narrative covers.
    NarrativeNames = "narrative_names",
    /// Share of the official name's meanings that the narrative touches.
    NarrativeMeans = "narrative_means",
    /// How likely the narrative is under these tasks, beside the answer under which it is likeliest.
    NarrativeLikely = "narrative_likely",
    /// The same for each run of characters of the narrative.
    NarrativeRunsLikely = "narrative_runs_likely",
    /// Figures of narrative and remark that stand in the official content.
    NarrativeFigures = "narrative_figures",
    /// Figures of the row that stand in the official content.
    FiguresAgree = "figures_agree",
    /// Figures of the row that stand there with another number.
    FiguresDiffer = "figures_differ",
    /// The heading above the row is the task's section.
    HeadingAgrees = "heading_agrees",
    /// The lead agency is named.
    LeadNamed = "lead_named",
    /// Share of the row's agencies that the official list names.
    AgenciesAgree = "agencies_agree",
    /// How many tasks beyond the first.
    MoreTasks = "more_tasks",
    /// Of several tasks: the weight that only the least supported one explains.
    OwnGain = "own_gain",
    /// Of several tasks: coverage of the least covered official name by what is the task's alone.
    OwnNameCovered = "own_name_covered",
    /// Of several tasks: the best coverage of the least supported one by one part of the name.
    OwnPart = "own_part",
    /// Of several tasks: the meanings of the least meant name, apart from the others', that the row touches.
    OwnMeaning = "own_meaning",
    /// Of several tasks: the best tasks of the parts of the name are exactly these.
    PartsSpell = "parts_spell",
    /// Parts of the name that a task outside the set explains better than any inside.
    PartsElsewhere = "parts_elsewhere",
    /// How likely the parts' words mean tasks of the set, on average.
    PartsMeant = "parts_meant",
    /// How likely the part that means the least meant task of the set most surely means it.
    OwnMeant = "own_meant",
    /// Share of the parts of the name whose best task is in the set, where the name has several parts.
    PartsInside = "parts_inside",
    /// Of several tasks: the number of parts differs from the number of tasks by so many.
    PartsDiffer = "parts_differ",
    /// Of several tasks: they follow each other in the list.
    Consecutive = "consecutive",
    /// The number column lists exactly these tasks, as far as the table's numbering can be trusted.
    NumberAgrees = "number_agrees",
    /// The number column says another task, as far as the table's numbering can be trusted.
    NumberDiffers = "number_differs",
    /// The rows above answer tasks just before, as far as the table keeps the list's order.
    AfterNeighbour = "after_neighbour",
    /// The rows below answer tasks just after, as far as the table keeps the list's order.
    BeforeNeighbour = "before_neighbour",
    /// The rows above and below lead to these tasks from both sides.
    BetweenNeighbours = "between_neighbours",
    /// Another record answers the task already.
    AnsweredElsewhere = "answered_elsewhere",
    /// A record next to it answers the same task.
    NeighbourSame = "neighbour_same",
    /// The records that share its task cell answer the same.
    GroupAgrees = "group_agrees",
    /// The row that it is probably a part of answers the same.
    ParentSame = "parent_same",
    /// The same where its name shows that it is one.
    ParentSameByName = "parent_same_by_name",
    /// The same where the figures of the parts add up.
    ParentSameAddsUp = "parent_same_adds_up",
    /// The other records with the same wording answer the same.
    SameWordingAgrees = "same_wording_agrees",
    /// No task: always 1.
    None = "none",
    /// No task: share of the wording that the plan does not know.
    NoneUnknown = "none_unknown",
    /// No task: what the best task leaves unexplained.
    NoneUnexplained = "none_unexplained",
    /// No task: what the best name leaves uncovered.
    NoneNameUncovered = "none_name_uncovered",
    /// No task: how little the best task covers, on a logarithmic scale.
    NoneLittleCovered = "none_little_covered",
    /// No task: what the best task leaves unexplained of the runs of two characters.
    NonePairs = "none_pairs",
    /// No task: how common the rarest run of characters is that the best task shares.
    NoneRarest = "none_rarest",
    /// No task: how little narrative and best task share.
    NoneNarrative = "none_narrative",
    /// No task: how little of its meaning the best task touches.
    NoneMeaning = "none_meaning",
    /// No task: it names work that townships do besides any plan.
    NoneOwnWork = "none_own_work",
    /// No task: likeness to the likest known wording of work besides the list.
    NoneWordingBest = "none_wording_best",
    /// No task: mean likeness to the three likest known wordings of work besides the list.
    NoneWordingSeveral = "none_wording_several",
    /// No task: what the likest known wording of any task lacks in likeness.
    NoneWordingUnlike = "none_wording_unlike",
    /// No task: the rows beside it answer none.
    NoneNeighbours = "none_neighbours",
    /// No task: a heading says that what follows is the township's own work.
    NoneHeading = "none_heading",
    /// No task: no number where its neighbours have one.
    NoneNumberBlank = "none_number_blank",
    /// No task: the row that it is probably a part of answers none.
    NoneParent = "none_parent",
    /// No task: its name or figures show that it is a part of a row that answers one.
    NoneParentOther = "none_parent_other",
    /// No task: the content names nothing of the plan.
    NoneShort = "none_short",
}

/// Number of pieces.
pub(super) const PIECES: usize = Piece::ALL.len();

/// The strength of every piece for one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    strengths: [f64; PIECES],
    /// A bit for each piece that may be there: most pieces of an answer are not, and need not be looked at.
    there: u128,
}

const _: () = assert!(PIECES <= u128::BITS as usize, "every piece has a bit");

/// The pieces of evidence that are there, and no others, in their order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Present<'a> {
    /// The pieces.
    pub(super) pieces: &'a [Piece],
    /// The strength of each.
    pub(super) strengths: &'a [f64],
}

impl Present<'_> {
    /// No piece at all.
    pub(super) const NOTHING: Self = Self { pieces: &[], strengths: &[] };

    /// The sum of the strengths of these pieces and of others, each multiplied by the weight of its piece, in the order of
    /// the pieces.
    pub(super) fn weighed_with(self, others: Self, weights: &[f64; PIECES]) -> f64 {
        let (mut sum, mut before) = (0.0, 0);
        for (&piece, strength) in self.pieces.iter().zip(self.strengths) {
            while let Some(&other) = others.pieces.get(before).filter(|other| **other < piece) {
                sum += weights[other as usize] * others.strengths[before];
                before += 1;
            }
            sum += weights[piece as usize] * strength;
        }
        for (&other, strength) in others.pieces.iter().zip(others.strengths).skip(before) {
            sum += weights[other as usize] * strength;
        }
        sum
    }
}

/// The lower (0) or upper (1) half of some bits.
#[expect(clippy::cast_possible_truncation, reason = "the other half is asked for by itself")]
const fn half_of(bits: u128, half: u32) -> u64 {
    (bits >> (half * u64::BITS)) as u64
}

impl Evidence {
    /// No evidence at all.
    pub(super) const fn blank() -> Self {
        Self { strengths: [0.0; PIECES], there: 0 }
    }

    /// Which pieces are there, a bit for each.
    pub(super) const fn there(&self) -> u128 {
        self.there
    }

    /// Strength of one piece.
    pub fn get(&self, piece: Piece) -> f64 {
        self.strengths[piece as usize]
    }

    /// Sets the strengths of some pieces.
    pub(super) fn set_all(&mut self, present: Present<'_>) {
        present.pieces.iter().zip(present.strengths).for_each(|(piece, strength)| self.set(*piece, *strength));
    }

    /// Sets the strength of one piece.
    #[inline]
    pub(super) fn set(&mut self, piece: Piece, strength: f64) {
        self.there |= u128::from(strength != 0.0) << piece as u32;
        self.strengths[piece as usize] = strength;
    }

    /// All strengths in the order of [`Piece::ALL`].
    pub(super) const fn strengths(&self) -> &[f64; PIECES] {
        &self.strengths
    }

    /// The places in [`Piece::ALL`] of the pieces that are there, in their order, with their strengths.
    #[inline]
    pub(super) fn present(&self) -> impl Iterator<Item = (usize, f64)> {
        // In two halves: to walk over the bits of a machine word is quicker.
        (0..2).flat_map(move |half| {
            let mut rest = half_of(self.there, half);
            std::iter::from_fn(move || {
                let place = (half * u64::BITS + rest.trailing_zeros()) as usize;
                let present = rest != 0;
                rest &= rest.wrapping_sub(1);
                present.then(|| (place, self.strengths[place]))
            })
        })
    }
}
