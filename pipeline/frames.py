"""Frames: which words ask for something, and where issuer, addressee and action attach to them.

Reads triggers.csv once; then finds, in a sentence, every trigger with its verbal group and construction. A new
verb is a line in the table: nothing here names one.

    "Il a été demandé aux États de coopérer" -> frame demander/verb, group a été demandé, impersonal_passive
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import lexicon, schema
from pipeline.anaphora import impersonal
from pipeline.conjugation import Form, forms_of
from pipeline.syntax import AVOIR, ETRE, REFLEXIVE, Sentence
from pipeline.verbs import VerbalGroup, is_adverb, left_in_group, verbal_group

POS = ("verb", "modal", "impersonal", "adjective", "noun", "phrase")
SLOTS = ("de", "à", "bare", "que", "noun", "à_noun", "à_ce_que", "pour", "en_faveur", "voeux")
ADDRESSEES = ("object", "à", "de", "subject", "pour")

TRIGGERS = lexicon.Lexicon(
    "triggers.csv",
    ("lemma", "pos", "pattern", "voice", "modality", "issuer", "addressee", "actions", "example"),
    ("pattern", "issuer", "addressee"),
    {
        "pos": POS, "voice": ("any", "active", "passive"), "modality": schema.MODALITIES, "issuer": ("subject",),
        "addressee": ADDRESSEES, "actions": SLOTS,
    },
    several=("actions",),
    key=("lemma", "pos", "pattern"),
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One row of triggers.csv."""

    lemma: str
    pos: str
    pattern: tuple[str, ...]
    voice: str
    modality: str
    issuer: str
    addressee: str
    actions: tuple[str, ...]
    line: int


