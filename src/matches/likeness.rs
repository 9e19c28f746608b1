//! How like is a wording to those under which an answer is known?

/// How like a wording is to those known for one answer, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// To the likest one.
    pub(super) best: f64,
    /// To the three likest ones, on average.
    pub(super) several: f64,
    /// The largest share of a known wording that stands in this one.
    pub(super) holds: f64,
}

/// Likeness to every answer.
#[derive(Debug)]
pub(super) struct Likenesses {
    /// To the single tasks, by their positions.
    pub(super) singles: Box<[Likeness]>,
    /// To the other answers, by number; most are like nothing.
    pub(super) others: Box<[(u32, Likeness)]>,
}

/// The likest of the wordings of one answer; of three the mean is looked at beside the best one.
#[derive(Clone, Copy)]
pub(super) struct Near {
    /// Likeness to them, the likest first.
    likest: [f64; 3],
    /// The square of the last of these, as [`SURELY`] less.
    least_square: f64,
    /// The largest share of one that is held.
    holds: f64,
}

/// What is this little less than another number is less however both were rounded.
const SURELY: f64 = 1.0 - 1e-9;

impl Near {
    /// No wording yet.
    pub(super) const NONE: Self = Self { likest: [0.0; 3], least_square: 0.0, holds: 0.0 };

    /// Adds a wording that shares so much with a text; `own_squares` and `squares` are those of all that the text and the
    /// wording hold.
    #[inline]
    pub(super) fn add(&mut self, shared: f64, own_squares: f64, squares: f64) {
        // Most are less like than three others and held less than another one, which is told without root and division.
        let both = own_squares * squares;
        if shared * shared >= self.least_square * both {
            self.add_likeness(shared / both.sqrt());
        }
        if shared >= self.holds * SURELY * squares {
            self.holds = self.holds.max(shared / squares);
        }
    }

    fn add_likeness(&mut self, like: f64) {
        let [first, second, third] = self.likest;
        if like > third {
            self.likest = match like {
                _ if like > first => [like, first, second],
                _ if like > second => [first, like, second],
                _ => [first, second, like],
            };
            self.least_square = self.likest[2] * self.likest[2] * SURELY;
        }
    }

    /// What they are like together.
    #[inline]
    pub(super) fn likeness(self) -> Likeness {
        let [first, second, third] = self.likest;
        Likeness { best: first, several: (first + second + third) / 3.0, holds: self.holds }
    }
}

impl Likeness {
    /// Of each the better of two.
    pub(super) const fn best_of(self, other: Self) -> Self {
        Self {
            best: self.best.max(other.best),
            several: self.several.max(other.several),
            holds: self.holds.max(other.holds),
        }
    }
}

impl Likenesses {
    /// To the likest wording of a single task.
    pub(super) fn best(&self, task: usize) -> f64 {
        self.singles[task].best
    }

    /// To the answer with a number that is none of a single task; none where nothing is shared.
    pub(super) fn other(&self, answer: usize) -> Option<Likeness> {
        let found = self.others.binary_search_by_key(&answer, |(other, _)| *other as usize);
        found.ok().map(|place| self.others[place].1)
    }
}
