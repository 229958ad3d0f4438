//! Package URLs: the pattern of the schema, and what the specification of purl asks beyond it.

/// The pattern of CSAF 2.0.
pub fn fits_20(text: &str) -> bool {
    let extra = |byte: u8| b".-+".contains(&byte);
    fits(
        text,
        |byte| byte.is_ascii_alphabetic() || extra(byte),
        |byte| byte.is_ascii_alphanumeric() || extra(byte),
    )
}

/// The pattern of CSAF 2.1.
pub fn fits_21(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    fits(text, |byte| byte.is_ascii_lowercase(), rest)
}

fn fits(text: &str, first: impl Fn(u8) -> bool, rest: impl Fn(u8) -> bool) -> bool {
    let parts = text.strip_prefix("pkg:").and_then(|text| text.split_once('/'));
    parts.is_some_and(|(kind, path)| {
        kind.bytes().next().is_some_and(first)
            && kind.bytes().skip(1).all(rest)
            && path.chars().next().is_some_and(|one| one != '\n')
    })
}

/// The parts of a package URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purl<'t> {
    pub kind: &'t str,
    pub namespace: Option<&'t str>,
    pub name: &'t str,
    pub version: Option<&'t str>,
    pub qualifiers: Option<&'t str>,
    pub subpath: Option<&'t str>,
}

/// Takes a package URL apart.
///
/// # Errors
/// What the specification of purl forbids, in words.
pub fn parse(text: &str) -> Result<Purl<'_>, &'static str> {
    let rest = text.strip_prefix("pkg:").ok_or("it begins with pkg:")?;
    let (rest, subpath) = rest.split_once('#').map_or((rest, None), |(one, two)| (one, Some(two)));
    let (rest, qualifiers) = rest.split_once('?').map_or((rest, None), |(one, two)| (one, Some(two)));
    let rest = rest.trim_start_matches('/');
    let (kind, path) = rest.split_once('/').ok_or("a type and a name are separated by a slash")?;
    let (path, version) = match path.rsplit_once('@') {
        // A scope of npm that is not escaped is no version.
        Some((path, version)) if !version.contains('/') => (path, Some(version)),
        Some(_) | None => (path, None),
    };
    let path = path.trim_matches('/');
    let (namespace, name) = path.rsplit_once('/').map_or((None, path), |(one, two)| (Some(one), two));
    if !kind.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        return Err("the type begins with a letter");
    }
    if kind.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !b".-".contains(&byte)) {
        return Err("the type has letters, digits, full stops and hyphens only");
    }
    if name.is_empty() {
        return Err("it names a package behind its type");
    }
    if version == Some("") {
        return Err("an @ is followed by the version");
    }
    if crate::syntax::address::fault_of_uri(text).is_some() {
        return Err("other signs than those of a URI are percent-encoded");
    }
    let purl = Purl { kind, namespace, name, version, qualifiers, subpath };
    qualifiers.map_or(Ok(()), are_qualifiers)?;
    needs_namespace(&purl)?;
    Ok(purl)
}

/// Everything but the qualifiers (CSAF 2.1, 6.1.42).
pub fn without_qualifiers(text: &str) -> String {
    let (rest, subpath) = text.split_once('#').map_or((text, None), |(one, two)| (one, Some(two)));
    let base = rest.split_once('?').map_or(rest, |(one, _)| one);
    subpath.map_or_else(|| base.to_owned(), |subpath| format!("{base}#{subpath}"))
}

fn are_qualifiers(qualifiers: &str) -> Result<(), &'static str> {
    let mut seen = std::collections::HashSet::new();
    for pair in qualifiers.split('&') {
        let Some((key, _)) = pair.split_once('=') else {
            return Err("qualifiers are pairs, key=value");
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if !key.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) || !key.bytes().all(plain) {
            return Err("the key of a qualifier begins with a letter and has no other signs than . - _");
        }
        if !seen.insert(key) {
            return Err("a qualifier stands there once");
        }
    }
    Ok(())
}

/// Types whose packages always have a namespace, and those that never have one.
fn needs_namespace(purl: &Purl<'_>) -> Result<(), &'static str> {
    let has = purl.namespace.is_some();
    match purl.kind.to_ascii_lowercase().as_str() {
        "maven" | "github" | "bitbucket" | "composer" | "swift" if !has => {
            Err("this type of package has a namespace: write type/namespace/name")
        }
        "pypi" | "gem" | "cargo" | "nuget" | "hackage" | "cran" if has => {
            Err("this type of package has no namespace: write type/name")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_package_url() {
        for right in [
            "pkg:npm/%40angular/core@16.0.0",
            "pkg:maven/org.example/lib@1.0?type=jar&classifier=x#a/b",
            "pkg:oci/kube-proxy@sha256:abc?repository_url=registry.example.com",
        ] {
            assert!(parse(right).is_ok() && fits_20(right), "{right} {:?}", parse(right));
        }
        for wrong in
            ["pkg:maven/lib@1.0", "pkg:npm/a@", "pkg:npm/a?b", "pkg:npm/a b", "pkg:n_pm/a", "pkg:npm"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(without_qualifiers("pkg:a/b@1?c=d#e"), "pkg:a/b@1#e");
    }
}
