//! NumPy's format of several arrays: a zip archive of `.npy` files, stored or deflated.

use std::io::Read;

use bytes::Bytes;
use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::array::Array;
use super::error::DataProblem;
use super::npy;
use crate::front::printable::printable;

pub(super) const MAGIC: &[u8] = b"PK\x03\x04";
/// So much may come out of any file; above that, 64 times what is packed.
const MODEST: usize = 64 << 20;
const RATIO: usize = 64;

const CUT: DataProblem = DataProblem::Damaged("the archive is cut off");

/// A file of the archive, by the archive's directory.
struct Member<'a> {
    name: String,
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    local: usize,
    archive: &'a Bytes,
}

fn short(data: &[u8], at: usize) -> Result<usize, DataProblem> {
    let raw = data.get(at..at.saturating_add(2)).ok_or(CUT)?;
    Ok(raw.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
}

fn long(data: &[u8], at: usize) -> Result<usize, DataProblem> {
    Ok(short(data, at)? | short(data, at.saturating_add(2))? << 16)
}

/// Reads the array of a name, or the only one.
pub(super) fn read(data: &Bytes, asked: Option<&str>) -> Result<Array, DataProblem> {
    let members = directory(data)?;
    let stem = |m: &Member<'_>| m.name.strip_suffix(".npy").unwrap_or(&m.name).to_owned();
    let found = match (asked, members.as_slice()) {
        (Some(name), all) => all.iter().find(|m| stem(m) == name),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let Some(member) = found else {
        let names = members.iter().take(8).map(|m| format!("`{}`", printable(&stem(m))));
        let known = names.collect::<Vec<_>>().join(", ");
        let asked = match asked {
            Some(name) => format!("there is no array `{}`", printable(name)),
            None => "say which array is meant".to_owned(),
        };
        let known = if known.is_empty() { "none".to_owned() } else { known };
        return Err(DataProblem::Member { asked, known });
    };
    let contents = member.contents()?;
    if !contents.starts_with(npy::MAGIC) {
        return Err(DataProblem::Damaged("a member of the archive is no .npy file"));
    }
    npy::read(contents)
}

fn directory(data: &Bytes) -> Result<Vec<Member<'_>>, DataProblem> {
    // The directory's end is 22 bytes and a comment of at most 65535.
    let from = data.len().saturating_sub(22 + 65_535);
    let tail = &data[from..];
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or(CUT)? + from;
    if end + 22 + short(data, end + 20)? != data.len() {
        return Err(CUT);
    }
    let (count, mut at) = (short(data, end + 10)?, long(data, end + 16)?);
    let mut members = Vec::new();
    for _ in 0..count {
        if data.get(at..at.saturating_add(4)) != Some(b"PK\x01\x02") {
            return Err(CUT);
        }
        let flags = short(data, at + 8)?;
        if flags & 1 != 0 {
            return Err(DataProblem::Archive("encryption"));
        }
        let (packed, size, local) =
            (long(data, at + 20)?, long(data, at + 24)?, long(data, at + 42)?);
        if [packed, size, local].contains(&0xffff_ffff) {
            return Err(DataProblem::Archive("members of 4 GiB or more"));
        }
        let name = short(data, at + 28)?;
        let text = data.get(at + 46..at + 46 + name).ok_or(CUT)?;
        members.push(Member {
            name: String::from_utf8_lossy(text).into_owned(),
            method: short(data, at + 10)? as u16,
            crc: long(data, at + 16)? as u32,
            packed,
            size,
            local,
            archive: data,
        });
        at += 46 + name + short(data, at + 30)? + short(data, at + 32)?;
    }
    Ok(members)
}

impl Member<'_> {
    fn contents(&self) -> Result<Bytes, DataProblem> {
        let data = self.archive;
        let begin = self.local + 30 + short(data, self.local + 26)? + short(data, self.local + 28)?;
        let end = begin + self.packed;
        if end > data.len() {
            return Err(CUT);
        }
        let contents = match self.method {
            0 => data.slice(begin..end),
            8 => Bytes::from(self.inflated(&data[begin..end])?),
            _ => return Err(DataProblem::Archive("a packing other than deflate")),
        };
        let mut crc = Crc::new();
        crc.update(&contents);
        if contents.len() != self.size || crc.sum() != self.crc {
            return Err(DataProblem::Damaged("a member of the archive has a wrong check sum"));
        }
        Ok(contents)
    }

    fn inflated(&self, packed: &[u8]) -> Result<Vec<u8>, DataProblem> {
        if self.size > MODEST && self.size / RATIO > packed.len() {
            return Err(DataProblem::Unpack(
                "it unpacks to more than 64 MiB and 64 times its size".to_owned(),
            ));
        }
        let mut out = Vec::new();
        let mut reader = DeflateDecoder::new(packed).take(self.size as u64 + 1);
        reader.read_to_end(&mut out).map_err(|e| DataProblem::Unpack(e.to_string()))?;
        Ok(out)
    }
}
