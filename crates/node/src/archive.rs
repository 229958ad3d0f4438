//! Reading an archive of a pack: tar (POSIX ustar and pax, GNU), as it is or under gzip.

use std::{collections::BTreeMap, io::Read};

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;

const BLOCK: usize = 512;

/// The plain files of an archive by their paths. When all stand in one folder, its name is left out.
///
/// # Errors
/// What is no tar archive, is larger than `most` bytes unpacked, or holds links, devices or paths that lead out.
pub fn read(bytes: &[u8], most: u64) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut unpacked = Vec::new();
    let gzip = bytes.starts_with(&[0x1f, 0x8b]);
    let read = if gzip {
        MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut unpacked)
    } else {
        bytes.take(most + 1).read_to_end(&mut unpacked)
    };
    read.context("it is damaged")?;
    if unpacked.len() as u64 > most {
        bail!("it has more than {most} bytes unpacked");
    }
    let files = untar(&unpacked)?;
    Ok(without_common_folder(files))
}

fn untar(mut rest: &[u8]) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut long_name = None;
    while let Some((header, after)) = rest.split_at_checked(BLOCK) {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        let size = size(header).context("it is no tar archive")?;
        let padded = size.div_ceil(BLOCK).saturating_mul(BLOCK);
        let content = after.get(..size).context("it ends within a file")?;
        rest = after.get(padded.min(after.len())..).unwrap_or_default();
        match header.get(156).copied().unwrap_or_default() {
            b'x' => long_name = pax_path(content),
            b'L' => long_name = Some(text(content)),
            b'g' => {}
            b'5' => long_name = None,
            b'0' | 0 => {
                let name = long_name.take().unwrap_or_else(|| name(header));
                let path = plain(&name)?;
                // As in a folder: what begins with a dot is of the system, not of the pack.
                if path.split('/').any(|part| part.starts_with('.')) {
                    continue;
                }
                if files.insert(path, content.to_vec()).is_some() {
                    bail!("it holds {name} twice");
                }
            }
            _ => bail!("{} is no plain file; a pack holds plain files only", name(header)),
        }
    }
    if files.is_empty() {
        bail!("it holds no file");
    }
    Ok(files)
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

fn name(header: &[u8]) -> String {
    let part = |from: usize, to: usize| text(header.get(from..to).unwrap_or_default());
    let prefix = if header.get(257..262) == Some(b"ustar") { part(345, 500) } else { String::new() };
    let name = part(0, 100);
    if prefix.is_empty() || header.get(262) == Some(&b' ') { name } else { format!("{prefix}/{name}") }
}

fn size(header: &[u8]) -> Option<usize> {
    let digits = text(header.get(124..136)?);
    usize::from_str_radix(digits.trim(), 8).ok()
}

/// The path in an extended header (POSIX.1-2001): lines of `length key=value`.
fn pax_path(content: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(content);
    text.lines().find_map(|line| Some(line.split_once(" path=")?.1.to_owned()))
}

/// The path, when it leads nowhere but into the folder.
fn plain(name: &str) -> anyhow::Result<String> {
    let name = name.strip_prefix("./").unwrap_or(name);
    let fine = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    if !name.split('/').all(fine) {
        bail!("the path {name:?} leads out of the pack");
    }
    Ok(name.to_owned())
}

fn without_common_folder(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let first = files.keys().next().and_then(|path| Some(format!("{}/", path.split_once('/')?.0)));
    let Some(first) = first.filter(|first| files.keys().all(|path| path.starts_with(first))) else {
        return files;
    };
    files
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(&first).unwrap_or(&path).to_owned(), bytes))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn tar(files: &[(&str, u8, &str)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, kind, content) in files {
            let mut header = [0_u8; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
            header[156] = *kind;
            header[257..262].copy_from_slice(b"ustar");
            bytes.extend(header);
            bytes.extend(content.as_bytes());
            bytes.resize(bytes.len().div_ceil(BLOCK) * BLOCK, 0);
        }
        bytes.resize(bytes.len() + 2 * BLOCK, 0);
        bytes
    }

    #[test]
    fn an_archive_of_one_folder_is_that_folder() {
        let plain =
            tar(&[("law/", b'5', ""), ("law/pack.toml", b'0', "id"), ("law/text/en.ftl", b'0', "pack")]);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&plain).unwrap();
        for bytes in [plain, gzip.finish().unwrap()] {
            let files = read(&bytes, 1 << 20).unwrap();
            assert_eq!(files.keys().collect::<Vec<_>>(), ["pack.toml", "text/en.ftl"]);
            assert_eq!(files["pack.toml"], b"id");
        }
    }

    #[test]
    fn what_leads_out_or_is_no_file_is_refused() {
        let refused = |bytes: &[u8]| format!("{:#}", read(bytes, 10_000).unwrap_err());
        assert!(refused(&tar(&[("../x", b'0', "a")])).contains("leads out"));
        assert!(refused(&tar(&[("/etc/x", b'0', "a")])).contains("leads out"));
        assert!(refused(&tar(&[("x", b'2', "")])).contains("plain file"));
        assert!(refused(&tar(&[("x", b'0', "a"), ("x", b'0', "b")])).contains("twice"));
        assert!(refused(&tar(&[("x", b'0', &"a".repeat(20_000))])).contains("more than"));
        assert!(
            refused(b"nothing of the kind, and longer than a block".repeat(20).as_slice()).contains("no tar")
        );
        assert!(refused(&tar(&[("x", b'0', &"a".repeat(2000))])[..1000]).contains("ends within"));
        assert!(refused(b"").contains("no file"));
    }
}
