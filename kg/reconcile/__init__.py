"""Names in a table → actors of the graph: candidates by letters, ranked by likeness, matched where one stands out.

    store ─read→ Actors ─table→ Table ─match→ Candidates

`kg.web.reconcile` serves it by the W3C's Reconciliation Service API, `kg reconcile` runs it over a CSV.
"""
