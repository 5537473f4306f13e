"""The manifest of the reconciliation service: what it offers, and where."""

from __future__ import annotations

from typing import Any

from kg._version import __version__
from kg.reconcile import properties
from kg.reconcile.protocol import BATCH
from kg.reconcile.words import words
from kg.vocab import ONTOLOGY, base_iri
from kg.web.previews import HEIGHT, WIDTH

KINDS = ("entity", "property", "type")


def manifest(name: str, address: str, base: str, language: str) -> dict[str, Any]:
    """Return the manifest of the service of a store's name; `address` is the server's, `base` the service's in full."""
    return {
        "versions": ["0.2"],
        "name": f"kg: {words(language)['service']} {name}",
        "identifierSpace": f"{base_iri()}entity/",
        "schemaSpace": ONTOLOGY,
        "documentation": f"{address}/",
        "serviceVersion": __version__,
        "defaultTypes": [{"id": id_, "name": label} for id_, label in properties.types(language).items()],
        "view": {"url": f"{address}/explore?lang={language}#focus={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": base,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": base,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in KINDS
        },
        "extend": {"propose_properties": {"service_url": base, "service_path": "/properties"}, "property_settings": []},
        "batchSize": BATCH,
    }
