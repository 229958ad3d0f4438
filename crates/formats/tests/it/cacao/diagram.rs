//! Workflows as pictures.

use std::fs;

use formats::{
    Limits,
    cacao::{Playbook, read, to_dot, to_mermaid},
};

use super::corpus::{corpus, pinned};

fn playbook(name: &str) -> Playbook {
    let path = corpus("valid").into_iter().find(|path| path.ends_with(name)).unwrap();
    read(&fs::read(path).unwrap(), &Limits::default()).items.remove(0)
}

#[test]
fn pictures_of_the_corpus_are_as_pinned() {
    for path in corpus("valid") {
        let playbook = read(&fs::read(&path).unwrap(), &Limits::default()).items.remove(0);
        if path.ends_with("full.json") || path.ends_with("minimal.json") {
            pinned(&path, "dot", &to_dot(&playbook));
            pinned(&path, "mmd", &to_mermaid(&playbook));
        }
    }
}

/// Names that would be statements, directives, markup or entities.
const NAMES: [&str; 8] = [
    "\"]; evil [label=\"x",
    "\\\"]; evil",
    "\\",
    "a\nclick n0 \"javascript:alert(1)\"",
    "%%{init: {\"theme\":\"dark\"}}%%",
    "<img src=x onerror=alert(1)>",
    "`**bold**` #quot; &quot;",
    "\u{202e}txet \u{2028}end",
];

#[test]
fn names_of_strangers_are_only_names() {
    for name in NAMES {
        let mut playbook = playbook("minimal.json");
        playbook.name = Some(name.to_owned());
        for (_, step) in &mut playbook.workflow {
            step.name = Some(name.to_owned());
        }
        playbook.agent_definitions[0].1.name = Some(name.to_owned());
        playbook.workflow_exception = Some(name.into());
        let (dot, mermaid) = (to_dot(&playbook), to_mermaid(&playbook));
        // The picture has the lines that it has with harmless names, and each begins as there.
        let mut plain = playbook.clone();
        plain.name = Some("x".to_owned());
        for (_, step) in &mut plain.workflow {
            step.name = Some("x".to_owned());
        }
        plain.agent_definitions[0].1.name = Some("x".to_owned());
        plain.workflow_exception = Some("x".into());
        let skeleton = |text: &str| text.lines().map(without_texts).collect::<Vec<_>>();
        assert_eq!(skeleton(&dot), skeleton(&to_dot(&plain)), "{dot}");
        assert_eq!(skeleton(&mermaid), skeleton(&to_mermaid(&plain)), "{mermaid}");
        assert!(!mermaid.contains("%%") && !mermaid.contains("<img") && !mermaid.contains('`'), "{mermaid}");
        assert!(!dot.contains('\u{202e}') && !mermaid.contains('\u{2028}'));
    }
}

/// A line without what stands in quotes, as DOT reads them.
fn without_texts(line: &str) -> String {
    let mut kept = String::new();
    let (mut inside, mut escaped) = (false, false);
    for character in line.chars() {
        match (inside, character) {
            (true, '\\') if !escaped => escaped = true,
            (_, '"') if !escaped => {
                inside = !inside;
                kept.push('"');
            }
            (false, other) => kept.push(other),
            (true, _) => escaped = false,
        }
    }
    assert!(!inside, "{line}");
    kept
}

#[test]
fn what_is_missing_is_shown_as_missing() {
    let mut playbook = playbook("minimal.json");
    playbook.workflow.truncate(2);
    assert!(to_dot(&playbook).contains("color=red, label=\"missing\\nend--"));
    assert!(to_mermaid(&playbook).contains("style n2 stroke"));
    assert_eq!(to_mermaid(&Playbook::default()), "flowchart TD\n");
}
