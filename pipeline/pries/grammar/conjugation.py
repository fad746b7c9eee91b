"""Conjugation: the forms of the verbs that a lexicon names, so that a verb is found whatever the tagger thinks.

Regular verbs in -er are conjugated by rule (with the spelling changes of exiger, menacer, appeler, suggérer);
the others stand form by form in irregular_verbs.csv.

    priés -> (prier, participle), devraient -> (devoir, conditional)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pries.base import lexicon
from pries.base.errors import InputError
from pries.base.layers import Folder, layers
from pries.grammar.cues import Cues

# Tenses of a form by itself; compound tenses are read off the auxiliary.
FORM_TENSES = ("present", "imperfect", "past", "future", "conditional", "infinitive", "participle", "gerund")

FINITE = ("present", "imperfect", "past", "future", "conditional")
CERTAIN = ("e", "ent", "ait", "era", "eront", "erait")  # the endings of the third person

IRREGULAR = lexicon.Lexicon(
    "irregular_verbs.csv", ("lemma", "tense", "forms"), values={"tense": FORM_TENSES}, several=("forms",)
)

ENDINGS: dict[str, tuple[str, ...]] = {
    "present": ("e", "ons", "ez", "ent", "ions", "iez"),
    "imperfect": ("ais", "ait", "aient"),
    "past": ("ai", "a", "âmes", "èrent"),
    "future": ("erai", "eras", "era", "erons", "erez", "eront"),
    "conditional": ("erais", "erait", "erions", "eriez", "eraient"),
    "infinitive": ("er",),
    "participle": ("é", "ée", "és", "ées"),
    "gerund": ("ant",),
}


@dataclass(frozen=True)
class Form:
    """What a form may be: a lemma, and the tense that the form itself shows."""

    lemma: str
    tense: str


def regular(lemma: str, doubling: bool) -> dict[str, str]:
    """The forms of a regular verb in -er, each with its tense; the first tense wins where two share a form.

    `doubling`: the last consonant is doubled before a mute e (appeler, appelle).
    """
    forms: dict[str, str] = {}
    for tense, endings in ENDINGS.items():
        for ending in endings:
            forms.setdefault(_stem(lemma[:-2], ending, doubling) + ending, tense)
    return forms


@lru_cache(8)  # for each lexicon that a process meets
def certain_forms(cues: Cues) -> frozenset[str]:
    """The conjugated forms of verbs of speech that no noun shares: « préconisent », but not « demande »."""
    lemmas = sorted(lemma for lemma in cues.willing | cues.asking | cues.asking_to if lemma.endswith("er"))
    forms = (pair for lemma in lemmas for pair in regular(lemma, lemma in cues.doubling).items())
    found = frozenset(form for form, tense in forms if tense in FINITE and form.endswith(CERTAIN))
    return (found - cues.homograph) | cues.subjunctive


def _stem(stem: str, ending: str, doubling: bool) -> str:
    """The stem as it is spelt before an ending."""
    if ending[0] in "aâo" and stem[-1] == "g":
        return stem + "e"
    if ending[0] in "aâo" and stem[-1] == "c":
        return stem[:-1] + "ç"
    mute = ending in ("e", "es", "ent") or (ending.startswith("er") and len(ending) > 2)
    if mute and doubling:
        return stem + stem[-1]
    if ending in ("e", "ent") and len(stem) > 2 and stem[-2] == "é":  # suggère
        return stem[:-2] + "è" + stem[-1]
    if mute and len(stem) > 2 and stem[-2] == "e" and stem[-1] in "cmnprstv":  # amène, achètera
        return stem[:-2] + "è" + stem[-1]
    if mute and stem[-2:] in ("oy", "uy"):  # emploie
        return stem[:-1] + "i"
    return stem


def forms_of(lemmas: Iterable[str], lexicons: Folder) -> Mapping[str, tuple[Form, ...]]:
    """Every form of the verbs in `lemmas`, lower case, with what it may be.

    Raises InputError for a verb that is neither regular nor in irregular_verbs.csv.
    """
    irregular: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in lexicon.read(lexicons, IRREGULAR):
        irregular[row["lemma"]].extend((form, row["tense"]) for form in row.several("forms"))
    doubling = Cues.read(lexicons).doubling
    table: dict[str, list[Form]] = defaultdict(list)
    for lemma in dict.fromkeys(lemmas):
        if lemma not in irregular and not lemma.endswith("er"):
            raise InputError(
                str(layers(lexicons)[-1] / IRREGULAR.file),
                f"no forms of '{lemma}'",
                "add its forms, one row for each tense, or correct the verb in triggers.csv",
            )
        for form, tense in irregular.get(lemma) or regular(lemma, lemma in doubling).items():
            table[form].append(Form(lemma, tense))
    return {form: tuple(found) for form, found in table.items()}
