"""Who is who: the base of actors that articles' actors are known by (`base.py`, its tables in `base/`)."""
