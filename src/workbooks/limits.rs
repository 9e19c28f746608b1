//! How large may a workbook be before it is refused, whatever the machine it is read on?

use std::time::Duration;

use cpu_time::ThreadTime;

use super::refusal::{Refusal, RefusalReason};
use super::sheet::Cell;

/// The limits a workbook is read under. They count bytes and cells, so that the outcome does not depend on the
/// machine's speed; the deadline is the last safety net, and counts the processor's time: another program's load does
/// not make a sound file too slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, also of one inside an archive.
    pub file_bytes: u64,
    /// Bytes of one file that is text: delimited, a web page, XML. Nothing of it is compressed.
    pub text_file_bytes: u64,
    /// Parts of one zip container, or files in one archive.
    pub parts: usize,
    /// Inflated bytes of one part.
    pub part_bytes: u64,
    /// Inflated bytes of all parts of a container together.
    pub total_bytes: u64,
    /// Strings in the shared table of a workbook.
    pub shared_strings: usize,
    /// Non-blank cells of a workbook.
    pub cells: usize,
    /// Bytes of the texts of all cells of a workbook together, repeated texts counted each time.
    pub text_bytes: usize,
    /// Merged regions of a workbook.
    pub merged_regions: usize,
    /// Bytes of memory that reading one workbook may take at once, as far as parts and cells add up.
    pub memory_bytes: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Time for one file, as far as the processor works on it.
    pub deadline: Duration,
}

const MEBIBYTE: u64 = 1024 * 1024;

impl Default for Limits {
    /// The limits for what arrives from outside (measured in `docs/reading.md`).
    fn default() -> Self {
        Self {
            file_bytes: 64 * MEBIBYTE,
            parts: 10_000,
            text_file_bytes: 16 * MEBIBYTE,
            part_bytes: 128 * MEBIBYTE,
            total_bytes: 256 * MEBIBYTE,
            shared_strings: 5_000_000,
            cells: 2_000_000,
            text_bytes: 128 * 1024 * 1024,
            merged_regions: 100_000,
            memory_bytes: 768 * 1024 * 1024,
            sheets: 512,
            // Everything about one file, its hash and its inflation included, is to take less than ten seconds.
            deadline: Duration::from_secs(8),
        }
    }
}

impl Limits {
    /// The limits for workbooks that hedui wrote itself and reads back.
    pub fn for_own_files() -> Self {
        Self {
            file_bytes: 512 * MEBIBYTE,
            text_file_bytes: 512 * MEBIBYTE,
            part_bytes: 1024 * MEBIBYTE,
            total_bytes: 2048 * MEBIBYTE,
            cells: 20_000_000,
            text_bytes: 1024 * 1024 * 1024,
            merged_regions: 1_000_000,
            memory_bytes: 8 * 1024 * 1024 * 1024,
            deadline: Duration::from_secs(120),
            ..Self::default()
        }
    }
}

/// What one file has used up of its limits so far.
#[derive(Debug)]
pub(super) struct Budget<'a> {
    pub(super) limits: &'a Limits,
    /// What the thread had worked when it began with this file. A file is read by one thread, from memory, and never
    /// waits.
    started: ThreadTime,
    cells: usize,
    text_bytes: usize,
    merged_regions: usize,
    /// Bytes of inflated parts and decoded tables that are in memory now.
    held: usize,
    steps: u32,
}

/// The clock is looked at once in this many steps: often enough for a net of seconds, seldom enough to cost nothing.
const STEPS_PER_LOOK_AT_THE_CLOCK: u32 = 4096;
/// The clock is looked at behind each piece of this size, too.
const BYTES_PER_LOOK_AT_THE_CLOCK: usize = 64 * 1024;

/// Cells times merged regions: some seconds of work for the stages behind this one.
const MOST_LOOKUPS: usize = 4_000_000_000;

