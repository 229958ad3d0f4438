# What differs in Greece. Own words.

pack = Network and information security in Greece: reports of significant incidents
note-profile = Reports go by mail to the National Cybersecurity Authority, in Greek, with its forms: a simple one for the early warning, a full one for the notification and the final report. Law 5305/2026 amended the act; its changes are not part of this profile.

rule-of_national_cert = It is a public body: the National CERT is its team

recipients-desk = the receiver of reports
unsure-national-cert = (It is not certain whether you or the authority tells the National CERT: ask, or tell both.)
unsure-intermediate = The official texts list it among the steps and set no date; the law asks for it on request.
channel-forms = The forms of 9 December 2025 are on the page of the authority.
