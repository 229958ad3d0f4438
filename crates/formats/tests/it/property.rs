//! Whatever comes in: nothing panics, nothing is lost in silence, and what is valid comes out as it came.

use formats::{
    Json, Limits,
    idmef::{
        AnalyzerMethod, Category, EntitySector, Options, check, check_bytes, former_keywords, read,
        read_value,
    },
    parse,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Every text and number of the input stands in what is written, in a loss, or is a keyword that moved.
pub fn nothing_is_lost(document: &Json<'static>) {
    let reading = read_value(document.clone());
    assert_eq!(reading.items.len(), 1);
    let written = reading.items[0].to_string();
    let unescaped = written.replace("\\\"", "\"").replace("\\\\", "\\");
    let losses: String = reading.losses.iter().map(|loss| format!("{} {}\n", loss.what, loss.why)).collect();
    let mut leaves = Vec::new();
    leaves_of(document, &mut leaves);
    for leaf in leaves {
        let short: String = leaf.chars().take(30).collect();
        // Quoting doubles backslashes once more in what is kept as JSON within JSON.
        let plain = short.replace(['\\', '"'], "");
        let is_there = |text: &str| text.replace(['\\', '"'], "").contains(&plain);
        assert!(
            is_there(&unescaped) || is_there(&losses) || former(&leaf),
            "{leaf} is lost:\n{document}\n{written}\n{losses}"
        );
    }
}

/// A keyword with a row in the table of former keywords, or one in another case.
fn former(leaf: &str) -> bool {
    former_keywords().rows().any(|row| row.from.ends_with(&format!(":{leaf}")))
}

fn leaves_of(value: &Json<'_>, found: &mut Vec<String>) {
    match value {
        Json::Text(text) => found.push(text.to_string()),
        Json::Number(digits) => found.push(digits.to_string()),
        Json::List(items) => items.iter().for_each(|item| leaves_of(item, found)),
        Json::Object(members) => {
            for member in members.iter().filter(|member| member.name != "Version") {
                leaves_of(&member.value, found);
            }
        }
        Json::Null | Json::Bool(_) => {}
    }
}

fn quoted(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| Json::text(text.as_ref()).to_string()).collect();
    format!("[{}]", texts.join(","))
}

fn uuid() -> impl Strategy<Value = String> {
    "[0-9a-fA-F]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}"
}

fn time() -> impl Strategy<Value = String> {
    "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-]0[0-9]:[0-5]0)"
}

/// A valid alert of draft 08, with all its classes.
pub fn alert() -> impl Strategy<Value = String> {
    let categories: Vec<&str> =
        Category::all().map(|word| word.text()).filter(|word| *word != "Other.ext-value").collect();
    let sectors: Vec<&str> = EntitySector::all().map(|word| word.text()).collect();
    let methods: Vec<&str> =
        AnalyzerMethod::all().map(|word| word.text()).filter(|word| *word != "ext-value").collect();
    let head = (
        uuid(),
        time(),
        vec(select(categories), 1..4),
        vec(select(sectors), 1..3),
        vec(select(methods), 1..3),
    );
    let texts = (option::of("\\PC{0,30}"), option::of("(0|1|0\\.[0-9]{1,9})"), vec("\\PC{1,10}", 1..3));
    let ends = vec((uuid(), any::<u32>(), vec(1..=u16::MAX, 1..4), "[a-z]{1,6}"), 1..4);
    (head, texts, ends).prop_map(|((id, time, category, sector, method), (note, confidence, names), ends)| {
        let mut text = format!(
            r#"{{"Version":"2.D.V08","ID":"{id}","EntitySector":{},"Category":{}"#,
            quoted(&sector),
            quoted(&category)
        );
        if let Some(confidence) = confidence {
            text += &format!(r#","Confidence":{confidence}"#);
        }
        if let Some(note) = note {
            text += &format!(r#","Note":{}"#, Json::text(note.as_str()));
        }
        text += &format!(
            r#","CreateTime":"{time}","AltNames":{},"Analyzer":{{"Name":"a","Method":{}}}"#,
            quoted(&names),
            quoted(&method)
        );
        let source = |(id, ip, ports, protocol): &(String, u32, Vec<u16>, String)| {
            format!(
                r#"{{"ID":"{id}","IP":"{}","Protocol":["{protocol}"],"Port":{ports:?}}}"#,
                std::net::Ipv4Addr::from(*ip)
            )
        };
        let sources: Vec<String> = ends.iter().map(source).collect();
        text + &format!(r#","Source":[{}]}}"#, sources.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_alert_comes_out_as_it_came_in(text in alert()) {
        let report = check_bytes(text.as_bytes(), &Options::default());
        prop_assert!(report.is_valid(), "{:?}", report.findings);
        let reading = read(text.as_bytes(), &Limits::default());
        prop_assert_eq!(&reading.losses, &[]);
        let came: serde_json::Value = serde_json::from_str(&text).unwrap();
        let written: serde_json::Value = serde_json::from_str(&reading.items[0].to_string()).unwrap();
        prop_assert_eq!(came, written);
    }

    /// One member of a valid alert is replaced by something else: carried, and nothing else is lost.
    #[test]
    fn a_spoilt_alert_keeps_everything(text in alert(), member in 0_usize..9, odd in "(null|7|-0\\.5|\"x\"|\\[\\]|\\[1,\"y\"\\]|\\{\"z\":\\[\\]\\})", version in "2\\.(D\\.V0[2-8]|0\\.3)") {
        let mut document = parse(text.as_bytes(), &Limits::default()).unwrap().into_owned();
        if let Json::Object(members) = &mut document {
            let count = members.len();
            members[member % count].value = parse(odd.as_bytes(), &Limits::default()).unwrap().into_owned();
            members.push(formats::Member { name: "Version".into(), value: Json::text(version) });
        }
        nothing_is_lost(&document);
    }

    /// Reading what was written changes nothing more.
    #[test]
    fn reading_twice_is_reading_once(text in alert(), version in "2\\.(D\\.V0[2-8]|0\\.3)") {
        let older = text.replace("2.D.V08", &version);
        let once = read(older.as_bytes(), &Limits::default());
        let written = once.items[0].to_string();
        let twice = read(written.as_bytes(), &Limits::default());
        prop_assert_eq!(&twice.losses, &[]);
        prop_assert_eq!(twice.items[0].to_string(), written);
        let report = check(&once.items[0].to_json(), &Options::default());
        prop_assert!(report.is_valid(), "{:?}", report.findings);
    }

    #[test]
    fn bytes_out_of_nowhere_make_nothing_stop(bytes in vec(any::<u8>(), 0..200)) {
        let _report = check_bytes(&bytes, &Options::default());
        let _reading = read(&bytes, &Limits::default());
        let _events = formats::idea::read(&bytes, &Limits::default());
        let _format = formats::sniff(&bytes);
    }
}
