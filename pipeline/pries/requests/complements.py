"""Complements: where what a trigger asks for begins, in one of the slots that its frame allows.

"prié les États Membres : a) d'[instaurer] un code…; b) de [resserrer] les critères" -> de
"recommandé que ce cadre [couvre] également les migrants"                           -> que
"appelé de leurs vœux la [création] de plateformes"                                  -> noun
"""

from __future__ import annotations

from collections.abc import Sequence

from pries.grammar.morphology import CLITICS, ETRE
from pries.grammar.phrases import is_determiner, phrase_at
from pries.grammar.sentence import MAY_OPEN, NEGATION, NEGATORS, Sentence, opens_clause
from pries.grammar.verbs import is_adverb, phrase_beginning
from pries.requests.clauses import clauses
from pries.requests.coordination import AUXILIARIES, Complement, after_joint, infinitives, insertion_end, list_goes_on
from pries.requests.nominals import action_noun_after, nouns
from pries.requests.vocabulary import Vocabulary

# What may not stand before "que" if it is to open a clause that somebody is to carry out.
NOT_BEFORE_QUE = frozenset(
    "plus moins autant tel telle tels telles ainsi alors tandis bien avant après dès lors depuis pour afin "
    "sans même aussi autre autres ne lorsque mieux tant parce encore".split()
)
TO = frozenset(("à", "au", "aux"))
OF = frozenset(("de", "d'", "du", "des"))


def find(sentence: Sentence, start: int, slots: Sequence[str], words: Vocabulary) -> Complement | None:
    """The first complement right of `start` that one of `slots` allows; None if there is none.

    Embedded relative clauses are stepped over; a finite verb that no relative pronoun announces ends the search.
    """
    depth = 0
    j = skip_adverbs(sentence, start)  # over "…, si l'on veut que …, " to what is asked
    opened = _opens(sentence, j, start, slots, words) if j > start else None
    if opened:
        return opened
    j = start
    while j < len(sentence):
        low = sentence.low(j)
        if low == ":" and depth == 0 and (listed := _list(sentence, j, slots, words)):
            return listed
        if low == ";" and not list_goes_on(sentence, j):
            return None
        opened = _opens(sentence, j, start, slots, words) if depth == 0 else None
        if opened:
            return opened
        if low in MAY_OPEN and opens_clause(sentence, j):
            depth += 1
        elif sentence[j].finite:
            if depth == 0 and not _shares(sentence, j, start):
                return None
            if depth == 0:
                start = _group_end(sentence, j)
            depth = max(depth - 1, 0)
            j = _group_end(sentence, j)
            continue
        j += 1
    return None


def _shares(sentence: Sentence, j: int, start: int) -> bool:
    """Whether the verb at `j` is coordinated to the trigger just before it ("demande et recommande que")."""
    k = j - 1
    while k > start and (sentence.low(k) in CLITICS or is_adverb(sentence, k)):
        k -= 1
    return sentence.low(k) in ("et", "ou") and k <= start + 1


def _group_end(sentence: Sentence, j: int) -> int:
    """The rank after a verbal group that begins with the finite verb at `j`."""
    auxiliary = sentence.low(j) in AUXILIARIES
    k = j + 1
    while k < len(sentence) and (
        is_adverb(sentence, k) or sentence.low(k) in ETRE or (auxiliary and sentence[k].participle)
    ):
        k += 1
    return k


def infinitive_at(sentence: Sentence, i: int) -> tuple[int, bool] | None:
    """The infinitive that begins at rank `i`, clitics, negation and adverbs skipped: its rank, negated or not."""
    negated = False
    j = i
    for _ in range(9):
        if j >= len(sentence):
            return None
        low = sentence.low(j)
        if low in NEGATION:
            negated = True
        elif low in CLITICS or low in NEGATORS or is_adverb(sentence, j):
            pass
        elif length := phrase_beginning(sentence, j):
            j += length - 1
        elif low == "," and (closing := insertion_end(sentence, j)) is not None:
            j = closing
        else:
            break
        j += 1
    return (j, negated) if j < len(sentence) and sentence[j].infinitive else None


def _opens(
    sentence: Sentence, j: int, start: int, slots: Sequence[str], words: Vocabulary
) -> Complement | None:  # fmt: skip
    """The complement that begins at `j`, in the first slot that fits."""
    return (
        _infinitive(sentence, j, start, slots, words)
        or _clause(sentence, j, start, slots)
        or _noun(sentence, j, start, slots, words)
    )


def _list(sentence: Sentence, colon: int, slots: Sequence[str], words: Vocabulary) -> Complement | None:
    """A list of bare infinitives after a colon: « exhorté les États à : a) abroger …; b) libérer … »."""
    k = after_joint(sentence, colon)
    found = infinitive_at(sentence, k) if k > colon + 1 else None
    if found is None or not {"de", "à", "bare"} & set(slots):
        return None
    return infinitives(sentence, k, "bare", found, words)


