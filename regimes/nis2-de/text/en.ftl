# What differs in Germany. Own words.

pack = Network and information security in Germany: reports of significant incidents
note-profile = The clock begins when somebody of your staff learns of the incident in working time. A report cannot be taken back, only corrected; if no confirmation comes within 24 hours, ask the office.

rule-under_special_act = It reports under the telecommunications act or the energy act instead
rule-installation_affected = A critical installation is affected, or can be
telecommunications-or-energy = It works in telecommunications or energy

recipients-desk = the joint reporting office of BSI and BBK
recipients-threat = those whom the threat endangers, and the BSI

threat-sectors = It works in finance, digital infrastructure, ICT services or digital services
unsure-after-progress = The act asks for it once the incident is dealt with and sets no number; the month is that of the directive, as the latest date.
unsure-threat = Owed only where the interests of those endangered outweigh yours. Institutions of social security owe it too.

authority-response = Confirm the early warning
authority-confirm_notification = Confirm the incident notification
authority-confirm_final_report = Confirm the final report
channel-account = Needs an account, which registration gives. A service provider may report for you if you have authorised it.

section-installation = Critical installation
why-installation = Because you operate critical installations.
field-entity-critical_entity = Operator of a critical installation
field-aware_significant_at =
    .help = When somebody of your staff learned of it in working time. The clock runs from here.
