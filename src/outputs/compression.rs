//! How are the parts of a zip file written and compressed beside each other? Each as a task of its own, and a long one block by
//! block; what comes out is put into the file in the order of the parts, so that it never tells how fast the threads were.

use std::collections::VecDeque;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context, anyhow, ensure};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use rayon::Scope;
use zip::ZipArchive;

use super::inflation::Blocks;
use crate::kept_bytes::KeptBytes;

/// How hard the file is compressed, 1 to 9. Level 3, Excel's own, takes half as long again for a file 10 % smaller; 1 takes a
/// quarter less for one 28 % larger.
const COMPRESSION: u32 = 2;
/// Bytes after which a block ends. It is compressed at once, and apart from those before it.
const BLOCK: usize = 1 << 20;
/// Room for what makes a block long enough: nearly always a row.
const LAST_PIECE: usize = 1 << 14;
/// Blocks of a part that are compressed, or inflated, together at most.
const MOST_BLOCKS: usize = 16;
/// A compressed part that is longer goes to a temporary file.
const KEPT_IN_MEMORY: usize = 1 << 24;

/// The parts of a file, in the order in which they were begun.
pub(super) struct Parts {
    folder: PathBuf,
    begun: Vec<Begun>,
}

/// A part that was begun.
enum Begun {
    /// It is written and compressed under this name; what comes out of that is here when its task has ended.
    Written(String, Arc<OnceLock<anyhow::Result<Compressed>>>),
    /// It is taken as it stands from this place of another file.
    TakenOver(usize),
}

/// A part that was compressed.
struct Compressed {
    bytes: KeptBytes,
    blocks: Vec<Lengths>,
    crc: u32,
    /// Bytes before they were compressed.
    length: u64,
}

/// How long a block is.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    pub(super) compressed: usize,
    pub(super) whole: usize,
}

/// How many blocks are compressed, or inflated, together.
pub(super) fn blocks_together() -> usize {
    (rayon::current_num_threads() * 2).min(MOST_BLOCKS)
}

impl Parts {
    /// No parts yet. Temporary files lie in the folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), begun: Vec::new() }
    }

    /// Begins the next part, which is written within the scope.
    pub(super) fn begin<'scope>(
        &mut self,
        scope: &Scope<'scope>,
        name: &str,
        write: impl FnOnce(&mut Part) -> anyhow::Result<()> + Send + 'scope,
    ) {
        let out = Arc::new(OnceLock::new());
        self.begun.push(Begun::Written(name.to_owned(), Arc::clone(&out)));
        let mut part = Part::new(&self.folder);
        scope.spawn(move |_| {
            let written = write(&mut part).and_then(|()| Ok(part.finish()?));
            // Nobody else sets it.
            let _ = out.set(written);
        });
    }

    /// Takes the next part over, as it is compressed already, from a place of the file that [`Self::write`] is given.
    pub(super) fn take_over(&mut self, place: usize) {
        self.begun.push(Begun::TakenOver(place));
    }

    /// Writes the file that holds all parts, some of them taken over from another file, when the scope has ended. Tells of which
    /// blocks the others consist.
    ///
    /// # Errors
    /// Where a part, the file or a temporary file cannot be written.
    pub(super) fn write(self, other: &mut ZipArchive<impl Read + Seek>, to: impl Write) -> anyhow::Result<Blocks> {
        let mut file = ZipArchiveWriter::new(to);
        let mut written = Blocks::new();
        for part in self.begun {
            match part {
                Begun::Written(name, part) => {
                    let part = Arc::into_inner(part).and_then(OnceLock::into_inner);
                    let Compressed { bytes, blocks, crc, length } =
                        part.ok_or_else(|| anyhow!("汇总表无法写出：压缩中断"))??;
                    put(&mut file, &name, DataDescriptorOutput::new(crc, length), |entry| {
                        let mut pieces = bytes.pieces(blocks.iter().map(|block| block.compressed));
                        pieces.try_for_each(|piece| entry.write_all(&piece?))
                    })?;
                    written.insert(name, blocks);
                }
                Begun::TakenOver(place) => {
                    let mut part = other.by_index_raw(place)?;
                    ensure!(part.compression() == zip::CompressionMethod::Deflated, "汇总表无法写出：压缩方式不对");
                    let name = part.name()?.into_owned();
                    let about = DataDescriptorOutput::new(part.crc32(), part.size());
                    put(&mut file, &name, about, |mut entry| io::copy(&mut part, &mut entry).map(|_| ()))?;
                }
            }
        }
        file.finish()?;
        Ok(written)
    }
}

