"""Errors that a user meets; each message names the file and the remedy in one line.

KGError
├── SpecError      a bundled .toml, .ttl or .rq file is wrong
├── SourceError    an article or feed cannot be read
├── ReaderError    a reader other than ours is missing, wrongly set, or cannot go on
├── WeightsError   a trained pipeline is missing or damaged
├── StoreError     a graph file or store cannot be opened, written or trusted
│   ├── StoreBusyError  another process writes it at the moment
│   └── JudgementError  what is asked of a store's actors cannot be done
└── QueryError     a SPARQL query is wrong, or refused
    └── QueryFailedError  a query that is right could not be answered
"""


class KGError(Exception):
    """Base of every error that `kg` raises on purpose."""


class SpecError(KGError):
    """A data file of the package is wrong; names file, key, value and remedy. It ends a run: no article is to blame."""


class SourceError(KGError):
    """An article, feed, folder or address cannot be read; names it and says what to do."""


class ReaderError(KGError):
    """A reader other than ours is missing, is wrongly set, or cannot go on; it ends a run: no article is to blame."""


class WeightsError(KGError):
    """A trained pipeline is missing, damaged or of another version."""


class StoreError(KGError):
    """A graph file or store cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process writes to the store at the moment."""


class JudgementError(StoreError):
    """Actors of a store cannot be found, merged, split or undone as it was asked."""


class QueryError(KGError):
    """A SPARQL query does not parse or is refused."""


class QueryFailedError(QueryError):
    """A query that is no fault of who asks it could not be answered."""
