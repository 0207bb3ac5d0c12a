//! Compression while writing, in a thread of its own.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use flate2::write::GzEncoder;

use crate::front::packing::Packing;

/// Bytes handed over at once. The compressors get pieces of this size whatever is written, so that
/// their bytes do not depend on how the text was cut.
const PIECE: usize = 1 << 18;
/// Pieces that may wait.
const WAITING: usize = 4;
/// Levels that keep up with a disk: of gzip's nine, and of Zstandard's 22.
const GZIP_LEVEL: u32 = 3;
const ZSTD_LEVEL: i32 = 3;

/// Calls `fill` with a writer whose bytes reach `out` compressed. `fill` runs in this thread, the
/// compression and the writing to `out` in another one.
///
/// # Errors
///
/// Whatever `fill` returns, and failures of `out`, which come first: they are why `fill` failed.
pub fn packed<T, E: From<io::Error>>(
    out: &mut (dyn Write + Send),
    packing: Packing,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    std::thread::scope(|scope| {
        let (send, pieces) = sync_channel(WAITING);
        let (back, spare) = channel();
        let packer = std::thread::Builder::new()
            .spawn_scoped(scope, move || pack(out, packing, &pieces, &back))?;
        let mut pipe = Pipe { send, spare, piece: Vec::with_capacity(PIECE) };
        let filled = fill(&mut pipe).and_then(|value| Ok(pipe.hand_over().map(|()| value)?));
        drop(pipe);
        let packed = packer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        match (filled, packed) {
            (_, Err(e)) => Err(e.into()),
            (filled, Ok(())) => filled,
        }
    })
}

fn pack(
    out: &mut (dyn Write + Send),
    packing: Packing,
    pieces: &Receiver<Vec<u8>>,
    back: &Sender<Vec<u8>>,
) -> io::Result<()> {
    let feed = |encoder: &mut dyn Write| -> io::Result<()> {
        for piece in pieces {
            encoder.write_all(&piece)?;
            // Nobody needs the memory any more when this fails.
            let _ = back.send(piece);
        }
        Ok(())
    };
    match packing {
        Packing::Gzip => {
            // Without a name or a time.
            let mut encoder = GzEncoder::new(out, flate2::Compression::new(GZIP_LEVEL));
            feed(&mut encoder)?;
            encoder.finish().map(drop)
        }
        Packing::Zstd => {
            let mut encoder = zstd::stream::write::Encoder::new(out, ZSTD_LEVEL)?;
            encoder.include_checksum(true)?;
            feed(&mut encoder)?;
            encoder.finish().map(drop)
        }
    }
}

/// The near end of the way to the compressor.
struct Pipe {
    send: SyncSender<Vec<u8>>,
    spare: Receiver<Vec<u8>>,
    piece: Vec<u8>,
}

impl Pipe {
    fn hand_over(&mut self) -> io::Result<()> {
        let mut next = self.spare.try_recv().unwrap_or_else(|_| Vec::with_capacity(PIECE));
        next.clear();
        let full = std::mem::replace(&mut self.piece, next);
        self.send.send(full).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..part]);
        if self.piece.len() == PIECE {
            self.hand_over()?;
        }
        Ok(part)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::packing::unpack;

    fn text() -> Vec<u8> {
        let mut rng = fastrand::Rng::with_seed(9);
        (0..3 * PIECE + 77).map(|_| b"0123456789 +x\n"[rng.usize(..14)]).collect()
    }

    #[test]
    fn the_bytes_do_not_depend_on_how_they_are_handed_over() {
        let text = text();
        for packing in Packing::ALL {
            let by = |step: usize| {
                let mut out = Vec::new();
                packed(&mut out, packing, |w| -> io::Result<()> {
                    text.chunks(step).try_for_each(|piece| w.write_all(piece))
                })
                .unwrap();
                out
            };
            let whole = by(text.len());
            assert!(whole.len() < text.len() / 2 + text.len() / 8, "{}", whole.len());
            assert_eq!(unpack(&whole, packing, 1 << 30).unwrap(), text);
            assert_eq!(by(1000), whole);
            assert_eq!(by(PIECE), whole);
        }
    }

    /// Fails after some bytes.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 < bytes.len() {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_the_error_and_nothing_waits() {
        let text = text();
        for packing in Packing::ALL {
            for room in [0, 100_000] {
                let error = packed(&mut Full(room), packing, |w| -> io::Result<()> {
                    (0..100).try_for_each(|_| w.write_all(&text))
                });
                assert_eq!(error.unwrap_err().kind(), io::ErrorKind::StorageFull);
            }
            let mut out = Vec::new();
            let stopped = packed(&mut out, packing, |_| -> io::Result<()> {
                Err(io::ErrorKind::Interrupted.into())
            });
            assert_eq!(stopped.unwrap_err().kind(), io::ErrorKind::Interrupted);
        }
    }
}
