"""python -m kg.actors.make FOLDER [--to FOLDER]: writes the base of actors again; SOURCES.md says what FOLDER holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.actors.make.hand import Titles, add_actors, add_offices
from kg.actors.make.public import add_persons, add_places
from kg.actors.make.table import Table, write
from kg.errors import KGError

HERE = Path(__file__).parent


def make(public: Path, to: Path, hand: Path = HERE / "hand", repositories: Path = HERE / "repositories.csv") -> Table:
    """Write actors.csv, offices.csv and titles.csv into a folder; raises SourceError for a file that is wrong."""
    titles, table = Titles(hand / "titles.csv"), Table()
    add_actors(table, hand)
    add_places(table, public, repositories)
    add_offices(table, titles, hand)
    add_persons(table, titles, public, repositories)
    table.write(to)
    write(to / "titles.csv", ("en", "id", "aliases"), titles.rows)
    return table


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.actors.make", description=__doc__)
    parser.add_argument("folder", type=Path, help="the public files, by the names of repositories.csv")
    parser.add_argument("--to", type=Path, default=HERE.parent / "base", help="where the tables are written")
    given = parser.parse_args()
    try:
        table = make(given.folder, given.to)
    except KGError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(table.entries)} actors, {len(table.offices)} offices")
    return 0


if __name__ == "__main__":
    sys.exit(main())
