//! Patterns of STIX: one by one, and a hundred thousand at once.

use std::{fs, hint::black_box, time::Duration};

use criterion::{Criterion, Throughput};
use formats::{
    Json, Limits, Profile, parse,
    stix::pattern::{Engine, Matcher, Observations, Pattern, Vocabulary},
};

/// The same numbers at each run: xorshift.
struct Dice(u64);

impl Dice {
    const fn new() -> Self {
        Self(88_172_645_463_325_252)
    }

    const fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// Observed data with three objects each: an address, traffic to it, a file.
fn observed(dice: &mut Dice, count: u64) -> String {
    let mut objects = Vec::new();
    for at in 0..count {
        let time = format!("2026-01-01T00:{:02}:{:02}Z", at / 60 % 60, at % 60);
        let id = |kind: &str, part: u64| format!("{kind}--{:08x}-1a40-4aa0-b440-{part:012x}", at * 16 + part);
        let (address, traffic, file) = (id("ipv4-addr", 1), id("network-traffic", 2), id("file", 3));
        objects.push(format!(
            r#"{{"type":"observed-data","spec_version":"2.1","id":"{}","first_observed":"{time}","last_observed":"{time}","number_observed":1,"object_refs":["{address}","{traffic}","{file}"]}}"#,
            id("observed-data", 0)
        ));
        objects.push(format!(
            r#"{{"type":"ipv4-addr","id":"{address}","value":"10.{}.{}.{}"}}"#,
            dice.below(256),
            dice.below(256),
            dice.below(256)
        ));
        objects.push(format!(
            r#"{{"type":"network-traffic","id":"{traffic}","dst_ref":"{address}","dst_port":{},"protocols":["tcp"]}}"#,
            dice.below(65_536)
        ));
        objects.push(format!(
            r#"{{"type":"file","id":"{file}","name":"f{}.dll","size":{},"hashes":{{"MD5":"{:032x}","SHA-256":"{:064x}"}}}}"#,
            dice.below(100_000),
            dice.below(1 << 20),
            dice.below(u64::MAX),
            dice.below(u64::MAX)
        ));
    }
    format!(r#"{{"type":"bundle","objects":[{}]}}"#, objects.join(","))
}

/// What indicators of feeds ask for, in the shares of a usual feed.
fn indicator(dice: &mut Dice, at: u64) -> String {
    let mut address =
        || format!("{}.{}.{}.{}", 1 + dice.below(223), dice.below(256), dice.below(256), dice.below(256));
    match at % 20 {
        0..=5 => format!("[ipv4-addr:value = '{}']", address()),
        6..=8 => format!("[domain-name:value = 'h{}.example']", dice.below(u64::MAX)),
        9..=10 => format!("[url:value = 'http://h{}.example/{}']", dice.below(u64::MAX), dice.below(1_000)),
        11..=14 => format!(
            "[file:hashes.'SHA-256' = '{:064x}' OR file:hashes.MD5 = '{:032x}']",
            dice.below(u64::MAX),
            dice.below(u64::MAX)
        ),
        15..=16 => {
            format!("[file:name = 'f{}.dll' AND file:size = {}]", dice.below(100_000), dice.below(1 << 20))
        }
        17..=18 => {
            format!("[network-traffic:dst_ref.value = '{}' AND network-traffic:dst_port = 443]", address())
        }
        _ => match at % 400 {
            19 => format!("[file:name MATCHES '^evil{at}.+\\\\.exe$']"),
            39 => format!("[file:name LIKE '%{at}x.exe']"),
            59 => format!("[ipv4-addr:value ISSUBSET '{}/24']", address()),
            _ => format!("[ipv4-addr:value = '{}'] FOLLOWEDBY [file:name = 'f{at}.dll']", address()),
        },
    }
}

/// The patterns of the comparison: those of the shared samples, else those of our corpus.
fn examples() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = root.join("../shared/samples/stix2.1/pattern-syntax-cases.json");
    let path = if shared.exists() { shared } else { root.join("corpus/stix/patterns/checks.json") };
    let bytes = fs::read(path).expect("the patterns are read");
    let cases = parse(&bytes, &Limits::default()).expect("the patterns are JSON");
    let all = cases.as_list().expect("the patterns are a list").iter();
    let texts = all.filter_map(|case| case.get("pattern").and_then(Json::as_text));
    texts.filter(|text| Pattern::parse(text, &Limits::default()).is_ok()).map(str::to_owned).collect()
}

/// One pattern after the other.
pub fn one(criterion: &mut Criterion) {
    let limits = Limits::default();
    let texts = examples();
    let parsed: Vec<Pattern> =
        texts.iter().map(|text| Pattern::parse(text, &limits).expect("it was read before")).collect();
    let mut group = criterion.benchmark_group("pattern");
    group.throughput(Throughput::Elements(texts.len() as u64)).measurement_time(Duration::from_secs(3));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| texts.iter().filter(|text| Pattern::parse(black_box(text), &limits).is_ok()).count());
    });
    group.bench_function("check", |bencher| {
        bencher.iter(|| {
            parsed.iter().map(|one| one.check(&Vocabulary::default(), Profile::Text).len()).sum::<usize>()
        });
    });
    let text = observed(&mut Dice::new(), 100);
    let json = parse(text.as_bytes(), &limits).expect("it is JSON");
    let observations = Observations::of(&json);
    group.throughput(Throughput::Elements(100));
    for (name, pattern) in [
        ("match an address", "[ipv4-addr:value = '203.0.113.7']"),
        (
            "match a file by hash and size",
            "[file:hashes.MD5 = '00000000000000000000000000000000' AND file:size > 5]",
        ),
        ("match a part of a network", "[network-traffic:dst_ref.value ISSUBSET '198.51.100.0/24']"),
        (
            "match two in a row",
            "([file:size > 500000] FOLLOWEDBY [network-traffic:dst_port = 1]) WITHIN 60 SECONDS",
        ),
    ] {
        let matcher = Pattern::parse(pattern, &limits).map(|pattern| Matcher::new(&pattern));
        let matcher = matcher.expect("it is a pattern").expect("it can be matched");
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(matcher.matches(black_box(&observations), Matcher::WORK)));
        });
        if name == "match an address" {
            group.bench_function("prepare from JSON and match an address", |bencher| {
                bencher
                    .iter(|| black_box(matcher.matches(&Observations::of(black_box(&json)), Matcher::WORK)));
            });
        }
    }
    group.finish();
}

