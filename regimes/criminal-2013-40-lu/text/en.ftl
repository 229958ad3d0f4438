# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in Luxembourg: complaint, and notice of public bodies
note-profile = Only public bodies and officials, and employees charged with a public service under public or private law, must report crimes here, without delay and without a period in hours; for everybody else a complaint is voluntary.

rule-public_authority = The organisation is a public body, or charged with a public service
rule-bound_to_report = A public body, or whoever is charged with a public service, has come to know of a crime

track-official = A public body, or whoever is charged with a public service, must report a crime

stage-official_notice = Notice to the prosecutor

recipients-notified_prosecutor = the prosecutor (procureur d'Etat)
