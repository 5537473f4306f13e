"""Indonesian tokenisation: which character runs of a news text are one token.

The treebanks after 2017 keep a hyphenated word whole (``kedua-duanya``, ``ke-19``, ``non-blok``) and leave clitics on
their word once multiword tokens are joined, so the rules here do the same.
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES
from spacy.symbols import ORTH
from spacy.util import get_lang_class

# Written with a full stop that does not end a sentence; most stand before a name or a number.
_ABBREVIATIONS = """
Dr. dr. Drs. Dra. Prof. Ir. H. Hj. KH. K.H. Tn. Ny. Nn. Sdr. Sdri. Bpk. Mr. Mrs. Ms. St. Sr. Jr. Pdt. Ust. Jend.
Letjen. Mayjen. Brigjen. Kol. Letkol. May. Kapt. Lettu. Letda. Komjen. Irjen. Kombes. AKBP. Laks. Laksda. Gen. Col.
No. no. Nomor. Rp. Jl. Jln. Gg. Kec. Kab. Kel. Kep. Hlm. hlm. hal. Tgl. tgl. Tbk. Ltd. Pte. Inc. Co. Corp. Bhd. vs.
Vs. dll. dsb. dst. dkk. a.n. u.p. d.a. s.d. a.l. c.q. S.H. M.H. S.E. M.M. S.Sos. S.Ip. S.IP. S.T. M.T. M.Si. M.Sc.
M.A. B.A. B.Sc. Ph.D. MBA. Lc. M.Ag. S.Ag. S.Pd. M.Pd. S.Kom. M.Kom. Jan. Feb. Mar. Apr. Jun. Jul. Agt. Ags. Agu. Sep.
Sept. Okt. Nov. Des. U.S. U.K. U.N. E.U. A.S. D.C.
"""

# A hyphen between a capitalised word and another stands between two names ("Armenia-Azerbaijan"); a word that begins in
# lower case stays whole ("kedua-duanya", "anti-AS", "al-Assad"), and so does an Arabic article.
_CASED_HYPHEN = rf"(?<=[{ALPHA}])[-–](?=[{ALPHA_UPPER}])"
_WHOLE = rf"^(?:[{ALPHA_LOWER}][{ALPHA}]*|Al|El|An|Ar|As|At|Az|Ad|Abd|Abdel|Abu|Ibn)(?:-[{ALPHA}\d]+)+$"


def _infixes() -> list[str]:
    """Return the patterns that split a run of characters in its middle."""
    return [
        *LIST_ELLIPSES,
        rf"(?<=[{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",  # "katanya.Dia": a lost space
        rf"(?<=[{ALPHA}0-9])[,;!?](?=[{ALPHA}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9{CONCAT_QUOTES}])[()\[\]](?=[{ALPHA}0-9{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}.,!?])[\"“”](?=[{ALPHA}])",
        r"--+|—|(?<=\d)–(?=\d)",
        _CASED_HYPHEN,
        r"(?<=[0-9])[+\*^](?=[0-9-])",
    ]


_STOCK = get_lang_class("id").Defaults
PREFIXES = [r"--+", *(_STOCK.prefixes or ()), r"Rp(?=\.?\d)"]
SUFFIXES = list(_STOCK.suffixes or ())
INFIXES = _infixes()
whole = re.compile(_WHOLE).match
# spaCy lists thousands of hyphenated words, which are whole here by rule, and take a second to load.
EXCEPTIONS = {
    **{text: parts for text, parts in (_STOCK.tokenizer_exceptions or {}).items() if "-" not in text},
    **{abbreviation: [{ORTH: abbreviation}] for abbreviation in _ABBREVIATIONS.split()},
}
