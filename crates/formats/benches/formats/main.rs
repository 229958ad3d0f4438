//! What it costs to read and to check documents of other people's formats, on one core.

#![expect(clippy::expect_used, reason = "a benchmark that cannot begin says so and ends")]

mod bundles;
mod documents;
mod patterns;

use std::{fs, hint::black_box, path::Path, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use formats::{
    Limits, Profile, Splitter,
    idmef::{self, Options, check, check_bytes, read},
    parse,
};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The alert of the comparison (`BEFFROI_BENCH_ALERT` names a file), else the full one of our corpus.
fn alert() -> Vec<u8> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/idmef/valid/full.json");
    let path = std::env::var_os("BEFFROI_BENCH_ALERT").map_or(own, Into::into);
    fs::read(path).expect("the alert is read")
}

fn alerts(criterion: &mut Criterion) {
    let alert = alert();
    let limits = Limits::default();
    let mut group = criterion.benchmark_group("idmefv2");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(3));
    group.bench_function("parse", |bencher| bencher.iter(|| black_box(parse(black_box(&alert), &limits))));
    for (name, profile) in
        [("parse and check by the text", Profile::Text), ("parse and check by the schema", Profile::Schema)]
    {
        let options = Options { profile, ..Options::default() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(check_bytes(black_box(&alert), &options)))
        });
    }
    let document = parse(&alert, &limits).expect("the alert is JSON");
    let options = Options::default();
    group.bench_function("check alone", |bencher| {
        bencher.iter(|| black_box(check(black_box(&document), &options)))
    });
    group.bench_function("read as typed alert", |bencher| {
        bencher.iter(|| black_box(read(black_box(&alert), &limits)))
    });
    let typed = read(&alert, &limits).items;
    group.bench_function("to STIX", |bencher| {
        bencher.iter(|| black_box(idmef::to_stix_bundle(black_box(&typed))));
    });
    let bundle = idmef::to_stix_bundle(&typed);
    group.bench_function("back from STIX", |bencher| {
        bencher.iter(|| black_box(idmef::from_stix_value(black_box(&bundle), &limits)));
    });
    group.finish();
}

fn stream(criterion: &mut Criterion) {
    let line = parse(&alert(), &Limits::default()).expect("the alert is JSON").to_string() + "\n";
    let stream = line.repeat(1_000);
    let mut group = criterion.benchmark_group("stream");
    group.throughput(Throughput::Bytes(stream.len() as u64)).sample_size(20);
    group.bench_function("split", |bencher| {
        bencher.iter(|| {
            let mut splitter = Splitter::new(&Limits::default());
            let mut count = 0;
            for part in stream.as_bytes().chunks(64 << 10) {
                splitter.push(part);
                count += splitter.by_ref().count();
            }
            black_box(count)
        });
    });
    group.finish();
}

/// A document of the comparison: the file that a variable names, else the shared sample where it is at hand,
/// else one of our corpus.
fn document(variable: &str, sample: &str, own: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = root.join("../shared/samples").join(sample);
    let usual = if shared.exists() { shared } else { root.join("corpus").join(own) };
    let path = std::env::var_os(variable).map_or(usual, Into::into);
    println!("{variable}: {}", path.display());
    fs::read(path).expect("the document is read")
}

/// Large documents are no stream of strangers here.
fn no_limits() -> Limits {
    Limits { bytes: usize::MAX, values: usize::MAX, ..Limits::default() }
}

criterion_group!(
    benches,
    alerts,
    stream,
    bundles::all,
    patterns::one,
    patterns::many,
    documents::events,
    documents::playbooks,
    documents::advisories
);
criterion_main!(benches);
