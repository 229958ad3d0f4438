//! What it costs to seal a document for two holders and to open it again.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use model::{Instant, KeyId, OrganisationId};
use vault::{Holder, Keyring, MasterKey, Place, create_holder_key, random};

const SIZES: [usize; 2] = [1024, 64 * 1024];

fn seal_and_open(criterion: &mut Criterion) {
    let (master, keyring) = (MasterKey::generate(), Keyring::new());
    let holders = [(); 2].map(|()| Holder::Organisation(OrganisationId::new(Instant::MIN, random())));
    for holder in holders {
        let key = create_holder_key(&master, holder, KeyId::new(Instant::MIN, random()));
        assert!(key.is_ok_and(|key| keyring.unlock(&master, &key).is_ok()), "the key is unlocked");
    }
    let [owner, _] = holders;
    let place = Place::new("incident", OrganisationId::new(Instant::MIN, random()), "document", owner, 1);
    let mut group = criterion.benchmark_group("document");
    for size in SIZES {
        let plain = vec![7; size];
        group.throughput(Throughput::Bytes(size as u64));
        group.bench_with_input(BenchmarkId::new("seal for two holders", size), &plain, |bencher, plain| {
            bencher.iter(|| keyring.seal(&place, &holders, black_box(plain)));
        });
        let sealed = keyring.seal(&place, &holders, &plain).ok();
        let Some((sealed, key)) =
            sealed.as_ref().and_then(|sealed| sealed.keys.first().map(|key| (sealed, key)))
        else {
            continue;
        };
        assert!(keyring.open(&place, owner, &sealed.bytes, key).is_ok(), "the document opens");
        group.bench_with_input(BenchmarkId::new("open", size), sealed, |bencher, sealed| {
            bencher.iter(|| keyring.open(&place, owner, black_box(&sealed.bytes), key));
        });
    }
    group.finish();
}

criterion_group!(benches, seal_and_open);
criterion_main!(benches);
