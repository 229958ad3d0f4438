# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in Belgium: complaint, and notice of public bodies
note-profile = Only public bodies and officials must report crimes here, at once and without a period in hours; for everybody else a complaint is voluntary.

rule-bound_to_report = A public body has come to know of a crime

track-official = A public body must report a crime

stage-official_notice = Notice to the prosecutor

recipients-notified_prosecutor = the prosecutor (procureur du Roi, procureur des Konings)
