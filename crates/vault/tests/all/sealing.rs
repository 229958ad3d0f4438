//! Nothing sealed opens anywhere but where it was sealed, for whom it was sealed.

use model::{Instant, KeyId, OrganisationId};
use proptest::prelude::*;
use vault::{
    Holder, Keyring, MasterKey, Place, SealError, Sealed, SigningKey, UnlockError, WrappedDataKey,
    WrappedHolderKey, create_holder_key, random,
};

fn key_id(second: i64) -> KeyId {
    KeyId::new(Instant::from_micros(second * 1_000_000).unwrap(), random())
}

fn organisation() -> Holder {
    Holder::Organisation(OrganisationId::new(Instant::MIN, random()))
}

struct House {
    master: MasterKey,
    keyring: Keyring,
    hospital: Holder,
    csirt: Holder,
    rows: [WrappedHolderKey; 3],
}

fn house() -> House {
    let (master, keyring) = (MasterKey::generate(), Keyring::new());
    let (hospital, csirt) = (organisation(), organisation());
    let holders = [hospital, csirt, Holder::Node];
    let rows = holders.map(|holder| create_holder_key(&master, holder, key_id(1)).unwrap());
    rows.iter().for_each(|row| keyring.unlock(&master, row).unwrap());
    House { master, keyring, hospital, csirt, rows }
}

impl House {
    fn place(&self) -> Place<'static> {
        Place::new("incident", "0190-row", "document", self.hospital, 3)
    }

    fn sealed(&self) -> (Sealed, WrappedDataKey) {
        let sealed = self.keyring.seal(&self.place(), &[self.hospital], b"ransom note").unwrap();
        let key = sealed.keys[0].clone();
        (sealed, key)
    }
}

#[test]
fn the_holder_reads_what_was_sealed() {
    let house = house();
    let (sealed, key) = house.sealed();
    let plain = house.keyring.open(&house.place(), house.hospital, &sealed.bytes, &key).unwrap();
    assert_eq!(plain.as_slice(), b"ransom note");
    assert!(!sealed.bytes.windows(6).any(|bytes| bytes == b"ransom"));
}

#[test]
fn nothing_opens_in_another_place() {
    let house = house();
    let (sealed, key) = house.sealed();
    let here = house.place();
    let elsewhere = [
        ("table", Place { table: "filing", ..here.clone() }),
        ("row", Place { row: "0190-other".to_owned(), ..here.clone() }),
        ("column", Place { column: "title", ..here.clone() }),
        ("owner", Place { owner: house.csirt, ..here.clone() }),
        ("owner node", Place { owner: Holder::Node, ..here.clone() }),
        ("revision", Place { revision: 2, ..here.clone() }),
        ("shifted", Place { table: "inciden", row: "t0190-row".to_owned(), ..here.clone() }),
    ];
    for (what, place) in elsewhere {
        let opened = house.keyring.open(&place, house.hospital, &sealed.bytes, &key);
        assert_eq!(opened.unwrap_err(), SealError::Refused, "{what}");
        let granted = house.keyring.add_holder(&place, &key, house.csirt);
        assert_eq!(granted.unwrap_err(), SealError::Refused, "{what}");
    }
}

#[test]
fn keys_of_another_document_open_nothing() {
    let house = house();
    let (first, first_key) = house.sealed();
    let (second, second_key) = house.sealed();
    for (bytes, key) in [(&first.bytes, &second_key), (&second.bytes, &first_key)] {
        let opened = house.keyring.open(&house.place(), house.hospital, bytes, key);
        assert_eq!(opened.unwrap_err(), SealError::Refused);
    }
}

