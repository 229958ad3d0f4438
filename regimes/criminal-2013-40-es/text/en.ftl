# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in Spain: complaint, and notice of public bodies
note-profile = Whoever comes to know of a public crime by office must report it here, at once and without a period in hours; for others a complaint is treated as voluntary.

rule-bound_to_report = A public body has come to know of a crime
rule-only_public_prosecution_counts = Only crimes that are prosecuted without a complaint must be reported
rule-decided_that_a_complaint_is_needed = Somebody decided that it is prosecuted only on complaint, and recorded the reasons
reason-kept = The reasons for the decision are recorded
not-decided-against = Nobody decided, with recorded reasons, that it is prosecuted only on complaint
who-is-bound = The article speaks of office, profession and trade: whether it also binds the staff of a private company is disputed. Ask counsel; a complaint may be filed in any case.

track-official = A public body must report a crime

stage-official_notice = Report of the crime (denuncia)

recipients-notified_prosecutor = the prosecutor; the article also names the courts, and the police where somebody is caught in the act

field-public_prosecution = Is the offence prosecuted without a complaint of the victim?
    .help = A public crime is one that the State prosecutes by itself. Some offences against secrets need a complaint of the victim (Código Penal, Art. 201).
