//! A canary in every text is not found in what the database keeps; and the search does find one
//! that stands there in the clear, so that "not found" means something.

use base64::{Engine, prelude::BASE64_STANDARD};
use model::{
    ClientId, DomainEvent, EventId, FilingDocument, Function, Happening, KeyId, MessageId, NoticeId,
    NoticeKind, Party, RequestId,
};
use store::{
    CalendarFeed, Client, JobKind, KeyedRequest, Message, NewJob, NewNotice, NoticeText, Options, ReadMark,
    RememberedAnswer, StageRequest,
};
use vault::SigningKey;

use crate::{
    bench::{Bench, on_both},
    filings::case,
    sample::{self, at, duty},
};

on_both!(no_canary_is_found_at_rest, an_unsealed_canary_is_found);

const CANARY: &str = "yellow-canary-Qz7";

/// Everything that can be said around a filing, with `words` in every text.
pub async fn surround(bench: &Bench, filing: &FilingDocument, words: &str) {
    let (hospital, csirt) = (bench.hospital(), bench.csirt());
    let head = &filing.head;
    let by = sample::actor(7, words);
    let mut tx = bench.write().await;
    let mut user = sample::user(500, bench.hospital.id, "ada");
    user.profile.name = words.to_owned();
    user.profile.mail = format!("{words}@hopital.example");
    tx.insert_user(&hospital, &user).await.unwrap();
    tx.set_password(&hospital, user.id, words).await.unwrap();
    let client = Client {
        id: ClientId::new(at(1), sample::chance(1)),
        organisation: bench.hospital.id,
        name: words.to_owned(),
        functions: vec![Function::Reporter],
        created_at: at(1),
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
        made_by: None,
    };
    tx.insert_client(&hospital, &client, words).await.unwrap();
    tx.count_failure(words, at(1)).await.unwrap();
    guard(&mut tx, &hospital, user.id, words).await;
    let party = Party { organisation: bench.csirt.id, name: words.to_owned() };
    let key = SigningKey::generate(KeyId::new(at(1), sample::chance(1))).unwrap();
    tx.insert_signing_key(&csirt, &key, &key.published(&party, at(1))).await.unwrap();
    tx.insert_receipt(&hospital, &sample::receipt(1, filing)).await.unwrap();
    tx.insert_paper(&hospital, head.filing, words.as_bytes()).await.unwrap();
    let message = Message {
        id: MessageId::new(at(70), sample::chance(70)),
        filing: head.filing,
        sender: bench.csirt.id,
        at: at(70),
        by: by.clone(),
        text: words.to_owned(),
        marking: model::Marking::default(),
    };
    tx.insert_message(&csirt, &message).await.unwrap();
    let mark = ReadMark { filing: head.filing, reader: bench.csirt.id, at: at(70), by: by.clone() };
    tx.mark_read(&csirt, MessageId::new(at(71), sample::chance(71)), &mark).await.unwrap();
    let request = StageRequest {
        id: RequestId::new(at(72), sample::chance(72)),
        filing: head.filing,
        incident: head.incident,
        requester: bench.csirt.id,
        duty: duty("intermediate_report"),
        at: at(72),
        due_at: None,
        by: by.clone(),
        text: words.to_owned(),
    };
    tx.insert_request(&csirt, &request).await.unwrap();
    let event = DomainEvent {
        id: EventId::new(at(73), sample::chance(73)),
        at: at(73),
        organisation: Some(bench.hospital.id),
        by: Some(by),
        happening: Happening::SignedIn,
    };
    tx.append_event(&event).await.unwrap();
    tx.chain_events().await.unwrap();
    let keyed =
        KeyedRequest { subject: sample::actor(1, words).subject, key: words, content: words.as_bytes() };
    let answer = RememberedAnswer { status: 201, body: words.as_bytes().to_vec() };
    tx.remember_answer(&hospital, &keyed, &answer, at(74)).await.unwrap();
    for organisation in [None, Some(bench.hospital.id)] {
        let job = NewJob {
            kind: JobKind::Mail,
            organisation,
            created_at: at(75),
            run_at: at(75),
            unique: organisation.map(|_| words.to_owned()),
            address: Some(words.to_owned()),
            payload: serde_json::json!({ "words": words }),
        };
        tx.enqueue(&job).await.unwrap();
    }
    let claimed = tx.claim_jobs(at(75), std::time::Duration::from_secs(1), 1).await.unwrap();
    tx.bury_job(&claimed[0], words, at(75)).await.unwrap();
    let text = NoticeText {
        kind: NoticeKind::Message,
        subject: words.to_owned(),
        text: words.to_owned(),
        link: words.to_owned(),
    };
    let notice = NewNotice {
        id: NoticeId::new(at(76), sample::chance(76)),
        organisation: bench.hospital.id,
        user: user.id,
        key: words,
        at: at(76),
        text: &text,
    };
    tx.insert_notice(&notice).await.unwrap();
    prepare(&mut tx, bench, head.incident, words).await;
    let feed = CalendarFeed { user: user.id, titles: true, created_at: at(78) };
    tx.set_calendar_feed(&hospital, &feed, words).await.unwrap();
    tx.commit().await.unwrap();
}