#[test]
fn a_key_passed_to_another_holder_opens_nothing() {
    let house = house();
    let (sealed, key) = house.sealed();
    let open = |reader, key: &WrappedDataKey| {
        house.keyring.open(&house.place(), reader, &sealed.bytes, key).unwrap_err()
    };
    assert_eq!(open(house.csirt, &key), SealError::OtherHolder(house.hospital));
    let renamed = WrappedDataKey { holder: house.csirt, ..key.clone() };
    assert_eq!(open(house.csirt, &renamed), SealError::Refused);
    let theirs = house.rows[1].id;
    let mut relabelled = WrappedDataKey { holder: house.csirt, key_id: theirs, ..key.clone() };
    assert_eq!(open(house.csirt, &relabelled), SealError::Refused);
    relabelled.bytes[1..17].copy_from_slice(theirs.uuid().as_bytes());
    assert_eq!(open(house.csirt, &relabelled), SealError::Refused);
}

#[test]
fn a_grant_lets_the_recipient_read_and_no_one_else() {
    let house = house();
    let (sealed, key) = house.sealed();
    let granted = house.keyring.add_holder(&house.place(), &key, house.csirt).unwrap();
    let plain = house.keyring.open(&house.place(), house.csirt, &sealed.bytes, &granted).unwrap();
    assert_eq!(plain.as_slice(), b"ransom note");
    let node = house.keyring.open(&house.place(), Holder::Node, &sealed.bytes, &granted);
    assert_eq!(node.unwrap_err(), SealError::OtherHolder(house.csirt));
    let stranger = organisation();
    let refused = house.keyring.add_holder(&house.place(), &key, stranger);
    assert_eq!(refused.unwrap_err(), SealError::Locked(stranger));
}

#[test]
fn every_holder_gets_one_key_and_nobody_is_refused() {
    let house = house();
    let sealed =
        house.keyring.seal(&house.place(), &[house.hospital, house.csirt, house.hospital], b"").unwrap();
    for key in &sealed.keys {
        let plain = house.keyring.open(&house.place(), key.holder, &sealed.bytes, key).unwrap();
        assert!(plain.is_empty());
    }
    let readers: Vec<Holder> = sealed.keys.iter().map(|key| key.holder).collect();
    assert_eq!(readers, [house.hospital, house.csirt]);
    assert_eq!(house.keyring.seal(&house.place(), &[], b"").unwrap_err(), SealError::NoHolder);
}

#[test]
fn equal_documents_look_different() {
    let house = house();
    let (first, first_key) = house.sealed();
    let (second, second_key) = house.sealed();
    assert_ne!(first.bytes, second.bytes);
    assert_ne!(first_key.bytes, second_key.bytes);
}

#[test]
fn forgotten_keys_open_nothing_and_read_again_they_do() {
    let house = house();
    let (sealed, key) = house.sealed();
    house.keyring.forget(house.hospital);
    let open = || house.keyring.open(&house.place(), house.hospital, &sealed.bytes, &key);
    assert_eq!(open().unwrap_err(), SealError::UnknownKey(key.key_id));
    assert!(!house.keyring.holds(house.hospital) && house.keyring.holds(house.csirt));
    house.keyring.unlock(&house.master, &house.rows[0]).unwrap();
    assert!(open().is_ok());
}

#[test]
fn the_latest_key_seals_and_older_ones_still_open() {
    let house = house();
    let (old, old_key) = house.sealed();
    let second = create_holder_key(&house.master, house.hospital, key_id(2)).unwrap();
    house.keyring.unlock(&house.master, &second).unwrap();
    house.keyring.unlock(&house.master, &house.rows[0]).unwrap();
    let (_, new_key) = house.sealed();
    assert_eq!(new_key.key_id, second.id);
    assert!(house.keyring.open(&house.place(), house.hospital, &old.bytes, &old_key).is_ok());
}

