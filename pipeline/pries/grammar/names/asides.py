"""Asides: what stands beside a name and only tells more of whom it names.

"Deux pays[, le Togo et le Mali,] ont", "les juges [siégeant à Lyon]"
"""

from __future__ import annotations

from pries.grammar.sentence import Sentence
from pries.grammar.words import CLITICS_OR_NEGATION, COUNTED, POSSESSIVES, STRONG_MARKS

LONGEST_ASIDE = 12  # tokens


def counted_aside(sentence: Sentence, start: int, end: int, named: int) -> bool:
    """Whether an aside that ends at `end` names those told at `start`: « Deux [pays], le Togo et le Mali, ont »."""
    if named < 2 or sentence.low(end) != ",":
        return False
    opening = sentence.lows[start : start + 3]
    return named in {COUNTED.get(low) for low in opening} or not POSSESSIVES.isdisjoint(
        opening
    )  # « ses auteurs, A et B, »


def before_gerund(sentence: Sentence, j: int) -> int:
    """The rank before the present participle whose complements end at `j`: « les juges [siégeant à Lyon] »."""
    for k in range(j, max(j - LONGEST_ASIDE, 0), -1):
        if sentence[k].finite or sentence.low(k) in STRONG_MARKS or sentence.low(k) == ",":
            break
        if sentence[k].gerund:
            while sentence.low(k - 1) in CLITICS_OR_NEGATION:
                k -= 1
            return k - 1
    return j