/// What is prepared for the police, and a hold, with `words` in every text.
async fn prepare(tx: &mut store::Tx, bench: &Bench, incident: model::IncidentId, words: &str) {
    tx.set_reminder_plan(&bench.hospital(), 0, &words, at(77)).await.unwrap();
    crate::readiness::keep(tx, &bench.hospital(), 0, words).await;
    let hold = crate::preservation::hold(bench, incident, 79, words);
    tx.insert_hold(&bench.hospital(), &hold).await.unwrap();
}

/// Own terms, a session, a second factor and a registration with `words` in every text.
async fn guard(tx: &mut store::Tx, hospital: &policy::Scope, user: model::UserId, words: &str) {
    let (terms, made) = crate::taxonomies::grown(&model::Taxonomy::default(), words, words);
    tx.set_taxonomy(hospital, &terms, &made).await.unwrap();
    let browser = store::Browser { agent: words.to_owned(), source: words.to_owned() };
    let session = store::NewSession {
        id: model::SessionId::new(at(1), sample::chance(600)),
        token: words,
        user,
        csrf_token: "chance",
        browser: &browser,
        created_at: at(1),
        expires_at: at(100),
    };
    tx.insert_session(&session).await.unwrap();
    let factor = store::SecondFactor {
        id: KeyId::new(at(1), sample::chance(601)),
        user,
        secret: words.as_bytes().to_vec(),
        created_at: at(1),
        confirmed_at: None,
        last_step: 0,
        failures: 0,
        locked_until: None,
    };
    tx.begin_second_factor(hospital, &factor).await.unwrap();
    tx.set_recovery_codes(user, &[words.to_owned()]).await.unwrap();
    tx.count_use(words, at(1), at(0)).await.unwrap();
    let registration = store::Registration {
        id: model::RegistrationId::new(at(1), sample::chance(602)),
        country: "LU".parse().unwrap(),
        state: store::RegistrationState::Open,
        revision: 1,
        created_at: at(1),
        updated_at: at(1),
        expires_at: at(100),
        form: store::RegistrationForm {
            name: words.to_owned(),
            zone: words.to_owned(),
            profile: [("entity.vat".to_owned(), words.into())].into(),
            contact: words.to_owned(),
            mail: words.to_owned(),
            words: vec![],
        },
    };
    tx.insert_registration(&registration, words).await.unwrap();
}

