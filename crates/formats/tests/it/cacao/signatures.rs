//! Who signed, does it hold, and do we know them?

use std::{fs, rc::Rc};

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING,
        EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
        RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use formats::{
    Json, Limits,
    cacao::{
        Broken, DigestReading, Identifier, Options, Playbook, SignError, Signature, TrustList, TrustedKey,
        Untrusted, Verdict, check, countersign, read, sign, verify,
    },
};

use super::{NOW_MS, json};
use crate::shared;

type Sign = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// What signs: the name of its algorithm, the public key in DER, the signer.
struct Signer {
    algorithm: &'static str,
    public_key: Vec<u8>,
    sign: Sign,
}

fn ed25519(seed: u8) -> Signer {
    let key = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
    let public_key: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    Signer {
        algorithm: "Ed25519",
        public_key: public_key.as_ref().to_vec(),
        sign: Box::new(move |bytes| key.sign(bytes).as_ref().to_vec()),
    }
}

fn rsa(algorithm: &'static str, encoding: &'static dyn RsaEncoding, key: &Rc<RsaKeyPair>) -> Signer {
    let key = Rc::clone(key);
    let public_key: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    Signer {
        algorithm,
        public_key: public_key.as_ref().to_vec(),
        sign: Box::new(move |bytes| {
            let mut signature = vec![0; key.public_modulus_len()];
            key.sign(encoding, &SystemRandom::new(), bytes, &mut signature).unwrap();
            signature
        }),
    }
}

fn ecdsa(algorithm: &'static str) -> Signer {
    let curve = match algorithm {
        "ES256" => &ECDSA_P256_SHA256_FIXED_SIGNING,
        "ES384" => &ECDSA_P384_SHA384_FIXED_SIGNING,
        _ => &ECDSA_P521_SHA512_FIXED_SIGNING,
    };
    let key = EcdsaKeyPair::generate(curve).unwrap();
    let public_key: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    Signer {
        algorithm,
        public_key: public_key.as_ref().to_vec(),
        sign: Box::new(move |bytes| key.sign(&SystemRandom::new(), bytes).unwrap().as_ref().to_vec()),
    }
}

const PLAYBOOK: &str = include_str!("../../../../../corpus/cacao/valid/minimal.json");

fn playbook() -> Playbook {
    read(PLAYBOOK.as_bytes(), &Limits::default()).items.remove(0)
}

/// A signature by this signer that is still to be made; its number makes its identifier.
fn begun(signer: &Signer, number: u8) -> Signature {
    Signature {
        id: Some(Identifier::new(format!("jss--3c4a4b0e-9a6f-4f0c-8b3e-0f6f4f6f3a{number:02}"))),
        created: Some("2026-03-02T08:00:00.000Z".into()),
        modified: Some("2026-03-02T08:00:00.000Z".into()),
        signee: Some("CSIRT of the example".to_owned()),
        valid_from: Some("2026-03-02T08:00:00.000Z".into()),
        valid_until: Some("2028-03-02T08:00:00.000Z".into()),
        hash_algorithm: Some("sha-256".to_owned()),
        algorithm: Some(signer.algorithm.to_owned()),
        public_key: Some(BASE64_STANDARD.encode(&signer.public_key)),
        ..Signature::default()
    }
}

fn signed(playbook: &Playbook, signer: &Signer, number: u8) -> Playbook {
    sign(playbook, begun(signer, number), DigestReading::HexDigest, &signer.sign).unwrap()
}

fn trusting(signer: &Signer) -> TrustList {
    TrustList(vec![TrustedKey::new("the example's CSIRT", signer.public_key.clone())])
}

fn judged(playbook: &Playbook, trust: &TrustList) -> Vec<Verdict> {
    verify(&playbook.to_json(), trust, Some(NOW_MS))
}

