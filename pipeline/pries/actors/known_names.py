"""Names: the lexicons of actors, organisations and countries, in the shape that recognition needs.

"OIT" -> Organisation internationale du Travail, un; "Burundi" -> Burundi, state; "orateurs" -> participants
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from babel import Locale

from pries.actors import articles
from pries.actors.judgement import Judge, Judged
from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar.cues import Cues
from pries.grammar.sentence import Sentence
from pries.grammar.wording import STRAIGHT, cut, key_of, lowered
from pries.grammar.words import ARTICLES, BEFORE_PLACES, OF, TITLES
from pries.schema import schema

HEADS = lexicon.Lexicon(
    "actors.csv", ("head", "type", "only"), ("only",), {"type": schema.ACTOR_TYPES}, several=("only",), key=("head",)
)
GROUPS = lexicon.Lexicon("actor_groups.csv", ("actor", "group"), key=("actor",))
ORGANISATIONS = lexicon.Lexicon(
    "organisations.csv", ("name", "acronym", "type"), ("acronym",), {"type": schema.ACTOR_TYPES}, key=("name",)
)
# Plural and feminine endings with their singular masculine.
ENDINGS = (
    ("aux", "al"), ("x", ""), ("s", ""), ("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur"),
    ("ennes", "en"), ("enne", "en"), ("ères", "er"), ("ère", "er"), ("ves", "f"), ("ve", "f"), ("es", ""), ("e", ""),
)  # fmt: skip
COUNTRIES = lexicon.Lexicon("countries.csv", ("name", "canonical"), key=("name",))


DATED = re.compile(r" (?:tenu|organisé|de \d{4}).*$")
LONGEST_NAME = 80  # characters, of a country
LONGEST = 16  # tokens of it
BY_PLACE = 0.6  # how likely a body that is named by its seat or its work is somebody


@dataclass(frozen=True)
class ActorNames:
    """The lexicons in the shape that recognition needs."""

    heads: Mapping[str, tuple[str, tuple[str, ...]]]  # head -> type, conditions
    names: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word -> (words, canonical, type)
    acronyms: Mapping[str, tuple[str, str]]  # acronym -> canonical, type
    countries: Mapping[str, tuple[tuple[str, str], ...]]  # first word -> (name, canonical), longest first
    cues: Cues
    groups: Mapping[str, str]  # canonical name, as key_of gives it -> the group that it is counted with
    judge: Judge
    weights: Mapping[tuple[str, str], float] = field(default_factory=dict)  # of antecedents, for pronouns

    @classmethod
    def read(cls, lexicons: Folder) -> ActorNames:
        """Read actors, their groups, organisations, countries and cues. Raises InputError."""
        names: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        acronyms: dict[str, tuple[str, str]] = {}
        for row in lexicon.read(lexicons, ORGANISATIONS):
            words = tuple(cut(row["name"]))
            names.setdefault(words[0], []).append((words, row["name"], row["type"]))
            if row["acronym"]:
                acronyms[row["acronym"]] = (row["name"], row["type"])
        longest = {first: tuple(sorted(found, key=lambda f: (-len(f[0]), f[1]))) for first, found in names.items()}
        groups = {key_of(row["actor"]): row["group"] for row in lexicon.read(lexicons, GROUPS)}
        heads = {row["head"]: (row["type"], row.several("only")) for row in lexicon.read(lexicons, HEADS)}
        cues, judge = Cues.read(lexicons), Judge.read(lexicons)
        return cls(heads, longest, acronyms, _countries(lexicons), cues, groups, judge)

    @cached_property
    def look(self) -> Callable[[str], tuple[bool, bool, Judged | None]]:
        """Whether a lexicon has a name with that head, or beginning; whether it has a capital; what it is by its place.

        That is what actors.csv says of a noun that names a body by its seat or its work: « les [guichets] délivrent ».
        """

        def look(form: str) -> tuple[bool, bool, Judged | None]:
            low, capital = lowered(form), form[:1].isupper()
            known = self.head(low)
            listed = form in self.acronyms or low in self.names or low in TITLES or (capital and self.is_country(form))
            placed = Judged(BY_PLACE, known[0]) if known is not None and "place" in known[1] else None
            return listed or known is not None, capital, placed

        return lru_cache(2**16)(look)  # the same words come again and again

    @cached_property
    def head(self) -> Callable[[str], tuple[str, tuple[str, ...]] | None]:
        """What actors.csv says of a noun, in the plural or feminine too: its type, and the conditions of it."""
        return lru_cache(2**16)(lambda low: next((self.heads[s] for s in singulars(low) if s in self.heads), None))

    def country(self, sentence: Sentence, i: int) -> tuple[int, str] | None:
        """The country whose name begins at `i`, unless it is told as a place: rank after it, canonical name."""
        token = sentence[i]
        known = self.countries.get(_first(token.form)) if token.form[:1].isupper() else None
        if known is None or _told_as_place(sentence, i):
            return None
        text = sentence.as_read(i, min(i + LONGEST, len(sentence))).translate(STRAIGHT)
        for name, canonical in known:
            stop = token.start + len(name)
            if text.startswith(name):
                end = i
                while sentence[end].end < stop and end + 1 < len(sentence):
                    end += 1
                if sentence[end].end == stop:
                    return end + 1, canonical
        return None

    def excepted(self, low: str) -> bool:
        """Whether actors.csv says that a noun is nobody, whatever its vector says (`never`)."""
        known = self.head(low)
        return known is not None and "never" in known[1]

    def is_country(self, form: str) -> bool:
        """Whether the name of a country begins with that form."""
        return _first(form) in self.countries

    @cached_property
    def counted_as(self) -> Callable[[str], str]:
        """The group that actor_groups.csv counts a canonical name with, else the name."""
        return lru_cache(2**14)(lambda actor: self.groups.get(key_of(actor), actor))  # the same names come again

    @cached_property
    def expanded(self) -> Callable[[str], str]:
        """A name with the acronyms inside it spelt out: « États Membres de l’ONU »."""
        return lru_cache(2**14)(self._expanded)

    def _expanded(self, name: str) -> str:
        words: list[str] = []
        for word in name.split(" "):
            elision, acronym = (word[:2], word[2:]) if word[1:2] in ("’", "'") else ("", word)
            if acronym in self.acronyms:
                full = self.acronyms[acronym][0]
                words = [articles.before([*words, *filter(None, [elision])], full) + full]
            else:
                words.append(word)
        return " ".join(words)

    @cached_property
    def unordered(self) -> Callable[[str], str]:
        """A name without the ordinal that it begins with (« prochain dialogue » -> dialogue)."""
        return lru_cache(2**14)(self._unordered)

    def _unordered(self, name: str) -> str:
        ordinal, _, rest = name.partition(" ")
        ranked = rest and ordinal.lower() in self.cues.rank and not name.lower().startswith(tuple(self.cues.office))
        return rest if ranked else name

    @cached_property
    def short(self) -> Callable[[str], str]:
        """A name for comparison: lower case, without ordinal or date (« prochain dialogue de 2013 » -> dialogue)."""
        return lru_cache(2**14)(lambda name: DATED.sub("", self.unordered(name)).lower())

    def head_type(self, sentence: Sentence, i: int) -> str | None:
        """The type that actors.csv gives to the noun at `i`, None where it is no actor there."""
        if (known := self.head(sentence[i].low)) is None:
            return None
        kind, only = known
        return kind if not only or any(_holds(sentence, i, condition) for condition in only) else None

    def organisation(self, sentence: Sentence, i: int) -> tuple[int, str, str] | None:
        """The longest organisation name that begins at `i`: rank after it, canonical name, type."""
        token = sentence[i]
        if known := self.names.get(token.low):
            capital = token.form[0].isupper()
            lows = tuple(sentence.lows[i : i + len(known[0][0])])  # the longest comes first
            for words, name, kind in known:
                if lows[: len(words)] == words and name[0].isupper() == capital:
                    return i + len(words), name, kind
        acronym = self.acronyms.get(token.form)
        return (i + 1, *acronym) if acronym else None


def singulars(low: str) -> Iterator[str]:
    """The forms under which a noun may stand in the lexicon: as it is, without plural or feminine ending."""
    yield low
    if "-" in low:  # « sages-femmes », « gardes-côtes »
        yield "-".join(part.removesuffix("s") for part in low.split("-"))
    for ending, singular in ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            yield low[: len(low) - len(ending)] + singular


def _holds(sentence: Sentence, i: int, condition: str) -> bool:
    token = sentence[i]
    if condition == "capital":
        return token.form[:1].isupper() and i > 0
    if condition == "noun":
        return token.tag == "NOUN" and i > 0 and sentence[i - 1].tag == "DET"
    following = {low.rstrip("s") for low in sentence.lows[i + 1 : i + 4]}
    return token.low == condition or condition.rstrip("s") in following


def country_names(lexicons: Folder) -> dict[str, str]:
    """Country names with straight apostrophes and their canonical forms: those of countries.csv, else of CLDR."""
    names = {row["name"]: row["canonical"] for row in lexicon.read(lexicons, COUNTRIES)}
    for code, name in Locale.parse("fr").territories.items():
        if len(code) == 2 and code.isalpha():
            names.setdefault(name.split(" (")[0], name.split(" (")[0])
    return {name.translate(STRAIGHT): canonical for name, canonical in names.items()}


def _countries(lexicons: Folder) -> dict[str, tuple[tuple[str, str], ...]]:
    """Country names by first word, longest first."""
    table: dict[str, list[tuple[str, str]]] = {}
    for name, canonical in country_names(lexicons).items():
        table.setdefault(_first(name), []).append((name, canonical))
    return {first: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0]))) for first, found in table.items()}


@lru_cache(2**14)  # the same words come again and again
def _first(name: str) -> str:
    """The first word of a name, up to a space, a hyphen or an apostrophe."""
    return re.split(r"[ '-]", name.translate(STRAIGHT), maxsplit=1)[0]


def _told_as_place(sentence: Sentence, i: int) -> bool:
    """Whether a country is told as a place or an origin: « en Libye », « du Burundi », « dans la Suisse »."""
    j = i - 1
    if sentence.low(j) in ARTICLES:
        j -= 1
    says = sentence.low(j) in OF and sentence.low(j - 1) in sentence.cues.statement  # « la proposition du Chili »
    return sentence.low(j) in BEFORE_PLACES and not says
