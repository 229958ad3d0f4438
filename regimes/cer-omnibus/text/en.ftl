# What differs from the words of the law in force.

pack = Resilience of critical entities, as the Digital Omnibus would change it: incidents that disrupt essential services
note-profile = A proposal of 19 November 2025 to change the directive. The law of the State may differ; its profile is not part of this simulation.
entry-point = It would open 18 to 24 months after entry into force; until then notifications go to the authority directly.
