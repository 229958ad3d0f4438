# What differs from the words of the law in force.

pack = General data protection, as the Digital Omnibus would change it: notification of personal data breaches
note-profile = A proposal of 19 November 2025. Until it is law, notify within 72 hours unless a risk is unlikely.
bill = Parliament and Council may still change the threshold and the 96 hours.
entry-point = It would open 18 to 24 months after entry into force; until then controllers notify the authority directly.

rule-below_high_risk = Somebody decided that a high risk for people is unlikely
decided-not-to-notify = Somebody decided not to notify, because no high risk is likely, and recorded the reasons
not-decided-against = Nobody decided, with recorded reasons, that no high risk is likely

field-breach_risk = Is it a risk for the rights and freedoms of people?
    .help = A person decides, and says why below. Under the proposal the authority is notified, and the people concerned are told, only if the risk is likely to be high.
