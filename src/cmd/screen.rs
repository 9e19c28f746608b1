//! What a person sees on the terminal while a command runs: all of it on standard error, none of it with `--quiet`.

/// The terminal of one run.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    quiet: bool,
}

impl Screen {
    /// A terminal that says everything, or nothing but failures.
    pub const fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether nothing but failures is said.
    pub(super) const fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Says one line.
    pub fn say(self, line: &str) {
        if !self.quiet {
            eprintln!("{}", printable(line));
        }
    }

    /// Says why nothing could be done. Not silenced by `--quiet`.
    pub(super) fn failure(sentence: &str) {
        eprintln!("未能完成：{}", printable(sentence));
    }
}

/// The text without control characters: texts from files must not steer a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(printable("北岙\u{1b}[31m街道\n"), "北岙\u{FFFD}[31m街道\n");
    }
}