/// Puts a part into a file, of which `write` writes the compressed bytes.
fn put(
    file: &mut ZipArchiveWriter<impl Write>,
    name: &str,
    about: DataDescriptorOutput,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let (mut entry, _) = file.new_file(name).compression_method(CompressionMethod::DEFLATE).start()?;
    write(&mut entry).context("汇总表无法写出")?;
    entry.finish(about)?;
    Ok(())
}

/// Takes the bytes of a part. Where a block ends depends on them alone, so that the compressed bytes are the same however
/// many threads there are.
pub(super) struct Part {
    /// What is being written.
    block: Vec<u8>,
    /// Blocks that are full, from the first that was not taken.
    full: VecDeque<Arc<Block>>,
    /// So many of them are compressed while the next is being written.
    together: usize,
    compressed: KeptBytes,
    /// How long the blocks are.
    lengths: Vec<Lengths>,
    crc: Crc,
    length: u64,
}

/// A block that is compressed by whoever comes first: a thread that is free, or the one that wants to have it.
struct Block {
    /// Until somebody comes.
    bytes: Mutex<Option<Vec<u8>>>,
    is_last: bool,
    compressed: OnceLock<io::Result<(Vec<u8>, Crc)>>,
}

impl Block {
    fn compressed(&self) -> &io::Result<(Vec<u8>, Crc)> {
        self.compressed.get_or_init(|| {
            let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
            let mut crc = Crc::new();
            crc.update(&bytes);
            Ok((deflated(&bytes, self.is_last)?, crc))
        })
    }

    /// Whether nobody has come yet.
    fn waits(&self) -> bool {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

impl Part {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            block: Vec::new(),
            full: VecDeque::new(),
            together: blocks_together(),
            compressed: KeptBytes::new(KEPT_IN_MEMORY, folder.to_owned()),
            lengths: Vec::new(),
            crc: Crc::new(),
            length: 0,
        }
    }

    /// Where the next piece is to be added: a row, a link, a text.
    pub(super) fn room(&mut self) -> io::Result<&mut Vec<u8>> {
        if self.block.len() >= BLOCK {
            self.hand_over()?;
        }
        Ok(&mut self.block)
    }

    /// Has the block that was written compressed, and takes the first ones where many wait.
    fn hand_over(&mut self) -> io::Result<()> {
        let block = Arc::new(self.written(false));
        self.block.reserve_exact(BLOCK + LAST_PIECE);
        // What was taken meanwhile is gone, whenever a thread comes to it.
        let waiting = Arc::downgrade(&block);
        rayon::spawn(move || {
            if let Some(block) = waiting.upgrade() {
                block.compressed();
            }
        });
        self.full.push_back(block);
        if self.full.len() >= self.together { self.take_first() } else { Ok(()) }
    }

    /// The block that was written.
    fn written(&mut self, is_last: bool) -> Block {
        let bytes = Mutex::new(Some(std::mem::take(&mut self.block)));
        Block { bytes, is_last, compressed: OnceLock::new() }
    }

    /// Takes the first block, compressed.
    fn take_first(&mut self) -> io::Result<()> {
        let Some(block) = self.full.pop_front() else { return Ok(()) };
        // While another thread is at it, this one does a later one.
        while !block.waits() && block.compressed.get().is_none() {
            let Some(later) = self.full.iter().rev().find(|later| later.waits()) else { break };
            later.compressed();
        }
        match block.compressed() {
            Ok((bytes, crc)) => {
                self.compressed.push(bytes)?;
                let whole = usize::try_from(crc.amount()).unwrap_or(usize::MAX);
                self.lengths.push(Lengths { compressed: bytes.len(), whole });
                self.crc.combine(crc);
                self.length += u64::from(crc.amount());
                Ok(())
            }
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        }
    }

