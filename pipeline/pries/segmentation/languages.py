"""Languages: which language a document is in, and where it is in another than French.

The n-gram model of py3langid judges paragraphs that are long enough and have more words, or letters, of others than of
French; what it is not sure of counts as French, as the rest does. Requests are looked for in French alone, so that what
is in another language is told.

    "The participants called on Governments to ratify the two conventions." among French ones -> en, with its line
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

FRENCH = "fr"
# Languages in which States and organisations write beside French; fewer to take for each other.
NAMES = {
    "fr": "French", "en": "English", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "de": "German",
    "nl": "Dutch", "ro": "Romanian", "ca": "Catalan", "pl": "Polish", "sv": "Swedish", "tr": "Turkish",
    "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "fa": "Persian",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "vi": "Vietnamese", "sw": "Swahili", "mg": "Malagasy",
    "ht": "Haitian Creole", "rw": "Kinyarwanda",
}  # fmt: skip
LETTERS = 60  # of a paragraph, from which it can be judged
FEWEST = 20  # letters of a whole document, from which its language is named
SURE = 0.9
LONGEST = 400  # characters that tell the language of a paragraph
# Words of French that no neighbour has: with some of them a text needs no model.
FRENCH_ALONE = frozenset(
    "les et du une aux dans par pour ont pas être cette ces leur leurs sont elle ils elles avec sans ainsi été doit "
    "doivent devrait devraient nous vous je mais où à qu afin aussi dont selon plusieurs chaque faut peut peuvent "
    "était étaient ayant depuis chez jusqu lorsque comme moins très même cela celui celle ses vers tous toutes".split()
)
KINDS, FRENCH_SHARE, OTHERS_SHARE = 2, 0.1, 0.1
# Small words of the others in Latin letters that French has not: every fifth word of a text is one of its language's.
OTHERS = frozenset(
    "the of and to in that is for with by was were are be been being this these those which who whom what when where "
    "how it its at have has had not their they them his her our your we you he she shall should will would could can "
    "must may might from into than then there here all any some such other more most also only between after before "
    "about over under through during within because while both each one many much own said see "
    "los las del con una unas unos como para por más esta este estos estas también pero fue fueron sobre "
    "han sido sin hasta desde donde cuando debe deben debería todos todas otros otras así según cual cuales "
    "os ao aos dos das em nas não uma umas com pelo pela pelos pelas seus suas são foram ter deve devem do da pois "
    "também quando onde cada sem até "
    "gli dei degli della delle dello nel nella nelle negli alla alle agli dal dalla dalle che è sono anche di sulla "
    "sulle sugli dovrebbe dovrebbero "
    "uno questo questa essere stato stata devono per più sua suoi loro ogni "
    "der und den dem zu zur zum vom ist sind für im auf nicht ein eine einer eines einem einen werden wird "
    "wurde wurden sich auch als bei nach aus über unter durch oder dass sollte soll diese dieser ihre seine "
    "het een voor dat op te zijn niet aan door ook bij worden wordt werd heeft hebben moet moeten deze naar uit "
    "și să în din cu pe pentru care prin sau ale sunt către privind trebuie "
    "els amb dels més aquest aquesta pels hauria "
    "w z się że nie jest oraz przez dla na powinien "
    "och att det som för på av är med till inte har om bör ska ett vid "
    "ve bir bu için ile olan olarak gibi daha çok "
    "và của các trong có được cho những một với không người về cần "
    "ya wa kwa katika za cha kuwa hii kama wote "
    "ny sy dia izay amin fa mba tsy ireo tokony "
    "nan ak pou yo dwe "
    "mu ku kandi cyangwa ibyo abantu muri kugira bw".split()
)
UNLIKE = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u3040-\ud7ff]{2}")  # letters that no French word is written with
WORDS = re.compile(r"[^\W\d_]+")


class Foreign(NamedTuple):
    """Paragraphs of a document in one other language: how many, and the first line of the first."""

    language: str
    paragraphs: int
    line: int


def judged(paragraphs: Sequence[tuple[str, int]]) -> tuple[str, list[Foreign]]:
    """The language of a document whose paragraphs are given with their lines, and what is in another than French."""
    long = [(text, line) for text, line in paragraphs if _is_long(text)]
    if not long:
        whole = " ".join(text for text, _ in paragraphs)
        return (_language(whole) if _letters(whole) >= FEWEST else ""), []
    found = [(_language(text), len(text), line) for text, line in long]
    if all(language == FRENCH for language, *_ in found):  # nearly always
        return FRENCH, []
    sizes = Counter[str]()
    for language, size, _ in found:
        sizes[language] += size
    times = Counter(language for language, *_ in found)
    lines = {language: line for language, _, line in reversed(found)}
    others = [
        Foreign(language, count, lines[language]) for language, count in times.items() if language not in ("", FRENCH)
    ]
    return sizes.most_common(1)[0][0], others


def told(foreign: Foreign, paragraphs: int) -> tuple[int, str, str]:
    """What is said of paragraphs in another language: line, problem, remedy."""
    name = NAMES[foreign.language]
    some = f"{foreign.paragraphs} of {paragraphs} paragraphs in {name}"
    what = f"in {name}, not in French" if foreign.paragraphs == paragraphs else some
    return foreign.line, what, "give the French text, or take it out: requests are found in French alone"


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _is_long(text: str) -> bool:
    """Whether a paragraph has letters enough; its beginning nearly always has."""
    return _letters(text[: 2 * LETTERS]) >= LETTERS or _letters(text) >= LETTERS


def _is_french(text: str) -> bool:
    """Whether no model need be asked: words enough that no neighbour of French has, or no more that French has not."""
    words = WORDS.findall(text.lower())
    found = sum(map(FRENCH_ALONE.__contains__, words))
    if found >= FRENCH_SHARE * len(words) and len(FRENCH_ALONE.intersection(words)) >= KINDS:
        return True
    others = sum(map(OTHERS.__contains__, words))  # some may stand in a name: « la loi dite Freedom of the Press Act »
    return others <= max(found, OTHERS_SHARE * len(words)) and not UNLIKE.search(text)


def _language(text: str) -> str:
    """The language of a text, French where the model is not sure; empty where there is no model."""
    text = text[:LONGEST]
    if _is_french(text):  # nearly always; the model need not be loaded then
        return FRENCH
    known = model()
    if known is None:
        return ""
    language, probability = known.classify(text)
    return str(language) if probability >= SURE else FRENCH


@cache  # loading takes a third of a second
def model() -> Any:
    """The model that tells languages, None in an installation without it, or where it finds no room to unpack."""
    with contextlib.suppress(ModuleNotFoundError, OSError):
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        made.set_languages(list(NAMES))
        return made
    return None