#[test]
fn a_holder_key_opens_only_under_its_master_and_its_name() {
    let house = house();
    let row = &house.rows[0];
    let keyring = Keyring::new();
    let other = MasterKey::generate();
    assert_eq!(
        keyring.unlock(&other, row).unwrap_err(),
        UnlockError::OtherMaster {
            holder: row.holder,
            wrapped_by: house.master.id().to_owned(),
            at_hand: other.id().to_owned()
        }
    );
    let mut flipped = row.bytes.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for changed in [
        WrappedHolderKey { holder: house.csirt, ..row.clone() },
        WrappedHolderKey { id: key_id(9), ..row.clone() },
        WrappedHolderKey { bytes: flipped, ..row.clone() },
        WrappedHolderKey { bytes: vec![], ..row.clone() },
        WrappedHolderKey { bytes: vec![2; 61], ..row.clone() },
    ] {
        assert!(matches!(keyring.unlock(&house.master, &changed), Err(UnlockError::Refused { .. })));
    }
    let renamed = WrappedHolderKey { master_key_id: other.id().to_owned(), ..row.clone() };
    assert!(matches!(keyring.unlock(&other, &renamed), Err(UnlockError::Refused { .. })));
}

#[test]
fn tokens_compare_within_one_holder_and_field_only() {
    let house = house();
    let token = |holder, field, value| house.keyring.token(holder, field, value).unwrap();
    let reference = token(house.hospital, "reference", "BFR-1");
    assert_eq!(reference, token(house.hospital, "reference", "BFR-1"));
    assert_ne!(reference, token(house.hospital, "reference", "BFR-2"));
    assert_ne!(reference, token(house.hospital, "referenc", "eBFR-1"));
    assert_ne!(reference, token(house.csirt, "reference", "BFR-1"));
    let stranger = organisation();
    assert_eq!(house.keyring.token(stranger, "a", "b").unwrap_err(), SealError::Locked(stranger));
}

/// The master key in every spelling that a log could hold: none of it may show.
#[test]
fn debug_names_keys_and_shows_none() {
    let house = house();
    let bytes = *b"correct horse battery staple 32!";
    let master = MasterKey::from_bytes(bytes);
    let signing = SigningKey::from_seed(key_id(1), &bytes).unwrap();
    let shown = format!("{:?} {master:?} {signing:?}", house.keyring);
    assert!(shown.contains(&house.rows[0].id.to_string()), "{shown}");
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    for secret in ["correct", &master.text(), &hex, &format!("{bytes:?}"), "staple"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.len() < 500, "{shown}");
}

#[test]
fn holders_are_written_and_read() {
    for holder in [Holder::Node, organisation()] {
        assert_eq!(holder.to_string().parse(), Ok(holder));
    }
    assert!("hospital".parse::<Holder>().is_err());
}

proptest! {
    #[test]
    fn any_changed_byte_is_refused(at in any::<prop::sample::Index>(), flip in 1u8.., in_key: bool) {
        let house = house();
        let (mut sealed, mut key) = house.sealed();
        let bytes = if in_key { &mut key.bytes } else { &mut sealed.bytes };
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(house.keyring.open(&house.place(), house.hospital, &sealed.bytes, &key).is_err());
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..120), head in 0u8..3) {
        let house = house();
        let (sealed, key) = house.sealed();
        let bytes: Vec<u8> = [head].into_iter().chain(bytes).collect();
        let forged = WrappedDataKey { bytes: bytes.clone(), ..key.clone() };
        prop_assert!(house.keyring.open(&house.place(), house.hospital, &bytes, &key).is_err());
        prop_assert!(house.keyring.open(&house.place(), house.hospital, &sealed.bytes, &forged).is_err());
    }

    #[test]
    fn any_document_is_read_back(plain in prop::collection::vec(any::<u8>(), 0..4096)) {
        let house = house();
        let sealed = house.keyring.seal(&house.place(), &[house.csirt], &plain).unwrap();
        let key = sealed.keys.first().unwrap();
        let opened = house.keyring.open(&house.place(), house.csirt, &sealed.bytes, key).unwrap();
        prop_assert_eq!(opened.as_slice(), plain.as_slice());
    }
}