#[test]
fn every_algorithm_signs_and_verifies_over_both_readings() {
    // One key for all of RSA: to find one takes longer than all the rest.
    let key = Rc::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap());
    let signers = [
        ed25519(1),
        rsa("RS256", &RSA_PKCS1_SHA256, &key),
        rsa("RS384", &RSA_PKCS1_SHA384, &key),
        rsa("RS512", &RSA_PKCS1_SHA512, &key),
        rsa("PS256", &RSA_PSS_SHA256, &key),
        rsa("PS384", &RSA_PSS_SHA384, &key),
        rsa("PS512", &RSA_PSS_SHA512, &key),
        ecdsa("ES256"),
        ecdsa("ES384"),
        ecdsa("ES512"),
    ];
    for signer in &signers {
        for reading in [DigestReading::HexDigest, DigestReading::CanonicalBytes] {
            for hash in ["sha-256", "sha-384", "sha-512"] {
                let signature = Signature { hash_algorithm: Some(hash.to_owned()), ..begun(signer, 1) };
                let signed = sign(&playbook(), signature, reading, &signer.sign).unwrap();
                let verdict = &judged(&signed, &trusting(signer))[0];
                assert_eq!(verdict.intact, Ok(reading), "{} {hash}", signer.algorithm);
                assert_eq!(verdict.trusted.as_deref(), Ok("the example's CSIRT"));
            }
        }
    }
}

#[test]
fn a_signed_playbook_is_valid_and_a_changed_one_is_not() {
    let signer = ed25519(1);
    let signed = signed(&playbook(), &signer, 1);
    let report = check(&signed.to_json(), &Options { now_ms: Some(NOW_MS), ..Options::default() });
    assert!(report.is_valid(), "{:#?}", report.findings);

    let mut changed = signed.clone();
    changed.description = Some("Something else.".to_owned());
    let verdict = &judged(&changed, &trusting(&signer))[0];
    assert_eq!(verdict.intact, Err(Broken::Mismatch));
    assert_eq!(verdict.trusted, Err(Untrusted::Broken));
    assert_eq!(verdict.signee.as_deref(), Some("CSIRT of the example"));

    // Nor may what the signature says of itself be changed.
    let mut longer = signed;
    longer.signatures[0].valid_until = Some("2099-03-02T08:00:00.000Z".into());
    assert_eq!(judged(&longer, &trusting(&signer))[0].intact, Err(Broken::Mismatch));
}

/// Two sign, each without the other; the order does not matter, nor does it change the version.
#[test]
fn signatures_are_independent() {
    let (first, second) = (ed25519(1), ed25519(2));
    let both = signed(&signed(&playbook(), &first, 1), &second, 2);
    let verdicts = judged(&both, &trusting(&second));
    assert!(verdicts.iter().all(|verdict| verdict.intact == Ok(DigestReading::HexDigest)));
    assert_eq!(verdicts[0].trusted, Err(Untrusted::UnknownKey));
    assert!(verdicts[1].is_trusted());
    let mut turned = both;
    turned.signatures.reverse();
    assert!(judged(&turned, &TrustList::default()).iter().all(|verdict| verdict.intact.is_ok()));
}

#[test]
fn a_signature_is_countersigned_and_the_countersignature_too() {
    let (author, chief, authority) = (ed25519(1), ed25519(2), ecdsa("ES256"));
    let one = signed(&playbook(), &author, 1);
    let id = one.signatures[0].id.clone().unwrap();
    let two = countersign(&one, &id, begun(&chief, 2), DigestReading::HexDigest, &chief.sign).unwrap();
    let three =
        countersign(&two, &id, begun(&authority, 3), DigestReading::HexDigest, &authority.sign).unwrap();

    let verdict = &judged(&three, &trusting(&authority))[0];
    let chief_says = verdict.countersignature.as_deref().unwrap();
    let authority_says = chief_says.countersignature.as_deref().unwrap();
    assert_eq!(
        (verdict.trusted.clone(), chief_says.trusted.clone()),
        (Err(Untrusted::UnknownKey), Err(Untrusted::UnknownKey))
    );
    assert!(verdict.intact.is_ok() && chief_says.intact.is_ok() && authority_says.is_trusted());
    let report = check(&three.to_json(), &Options { now_ms: Some(NOW_MS), ..Options::default() });
    assert!(report.is_valid(), "{:#?}", report.findings);

    // Whoever changes the signature below breaks all above it, not the other way about.
    let mut changed = three.clone();
    changed.signatures[0].signature.as_mut().unwrap().signee = Some("Someone else".to_owned());
    let verdict = &judged(&changed, &trusting(&authority))[0];
    let chief_says = verdict.countersignature.as_deref().unwrap();
    assert!(verdict.intact.is_ok());
    assert_eq!(chief_says.intact, Err(Broken::Mismatch));
    assert_eq!(chief_says.countersignature.as_deref().unwrap().intact, Err(Broken::Mismatch));
}

