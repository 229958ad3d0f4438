# What differs in the Netherlands. Own words.

pack = Network and information security in the Netherlands: reports of significant incidents
note-profile = One report goes to your CSIRT and to your supervisor. The early warning names the officer who answers for the report.

recipients-desk = the CSIRT and the supervisor of the sector
recipients-team = the CSIRT alone
recipients-contact_point = the single point of contact
authority-inform_contact_point = Tell the single point of contact
unsure-thresholds = Rules under the act may set thresholds for your sector (Art. 25(3) and (4)); they are not part of this profile. Look there before you decide.
channel-identity = Needs eHerkenning at level EH2+, or Single Sign On Rijk for government: get it before an incident.

field-contacts =
    .help = People who can be reached now, at night too. In the Netherlands the early warning names the officer who answers for the report.
