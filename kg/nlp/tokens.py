"""Indonesian tokenisation: which character runs of a news text are one token.

The treebanks after 2017 keep a hyphenated word whole (``kedua-duanya``, ``ke-19``, ``non-blok``) and leave clitics on
their word once multiword tokens are joined, so the rules here do the same; the tokenizer is saved with the pipeline.
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, get_lang_class

# Written with a full stop that does not end a sentence; most stand before a name or a number.
ABBREVIATIONS = """
Dr. dr. Drs. Dra. Prof. Ir. H. Hj. KH. K.H. Tn. Ny. Nn. Sdr. Sdri. Bpk. Mr. Mrs. Ms. St. Sr. Jr. Pdt. Ust.
Jend. Letjen. Mayjen. Brigjen. Kol. Letkol. May. Kapt. Lettu. Letda. Komjen. Irjen. Kombes. AKBP. Laks. Laksda. Gen. Col.
No. no. Nomor. Rp. Jl. Jln. Gg. Kec. Kab. Kel. Kep. Hlm. hlm. hal. Tgl. tgl. Tbk. Ltd. Pte. Inc. Co. Corp. Bhd. vs. Vs.
dll. dsb. dst. dkk. a.n. u.p. d.a. s.d. a.l. c.q. S.H. M.H. S.E. M.M. S.Sos. S.Ip. S.IP. S.T. M.T. M.Si. M.Sc. M.A.
B.A. B.Sc. Ph.D. MBA. Lc. M.Ag. S.Ag. S.Pd. M.Pd. S.Kom. M.Kom. Jan. Feb. Mar. Apr. Jun. Jul. Agt. Ags. Agu. Sep. Sept.
Okt. Nov. Des. U.S. U.K. U.N. E.U. A.S. D.C.
""".split()

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
        rf"(?<=[{ALPHA}])[\"“”](?=[{ALPHA}])",
        r"--+|—|(?<=\d)–(?=\d)",
        _CASED_HYPHEN,
        r"(?<=[0-9])[+\*^](?=[0-9-])",
    ]


def make_tokenizer(nlp: Language) -> Tokenizer:
    """Return the tokenizer for Indonesian news, built on the vocabulary of ``nlp``."""
    defaults = get_lang_class("id").Defaults
    prefixes = [r"--+", *(defaults.prefixes or ()), r"Rp(?=\.?\d)"]
    # The stock rules cut "-nya" and split "%" words oddly; clitics stay on their word here.
    suffixes = [s for s in (defaults.suffixes or ()) if "nya" not in s]
    exceptions = {k: v for k, v in (defaults.tokenizer_exceptions or {}).items() if "-" not in k}
    exceptions.update({abbreviation: [{ORTH: abbreviation}] for abbreviation in ABBREVIATIONS})
    return Tokenizer(
        nlp.vocab,
        rules=exceptions,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(_infixes()).finditer,
        token_match=re.compile(_WHOLE).match,
        url_match=defaults.url_match,
    )