#[test]
fn trust_ends_with_time_and_with_the_key() {
    let signer = ed25519(1);
    let signed = signed(&playbook(), &signer, 1);
    let at = |trust: &TrustList, now_ms| verify(&signed.to_json(), trust, now_ms).remove(0).trusted;
    let trust = trusting(&signer);
    assert!(at(&trust, None).is_ok());
    assert_eq!(at(&trust, Some(0)), Err(Untrusted::Early));
    assert_eq!(at(&trust, Some(2 * NOW_MS)), Err(Untrusted::Expired));
    let mut retired = trusting(&signer);
    retired.0[0].valid_until_ms = Some(NOW_MS);
    assert_eq!(at(&retired, Some(NOW_MS)), Err(Untrusted::KeyOutOfTime));
    assert_eq!(at(&TrustList::default(), Some(NOW_MS)), Err(Untrusted::UnknownKey));
}

#[test]
fn what_could_not_be_verified_is_not_signed() {
    let signer = ed25519(1);
    let refused =
        |signature| sign(&playbook(), signature, DigestReading::HexDigest, &signer.sign).unwrap_err();
    assert_eq!(refused(Signature { id: None, ..begun(&signer, 1) }), SignError::Missing("id"));
    assert_eq!(refused(Signature { public_key: None, ..begun(&signer, 1) }), SignError::Keys);
    let other = Signature { algorithm: Some("HS256".to_owned()), ..begun(&signer, 1) };
    assert_eq!(refused(other), SignError::Algorithm("HS256".to_owned()));
    let other = Signature { hash_algorithm: Some("md5".to_owned()), ..begun(&signer, 1) };
    assert_eq!(refused(other), SignError::HashAlgorithm("md5".to_owned()));
    let once = signed(&playbook(), &signer, 1);
    let twice = sign(&once, begun(&signer, 1), DigestReading::HexDigest, &signer.sign);
    assert!(matches!(twice, Err(SignError::Twice(_))));
    let nobody =
        countersign(&once, &"jss--x".into(), begun(&signer, 2), DigestReading::HexDigest, &signer.sign);
    assert!(matches!(nobody, Err(SignError::NoSignature(_))));
    let bare = Playbook { modified: None, ..playbook() };
    let refused = sign(&bare, begun(&signer, 1), DigestReading::HexDigest, &signer.sign);
    assert_eq!(refused.unwrap_err(), SignError::NoVersion);
}

/// A doubled member is read differently by different readers: no signature holds over such a playbook.
#[test]
fn a_doubled_member_breaks_every_signature() {
    let text = signed(&playbook(), &ed25519(1), 1).to_string();
    let doubled = text.replacen("{\"type\"", "{\"name\":\"Another\",\"type\"", 1);
    let document = formats::parse(doubled.as_bytes(), &Limits::default()).unwrap();
    let verdict = verify(&document, &TrustList::default(), None).remove(0);
    assert!(matches!(verdict.intact, Err(Broken::Canonical(_))), "{verdict:?}");
}

/// Each costs a pass over the playbook: a thousand of them do not hold anyone up.
#[test]
fn not_more_than_thirty_two_signatures_are_verified() {
    let mut many = signed(&playbook(), &ed25519(1), 1);
    many.signatures = vec![many.signatures[0].clone(); 1000];
    let verdicts = judged(&many, &TrustList::default());
    assert_eq!(verdicts.iter().filter(|verdict| verdict.intact.is_ok()).count(), 32);
    assert_eq!(verdicts[32].intact, Err(Broken::TooMany));
}

/// What stands deeper than we follow is not passed over in silence.
#[test]
fn a_chain_that_is_too_deep_says_so() {
    let signer = ed25519(1);
    let mut chain = signed(&playbook(), &signer, 1);
    let id = chain.signatures[0].id.clone().unwrap();
    for number in 2..=11 {
        chain =
            countersign(&chain, &id, begun(&signer, number), DigestReading::HexDigest, &signer.sign).unwrap();
    }
    let first = judged(&chain, &trusting(&signer)).remove(0);
    let verdicts: Vec<&Verdict> =
        std::iter::successors(Some(&first), |verdict| verdict.countersignature.as_deref()).collect();
    assert_eq!(verdicts.iter().filter(|verdict| verdict.is_trusted()).count(), 9);
    assert_eq!(verdicts[9].intact, Err(Broken::TooMany));
    assert_eq!(verdicts.len(), 10);
}

