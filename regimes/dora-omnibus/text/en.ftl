# What differs from the words of the law in force.

pack = Digital operational resilience of the financial sector, as the Digital Omnibus would change it: reports of major incidents
note-profile = A proposal of 19 November 2025. Until it is law, report through the channel of your supervisor.
entry-point = It would open 18 to 24 months after entry into force; until then reports go through the channel of the supervisor.
