"""Vocabulary: the word lists that decide how a request is read, from action_nouns.csv and exclusions.csv.

is_action_noun: "la [création] d'un fonds" yes, "une [question]" no
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pries.base import lexicon
from pries.base.layers import Folder
from pries.grammar import words as closed
from pries.grammar.cues import Cues
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence
from pries.grammar.words import OBJECT_OR_EN, REFLEXIVE

ACTION_NOUNS = lexicon.Lexicon(
    "action_nouns.csv", ("kind", "words", "note"), ("note",), {"kind": ("suffix", "word", "except")}, several=("words",)
)
EXCLUSIONS = lexicon.Lexicon(
    "exclusions.csv", ("cue", "applies", "words", "reason", "example"), (),
    {"cue": ("action", "dated", "object", "beneficiary")}, several=("applies", "words"),
)  # fmt: skip


REFLECTED = ("réfléchi",)  # of a verb that is meant where it is reflexive
OF_AN_OBJECT = ("objet",)  # a pronoun is its object


@dataclass(frozen=True)
class Exclusion:
    """One row of exclusions.csv."""

    cue: str
    applies: tuple[str, ...]
    words: tuple[str, ...]
    reason: str
    row: str

    @property
    def acts(self) -> bool:
        """Whether its words are verbs that are asked for."""
        return self.cue in ("action", "dated")

    @cached_property
    def verbs(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Each verb among the words, with the words that may have to stand beside it (`is_action`)."""
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        for word in self.words:
            lemma, _, condition = word.partition("*")
            found[lemma] = (*found.get(lemma, ()), tuple(condition.split()))
        return found


@dataclass(frozen=True)
class Vocabulary:
    """The word lists, read once."""

    suffixes: tuple[str, ...]
    action_words: frozenset[str]
    other_words: frozenset[str]
    exclusions: tuple[Exclusion, ...]
    cues: Cues  # for the sentences

    @classmethod
    def read(cls, lexicons: Folder) -> Vocabulary:
        """Read the three lexicons. Raises InputError."""
        nouns: dict[str, list[str]] = {"suffix": [], "word": [], "except": []}
        for row in lexicon.read(lexicons, ACTION_NOUNS):
            nouns[row["kind"]].extend(row.several("words"))
        excluded = tuple(
            Exclusion(row["cue"], row.several("applies"), row.several("words"), row["reason"], row.place)
            for row in lexicon.read(lexicons, EXCLUSIONS)
        )
        action_words, other_words = frozenset(nouns["word"]), frozenset(nouns["except"])
        return cls(tuple(nouns["suffix"]), action_words, other_words, excluded, Cues.read(lexicons))

    @cached_property
    def excluding(self) -> Callable[[str], tuple[Exclusion, ...]]:
        """The rows that apply to a trigger, by its lemma."""
        return cache(lambda lemma: tuple(row for row in self.exclusions if not {lemma, "*"}.isdisjoint(row.applies)))

    @cached_property
    def excluding_object(self) -> Callable[[str], tuple[Exclusion, ...]]:
        """Those of them that name what is asked for."""
        return cache(lambda lemma: tuple(row for row in self.excluding(lemma) if row.cue == "object"))

    @cached_property
    def excluded(self) -> Callable[[str], frozenset[str]]:
        """The words of these rows, verbs without what may have to stand beside them: most actions are none."""
        return cache(lambda lemma: frozenset().union(*[row.verbs for row in self.excluding(lemma)]))

    @cached_property
    def telling(self) -> Callable[[str], tuple[Exclusion, ...]]:
        """The rows that give a reason."""
        return cache(lambda reason: tuple(row for row in self.exclusions if row.reason == reason))

    @cached_property
    def beneficial(self) -> tuple[Exclusion, ...]:
        """The rows of verbs of which the subject only benefits."""
        return tuple(row for row in self.exclusions if row.cue == "beneficiary")

    def is_action_noun(self, sentence: Sentence, i: int) -> bool:
        """Whether the noun at rank `i` names something to be carried out."""
        low = sentence.low(i)
        if low in self.other_words or (sentence[i].form[:1].isupper() and i > 0):
            return False
        again = low.removeprefix("ré") in self.action_words  # « la réouverture »
        return again or low in self.action_words or low.endswith(self.suffixes)

    def governs(self, sentence: Sentence, i: int, marker: str) -> bool:
        """Whether the word at rank `i` takes the infinitive that `marker` introduces after it."""
        low = sentence.low(i)
        if i > 0 and sentence[i].form[:1].isupper():  # "à la Mission de revoir": a name
            return False
        cues = sentence.cues
        if marker != "de":  # « les agents habilités à saisir »
            return low in cues.governor
        # « le fait de signer », but « ceux qui ne l'ont pas fait de signer »
        return low in cues.governor_de or (low in cues.governor_noun and sentence[i].noun)

    def benefits(self, sentence: Sentence, heads: Sequence[int]) -> bool:
        """Whether the subject only benefits from all the actions ("bénéficier de", "avoir accès à")."""
        if not heads or not all(any(is_action(sentence, head, row) for row in self.beneficial) for head in heads):
            return False
        after = [low for head in heads for low in sentence.lows[head + 1 : head + 4]]
        return sentence.cues.consent.isdisjoint(after)  # but « doit obtenir l'accord des voisins »


