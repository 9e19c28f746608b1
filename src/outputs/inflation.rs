//! How is a part of a zip file read back that was compressed in blocks? Each block is inflated for itself, many beside each other;
//! the checksum of the whole is tested when the last byte has been read.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress};
use rayon::prelude::*;

use super::compression::{Lengths, blocks_together};

/// For the parts of a file that were compressed in blocks, by their names, how long the blocks are.
pub(super) type Blocks = BTreeMap<String, Vec<Lengths>>;

/// The bytes of a part whose compressed bytes come from a reader.
pub(super) struct Inflated<'a, R> {
    compressed: R,
    /// How long the blocks are that are still to be read.
    blocks: &'a [Lengths],
    /// Blocks that are inflated, and how much of the first is taken.
    ready: VecDeque<Vec<u8>>,
    taken: usize,
    crc: Crc,
    expected: u32,
    /// Whether everything was inflated and the checksum agreed.
    is_whole: bool,
}

impl<'a, R: Read> Inflated<'a, R> {
    /// A part in blocks of these lengths, whose checksum is to be this one.
    pub(super) fn new(compressed: R, blocks: &'a [Lengths], expected: u32) -> Self {
        Self { compressed, blocks, ready: VecDeque::new(), taken: 0, crc: Crc::new(), expected, is_whole: false }
    }

    /// Inflates the next blocks; tests the checksum where there is none.
    fn inflate(&mut self) -> io::Result<()> {
        let (next, rest) = self.blocks.split_at(blocks_together().min(self.blocks.len()));
        self.blocks = rest;
        if next.is_empty() {
            let agrees = self.crc.sum() == self.expected && self.compressed.read(&mut [0])? == 0;
            self.is_whole = agrees;
            return if agrees { Ok(()) } else { Err(damaged()) };
        }
        let mut compressed = Vec::with_capacity(next.len());
        for lengths in next {
            let mut block = vec![0; lengths.compressed];
            self.compressed.read_exact(&mut block)?;
            compressed.push((block, lengths.whole));
        }
        let inflated = compressed.par_iter().map(|(block, length)| {
            let bytes = inflated(block, *length)?;
            let mut crc = Crc::new();
            crc.update(&bytes);
            Ok((bytes, crc))
        });
        for (bytes, crc) in inflated.collect::<io::Result<Vec<_>>>()? {
            self.crc.combine(&crc);
            // The block of an empty part would look like the end before the checksum was tested.
            if !bytes.is_empty() {
                self.ready.push_back(bytes);
            }
        }
        Ok(())
    }
}

impl<R: Read> BufRead for Inflated<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.ready.front().is_some_and(|block| self.taken >= block.len()) {
            self.ready.pop_front();
            self.taken = 0;
        }
        while self.ready.is_empty() && !self.is_whole {
            self.inflate()?;
        }
        Ok(self.ready.front().and_then(|block| block.get(self.taken..)).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        self.taken += length;
    }
}

impl<R: Read> Read for Inflated<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(to)?;
        self.consume(length);
        Ok(length)
    }
}

/// A block as it was before it was compressed, of this length.
fn inflated(block: &[u8], length: usize) -> io::Result<Vec<u8>> {
    let mut decompress = Decompress::new(false);
    // One byte more than there should be, so that everything is read in one go.
    let mut bytes = Vec::with_capacity(length + 1);
    decompress.decompress_vec(block, &mut bytes, FlushDecompress::Sync).map_err(io::Error::other)?;
    let is_whole = decompress.total_in() == u64::try_from(block.len()).unwrap_or(u64::MAX) && bytes.len() == length;
    if is_whole { Ok(bytes) } else { Err(damaged()) }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "压缩内容损坏")
}
