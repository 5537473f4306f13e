"""Who is who: a base of known actors, and what names of several articles mean the same one."""
