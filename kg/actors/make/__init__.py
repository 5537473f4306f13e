"""Makes base/*.csv again: `python -m kg.actors.make FOLDER`, from files written by hand and public ones in a folder.

hand/titles.csv, hand/{bodies,persons,offices,places}/*.csv ─ hand ───┐
repositories.csv, FOLDER/… ─ public ──────────────────────────────────┤ table.Table → actors, offices, titles
"""
