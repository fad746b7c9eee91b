"""Participles: those that go on with the participle of a passive.

"que le rapport soit [publié], [traduit] et [diffusé]", "doit être publié, et les autres projets [retirés]"
"""

from __future__ import annotations

from pries.grammar import words as closed
from pries.grammar.sentence import Sentence
from pries.grammar.verbs import LIKE_PARTICIPLE, agreement, is_adverb


def participle_joins(sentence: Sentence, j: int, other: int) -> bool:
    """Whether the participle at `j` is coordinated to the one at `other` ("aidées et protégées")."""
    token = sentence[j]
    noun = token.tag == "NOUN" and sentence.low(j - 1) in closed.AND_OR and sentence.low(j + 1) in closed.DE_A_PAR
    neither = sentence.low(j - 1) in closed.NEITHER and LIKE_PARTICIPLE.search(token.low)
    if not (token.participle or noun or neither or (token.tag == "ADJ" and j > other + 1)):
        return False
    k = j - 1
    while k > other and is_adverb(sentence, k):
        k -= 1
    if sentence.low(k) in closed.ARTICLES and k < j - 1:  # « amélioré et le plus élargi possible »
        k -= 1
    if sentence.low(k) not in closed.JOINS_PARTICIPLES or not closed.NON.isdisjoint(sentence.lows[k:j]):
        return False  # « formés et non simplement [labellisés] »
    if not token.participle and k != other + 1:
        return False
    if agreement(token.low) != agreement(sentence.low(other)):
        return False
    return sentence.low(k) != "," or sentence.low(j + 1) in closed.JOINS or _another_follows(sentence, j)


def has_own_subject(sentence: Sentence, j: int) -> bool:
    """Whether the participle at `j` has a subject of its own: « doit être publié, et les autres projets [retirés] »."""
    ends = sentence.low(j + 1) in closed.LINKS or sentence.low(j + 1) in closed.ENDS or sentence.low(j + 1) == ","
    gapped = sentence.low(j - 1) == "," and LIKE_PARTICIPLE.search(sentence.low(j))
    if not (sentence[j].participle or gapped) or not ends:
        return False
    for k in range(j - 1, max(j - 8, 1), -1):
        preposition = sentence.low(k) in closed.PREPOSITIONS and sentence.low(k) not in closed.OF
        gap = k == j - 1 and sentence.low(k) == ","  # « doivent être rénovées et les douches, cloisonnées »
        if gap:
            continue
        if preposition or sentence[k].tag == "PUNCT" or sentence[k].infinitive:
            return False
        if sentence.low(k) in closed.AND_OR:
            beside = (
                sentence.low(k - 1) == "," or sentence[k - 1].participle
            )  # « doit être fermée et les rideaux tirés »
            opens = sentence.low(k + 1) in closed.DETERMINERS and beside and k + 2 < j
            nouns = [token for token in sentence.tokens[k + 1 : j] if token.noun]
            return opens and bool(nouns) and nouns[0].plural == sentence[j].plural
    return False


def _another_follows(sentence: Sentence, participle: int) -> bool:
    """Whether a list of participles goes on: « actualisés chaque année, [validés] par le maire et communiqués »."""
    ending = agreement(sentence.low(participle))
    for j in range(participle + 1, len(sentence)):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            return False
        if sentence.low(j) in closed.AND_OR and sentence[j + 1 if j + 1 < len(sentence) else j].participle:
            return agreement(sentence.low(j + 1)) == ending
    return False


def inverted(sentence: Sentence, verb: int, head: int) -> list[int]:
    """Participles each before a subject of its own: « que soient publiés les avis et [renforcés] ses pouvoirs »."""
    if sentence.low(verb - 1) not in closed.QUE or not _before_subject(sentence, head):
        return []
    found = []
    for j in range(head + 2, len(sentence)):
        if sentence.low(j) in closed.STRONG_MARKS or sentence.low(j) in closed.QUE:
            break
        joined = sentence.low(j - 1) in closed.JOINS
        if (
            joined
            and (sentence[j].participle or LIKE_PARTICIPLE.search(sentence.low(j)))
            and _before_subject(sentence, j)
        ):
            found.append(j)
    return found


def _before_subject(sentence: Sentence, participle: int) -> bool:
    return sentence.low(participle + 1) in closed.DETERMINERS - closed.OF


def participles(sentence: Sentence, head: int, stop: int) -> list[int]:
    """The participles coordinated to the one at `head`: « que le rapport soit publié et [traduit] »."""
    found = [head]
    for j in range(head + 1, stop):
        if sentence[j].finite or sentence.low(j) in closed.STRONG_MARKS:
            break
        if participle_joins(sentence, j, found[-1]):
            found.append(j)
    return found[1:]


def asks_again(sentence: Sentence, j: int, start: int) -> bool:
    """Whether another participle asks from `j` on: « a prescrit un régime et [conseillé] à la patiente de dormir »."""
    if j >= len(sentence) or not sentence[j].participle or j <= start + 1 or sentence.low(j).endswith(("s", "e")):
        return False
    asks = sentence[j].lemma in sentence.cues.asking_somebody or sentence.low(j) in sentence.cues.asking_to
    return asks and sentence[start - 1].participle
