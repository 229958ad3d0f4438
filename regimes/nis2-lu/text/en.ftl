# What differs in Luxembourg. Own words.

pack = Network and information security in Luxembourg: reports of significant incidents
note-profile = One portal takes the report for the ILR or the CSSF; GOVCERT.LU helps public and critical organisations, CIRCL all others, and the HCPN sees every case.

rule-supervised_by_cssf = The CSSF is its authority
rule-of_govcert = It is public or critical: GOVCERT.LU is its team

recipients-desk = the authority, through the portal SERIMA
recipients-team = the team that helps
recipients-contact_point = the single point of contact
authority-forward_team = Pass the report on to the team
authority-forward_contact_point = Pass the report on to the single point of contact
unsure-criteria = The ILR has thresholds by sector, and a draft of July 2026 would replace them and count the 24 hours from detection. They are not part of this profile: look there before you decide.
channel-serima = Open to everyone: an account can be made on the spot.
