# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in Italy: complaint, and notice of public bodies
note-profile = Only public officials and persons in charge of a public service must report crimes here, without delay and without a period in hours; for everybody else a complaint is voluntary.

rule-public_authority = The organisation is a public body, or charged with a public service
rule-bound_to_report = A public body, or whoever is charged with a public service, has come to know of a crime
rule-only_public_prosecution_counts = Only crimes that are prosecuted without a complaint must be reported
rule-decided_that_a_complaint_is_needed = Somebody decided that it is prosecuted only on complaint, and recorded the reasons
reason-kept = The reasons for the decision are recorded
not-decided-against = Nobody decided, with recorded reasons, that it is prosecuted only on complaint

track-official = A public body, or whoever is charged with a public service, must report a crime

stage-official_notice = Report of the crime in writing (denuncia)

recipients-notified_prosecutor = the prosecutor or, where none is entered here, the judicial police

field-public_prosecution = Is the offence prosecuted without a complaint of the victim?
    .help = Unauthorised access in its simple form is prosecuted on complaint, within three months of knowing of it; against systems of public interest the State prosecutes by itself (Codice penale, Art. 124, 615-ter).
