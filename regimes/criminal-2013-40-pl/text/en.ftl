# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in Poland: complaint, and notice of public bodies
note-profile = Only institutions of the State and of local government must report crimes here, without delay and without a period in hours, and keep traces from being lost until the investigators come; for everybody else a complaint is voluntary.

rule-bound_to_report = A public body has come to know of a crime
rule-only_public_prosecution_counts = Only crimes that are prosecuted without a complaint must be reported
rule-decided_that_a_complaint_is_needed = Somebody decided that it is prosecuted only on complaint, and recorded the reasons
reason-kept = The reasons for the decision are recorded
not-decided-against = Nobody decided, with recorded reasons, that it is prosecuted only on complaint

track-official = A public body must report a crime

stage-official_notice = Notice of a crime

recipients-notified_prosecutor = the prosecutor or, where none is entered here, the police

field-public_prosecution = Is the offence prosecuted without a complaint of the victim?
    .help = Many offences against data are prosecuted only if the victim asks for it (Kodeks karny, Art. 267 § 5, 268 § 4, 268a § 3).
