# What differs in Hungary. Own words.

pack = Network and information security in Hungary: reports of significant incidents
note-profile = The act states the duty, and the periods stand in the decree: they are those of the directive. The national incident centre receives around the clock; the supervisor (SZTFH) is another body.

recipients-desk = the national cybersecurity incident centre
