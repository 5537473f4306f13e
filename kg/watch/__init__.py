"""Feeds, read again and again → what is new in them, built into a store.

    feed ─poll→ Entry ─pages→ Record ─pipeline.build→ store
          └───────── state: what was seen, what to ask with, whom to leave alone and until when

Feeds are asked with what they said last time (ETag, Last-Modified), pages as their site's `robots.txt` and pace allow;
who asks for rest (429, 503, Retry-After) gets it. An entry counts as seen once its article is in the store, so whatever
ends a run, the next goes on from there.
"""

from kg.watch.rounds import Round, Watch
from kg.watch.sources import addresses

__all__ = ["Round", "Watch", "addresses"]