#[test]
fn samples_give_the_verdicts_that_were_measured() {
    let Some(folder) = shared("samples/cacao2.0") else { return };
    let verdicts = |name: &str, trust: &TrustList, now_ms| verify(&json(&folder.join(name)), trust, now_ms);
    let first_key = |name: &str| {
        let document = json(&folder.join(name));
        let signature = &document.get("signatures").unwrap().as_list().unwrap()[0];
        let key =
            BASE64_STANDARD.decode(signature.get("public_key").and_then(Json::as_text).unwrap()).unwrap();
        TrustList(vec![TrustedKey::new("the signer of the sample", key)])
    };
    for name in ["valid/signed-ed25519.json", "valid/signed-rs256.json", "valid/signed-two.json"] {
        let found = verdicts(name, &first_key(name), Some(NOW_MS));
        assert!(found.iter().all(|verdict| verdict.intact == Ok(DigestReading::HexDigest)), "{name}");
        assert_eq!(found[0].trusted.as_deref(), Ok("the signer of the sample"), "{name}");
    }
    // The published example: it holds over the hexadecimal digest, and its time is over.
    let example = "upstream/oasis-signature-rsa.json";
    let found = verdicts(example, &first_key(example), Some(NOW_MS));
    assert_eq!(found[0].intact, Ok(DigestReading::HexDigest));
    assert_eq!(found[0].trusted, Err(Untrusted::Expired));
    assert!(verdicts(example, &first_key(example), None)[0].is_trusted());

    let raw = verdicts("invalid/signature-raw-digest.json", &TrustList::default(), None);
    assert_eq!(raw[0].intact, Ok(DigestReading::CanonicalBytes));
    for (name, expected) in [
        ("invalid/signature-tampered-name.json", Untrusted::Broken),
        ("invalid/signature-tampered-step.json", Untrusted::Broken),
        ("invalid/signature-expired.json", Untrusted::Expired),
        ("invalid/signature-revoked.json", Untrusted::Revoked),
    ] {
        let found = verdicts(name, &first_key(name), Some(NOW_MS));
        assert_eq!(found[0].trusted, Err(expected), "{name}");
    }
}

/// The key of a certificate is found, in the signature or by its thumbprint.
#[test]
fn keys_of_certificates_are_found() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/cacao/keys");
    let certificate = fs::read_to_string(folder.join("signer.crt.b64")).unwrap().replace('\n', "");
    let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let der = BASE64_STANDARD.decode(&certificate).unwrap();
    let trusted = TrustedKey::of_certificate("the holder", &der).unwrap();
    let public_key: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    assert_eq!(trusted.public_key, public_key.as_ref());

    let chain = Signature { public_key: None, public_cert_chain: vec![certificate], ..begun(&ed25519(1), 1) };
    let named = Signature {
        public_cert_chain: Vec::new(),
        thumbprint: trusted.thumbprint.clone(),
        ..begun(&ed25519(1), 1)
    };
    let named = Signature { public_key: None, ..named };
    for signature in [chain, named.clone()] {
        let sign_it = |bytes: &[u8]| key.sign(bytes).as_ref().to_vec();
        let signed = sign(&playbook(), signature, DigestReading::HexDigest, sign_it).unwrap();
        let verdict = judged(&signed, &TrustList(vec![trusted.clone()])).remove(0);
        assert_eq!(verdict.trusted.as_deref(), Ok("the holder"));
    }
    let unknown = sign(&playbook(), named, DigestReading::HexDigest, |_| vec![0; 64]).unwrap();
    assert_eq!(judged(&unknown, &TrustList::default())[0].intact, Err(Broken::NoKey));
    assert_eq!(TrustedKey::of_certificate("x", &der[1..]), None);
    for end in 0..der.len() {
        let _no_panic = TrustedKey::of_certificate("x", &der[..end]);
    }
}
