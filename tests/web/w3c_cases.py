"""What the W3C's tests of SPARQL 1.1 Protocol, Graph Store Protocol and Service Description ask, by their names.

Requests and expected replies are written down anew and were compared with the manifests of w3c/rdf-tests one by one:
sparql11/protocol (34; at the commit that was read, `query_multiple_dataset` joins its two parameters with an encoded
ampersand, which makes one name of two graphs; here they are two, as the test's text means), graph-store-protocol (9
with the graph in a parameter, 4 with the graph in the address) and service-description (3). `OLDER` are what else the
deprecated http-rdf-update asks. `w3c_suite.py` writes manifests out of them and has npm's rdf-test-suite, a runner that
others wrote, send and judge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
D0, D1, D2, D3 = (DATA.format(n) for n in range(4))
QUERY, UPDATE, FORM = "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Ask:
    """One request and what must come back; `path` goes on from the endpoint."""

    method: str
    path: str = ""
    body: str | None = None
    type: str | None = None
    status: tuple[str, ...] = ("2xx", "3xx")
    format: str | None = None
    boolean: bool | None = None
    encoding: str = "UTF-8"
    accept: str | None = None
    returns: str | None = None  # a graph, as Turtle
    returns_type: str | None = None
    location: str | None = None  # the name under which the Location header is kept


@dataclass(frozen=True)
class Case:
    """One test; `graphs` are loaded before."""

    name: str
    asks: tuple[Ask, ...]
    graphs: tuple[int, ...] = field(default=())


def _parameters(**given: list[str] | str) -> str:
    pairs = [
        (key.replace("_", "-"), value)
        for key, values in given.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return "?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs)


def _get(name: str, query: str, graphs: tuple[int, ...] = (), **dataset: list[str]) -> Case:
    return Case(name, (Ask("GET", _parameters(query=query, **dataset), format="boolean", boolean=True),), graphs)


def _post(name: str, query: str, graphs: tuple[int, ...] = (), **dataset: list[str]) -> Case:
    ask = Ask("POST", _parameters(**dataset), query, QUERY, format="boolean", boolean=True)
    return Case(name, (ask,), graphs)


def _format(name: str, query: str, format: str) -> Case:
    return Case(name, (Ask("POST", _parameters(default_graph_uri=D0), query, QUERY, format=format),))


def _bad(
    name: str, method: str, path: str = "", body: str | None = None, type: str | None = None, encoding: str = "UTF-8"
) -> Case:
    return Case(name, (Ask(method, path, body, type, ("4xx",), encoding=encoding),))


def _updated(name: str, update: str, then: str, **dataset: list[str]) -> Case:
    return Case(
        name,
        (
            Ask("POST", _parameters(**dataset) if dataset else "", update, UPDATE),
            Ask("POST", "", then, QUERY, format="boolean", boolean=True),
        ),
    )


_PREFIXES = "PREFIX dc: <http://purl.org/dc/terms/>\nPREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
_THREE = (
    "DROP ALL ;\nINSERT DATA {\n"
    + "\n".join(f"GRAPH <{iri}> {{ <{iri}> a foaf:Document }}" for iri in (D1, D2, D3))
    + "\n} ;\n"
)
_ARE = "<{}> a <http://purl.org/dc/terms/BibliographicResource> ."


def _into(graph: str, what: str, where: str) -> str:
    return f"{_PREFIXES}{_THREE}INSERT {{ GRAPH <http://example.org/{graph}/> {{ {what} }} }}\nWHERE {{ {where} }}"


def _two_of_three(graph: str) -> str:
    graph = f"http://example.org/{graph}/"
    return (
        f"ASK {{ GRAPH <{graph}> {{ {_ARE.format(D1)} {_ARE.format(D2)} }} "
        f"FILTER NOT EXISTS {{ GRAPH <{graph}> {{ {_ARE.format(D3)} }} }} }}"
    )


_BOTH = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type . }}"
_NAMED = f"ASK {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
_FULL = "http://example.org/protocol-update-dataset-full-test/"

PROTOCOL = [
    Case(
        "query_post_form",
        (Ask("POST", _parameters(default_graph_uri=D0), "query=ASK%20%7B%7D", FORM, format="boolean", boolean=True),),
    ),
    _get("query_dataset_default_graphs_get", _BOTH, (1, 2), default_graph_uri=[D1, D2]),
    _post("query_dataset_default_graphs_post", _BOTH, (1, 2), default_graph_uri=[D1, D2]),
    _post("query_dataset_named_graphs_post", _NAMED, (1, 2), named_graph_uri=[D1, D2]),
    _get("query_dataset_named_graphs_get", _NAMED, (1, 2), named_graph_uri=[D1, D2]),
    _post(
        "query_dataset_full",
        f"ASK {{ <{D3}> a ?type GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}",
        (1, 2, 3),
        default_graph_uri=[D3],
        named_graph_uri=[D1, D2],
    ),
    _post(
        "query_multiple_dataset",
        f"ASK FROM <{D3}> {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}",
        (1, 2, 3),
        named_graph_uri=[D1, D2],
    ),
    _get("query_get", "ASK {}", default_graph_uri=[D0]),
    _format("query_content_type_select", "SELECT (1 AS ?value) {}", "tabular"),
    _format("query_content_type_ask", "ASK {}", "boolean"),
    _format("query_content_type_describe", "DESCRIBE <http://example.org/>", "RDF"),
    _format("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", "RDF"),
    _updated(
        "update_dataset_default_graph",
        f"{_PREFIXES}CLEAR ALL ;\nINSERT DATA {{ GRAPH <{D1}> {{ <{D1}> a foaf:Document }} }} ;\n"
        "INSERT { GRAPH <http://example.org/protocol-update-dataset-test/> { ?s a dc:BibliographicResource } }\n"
        "WHERE { ?s a foaf:Document }",
        f"ASK {{ GRAPH <http://example.org/protocol-update-dataset-test/> {{ {_ARE.format(D1)} }} }}",
        using_graph_uri=[D1],
    ),
    _updated(
        "update_dataset_default_graphs",
        _into("protocol-update-dataset-graphs-test", "?s a dc:BibliographicResource", "?s a foaf:Document"),
        _two_of_three("protocol-update-dataset-graphs-test"),
        using_graph_uri=[D1, D2],
    ),
    _updated(
        "update_dataset_named_graphs",
        _into(
            "protocol-update-dataset-named-graphs-test",
            "?s a dc:BibliographicResource",
            "GRAPH ?g { ?s a foaf:Document }",
        ),
        _two_of_three("protocol-update-dataset-named-graphs-test"),
        using_named_graph_uri=[D1, D2],
    ),
    _updated(
        "update_dataset_full",
        _into(
            "protocol-update-dataset-full-test",
            "?s <http://example.org/in> ?in",
            '{ GRAPH ?g { ?s a foaf:Document } BIND(?g AS ?in) } UNION { ?s a foaf:Document . BIND("default" AS ?in) }',
        ),
        f'ASK {{ GRAPH <{_FULL}> {{ <{D1}> <http://example.org/in> "default" . '
        f"<{D2}> <http://example.org/in> <{D2}> . }} FILTER NOT EXISTS "
        f"{{ GRAPH <{_FULL}> {{ <{D3}> ?p ?o }} }} }}",
        using_graph_uri=[D1],
        using_named_graph_uri=[D2],
    ),
    Case("update_post_form", (Ask("POST", "", "update=CLEAR+ALL", FORM),)),
    Case("update_post_direct", (Ask("POST", "", "CLEAR ALL", UPDATE),)),
    Case(
        "update_base_uri",
        (
            Ask(
                "POST",
                "",
                "CLEAR GRAPH <http://example.org/protocol-base-test/> ;\nINSERT DATA { GRAPH "
                "<http://example.org/protocol-base-test/> { <http://example.org/s> <http://example.org/p> "
                "<test> } }",
                UPDATE,
            ),
            Ask(
                "POST",
                "",
                "SELECT ?o WHERE { GRAPH <http://example.org/protocol-base-test/> "
                "{ <http://example.org/s> <http://example.org/p> ?o } }",
                QUERY,
                format="tabular",
            ),
        ),
    ),
    Case("query_post_direct", (Ask("POST", "", "ASK {}", QUERY, format="boolean", boolean=True),)),
    _bad("bad_query_method", "PUT", _parameters(query="ASK {}", default_graph_uri=D0), type=FORM),
    _bad("bad_multiple_queries", "GET", _parameters(query=["ASK {}", "SELECT * {}"])),
    _bad("bad_query_wrong_media_type", "POST", "", "ASK {}", "text/plain"),
    _bad("bad_query_missing_form_type", "POST", "", "query=ASK%20%7B%7D"),
    _bad("bad_query_missing_direct_type", "POST", "", "ASK {}"),
    _bad("bad_query_non_utf8", "POST", "", "ASK {}", f"{QUERY}; charset=UTF-16", "UTF-16"),
    _bad("bad_query_syntax", "GET", "?query=ASK%20%7B"),
    _bad("bad_update_get", "GET", "?update=CLEAR%20ALL"),
    _bad("bad_multiple_updates", "POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    _bad("bad_update_wrong_media_type", "POST", "", "CLEAR NAMED", "text/plain"),
    _bad("bad_update_missing_form_type", "POST", "", "update=CLEAR%20NAMED"),
    _bad("bad_update_non_utf8", "POST", "", "CLEAR NAMED", f"{UPDATE}; charset=UTF-16", "UTF-16"),
    _bad("bad_update_syntax", "POST", "", "update=CLEAR%20XYZ", FORM),
    _bad(
        "bad_update_dataset_conflict",
        "POST",
        _parameters(using_named_graph_uri="http://example/people"),
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\nWITH <http://example/addresses>\n"
        "DELETE { ?person foaf:givenName 'Bill' }\nINSERT { ?person foaf:givenName 'William' }\n"
        "WHERE { ?person foaf:givenName 'Bill' }",
        UPDATE,
    ),
]

TURTLE = "text/turtle; charset=utf-8"
_HEAD = "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
_ONE = "<http://www.example/gsp/person/1>"


def _person(name: str, more: str = "") -> str:
    return f'{_HEAD}{_ONE} a foaf:Person ; {more} foaf:businessCard [ a v:VCard ; v:fn "{name}" ] .'


_ALICE = f'{_HEAD}[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
_P1, _P2, _P4 = (_parameters(graph=f"http://www.example/gsp/person/{n}.ttl") for n in (1, 2, 4))
_PARTS = (
    "".join(
        f'--b0undary\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: {TURTLE}\r\n\r\n"
        f'@prefix foaf: <http://xmlns.com/foaf/0.1/> .\r\n{_ONE} {predicate} "{value}" .\r\n\r\n'
        for name, predicate, value in (
            ("lastName.ttl", "foaf:familyName", "Doe"),
            ("firstName.ttl", "foaf:givenName", "Jane"),
        )
    )
    + "--b0undary--\r\n"
)
MADE, DONE, GONE = ("201",), ("200", "204"), ("404",)
ANY = (*MADE, *DONE)
_JOHN, _JANE = _person("John Doe"), _person("Jane Doe")


def _put(path: str, data: str, status: tuple[str, ...]) -> Ask:
    return Ask("PUT", path, data, TURTLE, status)


def _read(path: str, data: str) -> Ask:
    return Ask("GET", path, status=("200",), accept="text/turtle", returns=data, returns_type=TURTLE)


def _add(path: str, data: str, status: tuple[str, ...], type: str = TURTLE, location: str | None = None) -> Ask:
    return Ask("POST", path, data, type, status, location=location)


def _repeated(path: str) -> tuple[Ask, ...]:
    return _put(path, _JOHN, MADE), _read(path, _JOHN), _put(path, _JANE, DONE), _read(path, _JANE)


def _deleted(path: str) -> tuple[Ask, ...]:
    return (
        _put(path, _ALICE, ANY),
        Ask("DELETE", path, status=DONE),
        Ask("GET", path, status=GONE),
        Ask("DELETE", path, status=(*GONE, *DONE)),
    )


def _posted(path: str) -> tuple[Ask, ...]:
    both = _person("Jane Doe", 'foaf:familyName "Doe" ; foaf:givenName "Jane" ;')
    return (
        _add(path, _JANE, ANY),
        _read(path, _JANE),
        _add(path, _PARTS, DONE, "multipart/form-data; boundary=b0undary"),
        _read(path, both),
    )


def _headed(path: str) -> tuple[Ask, ...]:
    return _put(path, _JOHN, ANY), Ask("HEAD", path, status=("200",), accept=TURTLE, returns_type=TURTLE)


_BARE = "?graph=http://www.example/gsp/person/{}.ttl"
GRAPH_STORE = [
    Case("put_get_repeat_indirect", _repeated(_P1)),
    Case("put_get_default", (_put("?default", _ALICE, ANY), _read("?default", _ALICE))),
    Case("put_delete_get_delete_indirect", _deleted(_P2)),
    Case("post_get_post_get_indirect", _posted(_P1)),
    Case("post_get_new_graph", (_add("", _ALICE, MADE, location="$LOCATION$"), _read("?graph=$LOCATION$", _ALICE))),
    Case("head_existing_indirect", _headed(_P1)),
    Case("head_non_existing_indirect", (Ask("HEAD", _P4, status=GONE, accept=TURTLE),)),
    Case("put_get_uri_pct_encoded_indirect", (_put(_P1, _JOHN, MADE), _read(_BARE.format(1), _JOHN))),
    Case(
        "put_get_uri_pct_encoded_twice",
        (
            _put(_BARE.format(1), _JOHN, MADE),
            _read(_BARE.format("%31"), _JOHN),
            Ask("GET", _BARE.format("%2531"), status=GONE, accept="text/turtle"),
        ),
    ),
    Case("put_get_repeat_direct", _repeated("/person/1.ttl")),
    Case("put_delete_get_delete_direct", _deleted("/person/2.ttl")),
    Case("post_get_post_get_direct", _posted("/person/1.ttl")),
    Case("head_existing_direct", _headed("/person/1.ttl")),
]
OLDER = [
    Case("put__mismatched_payload", (Ask("PUT", _P1, _JANE, "application/rdf+xml", ("4xx",)),)),
    Case("put__default_mismatched", (Ask("PUT", "?default", _JANE, "application/rdf+xml", ("4xx",)),)),
    Case("delete__nonexistent_graph", (Ask("DELETE", _P2, status=GONE),)),
    Case(
        "post__existing_graph",
        (
            _put(_P1, _JANE, MADE),
            _add(_P1, f'{_HEAD}{_ONE} foaf:name "Jane Doe" .', DONE),
            _read(_P1, _person("Jane Doe", 'foaf:name "Jane Doe" ;')),
        ),
    ),
    Case("head_on_a_nonexisting_graph", (Ask("HEAD", "/person/4.ttl", status=GONE),)),
]
SERVICE = [
    "GET on endpoint returns RDF",
    "Service description contains a matching sd:endpoint triple",
    "Service description conforms to schema",
]