@dataclass
class Trigger:
    """A trigger in a sentence: its frame, token, verbal group (of the copula or verb beside it) and construction."""

    frame: Frame
    token: int
    group: VerbalGroup
    construction: str
    modality: str
    judge: int | None = None  # the verb of opinion that judges it so ("estiment préférable")

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that its actions may take; "se devoir" takes "de"."""
        return (*self.frame.actions, "de") if self.group.reflexive and self.frame.pos == "modal" else self.frame.actions


@dataclass(frozen=True)
class Frames:
    """The frame lexicon, indexed by the forms under which its words appear."""

    verbs: Mapping[str, tuple[Form, ...]]
    by_lemma: Mapping[str, tuple[Frame, ...]]
    words: Mapping[str, tuple[Frame, ...]]  # adjectives and nouns, by form
    phrases: Mapping[str, tuple[Frame, ...]]  # set phrases, by the form of their trigger

    @classmethod
    def read(cls, lexicons: Path) -> Frames:
        """Read triggers.csv and conjugate its verbs. Raises InputError."""
        by_lemma: dict[str, list[Frame]] = defaultdict(list)
        words: dict[str, list[Frame]] = defaultdict(list)
        phrases: dict[str, list[Frame]] = defaultdict(list)
        for row in lexicon.read(lexicons, TRIGGERS):
            frame = Frame(
                row["lemma"], row["pos"], tuple(row["pattern"].split()), row["voice"], row["modality"],
                row["issuer"], row["addressee"], row.several("actions"), row.line,
            )  # fmt: skip
            if frame.pos == "phrase":
                if not any(p.startswith("[") for p in frame.pattern):
                    raise row.wrong(
                        f"pattern '{row['pattern']}' marks no trigger", "put its trigger in square brackets"
                    )
                for form in _inflected(frame.lemma):
                    phrases[form].append(frame)
            elif frame.pos in ("adjective", "noun"):
                for form in _inflected(frame.lemma):
                    words[form].append(frame)
            else:
                by_lemma[frame.lemma].append(frame)
        verbs = forms_of(by_lemma, lexicons)
        return cls(
            verbs,
            *({key: tuple(found) for key, found in table.items()} for table in (by_lemma, words, phrases)),
        )

    def find(self, sentence: Sentence) -> Iterator[Trigger]:
        """Every trigger of the sentence, in order, whatever may still rule it out."""
        for i in range(len(sentence)):
            low = sentence.low(i)
            yield from self._phrases(sentence, i, low)
            yield from self._words(sentence, i, low)
            yield from self._verbs(sentence, i, low)

    def _verbs(self, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
        for form in self.verbs.get(low, ()):
            if sentence[i].tag in ("NOUN", "ADP", "PROPN") and not _verb_after_all(sentence, i, form):
                continue
            if low in ETRE:  # « sommes » is être, not sommer
                continue
            if low in ("dû", "due") and form.tense == "participle" and sentence.low(i + 1) in ("à", "au", "aux"):
                continue
            group = verbal_group(sentence, i, form.tense)
            for frame in self.by_lemma[form.lemma]:
                construction = construction_of(sentence, frame, group)
                if construction:
                    yield Trigger(frame, i, group, construction, strength(frame, group))
            break

    def _words(self, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
        for frame in self.words.get(low, ()):
            if frame.pos == "noun":
                yield Trigger(frame, i, VerbalGroup(i, i + 1, i, "active", "present"), "nominal", frame.modality)
            elif (group := _copula(sentence, i)) is not None:
                yield Trigger(frame, i, group, "adjectival", frame.modality)
            elif (judge := _judge(sentence, i)) is not None:
                group = VerbalGroup(i, i + 1, i, "active", "present")
                yield Trigger(frame, i, group, "adjectival", frame.modality, judge)

    def _phrases(self, sentence: Sentence, i: int, low: str) -> Iterator[Trigger]:
        for frame in self.phrases.get(low, ()):
            group = match_phrase(sentence, i, frame.pattern)
            if group is not None:
                yield Trigger(frame, i, group, "nominal", frame.modality)


def _inflected(word: str) -> tuple[str, ...]:
    feminine = word + "e" if not word.endswith("e") else word
    if word.endswith("if"):
        feminine = word[:-1] + "ve"
    if word.endswith("eux"):
        feminine = word[:-1] + "se"
    if word == "bon":
        return ("bon",)
    return tuple(dict.fromkeys((word, feminine, word + "s", feminine + "s")))


def _verb_after_all(sentence: Sentence, i: int, form: Form) -> bool:
    """Whether a word tagged as a noun is a verb: it opens an operative paragraph or follows an auxiliary."""
    before = sentence.low(i - 1)
    if form.tense == "participle":
        return left_in_group(sentence, i - 1) >= 0 and sentence.low(left_in_group(sentence, i - 1)) in (
            *AVOIR,
            *ETRE,
        )
    opens = i == 0 or (before in (".", ",", ";", ":", ")", "et") and sentence[i - 1].tag != "DET")
    opens = opens and (i == 0 or sentence[i].form[:1].isupper() or before == "et")
    nexts = sentence.low(i + 1)
    takes = nexts in (
        "à",
        "au",
        "aux",
        "le",
        "la",
        "les",
        "l'",
        "que",
        "qu'",
        "tous",
        "toutes",
        "instamment",
        "également",
        "aussi",
        "de",
        "d'",
        ",",
        "en",
        "vivement",
        "ses",
    )
    return opens and takes and form.tense in ("present", "gerund")


def _copula(sentence: Sentence, i: int) -> VerbalGroup | None:
    """The verbal group that makes an adjective impersonal ("il est", "qu'il serait"), or the verb that judges it so."""
    j = left_in_group(sentence, i - 1)
    if sentence.low(j) in ("plus", "moins", "très", "si"):
        j -= 1
    low = sentence.low(j)
    if low == "été":
        j = left_in_group(sentence, j - 1)
        low = sentence.low(j)
    tense = ETRE.get(low) or AVOIR.get(low)
    if tense:
        k = left_in_group(sentence, j - 1)
        negated = sentence.low(k) in ("n'", "ne")
        if negated:
            k = left_in_group(sentence, k - 1)
        subject = sentence.low(k)
        inverted = sentence.low(j + 1).startswith("-")
        if subject in ("il", "ce", "c'", "cela") or inverted:
            group = VerbalGroup(k, i + 1, i, "active", tense, [j], negated=negated)
            group.inverted = j + 1 if inverted else None
            return group
    return None


def _judge(sentence: Sentence, i: int) -> int | None:
    """The verb of opinion before an adjective without copula: « d'autres [estiment] préférable de »."""
    j = left_in_group(sentence, i - 1)
    if sentence.low(j) == "comme":
        j = left_in_group(sentence, j - 1)
    return j if j >= 0 and sentence[j].lemma in OPINION and sentence[j].verb else None


OPINION = frozenset(("juger", "estimer", "trouver", "considérer", "croire"))


def match_phrase(sentence: Sentence, i: int, pattern: tuple[str, ...]) -> VerbalGroup | None:
    """The set phrase `pattern` around its trigger at rank `i`: words, verbs in any form, * for up to three words."""
    mark = next(n for n, p in enumerate(pattern) if p.startswith("["))
    if sentence.low(i).rstrip("s") != pattern[mark].strip("[]").rstrip("s"):
        return None
    right = _match(sentence, i + 1, pattern[mark + 1 :], 1)
    left = _match(sentence, i - 1, pattern[:mark][::-1], -1)
    if right is None or left is None:
        return None
    (end, verb_right), (start, verb_left) = right, left
    verb = verb_right if verb_right is not None else verb_left
    tense = "present"
    if verb is not None:
        tense = ETRE.get(sentence.low(verb)) or AVOIR.get(sentence.low(verb)) or _tense_by_ending(sentence, verb)
    group = VerbalGroup(start + 1, end, i, "active", tense, [] if verb is None else [verb])
    first = start
    group.negated = sentence.low(first) in ("n'", "ne") or sentence.low(group.start) in ("n'", "ne")
    return group


