"""The written passages: every line is one, few are alike, and both languages have enough of everything."""

from collections import Counter

import pytest

from kg.specs import languages
from kg.train.encoder.written import FOLDER, SLOT, read_written
from kg.vocab import ontology

# Of passages in this share of all, the words beside the slots may be nearly those of another.
NEAR_COPIES = 0.005
# Sets of five words in a row that two passages share, as a share of the smaller one's; such two are near copies.
ALIKE, ROW = 0.6, 5


@pytest.fixture(scope="module")
def passages():
    return list(read_written())  # raises SpecError, naming file and line, where one is wrong


def test_files_hold_passages_of_their_language():
    for language in languages():
        found = list(read_written(FOLDER / language))
        assert len(found) > 5500
        assert {passage.language for passage in found} == {language}
    assert {path.parent.name for path in FOLDER.rglob("*.txt")} == set(languages())


def rows(text):
    """Return the sets of words in a row; names' slots are all alike."""
    words = SLOT.sub(lambda slot: slot["words"] or slot["ids"][0], text).lower().split()
    return {tuple(words[i : i + ROW]) for i in range(len(words) - ROW + 1)}


def test_few_are_near_copies(passages):
    known = [rows(passage.text) for passage in passages]
    where = {}
    for i, found in enumerate(known):
        for row in found:
            where.setdefault(row, []).append(i)
    copies = set()
    for i, found in enumerate(known):
        shared = Counter(j for row in found for j in where[row] if j < i)
        copies |= {i for j, count in shared.items() if count > ALIKE * min(len(found), len(known[j]))}
    print(f"near copies: {len(copies)} of {len(passages)}")
    assert len(copies) <= NEAR_COPIES * len(passages)


def test_no_two_are_the_same(passages):
    texts = Counter((passage.language, passage.text) for passage in passages)
    assert texts.most_common(1)[0][1] == 1


def test_relations_have_passages_in_both_languages(passages):
    told = Counter((p.language, s.relation, s.factuality) for p in passages for s in p.statements if not s.optional)
    for language in languages():
        for relation in ontology().relations:
            counts = {f: told[language, relation, f] for f in ("asserted", "planned", "negated")}
            print(f"{language} {relation}: " + ", ".join(f"{n} {f}" for f, n in counts.items()))
            assert counts["asserted"] >= 30, (language, relation)
    nothing = sum(not passage.statements for passage in passages)
    print(f"stating nothing: {nothing} of {len(passages)}")
    assert nothing > 0.1 * len(passages)
