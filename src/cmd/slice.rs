//! Which files belong to one of several slices, so that several machines share a folder out without knowing each other?

use std::str::FromStr;

use crate::workbooks::Source;

/// One of several slices: every file of the run belongs to exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slice {
    /// Which one, from 0.
    place: usize,
    /// How many there are.
    count: usize,
}

impl FromStr for Slice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}”不是第几份，请写成 3/16 的样子");
        let (place, count) = text.trim().split_once('/').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<usize>().map_err(|_| wrong());
        let (place, count) = (number(place)?, number(count)?);
        if (1..=count).contains(&place) { Ok(Self { place: place - 1, count }) } else { Err(wrong()) }
    }
}

impl Slice {
    /// The files of this slice. Files of one name (an archive may hold two) stay together.
    pub(super) fn of(self, sources: Vec<Source>) -> Vec<Source> {
        let mut name = 0;
        let mut before: Option<String> = None;
        let mine = sources.into_iter().filter(|source| {
            if before.as_ref().is_some_and(|before| *before != source.file) {
                name += 1;
            }
            before = Some(source.file.clone());
            name % self.count == self.place
        });
        mine.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::collect;

    #[test]
    fn slices_as_people_write_them() {
        assert_eq!("3/16".parse(), Ok(Slice { place: 2, count: 16 }));
        assert_eq!("1/1".parse(), Ok(Slice { place: 0, count: 1 }));
        for text in ["", "3", "0/16", "17/16", "3/0", "a/b", "-1/4"] {
            assert!(text.parse::<Slice>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_file_belongs_to_one_slice() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c", "d", "e"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let all = collect(&[folder.path().to_owned()]).unwrap();
        let of = |text: &str| {
            let slice: Slice = text.parse().unwrap();
            slice.of(all.clone()).into_iter().map(|source| source.file).collect::<Vec<_>>()
        };
        assert_eq!(of("1/2"), ["a", "c", "e"]);
        assert_eq!(of("2/2"), ["b", "d"]);
        assert_eq!(of("7/9"), [""; 0]);
    }
}
