"""Run-on resolutions: a sentence that numbers stand in is cut at each of them, and its subject stands before the first.

"Le [Conseil]issuer, Rappelant sa résolution 4, 1. Prie les États de payer ; 2. Invite les donateurs à les aider."
"""

from __future__ import annotations

from pries.grammar.joints import skip_acronym
from pries.grammar.sentence import Sentence
from pries.grammar.words import AVOIR, BEFORE_NUMBER, ENDS_SENTENCE, NUMBER_ENDS, SE
from pries.requests.cast import Cast, Filler

NAMELESS = ("DET", "PRON", "NUM", "CCONJ", "SCONJ")  # tags under which no verb is hidden


class RunOn:
    """The subject of a sentence that is read in parts, one paragraph after the other."""

    def __init__(self) -> None:
        self.organ: list[Filler] = []
        self.place = ("", "")

    def organ_of(self, cast: Cast) -> list[Filler]:
        """Who says what stands in this part, nobody where it is a sentence of its own."""
        sentence = cast.sentence
        here = (sentence.doc_id, sentence.paragraph)
        organ = self.organ if here == self.place else []
        self.place = here
        self.organ = (_opening(cast) or organ) if _goes_on(sentence) else []
        return organ if organ and len(sentence) and _commands(sentence) else []


def _goes_on(sentence: Sentence) -> bool:
    """Whether the part ends before the full stop: « …, », « … ; », « …, 1. », but not « … de la paix. 2. »."""
    last = len(sentence) - 1
    if sentence.low(last) in BEFORE_NUMBER:
        return True
    number = last - (sentence.low(last) in NUMBER_ENDS)
    numbered = number > 0 and sentence.low(number).rstrip(".)").isdigit()
    return numbered and sentence.low(number - 1) not in ENDS_SENTENCE


def _commands(sentence: Sentence) -> bool:
    """Whether the part opens with a verb whose subject stands in an earlier one: « Prie », « A prié », « Se dit »."""
    token = sentence.tokens[0]
    verbal = token.finite or token.low in AVOIR or token.low in SE
    untagged = token.tag not in NAMELESS and token.low.endswith(("e", "ent")) and not token.low.endswith("ment")
    return token.finite or (sentence.words(0, 1)[:1].isupper() and (verbal or untagged))


def _opening(cast: Cast) -> list[Filler]:
    """The organ that opens the sentence and has no verb before its number: « Le [Conseil], réuni à Oslo, 1. »."""
    sentence, known = cast.sentence, cast.at.get(0)
    if known is None or known.start != 0:
        return []
    end = skip_acronym(sentence, known.end)
    verb = next((token for token in sentence.tokens[end:] if token.finite), None)
    apart = sentence.low(end) in (",", "") or sentence[end].tag in ("NUM", "PUNCT")
    return cast._fillers(known) if apart and (verb is None or sentence.low(end) == ",") else []