    fn finish(mut self) -> io::Result<Compressed> {
        let last = Arc::new(self.written(true));
        self.full.push_back(last);
        while !self.full.is_empty() {
            self.take_first()?;
        }
        let Self { compressed: bytes, lengths: blocks, crc, length, .. } = self;
        Ok(Compressed { bytes, blocks, crc: crc.sum(), length })
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.room()?;
        let taken = bytes.len().min(BLOCK - room.len());
        room.extend(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A block compressed, in such a way that another may follow it, or as the last one.
fn deflated(block: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
    let mut compress = Compress::new(Compression::new(COMPRESSION), false);
    let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Sync };
    let mut bytes = Vec::with_capacity(block.len() / 4 + 64);
    loop {
        let begun = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
        let rest = block.get(begun..).unwrap_or_default();
        let status = compress.compress_vec(rest, &mut bytes, flush).map_err(io::Error::other)?;
        let all_taken = compress.total_in() >= u64::try_from(block.len()).unwrap_or(u64::MAX);
        // Where there was room left, nothing waits to be written any more.
        let all_written = if is_last { status == Status::StreamEnd } else { bytes.len() < bytes.capacity() };
        if all_taken && all_written {
            return Ok(bytes);
        }
        bytes.reserve(block.len() / 4 + 64);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::outputs::inflation::Inflated;

    #[test]
    fn parts_come_out_whole_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let many: String = (0..900_000).map(|number| number.to_string()).collect();
        assert!(many.len() > BLOCK * 4);
        let in_pieces = ("己", many.clone());
        let block = "a".repeat(BLOCK);
        let texts = [("甲", many), ("乙", String::new()), ("丙", "二".to_owned()), ("戊", block)];
        let mut other = ZipWriter::new(Cursor::new(Vec::new()));
        other.start_file("丁", SimpleFileOptions::default()).unwrap();
        other.write_all("三".as_bytes()).unwrap();
        let mut other = ZipArchive::new(other.finish().unwrap()).unwrap();
        let mut bytes = Vec::new();
        let mut parts = Parts::new(folder.path());
        rayon::in_place_scope(|scope| {
            for (name, text) in &texts {
                parts.begin(scope, name, |part| Ok(part.write_all(text.as_bytes())?));
            }
            parts.begin(scope, in_pieces.0, |part| {
                for piece in in_pieces.1.split_inclusive('9') {
                    part.room()?.extend(piece.as_bytes());
                }
                Ok(())
            });
        });
        parts.take_over(0);
        let blocks = parts.write(&mut other, &mut bytes).unwrap();
        let mut file = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for (place, (name, text)) in texts.iter().chain([&in_pieces, &("丁", "三".to_owned())]).enumerate() {
            let mut part = file.by_index(place).unwrap();
            assert_eq!(part.name().unwrap(), *name);
            let mut read = String::new();
            part.read_to_string(&mut read).unwrap();
            assert_eq!(&read, text);
            let Some(blocks) = blocks.get(*name) else { continue };
            let crc = part.crc32();
            drop(part);
            let in_blocks = |file: &mut ZipArchive<Cursor<Vec<u8>>>, blocks: &[Lengths], crc| {
                let mut read = String::new();
                let mut inflated = Inflated::new(file.by_index_raw(place).unwrap(), blocks, crc);
                inflated.read_to_string(&mut read).map(|_| read)
            };
            assert_eq!(&in_blocks(&mut file, blocks, crc).unwrap(), text);
            assert!(in_blocks(&mut file, blocks, crc ^ 1).is_err(), "another checksum");
            let (last, others) = blocks.split_last().unwrap();
            assert!(in_blocks(&mut file, others, crc).is_err(), "a block is missing");
            let longer = Lengths { compressed: last.compressed + 1, ..*last };
            assert!(in_blocks(&mut file, &[others, &[longer]].concat(), crc).is_err(), "a block is too long");
        }
    }
}
