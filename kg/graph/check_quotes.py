"""Whether what the graph quotes stands where it says. It holds the quoted sentences, and not the texts.

Alone it shows that a quote is as long as its offsets say; with the article at hand, that it stands there.
"""

from __future__ import annotations

from kg.graph.rdf import text_digest
from kg.graph.store import Store
from kg.graph.terms import lexical, text
from kg.model import Article
from kg.vocab import KG, OA

Finding = tuple[str, str, str, dict[str, str]]  # focus node, path, value, and what should be, by language


def misquoted(store: Store) -> list[Finding]:
    """Return the sentences whose length is not what their offsets say."""
    rows = store.query(
        "SELECT ?evidence ?exact { ?evidence oa:hasSelector ?q , ?p . ?q oa:exact ?exact . ?p oa:start ?start ;"
        " oa:end ?end . FILTER (STRLEN(?exact) != ?end - ?start) }"
    ).rows
    problem = {
        "en": "the quoted sentence is as long as its offsets say",
        "id": "panjang kalimat kutipan sesuai dengan posisinya",
    }
    return [(lexical(evidence), OA.exact.value, lexical(exact), problem) for evidence, exact in rows]


def misplaced(store: Store, article: Article) -> list[Finding] | None:
    """Return what the graph quotes otherwise than the article's text has it; None where it knows no such article."""
    node = next((quad.subject for quad in store.quads(None, KG.articleId, text(article.id))), None)
    if node is None:
        return None
    digest = text_digest(article)
    known = [lexical(quad.object) for quad in store.quads(node, KG.textSha256)]
    other = {"en": "the article's text is the one that was built", "id": "teks artikel sama dengan yang dibangun"}
    found = [(lexical(node), KG.textSha256.value, value, other) for value in known if value != digest]
    rows = store.query(
        f"SELECT DISTINCT ?evidence ?exact ?start ?end {{ ?evidence oa:hasSource {node} ; oa:hasSelector ?q , ?p ."
        " ?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end }"
    ).rows
    problem = {
        "en": "the article has the quoted sentence at its offsets",
        "id": "artikel memuat kalimat kutipan pada posisinya",
    }
    for evidence, exact, start, end in rows:
        try:
            there = text(article.text[int(lexical(start)) : int(lexical(end))]).value
        except ValueError:  # no numbers, which the shapes report
            continue
        if there != lexical(exact):
            found.append((lexical(evidence), OA.exact.value, lexical(exact), problem))
    return found
