"""The tools: what a model can ask, told in the words that it reads. Their docstrings are the descriptions it gets."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from kg.graph import queries
from kg.graph.vet import shape
from kg.mcp import ontology as explaining
from kg.mcp import pages, tables
from kg.mcp.reader import Reader, RefusedError
from kg.model import ENTITY_TYPES, FACTUALITIES
from kg.vocab import ontology
from kg.worker.messages import Operation, Request

Json = dict[str, Any]
Lang = Annotated[Literal["en", "id"] | None, Field(description="Language of names: English or Indonesian.")]
Cursor = Annotated[
    str | None,
    Field(description="next_cursor of the answer before, with all other arguments the same: the page that follows."),
]
Limit = Annotated[int, Field(ge=1, le=pages.MOST, description="Entries of a page; fewer come where they are long.")]
Actor = Annotated[
    str | None,
    Field(description="A name in any language, a country's code (TR, TUR), a Wikidata id (Q43), or an IRI."),
]
Day = Annotated[
    str | None, Field(description="A day, month or year: 2020-10-06, 2020-10, 2020. Both ends are included.")
]
UPDATES = frozenset({"INSERT", "DELETE", "DROP", "CLEAR", "LOAD", "CREATE", "ADD", "MOVE", "COPY"})
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Tools:
    """The tools over one store; each method that is listed in `TOOLS` is one."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def overview(self, lang: Lang = None) -> Json:
        """Tell what is in the graph; ask this first.

        How many articles, from when to when, in which languages and by which publishers; how many actors of each type,
        and how many statements of each relation: asserted, planned, or denied ("negated").
        """
        return await self._reader.json(Request(op="overview", parameters=self._asked(lang=lang)))

    async def search_actors(
        self,
        name: Annotated[
            str, Field(description="A name or its beginning, code or id; nothing: the most named ones.")
        ] = "",
        type: Annotated[
            Literal["Person", "Country", "Organization", "Place"] | None, Field(description="Its kind.")
        ] = None,
        lang: Lang = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Json:
        """Find people, countries, organisations and places by name, in any language or spelling.

        Gives IRI, type, other names, codes, Wikidata id, and how many articles name them. "match" is true where one
        surely is meant; a part of a name gives candidates with a lower score. Use the IRI in other tools where a name
        is ambiguous.
        """
        asked = self._asked(name=name, type=type, lang=lang)
        return await self._listed("search_actors", "find", "actors", asked, limit, cursor)

    async def list_statements(
        self,
        *,
        actor: Actor = None,
        partner: Annotated[
            str | None, Field(description="Who stands at the other end: a name, code, id or IRI, as for actor.")
        ] = None,
        role: Annotated[
            Literal["any", "subject", "object"],
            Field(
                description="Whether actor does it (subject), has it done to it (object), or any; in meets it is both."
            ),
        ] = "any",
        relation: Annotated[
            str | None,
            Field(
                description="One of the graph's relations.", json_schema_extra={"enum": [*ontology().relations, None]}
            ),
        ] = None,
        from_date: Day = None,
        to_date: Day = None,
        factuality: Annotated[
            Literal["asserted", "planned", "negated"] | None,
            Field(description="Reported to have happened, only scheduled or intended, or denied."),
        ] = None,
        min_confidence: Annotated[
            float | None, Field(ge=0, le=1, description="The least probability that the article states it.")
        ] = None,
        text: Annotated[str | None, Field(description="Words that the sentence has, all of them.")] = None,
        lang: Lang = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Json:
        """List statements, who did what to whom, the newest first, with their evidence.

        Each has the sentence that states it, the article's headline, publisher, day and address, its named graph and
        its own IRI. All filters are optional and combine; a symmetric relation (meets) has its ends in any order. A
        date is the event's where that is known, else the day of publication. "source" is whom the article names as
        saying so. Statements are what articles report, read by a program that errs at times: quote the sentence.
        With min_confidence those without a confidence are left out, and counted as without_confidence.
        """
        for name, day in (("from_date", from_date), ("to_date", to_date)):
            if day and not _DAY.fullmatch(day):
                raise RefusedError(f"{name}: {day[:40]!r} is no day; write 2020-10-06, 2020-10 or 2020")
        if role != "any" and not actor:
            raise RefusedError("role says how actor takes part: name an actor, or leave role out")
        asked = self._asked(
            actor=actor,
            partner=partner,
            role=role,
            relation=(relation or "").removeprefix("kg:"),
            factuality=factuality,
            min_confidence=min_confidence,
            text=text,
            lang=lang,
        )
        asked |= {name: day for name, day in (("from", from_date), ("to", to_date)) if day}
        return await self._listed("list_statements", "statements", "statements", asked, limit, cursor)

    async def show_article(
        self,
        article: Annotated[
            str, Field(description="The article's id, address (URL) or IRI, as list_statements gives it.")
        ],
        lang: Lang = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Json:
        """Show one article, with its statements in the order of its text.

        Gives headline, publisher, day, address, related headlines, and everyone it names. The graph keeps the sentences
        that state something, not the whole text: that is at the address.
        """
        asked = self._asked(article=article, lang=lang)
        found = await self._listed("show_article", "article", "statements", asked, limit, cursor)
        named = found["article"].get("names", [])
        if len(named) > pages.MOST:  # an article that names more is a list of names
            found["article"] |= {"names": named[: pages.MOST], "names_left_out": len(named) - pages.MOST}
        return found

    async def run_sparql(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.")],
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Json:
        """Run a read-only SPARQL query over the graph.

        Prefixes kg: sem: schema: oa: prov: rdfs: skos: owl: wd: person:
        country: org: place: article: event: need no declaration, and IRIs in answers are written with them. Call
        explain_ontology before the first query: it has the classes, properties and examples. Updates, SERVICE and LOAD
        are refused; a query that takes too long or gives too much is stopped with a line that says so. Give queries a
        LIMIT; rows come in pages all the same.
        """
        question = pages.key("run_sparql", {"query": query})
        start = pages.offset(cursor, question)
        try:
            answer = await self._reader.answer(Request(op="query", query=query, accept=tables.ACCEPT))
        except RefusedError as error:
            if "does not parse" in str(error) and UPDATES & shape(query).words:
                raise RefusedError("updates are refused: the graph can only be read") from error
            raise
        return tables.told(answer, question, start=start, limit=limit)

    async def run_named_query(
        self,
        name: Annotated[str, Field(description="The query's name.", json_schema_extra={"enum": queries.names()})],
        parameters: Annotated[
            dict[str, str] | None, Field(description='Its parameters, as {"actor": "Turkey", "on": "2020-10-06"}.')
        ] = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Json:
        """Run one of the graph's own queries, by name. A parameter that is not given is left open."""
        if name not in queries.names():
            raise RefusedError(f"no query is named {name[:80]!r}; there are {', '.join(queries.names())}")
        known, given = queries.load(name).parameters, {key: value for key, value in (parameters or {}).items() if value}
        for key in given:
            if key not in known:
                raise RefusedError(
                    f"{name} has no parameter {key[:80]!r}; its parameters: {', '.join(known) or 'none'}"
                )
        if "lang" in known:
            given.setdefault("lang", self._reader.settings.lang)
        question = pages.key("run_named_query", {"name": name, **given})
        start = pages.offset(cursor, question)
        request = Request(op="named", name=name, parameters=given, accept=tables.ACCEPT)
        return tables.told(await self._reader.answer(request), question, start=start, limit=limit)

    async def explain_ontology(
        self,
        term: Annotated[
            str | None, Field(description="A class, property or relation: kg:visits, Meeting, bertemu.")
        ] = None,
        lang: Lang = None,
    ) -> Json:
        """Explain the graph's vocabulary; call it before writing SPARQL.

        Without a term: all relations with their types, the properties of events, the prefixes, and example queries.
        With a term: its labels and comments in both languages, what it joins, an example query, and event coders' codes
        (PLOVER, CAMEO).
        """
        return explaining.explained(term or "", lang or self._reader.settings.lang)

    async def _listed(self, tool: str, op: Operation, name: str, asked: dict[str, str], *page: Any) -> Json:
        """Return a page, whose limit and cursor are given last."""
        limit, cursor = page
        question = pages.key(tool, dict(asked))
        start = pages.offset(cursor, question)
        found = await self._reader.json(Request(op=op, parameters={**asked, "offset": str(start), "limit": str(limit)}))
        return pages.page(found, name, question, start=found.pop("offset"), total=found.pop("total"))

    def _asked(self, **given: object) -> dict[str, str]:
        """Return what was given as a worker's parameters, with the language that the server was started with."""
        asked = {name: str(value) for name, value in given.items() if value not in (None, "")}
        return {"lang": self._reader.settings.lang, **asked}


TOOLS = {
    "overview": "What is in the graph",
    "search_actors": "Find actors",
    "list_statements": "List statements with evidence",
    "show_article": "Show an article",
    "run_sparql": "Run SPARQL",
    "run_named_query": "Run a named query",
    "explain_ontology": "Explain the ontology",
}
assert {"Person", "Country", "Organization", "Place"} == set(ENTITY_TYPES)  # as their annotations say
assert {"asserted", "planned", "negated"} == set(FACTUALITIES)
