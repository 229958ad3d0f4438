# What differs from the words of the law in force.

pack = Electronic identification and trust services, as the Digital Omnibus would change it: breaches and disruptions of trust services
note-profile = A proposal of 19 November 2025. Until it is law, notify the supervisory body and the other bodies directly.
entry-point = It would open 18 to 24 months after entry into force; until then notifications go to the supervisory body directly.
