//! A publisher's key, and the signature of a pack.

use std::path::Path;

use anyhow::Context;
use model::KeyId;
use serde_json::json;
use service::Clock;
use vault::{PACK_SIGNATURE_FILE, PublisherKey};

use crate::{
    master_key,
    output::{Outcome, Output, Unreadable},
    packs::Folder,
};

/// Writes a fresh key of a publisher, readable by its owner only, and prints its public part.
///
/// # Errors
/// A file that exists already, or that cannot be written.
pub fn new_key(file: &Path, name: &str, output: Output) -> anyhow::Result<Outcome> {
    let id = KeyId::new(Clock::System.now(), vault::random());
    let key = PublisherKey::generate(name, id)?;
    master_key::write_secret(file, &key.text())?;
    let public = key.publisher();
    let fingerprint = public.fingerprint().unwrap_or_default();
    let answer = json!({
        "file": file, "name": public.name, "public_key": public.public_key, "fingerprint": fingerprint
    });
    output.print(&answer, |_| {
        format!(
            "The key of {name} is in {}. Keep it to yourself, and keep a copy: who has it signs in your name.\n\n\
             Nodes that shall take your packs name its public part in their configuration:\n\n    \
             [regimes]\n    publishers = [{{ name = {name:?}, public_key = {:?} }}]\n\n\
             Tell them its fingerprint by another way (telephone, paper), so that they can compare:\n\n    {fingerprint}\n",
            file.display(),
            public.public_key
        )
    })?;
    Ok(Outcome::Fine)
}

/// Writes `pack.sig.json` into the folder of a pack.
///
/// # Errors
/// A key or a pack that cannot be read.
pub fn sign(key: &Path, folder: &Path, output: Output) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(key).with_context(|| Unreadable(format!("cannot read {}", key.display())))?;
    let key =
        PublisherKey::read(&bytes).map_err(|error| Unreadable(format!("{}: {error}", key.display())))?;
    if !folder.is_dir() {
        return Err(Unreadable(format!("{} is no folder of a pack", folder.display())).into());
    }
    let pack = Folder::read(folder)?;
    let (id, version) = pack.name()?;
    let signature = vault::sign_pack(&pack.files, (&id, &version), &key, Clock::System.now())?;
    let file = folder.join(PACK_SIGNATURE_FILE);
    std::fs::write(&file, serde_json::to_string_pretty(&signature)? + "\n")
        .with_context(|| format!("cannot write {}", file.display()))?;
    let public = key.publisher();
    let fingerprint = public.fingerprint().unwrap_or_default();
    let signed = signature.manifest.files.len();
    let answer = json!({
        "file": file, "pack": id, "version": version, "files": signed,
        "publisher": public.name, "fingerprint": fingerprint
    });
    output.print(&answer, |_| {
        format!(
            "{id} {version}: {signed} files signed by {}\nfingerprint  {fingerprint}\nwritten to   {}\n",
            public.name,
            file.display()
        )
    })?;
    Ok(Outcome::Fine)
}
