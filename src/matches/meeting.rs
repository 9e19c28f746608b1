//! Which known wordings does a text share runs with, and by what weight?

/// What a wording shares with each known one. All zeros between two uses: clearing some ten thousand numbers for every
/// wording would cost more than meeting the few that it is like.
pub(super) struct Meeting {
    /// By the number of the known wording the weight of the shared runs.
    shared: Vec<f64>,
    /// A bit for each known wording with which something is shared.
    met: Vec<u64>,
}

impl Meeting {
    /// No room yet.
    pub(super) const fn new() -> Self {
        Self { shared: Vec::new(), met: Vec::new() }
    }

    /// Room for so many known wordings.
    pub(super) fn make_room(&mut self, wordings: usize) {
        if self.shared.len() < wordings {
            self.shared.resize(wordings, 0.0);
            self.met.resize(wordings.div_ceil(64), 0);
        }
    }

    /// Adds a run that is shared with a known wording.
    #[inline]
    pub(super) fn share(&mut self, wording: usize, square: f64) {
        self.shared[wording] += square;
        self.met[wording / 64] |= 1u64 << (wording % 64);
    }

    /// Takes what is shared with each wording that was met, in the order of their numbers.
    #[inline]
    pub(super) fn take(&mut self, mut each: impl FnMut(usize, f64)) {
        for (word, met) in self.met.iter_mut().enumerate() {
            if *met == 0 {
                continue;
            }
            let mut rest = std::mem::take(met);
            while rest != 0 {
                let wording = word * 64 + rest.trailing_zeros() as usize;
                each(wording, std::mem::take(&mut self.shared[wording]));
                rest &= rest - 1;
            }
        }
    }
}
