# What differs from the words of the law in force.

pack = Network and information security, as the proposal of January 2026 would change it: reports of significant incidents
note-profile = A proposal of 20 January 2026 to change the directive. The law of the State may differ; its profile is not part of this simulation.
bill = Nobody may ask for this under the proposal before it is law, and Parliament and Council may still change what is asked.

stage-ransom_information = Information on a ransom
section-ransom = The ransom
why-demand = Because a ransom was demanded.
why-payment = Because a ransom was paid.
