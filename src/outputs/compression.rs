//! How are the parts of a zip file compressed while the next ones are written? Each on a thread of its own; what comes
//! out is put into the file in the order of the parts, so that it never tells how fast the threads were.

use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use anyhow::{Context, anyhow};
use tempfile::SpooledTempFile;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// How hard the file is compressed, 1 to 9: Excel's own level. The usual 6 takes longer, for a file 13 % smaller.
const COMPRESSION: i64 = 3;
/// Bytes that are handed over at once, and how many such pieces may wait to be compressed.
const PIECE: usize = 1 << 17;
const WAITING: usize = 4;
/// A compressed part that is longer goes to a temporary file.
const KEPT_IN_MEMORY: usize = 1 << 24;

/// The parts of a file, in the order in which they were begun.
pub(super) struct Parts<'scope, 'environment> {
    scope: &'scope Scope<'scope, 'environment>,
    folder: &'environment Path,
    begun: Vec<Begun<'scope>>,
}

/// A part that was begun.
enum Begun<'scope> {
    /// It is being compressed.
    Compressed(ScopedJoinHandle<'scope, ZipResult<SpooledTempFile>>),
    /// It is taken as it stands from this place of another file.
    TakenOver(usize),
}

/// Takes what is written into a part; it ends when this is dropped.
pub(super) type Part = BufWriter<Pieces>;

/// Hands over the pieces of a part.
pub(super) struct Pieces(SyncSender<Vec<u8>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(|_| io::Error::other("the thread that compresses is gone"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'scope, 'environment> Parts<'scope, 'environment> {
    /// No parts yet. Temporary files lie in the folder.
    pub(super) const fn new(scope: &'scope Scope<'scope, 'environment>, folder: &'environment Path) -> Self {
        Self { scope, folder, begun: Vec::new() }
    }

    /// Begins the next part.
    pub(super) fn begin(&mut self, name: &str) -> Part {
        let (sender, receiver) = sync_channel(WAITING);
        let (name, folder) = (name.to_owned(), self.folder);
        self.begun.push(Begun::Compressed(self.scope.spawn(move || {
            let part = compress(&name, &receiver, folder);
            // Where that failed, the rest is taken all the same: whoever writes it hears of the reason at the end.
            receiver.into_iter().for_each(drop);
            part
        })));
        BufWriter::with_capacity(PIECE, Pieces(sender))
    }

    /// Takes the next part over, as it is compressed already, from a place of the file that [`Self::write`] is given.
    pub(super) fn take_over(&mut self, place: usize) {
        self.begun.push(Begun::TakenOver(place));
    }

    /// Writes the file that holds all parts, some of them taken over from another file.
    ///
    /// # Errors
    /// Where it, or a temporary file, cannot be written.
    pub(super) fn write(self, other: &mut ZipArchive<impl Read + Seek>, to: impl Write) -> anyhow::Result<()> {
        let mut file = ZipWriter::new_stream(to);
        for part in self.begun {
            match part {
                Begun::Compressed(part) => {
                    let part = part.join().map_err(|_| anyhow!("汇总表无法写出：压缩中断"))??;
                    let mut part = ZipArchive::new(part).context("汇总表无法写出")?;
                    file.raw_copy_file(part.by_index_raw(0)?)?;
                }
                Begun::TakenOver(place) => file.raw_copy_file(other.by_index_raw(place)?)?,
            }
        }
        file.finish()?;
        Ok(())
    }
}

/// A file that holds one part.
fn compress(name: &str, pieces: &Receiver<Vec<u8>>, folder: &Path) -> ZipResult<SpooledTempFile> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(COMPRESSION))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(tempfile::spooled_tempfile_in(KEPT_IN_MEMORY, folder));
    file.start_file(name, options)?;
    for piece in pieces {
        file.write_all(&piece)?;
    }
    file.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn parts_come_out_whole_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let texts = [("甲", "一".repeat(300_000)), ("乙", String::new()), ("丙", "二".to_owned())];
        let mut other = ZipWriter::new(Cursor::new(Vec::new()));
        other.start_file("丁", SimpleFileOptions::default()).unwrap();
        other.write_all("三".as_bytes()).unwrap();
        let mut other = ZipArchive::new(other.finish().unwrap()).unwrap();
        let mut bytes = Vec::new();
        std::thread::scope(|scope| {
            let mut parts = Parts::new(scope, folder.path());
            for (name, text) in &texts {
                let mut part = parts.begin(name);
                part.write_all(text.as_bytes()).unwrap();
                part.flush().unwrap();
            }
            parts.take_over(0);
            parts.write(&mut other, &mut bytes).unwrap();
        });
        let mut file = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for (place, (name, text)) in texts.iter().chain([&("丁", "三".to_owned())]).enumerate() {
            let mut part = file.by_index(place).unwrap();
            assert_eq!(part.name().unwrap(), *name);
            let mut read = String::new();
            part.read_to_string(&mut read).unwrap();
            assert_eq!(&read, text);
        }
    }
}