def _infinitive(sentence: Sentence, j: int, start: int, slots: Sequence[str], words: Vocabulary) -> Complement | None:
    low, before = sentence.low(j), sentence.low(j - 1)
    if "bare" in slots and (sentence[j].infinitive or low in CLITICS | NEGATION) and not _claimed(sentence, j):
        found = infinitive_at(sentence, j)
        if found:
            return infinitives(sentence, j, "bare", found, words)
    marker = "de" if low in ("de", "d'") else low
    if marker == "de" and before == "afin" and "pour" in slots:  # "lance un appel aux États afin d'éviter …"
        found = infinitive_at(sentence, j + 1)
        return infinitives(sentence, j, "de", found, words) if found else None
    if marker not in ("de", "à", "pour") or marker not in slots:
        return None
    if j > start and (before in words.purposes or words.governs(sentence, j - 1, marker)):
        return None
    found = infinitive_at(sentence, j + 1)
    return infinitives(sentence, j, marker, found, words) if found else None


def _claimed(sentence: Sentence, j: int) -> bool:
    """Whether a preposition claims the infinitive that stands at `j`, clitics included: « pour s'y rendre »."""
    k = j - 1
    while k >= 0 and sentence.low(k) in CLITICS | NEGATION:
        k -= 1
    return sentence.low(k) in OF | {"à", "pour", "par", "sans", "en"}


def _clause(sentence: Sentence, j: int, start: int, slots: Sequence[str]) -> Complement | None:
    if sentence.low(j) not in ("que", "qu'"):
        return None
    before = sentence.low(j - 1)
    if "à_ce_que" in slots and before == "ce" and sentence.low(j - 2) == "à":
        return clauses(sentence, j, "à_ce_que")
    if "pour" in slots and before in ("pour", "afin"):
        return clauses(sentence, j, "pour")
    if "que" in slots and before not in NOT_BEFORE_QUE and _clausal(sentence, j, start):
        return clauses(sentence, j, "que")
    return None


def _clausal(sentence: Sentence, j: int, start: int) -> bool:
    """Whether "que" opens a clause rather than a relative: right after the trigger or after an addressee."""
    if skip_adverbs(sentence, start) == j:
        return True
    if sentence.low(j - 1) == "," or sentence[j - 1].verb:  # an insertion, or what another verb says
        return False
    if sentence[j].tag == "SCONJ" and not sentence[j - 1].noun:
        return True
    if sentence[j].tag == "SCONJ" and sentence.low(start) in ("par", "dans", "lors", "à", "au", "sur", "en"):
        return True  # "demandé par plusieurs délégations que …"
    phrase = phrase_at(sentence, start + 1) if sentence.low(start) in TO else None
    if phrase is not None and phrase.end == j:  # "recommande à l'Assemblée que la Conférence soit convoquée"
        return True
    addressed = sentence.low(start) in TO | OF | {"instamment"}
    return addressed and sentence.low(j + 1) in ("il", "ils", "elle", "elles")


def _noun(sentence: Sentence, j: int, start: int, slots: Sequence[str], words: Vocabulary) -> Complement | None:
    low, before = sentence.low(j), sentence.low(j - 1)
    begins = slot = None
    if "noun" in slots and j == skip_adverbs(sentence, start) and (is_determiner(sentence[j]) or sentence[j].noun):
        begins, slot = j, "noun"
    elif "à_noun" in slots and low in TO and infinitive_at(sentence, j + 1) is None:
        begins, slot = j + 1, "à_noun"
    elif "pour" in slots and low == "pour":
        begins, slot = j + 1, "pour"
    elif "voeux" in slots and low in ("vœux", "voeux") and before in ("leurs", "ses", "nos", "tous"):
        begins, slot = j + 1, "noun"
    elif "en_faveur" in slots and low == "faveur" and sentence.low(j + 1) in OF:
        begins, slot = j + 2, "noun"
    if begins is None or slot is None:
        return None
    noun = action_noun_after(sentence, begins, words)
    return nouns(sentence, j, slot, noun, words) if noun is not None else None


def skip_adverbs(sentence: Sentence, j: int) -> int:
    """The rank after adverbs, set phrases and insertions that begin at `j`."""
    for _ in range(6):
        if j < len(sentence) and is_adverb(sentence, j):
            j += 1
        elif length := phrase_beginning(sentence, j):
            j += length
        elif sentence.low(j) == "," and (closing := insertion_end(sentence, j)) is not None:
            j = closing + 1
        else:
            break
    return j
