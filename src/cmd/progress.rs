//! How far has the reading come? A bar on a terminal, a line at every tenth elsewhere, nothing with `--quiet`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Screen;

/// Fewer files are read before anybody wonders: no lines for them.
const FEWEST_FOR_LINES: usize = 100;

/// The progress of reading a number of files. Threads tell it of every file that is done.
#[derive(Debug)]
pub(super) struct Progress {
    screen: Screen,
    files: usize,
    done: AtomicUsize,
    /// Tenths told so far: threads that finish at once tell each tenth once and in order.
    told: Mutex<usize>,
    bar: ProgressBar,
}

impl Progress {
    /// Begins to read files.
    pub(super) fn new(screen: Screen, files: usize) -> Self {
        let target = if screen.is_quiet() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), target);
        let rate = |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let _ = write!(text, "{:.0}", state.per_sec());
        };
        let style = ProgressStyle::with_template(
            "读取 {bar:24} {pos}/{len}个文件，每秒{rate}个，还需{eta_precise}，{wide_msg}",
        );
        bar.set_style(style.expect("the template is checked by a test").with_key("rate", rate));
        Self { screen, files, done: AtomicUsize::new(0), told: Mutex::new(0), bar }
    }

    /// A file was read.
    pub(super) fn file_done(&self, file: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.bar.is_hidden() {
            self.bar.set_message(super::screen::printable(file));
            self.bar.inc(1);
        } else if self.files >= FEWEST_FOR_LINES {
            let Ok(mut told) = self.told.lock() else { return };
            while *told < tenths(done, self.files) {
                *told += 1;
                self.screen.say(&format!("正在读取：已完成{}0%，共{}个文件", *told, self.files));
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Whole tenths of the files that are done; the last one is told by the line that ends the reading.
const fn tenths(done: usize, files: usize) -> usize {
    let tenths = done * 10 / files;
    if tenths > 9 { 9 } else { tenths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenth_is_told_once() {
        assert_eq!([0, 9, 10, 99, 100].map(|done| tenths(done, 100)), [0, 0, 1, 9, 9]);
        let progress = Progress::new(Screen::new(true), 200);
        (0..200).for_each(|_| progress.file_done("北岙街道.xlsx"));
        assert_eq!(*progress.told.lock().unwrap(), 9);
    }
}
