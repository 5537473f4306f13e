"""What may be done to the actors of a store, and what each act takes, as JSON."""

TAKES = {
    "merge": '{"actors": [A, B]}, each a name or an IRI',
    "split": '{"actor": A, "parts": [a name, an article\'s id, …]}',
    "answer": '{"answers": [{"left": a side of a pair, "right": the other, "judgement": "same" or "different"}, …]}',
    "undo": '{"act": the number of the last act}, or nothing',
}
