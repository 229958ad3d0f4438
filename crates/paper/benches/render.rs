//! How long a paper takes: a usual filing of thirty answers, and its receipt.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run ends")]

#[path = "../tests/it/sample.rs"]
mod sample;

use std::collections::BTreeMap;

use criterion::{Criterion, criterion_group, criterion_main};
use paper::{Standing, filing, receipt};

fn papers(criterion: &mut Criterion) {
    let words = sample::words();
    let fields: Vec<_> = (0..30)
        .map(|n| {
            (
                format!("field_{n:02}"),
                sample::answer(
                    "1.2",
                    "A question of the form",
                    "An answer of one or two sentences, as people write them when they are in a hurry.",
                ),
            )
        })
        .collect();
    let content = fields.iter().map(|(field, answer)| (field.as_str(), answer.clone())).collect();
    let document = sample::filing_of(BTreeMap::from([("what".to_owned(), sample::disclosed(content))]));
    criterion.bench_function("paper of a filing with 30 answers", |bencher| {
        bencher.iter(|| filing(&document, &words, Standing::Filed).unwrap());
    });
    let document = sample::receipt();
    criterion
        .bench_function("paper of a receipt", |bencher| bencher.iter(|| receipt(&document, &words).unwrap()));
    sample::keep("bench", &filing(&sample::filing(), &words, Standing::Filed).unwrap());
}

criterion_group!(benches, papers);
criterion_main!(benches);