def _stands(sentence: Sentence, j: int, words: Sequence[str]) -> bool:
    """Whether `words` stand from rank `j` on, the last one in any inflection."""
    return sentence.follows(j, *words[:-1]) and _inflects(sentence.low(j + len(words) - 1), words[-1])


def _inflects(low: str, word: str) -> bool:
    """Whether a form is a word, or a long one in any inflection: inférieur, inférieures."""
    return low == word or (len(word) > 6 and low.startswith(word))


def is_action(sentence: Sentence, head: int, row: Exclusion) -> bool:
    """Whether the verb at `head` is one of the row's: `lemma`, `lemma*words`, `lemma*réfléchi` or `lemma*objet`."""
    token, near = sentence[head], sentence.lows[head + 1 : head + 4]
    for following in (*row.verbs.get(token.lemma, ()), *row.verbs.get(token.low, ())):
        if not following:
            return True
        if following == REFLECTED:
            if _reflected(sentence, head):
                return True
        elif following == OF_AN_OBJECT:
            if sentence.low(head - 1) in OBJECT_OR_EN:  # « Il faut [le] dire », « Il faut [en] convenir »
                return True
        elif len(following) == 1:
            if any(_inflects(low, following[0]) for low in near):
                return True
        elif following[0] in near and any(_stands(sentence, j, following) for j in range(head + 1, head + 4)):
            return True
    return False


def _reflected(sentence: Sentence, head: int) -> bool:
    """Whether the verb at `head` has a reflexive clitic: « doit [s'en] remettre », but « [nous] devons agir »."""
    before = sentence.low(head - 1)
    apart = before in closed.EN_Y or before in closed.ETRE  # « qu'il [se] soit rendu »
    return before in REFLEXIVE or (apart and sentence.low(head - 2) in REFLEXIVE)


def after_a_further_participle(sentence: Sentence, start: int, j: int) -> bool:
    """Whether another verb shares the auxiliary before `j`: « a encouragé un essai et défini les points à revoir »."""
    if not sentence[start - 1].participle:
        return False
    for k in range(start, j - 1):
        if sentence[k].finite or sentence[k].gerund or sentence.lows[k] in closed.RELATIVES:
            return False
        joined = sentence.low(k - 1) in closed.AND_COMMA and sentence[k].participle
        if joined and is_determiner(sentence[k + 1]):
            return True
    return False


def claimed_before(sentence: Sentence, j: int) -> bool:
    """Whether a preposition claims the infinitive that stands at `j`: « pour s'y rendre », « pour voir et [agir] »."""
    k = j - 1
    while k >= 0 and sentence.low(k) in closed.CLITICS_OR_NEGATION:
        k -= 1
    if k > 0 and sentence.low(k) in closed.AND_OR:
        before = next((m for m in range(k - 1, -1, -1) if sentence[m].infinitive or sentence[m].finite), -1)
        return before >= 0 and sentence[before].infinitive and claimed_before(sentence, before)
    return sentence.low(k) in closed.CLAIMS_INFINITIVE


def burdened(sentence: Sentence, noun: int, start: int) -> bool:
    """Whether the noun of a duty only says again what "charger" does: « charge le greffe du [soin] d'écrire »."""
    behind = sentence.low(noun) in sentence.cues.burden and (
        sentence.low(noun - 1) in closed.OF or sentence.low(noun - 2) in closed.DE
    )
    return behind and sentence.low(start - 1).startswith(closed.BURDEN_VERBS)
