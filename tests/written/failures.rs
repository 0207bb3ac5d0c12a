use std::cell::Cell;
use std::io::{self, Write};

use theriac::back::{EmitError, Options, Progress, Watch, WriteError, emit_file, write};
use theriac::lower::{Format, LowerOptions, Target};
use theriac::valid::validate;

use super::model::linear;

/// A disk with so much room.
struct Disk(usize);

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.0 {
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
fn a_full_disk_ends_all_threads_with_its_error() {
    let model = linear(6000, 5000);
    let checked = validate(&model, None).unwrap();
    for format in [Format::Lp, Format::Mps, Format::NlText, Format::NlBinary] {
        for threads in [1, 2, 5] {
            for room in [0, 10, 100_000, 300_000] {
                let options = Options { threads, ..Options::default() };
                let error = write(&checked, format, &options, &mut Disk(room)).unwrap_err();
                let WriteError::Io(error) = error else { panic!("{error}") };
                assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            }
        }
    }
}

/// Stops at a certain piece.
#[derive(Debug)]
struct Stopper {
    left: Cell<u32>,
    seen: Cell<Progress>,
}

impl Watch for Stopper {
    fn written(&self, progress: Progress) -> io::Result<()> {
        let seen = self.seen.replace(progress);
        assert!(seen.bytes <= progress.bytes && seen.done <= progress.done);
        assert!(progress.done <= progress.total);
        match self.left.get() {
            0 => Err(io::ErrorKind::Interrupted.into()),
            left => {
                self.left.set(left - 1);
                Ok(())
            }
        }
    }
}

#[test]
fn an_interrupted_writing_leaves_nothing() {
    let model = linear(6000, 5000);
    for name in ["m.lp", "m.lp.gz", "m.lp.zst"] {
        for (left, threads) in [(0, 1), (5, 1), (5, 2), (12, 2)] {
            let dir = tempfile::tempdir().unwrap();
            let watch = Stopper { left: Cell::new(left), seen: Cell::default() };
            let options = Options { threads, watch: Some(&watch), ..Options::default() };
            let path = dir.path().join(name);
            let lowering = LowerOptions::default();
            let error = emit_file(&model, Target::PortableLp, lowering, &options, &path);
            let (EmitError::Write(WriteError::Io(error)) | EmitError::Io(error)) =
                error.unwrap_err()
            else {
                panic!("another error")
            };
            assert_eq!(error.kind(), io::ErrorKind::Interrupted);
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        }
    }
}

#[test]
fn progress_ends_with_everything() {
    let model = linear(6000, 5000);
    let checked = validate(&model, None).unwrap();
    for format in [Format::Lp, Format::Mps, Format::NlText] {
        let watch = Stopper { left: Cell::new(u32::MAX), seen: Cell::default() };
        let options = Options { threads: 2, watch: Some(&watch), ..Options::default() };
        let mut out = Vec::new();
        write(&checked, format, &options, &mut out).unwrap();
        let Progress { bytes, done, total } = watch.seen.get();
        assert_eq!(bytes, out.len() as u64);
        assert!(done >= model.rows.nonzeros() as u64 && done <= total, "{done} of {total}");
    }
}
