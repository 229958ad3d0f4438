# Words of the profile. Own words; the law is cited by article.

pack = Attacks against information systems in France: complaint, and notice of public bodies
note-profile = No authority fines you for a complaint that comes late, but the insurer need not pay then. A report to the CSIRT or a call for help is no complaint.

rule-insurance_to_pay = An insurance is to pay for the consequences of the attack
rule-bound_to_report = A public body has come to know of a crime
not-complained-yet = No other complaint was filed on it

track-complaint = An insurance is to pay: it does so only if a complaint is filed in time
track-voluntary = A crime is suspected: a complaint may be filed
track-official = A public body must report a crime to the prosecutor

stage-complaint = Complaint to the police or gendarmerie, as a condition of the insurance
stage-voluntary_complaint = Complaint to the police or gendarmerie
stage-official_notice = Notice to the prosecutor

recipients-desk = police or gendarmerie, or the prosecutor in writing
recipients-notified_prosecutor = the prosecutor

field-insurance_claim = Is a cyber insurance to pay for it?
    .help = If so the complaint must be filed within 72 hours of knowing of the attack, or the insurer need not pay. It holds for organisations and for people in their profession.
field-aware_at = When you knew of the attack
    .help = When somebody of your organisation was reasonably sure that it was an attack. The 72 hours count from here.