/// A case in which every text is the canary, written, changed, and in part erased.
async fn sing(bench: &Bench) {
    let mut bakery = sample::cloud();
    bakery.id = model::OrganisationId::new(at(9), sample::chance(900));
    bakery.name = CANARY.to_owned();
    bakery.profile.insert("entity.remark".to_owned(), CANARY.into());
    let incident = case(bench).await;
    let mut next = incident.clone();
    next.revision = 2;
    next.answers.insert("incident.title".to_owned(), sample::answer(CANARY, 2));
    let filing = sample::filing(60, &incident, &bench.hospital, &bench.csirt, CANARY);
    let mut tx = bench.write().await;
    tx.insert_organisation(&bakery, at(9)).await.unwrap();
    let change = sample::change(&next, Some(CANARY), CANARY);
    assert!(tx.update_incident(&bench.hospital(), &next, 1, &change).await.unwrap());
    tx.insert_filing(&bench.hospital(), &filing).await.unwrap();
    tx.commit().await.unwrap();
    surround(bench, &filing.document, CANARY).await;
    crate::approvals::surround(bench, &next, &filing.document, CANARY).await;
}

/// Everything that the database keeps: the file and its log, or every row of every table as text.
async fn at_rest(bench: &Bench) -> Vec<u8> {
    match &bench.options {
        Options::Sqlite { path, .. } => {
            let folder = path.parent().unwrap();
            let mut bytes = Vec::new();
            for entry in std::fs::read_dir(folder).unwrap() {
                bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
            }
            bytes
        }
        Options::Postgres { url, .. } => dump(url, bench).await,
    }
}

async fn dump(url: &str, bench: &Bench) -> Vec<u8> {
    use sqlx::{AssertSqlSafe, Connection};
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    let columns = bench.read().await.columns().await.unwrap();
    let mut tables: Vec<_> = columns.into_iter().map(|(table, _)| table).collect();
    tables.dedup();
    let mut text = String::new();
    for table in tables {
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("SELECT t::text FROM {table} t")))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        text += &rows.join("\n");
    }
    text.into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every form in which the canary could lie about, by name.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let raw = CANARY.as_bytes();
    let mut forms = vec![
        ("raw", raw.to_vec()),
        ("hex", hex(raw).into_bytes()),
        ("utf-16le", CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16be", CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    // Base64 reads differently at each of the three offsets; the whole groups inside are telling.
    for offset in 0..3_usize {
        let shifted = [&b"###"[..offset], raw].concat();
        let coded = BASE64_STANDARD.encode(shifted);
        forms.push(("base64", coded.as_bytes()[4..coded.len() - 4].to_vec()));
    }
    // PostgreSQL shows bytes as hexadecimal digits, so every form is sought in that clothing too.
    let dressed: Vec<_> = forms.iter().map(|(name, form)| (*name, hex(form).into_bytes())).collect();
    forms.extend(dressed);
    forms
}

fn sightings(kept: &[u8]) -> Vec<&'static str> {
    let forms = forms();
    let seen = forms.iter().filter(|(_, form)| kept.windows(form.len()).any(|window| window == form));
    seen.map(|(name, _)| *name).collect()
}

async fn no_canary_is_found_at_rest(bench: Bench) {
    sing(&bench).await;
    // It is really in there, for those who hold the keys.
    let mut tx = bench.read().await;
    let id = sample::incident(40, bench.hospital.id, "").id;
    let incident = tx.incident(&bench.hospital(), id).await.unwrap().unwrap();
    assert_eq!(incident.text("incident.title"), Some(CANARY));
    drop(tx);
    let kept = at_rest(&bench).await;
    assert!(kept.len() > 5_000);
    assert_eq!(sightings(&kept), Vec::<&str>::new());
}

async fn an_unsealed_canary_is_found(bench: Bench) {
    sing(&bench).await;
    let hidden = [
        ("raw", CANARY.as_bytes().to_vec()),
        ("hex", hex(CANARY.as_bytes()).into_bytes()),
        ("utf-16le", CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16be", CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("base64", BASE64_STANDARD.encode(CANARY).into_bytes()),
        ("base64", BASE64_STANDARD.encode(format!("x{CANARY}")).into_bytes()),
        ("base64", BASE64_STANDARD.encode(format!("{{{{{CANARY}")).into_bytes()),
    ];
    for (form, bytes) in hidden {
        bench.run_raw("UPDATE incident SET document = $1", Some(&bytes)).await;
        let seen = sightings(&at_rest(&bench).await);
        assert!(seen.contains(&form), "{form} is not among {seen:?}");
    }
}