/// A hundred thousand indicators at once.
pub fn many(criterion: &mut Criterion) {
    let limits = Limits::default();
    let mut dice = Dice::new();
    let texts: Vec<String> = (0..100_000).map(|at| indicator(&mut dice, at)).collect();
    let before = memory();
    let patterns: Vec<Pattern> =
        texts.iter().map(|text| Pattern::parse(text, &limits).expect("it is a pattern")).collect();
    let engine = Engine::new(&patterns).expect("they can be matched");
    drop(patterns);
    println!("100,000 patterns hold {} MiB", (memory() - before) >> 20);
    let text = observed(&mut dice, 10_000);
    let json = parse(text.as_bytes(), &no_bounds()).expect("it is JSON");
    let observations = Observations::of(&json);
    let mut group = criterion.benchmark_group("100,000 patterns");
    group.throughput(Throughput::Elements(10_000)).measurement_time(Duration::from_secs(5)).sample_size(20);
    group.bench_function("10,000 observed-data", |bencher| {
        bencher.iter(|| black_box(engine.evaluate(black_box(&observations), Engine::WORK)).hits.len());
    });
    group.bench_function("prepare from JSON and 10,000 observed-data", |bencher| {
        bencher.iter(|| {
            black_box(engine.evaluate(&Observations::of(black_box(&json)), Engine::WORK)).hits.len()
        });
    });
    group.finish();
}

fn no_bounds() -> Limits {
    crate::no_limits()
}

/// Bytes of this process in memory, where the system tells.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0) << 10
}