impl<'a> Budget<'a> {
    /// Starts the clock for one file.
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, started: ThreadTime::now(), cells: 0, text_bytes: 0, merged_regions: 0, held: 0, steps: 0 }
    }

    /// Counts one unit of work of bounded size.
    #[inline]
    pub(super) fn step(&mut self) -> Result<(), Refusal> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(STEPS_PER_LOOK_AT_THE_CLOCK) { self.look_at_the_clock() } else { Ok(()) }
    }

    /// Counts work that grows with a number of bytes.
    #[inline]
    pub(super) fn work(&mut self, bytes: usize) -> Result<(), Refusal> {
        if bytes >= BYTES_PER_LOOK_AT_THE_CLOCK { self.look_at_the_clock() } else { Ok(()) }
    }

    /// Looks at the clock now.
    #[cold]
    pub(super) fn look_at_the_clock(&self) -> Result<(), Refusal> {
        if self.started.elapsed() < self.limits.deadline {
            return Ok(());
        }
        let seconds = self.limits.deadline.as_secs();
        Err(Refusal::new(
            RefusalReason::TooSlow,
            format!("文件读取超过{seconds}秒仍未完成，内容过于复杂，请另存为新的工作簿、删去无关内容后重新报送。"),
        ))
    }

    /// Counts one non-blank cell with its texts.
    pub(super) fn cell(&mut self, text_bytes: usize) -> Result<(), Refusal> {
        self.step()?;
        self.cells += 1;
        self.text(text_bytes)?;
        if self.cells > self.limits.cells {
            return Err(Refusal::too_large(format!("工作簿中有内容的单元格超过{}个", self.limits.cells)));
        }
        self.check_lookups()?;
        if self.cells.is_multiple_of(1024) { self.check_memory() } else { Ok(()) }
    }

    /// Counts the bytes of a text that is kept.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        if self.text_bytes > self.limits.text_bytes {
            let mebibytes = self.limits.text_bytes / (1024 * 1024);
            return Err(Refusal::too_large(format!("工作簿中的文字合计超过{mebibytes}MB")));
        }
        Ok(())
    }

    /// Who asks for the merged region of a cell looks through all of them, so that both numbers count together.
    fn check_lookups(&self) -> Result<(), Refusal> {
        if self.cells.saturating_mul(self.merged_regions) > MOST_LOOKUPS {
            let (cells, regions) = (self.cells, self.merged_regions);
            return Err(Refusal::too_large(format!("工作簿中的单元格（{cells}个）和合并单元格（{regions}处）都过多")));
        }
        Ok(())
    }

    /// Counts one merged region.
    pub(super) fn merged_region(&mut self) -> Result<(), Refusal> {
        self.step()?;
        self.merged_regions += 1;
        self.check_lookups()?;
        if self.merged_regions > self.limits.merged_regions {
            return Err(Refusal::too_large(format!("工作簿中的合并单元格超过{}处", self.limits.merged_regions)));
        }
        Ok(())
    }

    /// Counts bytes that are held in memory from now on.
    pub(super) fn hold(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.held = self.held.saturating_add(bytes);
        self.check_memory()
    }

    /// Takes bytes back that are held no longer.
    pub(super) fn release(&mut self, bytes: usize) {
        self.held = self.held.saturating_sub(bytes);
    }

    fn check_memory(&self) -> Result<(), Refusal> {
        // A list of cells grows by doubling, so that for a moment it is there one and a half times.
        let cells = self.cells.saturating_mul(size_of::<Cell>() * 3 / 2);
        let together = self.held.saturating_add(cells).saturating_add(self.text_bytes.saturating_mul(2));
        if together > self.limits.memory_bytes {
            let mebibytes = self.limits.memory_bytes / (1024 * 1024);
            return Err(Refusal::too_large(format!("读取工作簿需要的内存超过{mebibytes}MB")));
        }
        Ok(())
    }

    /// Checks the number of shared strings, before anything is allocated for them.
    pub(super) fn shared_strings(&self, strings: usize) -> Result<(), Refusal> {
        if strings > self.limits.shared_strings {
            return Err(Refusal::too_large(format!("工作簿中的文字条目超过{}条", self.limits.shared_strings)));
        }
        Ok(())
    }

    /// Checks the number of sheets.
    pub(super) fn sheets(&self, sheets: usize) -> Result<(), Refusal> {
        if sheets > self.limits.sheets {
            return Err(Refusal::too_large(format!("工作簿中的工作表超过{}张", self.limits.sheets)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_over_the_limit_is_refused_and_the_limit_itself_is_not() {
        let limits = Limits { cells: 3, text_bytes: 10, ..Limits::default() };
        let mut budget = Budget::new(&limits);
        for _ in 0..3 {
            budget.cell(1).unwrap();
        }
        assert_eq!(budget.cell(1).unwrap_err().reason, RefusalReason::TooLarge);
        let mut budget = Budget::new(&limits);
        budget.cell(10).unwrap();
        assert!(budget.cell(1).unwrap_err().sentence.contains("文字"));
    }

    #[test]
    fn a_passed_deadline_is_noticed() {
        let limits = Limits { deadline: Duration::ZERO, ..Limits::default() };
        let mut budget = Budget::new(&limits);
        let outcome = (0..STEPS_PER_LOOK_AT_THE_CLOCK).try_for_each(|_| budget.step());
        assert_eq!(outcome.unwrap_err().reason, RefusalReason::TooSlow);
    }

    #[test]
    fn waiting_for_a_busy_machine_does_not_count() {
        let limits = Limits { deadline: Duration::from_millis(200), ..Limits::default() };
        let budget = Budget::new(&limits);
        std::thread::sleep(Duration::from_millis(400));
        assert_eq!(budget.look_at_the_clock(), Ok(()));
    }
}
