//! Several files as one: ZIP, not compressed, the same files giving the same bytes.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::PaperError;

/// The most files that are read.
const MOST_FILES: usize = 64;
/// The most bytes that are read of all files together.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The files as an archive, in their order.
///
/// # Errors
/// [`PaperError::Pack`] when a name stands twice.
pub fn archive<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, PaperError> {
    packed(files).map_err(|error| PaperError::Pack(error.to_string()))
}

fn packed<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in files {
        archive.start_file(name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Reads an archive of plain files, none of them in a folder.
///
/// # Errors
/// In words: no such archive, one that is too large, or one with names that are none.
pub fn read_archive(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("this is no archive: {error}"))?;
    if archive.len() > MOST_FILES {
        return Err(format!("the archive has {} files, at most {MOST_FILES} are read", archive.len()));
    }
    let (mut files, mut left) = (BTreeMap::new(), MOST_BYTES);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| format!("file {}: {error}", index + 1))?;
        let name = file.name().map_err(|error| format!("file {}: {error}", index + 1))?.into_owned();
        if name.is_empty() || name.contains(['/', '\\']) || name.chars().any(char::is_control) {
            return Err(format!("file {} of the archive has no plain name", index + 1));
        }
        let mut content = Vec::new();
        file.take(left.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| format!("{name}: {error}"))?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or_else(|| format!("the archive is larger than {MOST_BYTES} bytes"))?;
        if files.insert(name.clone(), content).is_some() {
            return Err(format!("{name} stands twice in the archive"));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_again_and_packed_alike() {
        let files = [("a.txt", &b"one"[..]), ("b.txt", &b"two"[..])];
        let bytes = archive(files.into_iter()).unwrap();
        assert_eq!(archive(files.into_iter()).unwrap(), bytes);
        let read = read_archive(&bytes).unwrap();
        assert_eq!(
            read.into_iter().collect::<Vec<_>>(),
            files.map(|(name, text)| (name.to_owned(), text.to_vec()))
        );
    }

    #[test]
    fn what_is_no_plain_archive_is_refused() {
        assert!(read_archive(b"nothing of the kind").unwrap_err().contains("no archive"));
        let refused = |name: &str| {
            let bytes = archive([(name, &b"x"[..])].into_iter()).unwrap();
            read_archive(&bytes).unwrap_err()
        };
        assert!(refused("../up.txt").contains("no plain name"));
        assert!(refused("folder/a.txt").contains("no plain name"));
        let names: Vec<String> = (0..65).map(|n| n.to_string()).collect();
        let many = archive(names.iter().map(|name| (name.as_str(), &b""[..]))).unwrap();
        assert!(read_archive(&many).unwrap_err().contains("at most 64"));
    }
}
