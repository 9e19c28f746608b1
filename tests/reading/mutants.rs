//! Does any of two thousand damaged files reach the last line of defence?

use hedui::workbooks::{Limits, open};

use crate::support::{fixture, parts, zipped};
use crate::xlsb;

const MUTANTS: usize = 2000;

/// A small generator of the xorshift family: the same mutants on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

fn damaged(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    match random.below(4) {
        0 => {
            let length = random.below(bytes.len());
            bytes.truncate(length);
        }
        1 => {
            let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
            let length = random.below(64).min(bytes.len() - from.max(to));
            bytes.copy_within(from..from + length, to);
        }
        2 => {
            let at = random.below(bytes.len());
            let length = 4.min(bytes.len() - at);
            let extreme = [[0; 4], [0xFF; 4], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80]][random.below(4)];
            bytes[at..at + length].copy_from_slice(&extreme[..length]);
        }
        _ => {
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
    }
}

fn mutant(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let is_container = bytes.starts_with(b"PK");
    match random.below(4) {
        // Damage under the compression reaches the readers themselves.
        0 | 1 if is_container => {
            let mut parts = parts(bytes);
            let index = random.below(parts.len());
            damaged(&mut parts[index].1, random);
            zipped(&parts)
        }
        2 if is_container => {
            let mut parts = parts(bytes);
            let (left, right) = (random.below(parts.len()), random.below(parts.len()));
            let content = parts[left].1.clone();
            parts[left].1 = std::mem::replace(&mut parts[right].1, content);
            zipped(&parts)
        }
        _ => {
            let mut mutant = bytes.to_vec();
            damaged(&mut mutant, random);
            mutant
        }
    }
}

#[test]
fn two_thousand_mutants_are_read_or_refused_without_the_last_line_of_defence() {
    let spreadsheet_ml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"a\"><Table><Row ss:Index=\"3\" ss:Span=\"2\">\
        <Cell ss:Index=\"2\" ss:MergeAcross=\"1\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet></Workbook>";
    let seeds = [
        fixture("report.xlsx"),
        fixture("report.xls"),
        fixture("report.ods"),
        fixture("report.html"),
        xlsb::workbook(&xlsb::sheet()),
        encoding_rs::GB18030.encode("序号,任务名称\r\n1,\"重大\n项目\"\r\n").0.into_owned(),
        spreadsheet_ml.as_bytes().to_vec(),
    ];
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let limits = Limits::default();
    let (mut read, mut refused) = (0, 0);
    for number in 0..MUTANTS {
        let seed = number % seeds.len();
        let bytes = mutant(&seeds[seed], &mut random);
        match open(&bytes, &limits) {
            Ok(_) => read += 1,
            Err(refusal) => {
                refused += 1;
                let sentence = refusal.sentence;
                // This is what a caught panic becomes.
                assert!(!sentence.contains("内部结构有误"), "mutant {number} of seed {seed}: {sentence}");
                assert!(sentence.ends_with('。'), "mutant {number} of seed {seed}: {sentence}");
            }
        }
    }
    assert!(read > MUTANTS / 10 && refused > MUTANTS / 10, "{read} read, {refused} refused");
}
