"""Item sentences: where the items of a list of infinitives begin and end, and an item as a sentence of its own.

The tagger takes many an infinitive at the head of an item for a noun: it is read as one where what follows says so.

    "a) Recruter des agents; b) Former les juges" -> "Recruter des agents;", "Former les juges"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pries.grammar import words as closed
from pries.grammar.morphology import INFINITIVE
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence, part

NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
ENDING = (";", ".", "…", "...", ":")
UNTAGGED = ("NOUN", "PROPN", "ADJ", "ADP", "ADV", "X", "VERB")  # how an infinitive may be tagged at the head of an item


def items(sentence: Sentence, begin: int) -> Iterator[tuple[int, int]]:
    """Where the items from rank `begin` on begin, their markers left out, and end."""
    cuts = [begin] + [j for j in range(begin + 1, len(sentence)) if j in sentence.starts or _cuts(sentence, j)]
    for start, end in zip(cuts, [*cuts[1:], len(sentence)], strict=True):
        yield _after_marker(sentence, start, end), end


def _after_marker(sentence: Sentence, start: int, end: int) -> int:
    """The rank after the marks at the head of an item: « a) », « – », « c ) », « 110.1 »."""
    k = start
    while k < end and not _opens(sentence, k):
        marks = sentence[k].tag == "PUNCT" or sentence.low(k) in closed.LIST_MARKS or NUMBER.fullmatch(sentence.low(k))
        if not marks and not (sentence.low(k + 1) == ")" and len(sentence.low(k)) < 5):
            break
        k += 1
    return k


def _opens(sentence: Sentence, k: int) -> bool:
    """Whether the words of an item begin at `k`: with an infinitive, or a noun with a capital."""
    return sentence[k].infinitive or (sentence[k].noun and sentence.text[sentence[k].start].isupper())


def _cuts(sentence: Sentence, j: int) -> bool:
    """Whether an item begins behind the mark at `j - 1`: « …; c) Réviser », « … - Former les agents »."""
    before = sentence.low(j - 1)
    if before not in ENDING and not before.startswith(("…", "..")):
        return False
    k = _after_marker(sentence, j, len(sentence))
    if k >= len(sentence):
        return False
    marked = k > j or sentence.text[sentence[k].start].isupper()
    return marked and _infinitive_near(sentence, k)


def _infinitive_near(sentence: Sentence, k: int) -> bool:
    """Whether an infinitive stands at `k`, clitics and negation skipped: « S'assurer », « Ne pas céder »."""
    while k < len(sentence) and (sentence.low(k) in closed.CLITICS_OR_NEGATION or sentence.low(k) in closed.NEGATORS):
        k += 1
    return k < len(sentence) and (sentence[k].infinitive or like_infinitive(sentence, k))


def like_infinitive(sentence: Sentence, k: int) -> bool:
    """Whether the word at the head of an item is an infinitive that the tagger took for a noun: « [Ratifier] la »."""
    low = sentence.low(k)
    if k + 1 >= len(sentence) or not INFINITIVE.search(low) or sentence[k].tag not in UNTAGGED:
        return False
    after = sentence[k + 1]
    joined = after.low in closed.AND_OR and k + 2 < len(sentence) and sentence[k + 2].infinitive
    follows = is_determiner(after) or after.tag == "ADV" or after.low in closed.TO
    return joined or follows or low in closed.NO_NOUNS


def cut_out(sentence: Sentence, begin: int, end: int) -> Sentence:
    """An item as a sentence of its own, its head read as what it is."""
    item = part(sentence, begin, end)
    if len(item) and item[0].form[:1] in closed.DASHES:  # « -Créer un fonds »
        glued = item[0]
        item.tokens[0] = replace(glued, start=glued.start + 1, form=glued.form[1:], low=glued.low[1:])
        item.lows[0] = item[0].low
    if len(item) > 1 and item[1].infinitive and item.low(0) in item.cues.adverb | closed.ADVERBS_AT_HEAD:
        item.tokens[0] = replace(item[0], tag="ADV", verb="")
    if len(item) and like_infinitive(item, 0):
        item.tokens[0] = replace(item[0], tag="VERB", verb="infinitive")
    return item
