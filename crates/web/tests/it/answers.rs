//! Whole answers, as callers get them.

use serde_json::{Value, json};
use testkit::Request;

use crate::story::Story;

/// The answer with what differs from run to run replaced by its kind.
fn settled(mut value: Value) -> Value {
    settle(&mut value);
    value
}

fn settle(value: &mut Value) {
    match value {
        Value::String(text) if is_id(text) => *text = "ID".to_owned(),
        Value::Array(items) => items.iter_mut().for_each(settle),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match name.as_str() {
                    "csrf_token" | "reference" if member.is_string() => *member = json!("SECRET"),
                    _ => settle(member),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[tokio::test]
async fn who_one_is() {
    let story = Story::begin().await;
    let me = story.report(Request::get("/api/v1/me"), 200).await;
    insta::assert_json_snapshot!(settled(me), @r#"
    {
      "subject": {
        "kind": "user",
        "id": "ID"
      },
      "name": "Person 0, reporter of Hospital of the North",
      "organisation": {
        "id": "ID",
        "name": "Hospital of the North",
        "country": "LU",
        "zone": "Europe/Luxembourg",
        "roles": [
          {
            "role": "reporting_entity",
            "scope": {}
          }
        ]
      },
      "functions": [
        "reporter"
      ],
      "portals": [
        "report"
      ],
      "csrf_token": "SECRET"
    }
    "#);
}

#[tokio::test]
async fn refusals_read_like_this() {
    let story = Story::begin().await;
    let ask = async |request: Request| settled(story.node.call(request).await.json());
    let denied = ask(Request::get("/api/authority/v1/inbox").session(&story.reporter)).await;
    let nobody = ask(Request::get("/api/v1/me")).await;
    let invalid = ask(Request::post("/api/reporting/v1/incidents")
        .session(&story.reporter)
        .json(&json!({"answers": {"users_affected": {"value": "many"}, "nonsense": {"value": 1}}})))
    .await;
    insta::assert_json_snapshot!([denied, nobody, invalid], @r#"
    [
      {
        "type": "urn:beffroi:problem:denied",
        "title": "not permitted",
        "status": 403,
        "detail": "your functions in your organisation do not include reading received filings; ask its administrator"
      },
      {
        "type": "urn:beffroi:problem:not_signed_in",
        "title": "sign in first",
        "status": 401,
        "detail": "sign in, or send the secret of a machine client as Authorization: Bearer"
      },
      {
        "type": "urn:beffroi:problem:invalid",
        "title": "something is to be mended",
        "status": 422,
        "detail": "2 things are to be mended; problems has each with its place",
        "problems": [
          {
            "field": "nonsense",
            "pointer": "/answers/nonsense",
            "rule": "unknown_field",
            "message": "there is no field \"nonsense\"; the fields are listed in /api/schemas/incident.json"
          },
          {
            "field": "users_affected",
            "pointer": "/answers/users_affected/value",
            "rule": "wrong_type",
            "message": "users_affected (How many users are affected by the disruption) must be a whole number"
          }
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn the_desk_sees_what_was_filed() {
    let story = Story::begin().await;
    let incident = story.open().await;
    story.file(&incident).await;
    let desk = async |request: Request| story.node.call(request.session(&story.officer)).await.expect(200);
    let inbox = desk(Request::get("/api/authority/v1/inbox")).await;
    insta::assert_json_snapshot!(settled(inbox), @r#"
    {
      "now": "2026-03-06T15:30:00Z",
      "rows": [
        {
          "filing": "ID",
          "reference": "SECRET",
          "from": {
            "organisation": "ID",
            "name": "Hospital of the North"
          },
          "title": "Canary ransomware on ward seven",
          "duty": "nis2.mandatory.early_warning",
          "law": "NIS2",
          "stage_title": "Early warning",
          "version": 1,
          "filed_at": "2026-03-06T15:30:00Z",
          "due_at": "2026-03-07T14:30:00Z",
          "late": false,
          "state": "filed",
          "unread": true,
          "severity": null,
          "sector": "health",
          "cross_border": false,
          "for_information": null,
          "marking": {},
          "response_due_at": "2026-03-07T15:30:00Z",
          "response_late": false
        }
      ],
      "next": null
    }
    "#);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "the whole answer is pinned")]
async fn the_reporter_sees_who_read_it_and_what_they_answered() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let filed = story.file(&incident).await;
    let desk = async |request: Request| story.node.call(request.session(&story.officer)).await.expect(200);
    let path = format!("/api/authority/v1/filings/{}", filed.filing);
    desk(Request::get(&path)).await;
    desk(Request::post(&format!("{path}/acknowledge"))).await;
    desk(
        Request::post(&format!("{path}/respond")).json(&json!({"text": "Keep the servers off the network."})),
    )
    .await;
    let seen = story.report(Request::get(&format!("/api/reporting/v1/filings/{}", filed.filing)), 200).await;
    insta::assert_json_snapshot!(settled(seen), @r#"
    {
      "id": "ID",
      "reference": "SECRET",
      "incident": "ID",
      "duty": "nis2.mandatory.early_warning",
      "law": "NIS2",
      "stage_title": "Early warning",
      "article": "Art. 23(4)(a)",
      "version": 1,
      "corrects": null,
      "filed_at": "2026-03-06T15:30:00Z",
      "due_at": "2026-03-07T14:30:00Z",
      "late": false,
      "for_information": null,
      "from": {
        "organisation": "ID",
        "name": "Hospital of the North"
      },
      "to": {
        "organisation": "ID",
        "name": "CSIRT of Luxembourg"
      },
      "state": "answered",
      "acknowledged_at": "2026-03-06T15:30:00Z",
      "answered_at": "2026-03-06T15:30:00Z",
      "response_due_at": "2026-03-07T15:30:00Z",
      "groups": [
        {
          "id": "entity",
          "title": "Organisation",
          "fields": [
            {
              "field": "entity.name",
              "label": "Name of the organisation",
              "text": "Hospital of the North",
              "value": "Hospital of the North",
              "estimated": false,
              "number": null,
              "article": null,
              "earlier": []
            },
            {
              "field": "entity.sector",
              "label": "Sector",
              "text": "Health",
              "value": "health",
              "estimated": false,
              "number": null,
              "article": null,
              "earlier": []
            },
            {
              "field": "entity.type",
              "label": "Type of entity",
              "text": "Healthcare provider",
              "value": [
                "healthcare_provider"
              ],
              "estimated": false,
              "number": null,
              "article": null,
              "earlier": []
            },
            {
              "field": "entity.class",
              "label": "Class of entity",
              "text": "Essential entity",
              "value": "essential",
              "estimated": false,
              "number": null,
              "article": "Art. 3",
              "earlier": []
            }
          ],
          "marking": null
        },
        {
          "id": "summary",
          "title": "Summary",
          "fields": [
            {
              "field": "title",
              "label": "What happened, in one line",
              "text": "Canary ransomware on ward seven",
              "value": "Canary ransomware on ward seven",
              "estimated": false,
              "number": null,
              "article": null,
              "earlier": []
            }
          ],
          "marking": null
        },
        {
          "id": "timeline",
          "title": "When",
          "fields": [
            {
              "field": "aware_significant_at",
              "label": "When you knew that it was significant",
              "text": "Friday 6 March 2026, 15:30 (Europe/Luxembourg)",
              "value": "2026-03-06T14:30:00Z",
              "estimated": false,
              "number": null,
              "article": "Art. 23(4)(a)",
              "earlier": []
            }
          ],
          "marking": null
        },
        {
          "id": "assessment",
          "title": "Assessment",
          "fields": [
            {
              "field": "significance_decision",
              "label": "Is the incident significant?",
              "text": "Yes, significant",
              "value": "significant",
              "estimated": false,
              "number": null,
              "article": "Art. 23(3)",
              "earlier": []
            },
            {
              "field": "significance_reason",
              "label": "Why it is significant, or why not",
              "text": "The wards work on paper; operations are postponed.",
              "value": "The wards work on paper; operations are postponed.",
              "estimated": false,
              "number": null,
              "article": "Art. 23(3)",
              "earlier": []
            },
            {
              "field": "suspected_malicious",
              "label": "Do you suspect an unlawful or malicious act?",
              "text": "Yes",
              "value": true,
              "estimated": false,
              "number": null,
              "article": "Art. 23(4)(a)",
              "earlier": []
            }
          ],
          "marking": null
        },
        {
          "id": "impact",
          "title": "Impact",
          "fields": [
            {
              "field": "cross_border",
              "label": "Can it have an effect in another country?",
              "text": "No",
              "value": false,
              "estimated": false,
              "number": null,
              "article": "Art. 23(4)(a)",
              "earlier": []
            }
          ],
          "marking": null
        }
      ],
      "changes": [],
      "messages": [
        {
          "at": "2026-03-06T15:30:00Z",
          "from": {
            "organisation": "ID",
            "name": "CSIRT of Luxembourg"
          },
          "by": "Person 1, officer of CSIRT of Luxembourg",
          "text": "Keep the servers off the network.",
          "marking": {}
        }
      ],
      "reads": [
        {
          "by": "Person 1, officer of CSIRT of Luxembourg",
          "organisation": "ID",
          "at": "2026-03-06T15:30:00Z"
        }
      ],
      "receipt": "ID",
      "versions": [
        {
          "filing": "ID",
          "version": 1,
          "filed_at": "2026-03-06T15:30:00Z"
        }
      ],
      "marking": {},
      "requestable": [
        {
          "duty": "nis2.mandatory.intermediate_report",
          "title": "Intermediate report",
          "article": "Art. 23(4)(c)"
        }
      ],
      "now": "2026-03-06T15:30:00Z"
    }
    "#);
}

#[tokio::test]
async fn the_examples_of_the_description_are_taken_as_they_stand() {
    let story = Story::begin().await;
    let document = serde_json::to_value(web::document()).unwrap();
    let example = |path: &str, method: &str| {
        document["paths"][path][method]["requestBody"]["content"]["application/json"]["example"].clone()
    };
    let open = example("/api/reporting/v1/incidents", "post");
    let opened = story.report(Request::post("/api/reporting/v1/incidents").json(&open), 201).await;
    let save = example("/api/reporting/v1/incidents/{id}/answers", "patch");
    let path = format!("/api/reporting/v1/incidents/{}/answers", opened["id"].as_str().unwrap());
    let saved = story.report(Request::patch(&path).json(&save), 200).await;
    assert_eq!(saved["revision"], 2);

    let filed = story.file(&story.open().await).await;
    let respond = example("/api/authority/v1/filings/{id}/respond", "post");
    let path = format!("/api/authority/v1/filings/{}/respond", filed.filing);
    story.node.call(Request::post(&path).json(&respond).session(&story.officer)).await.expect(200);
}