def _tense_by_ending(sentence: Sentence, i: int) -> str:
    morph = sentence[i].morph
    if sentence[i].infinitive:
        return "infinitive"
    if "VerbForm=Part" in morph:
        return "past" if not sentence.low(i).endswith("ant") else "participle"
    for feature, tense in (
        ("Mood=Cnd", "conditional"),
        ("Tense=Imp", "imperfect"),
        ("Tense=Fut", "future"),
        ("Tense=Past", "past"),
    ):
        if feature in morph:
            return tense
    return "present"


def _match(sentence: Sentence, i: int, pattern: tuple[str, ...], step: int) -> tuple[int, int | None] | None:
    """Match `pattern` outward from `i`; the rank where it stopped and the verb found on the way."""
    verb = None
    gap = 0
    for p in pattern:
        if p == "*":
            gap = 3
            continue
        for _ in range(gap + 1):
            if _is(sentence, i, p):
                break
            i += step
        else:
            return None
        if not _is(sentence, i, p):
            return None
        if p in ("être", "avoir", "lancer", "faire"):
            verb = i
        i += step
        gap = 0
    return i, verb


def _is(sentence: Sentence, i: int, p: str) -> bool:
    low = sentence.low(i)
    if p == "être":
        return low in ETRE
    if p == "avoir":
        return low in AVOIR
    if p in ("lancer", "faire"):
        return 0 <= i < len(sentence) and (sentence[i].lemma == p or low in _FORMS[p])
    return low in p.split("/")


_FORMS = {
    "lancer": frozenset("lance lancent lancé lançant lançait lançaient lancer lancée lança lancèrent lançons".split()),
    "faire": frozenset("fait font faisait faisaient fera feront faire fassent fasse faisant".split()),
}


def construction_of(sentence: Sentence, frame: Frame, group: VerbalGroup) -> str | None:
    """The construction that a verbal frame stands in; None where the frame does not allow it."""
    if frame.pos == "modal":
        return None if group.voice == "passive" else "modal"
    if frame.pos == "impersonal":
        if frame.lemma == "falloir":
            return "modal"
        clitic_relative = any(sentence.low(c) in ("leur", "lui", "nous", "y") for c in group.clitics)
        return "active" if _il(sentence, group) or (clitic_relative and frame.addressee == "à") else None
    voice = group.voice
    if voice == "passive" and _il(sentence, group) and impersonal(sentence, group.start - 1):
        voice = "impersonal_passive"
    if voice == "participle" and sentence.low(group.start - 1) in ("comme", "tel", "telle", "tels", "compte"):
        return None
    if voice == "participle":
        if frame.voice == "active" or (frame.addressee != "object" and group.tense == "participle"):
            return None
        return "passive"
    if _seen(sentence, group):
        return "reflexive"
    if group.reflexive and frame.lemma != "prononcer":
        return None
    if (frame.voice == "passive" and voice == "active") or (frame.voice == "active" and voice != "active"):
        return None
    return voice


def _il(sentence: Sentence, group: VerbalGroup) -> bool:
    inverted = group.inverted is not None and sentence.low(group.inverted).endswith("il")
    return sentence.low(group.start - 1) in ("il", "-t-il") or inverted


def _seen(sentence: Sentence, group: VerbalGroup) -> bool:
    """Whether the verb is the infinitive of "se sont vu demander de"."""
    i = group.start - 1
    while i >= 0 and is_adverb(sentence, i):
        i -= 1
    return (
        group.tense == "infinitive"
        and sentence.low(i).rstrip("es") in ("vu", "voi", "voyai", "voient", "voyaient", "verra", "verront")
        and any(sentence.low(k) in REFLEXIVE for k in range(max(i - 4, 0), i))
    )


def strength(frame: Frame, group: VerbalGroup) -> str:
    """The modality: instamment raises a request, the conditional turns duty into should."""
    if group.instamment and frame.modality in ("request", "encourage"):
        return "urge"
    if frame.modality == "duty" and frame.lemma in ("devoir", "falloir") and group.tense == "conditional":
        return "should"
    return frame.modality
