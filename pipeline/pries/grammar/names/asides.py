"""Asides: what stands beside a name and only tells more of whom it names.

"Deux pays[, le Togo et le Mali,] ont", "les juges [siégeant à Lyon]", "les maires [dont la ville est inondée]"
"""

from __future__ import annotations

from pries.grammar.sentence import Sentence
from pries.grammar.words import CLITICS_OR_NEGATION, COUNTED, POSSESSIVES, RELATIVES, STRONG_MARKS

LONGEST_CLAUSE = 15  # tokens


def counted_aside(sentence: Sentence, start: int, end: int, named: int) -> bool:
    """Whether an aside that ends at `end` names those told at `start`: « Deux [pays], le Togo et le Mali, ont »."""
    if named < 2 or sentence.low(end) != ",":
        return False
    opening = sentence.lows[start : start + 3]
    return named in {COUNTED.get(low) for low in opening} or not POSSESSIVES.isdisjoint(
        opening
    )  # « ses auteurs, A et B, »


def before_clause(sentence: Sentence, j: int) -> int:
    """The rank before the participle or the relative whose words end at `j`: « les juges [siégeant à Lyon] »."""
    verb = False
    for k in range(j, max(j - LONGEST_CLAUSE, 0), -1):
        if sentence.low(k) in STRONG_MARKS or sentence.low(k) == "," or (verb and sentence[k].finite):
            break
        if sentence[k].gerund and not verb:
            while sentence.low(k - 1) in CLITICS_OR_NEGATION:
                k -= 1
            return k - 1
        verb = verb or sentence[k].finite
        if sentence.low(k) in RELATIVES:  # « les maires [dont la commune est inondée], les préfets et »
            return k - 1 if verb and (sentence[k - 1].noun or sentence[k - 1].tag == "ADJ") else j
    return j
