"""Item heads: with what an announced recommendation begins, as trigger and first action.

"[Ratifier] la Convention", "En matière d'eau, [créer] un fonds", "Que les villes [publient] …", "[Adoptez] un plan",
"[Création] d'un fonds ;"
"""

from __future__ import annotations

from pries.grammar import words as closed
from pries.grammar.item_sentences import cut_out
from pries.grammar.sentence import Sentence, next_verb
from pries.requests.cast import Cast
from pries.requests.clauses import clauses
from pries.requests.complements import infinitive_at
from pries.requests.coordination import Action, Complement, infinitives
from pries.requests.engine import Engine
from pries.requests.nominals import action_noun_after, nouns

AT_HEAD = 45  # tokens within which a clause before the infinitive has to end

Item = tuple[Sentence, Complement] | None


def _infinitive(cast: Cast, begin: int, end: int, engine: Engine) -> Item:
    """« [Ratifier] la Convention et créer un fonds », « Ne pas [réduire] les crédits », « De [former] les agents »."""
    de = cast.sentence.low(begin) in closed.DE
    item = cut_out(cast.sentence, begin + de, end)
    found = infinitive_at(item, 0) if len(item) else None
    if found is None:
        return None
    return item, _coordinated(item, found, engine)


def _coordinated(item: Sentence, found: tuple[int, bool], engine: Engine) -> Complement:
    """The infinitives of an item: bare ones, and those that go on with "de" as if the verb of asking were there."""
    bare_ones = infinitives(item, 0, "bare", found, engine.words)
    marked = infinitives(item, 0, "de", found, engine.words)
    heads = {action.head: action for action in (*marked.actions, *bare_ones.actions)}
    bare_ones.actions[:] = [heads[head] for head in sorted(heads)]
    for action, following in zip(bare_ones.actions, bare_ones.actions[1:], strict=False):
        action.end = max(min(action.end, following.start), action.head + 1)
    first_action = bare_ones.actions[0]
    first_action.start = min(first_action.start, first_action.head)
    return bare_ones


def _behind_adverbial(cast: Cast, begin: int, end: int, engine: Engine) -> Item:
    """« En matière d'eau, [créer] un fonds »: behind words that say where, when or to what end."""
    sentence = cast.sentence
    if sentence.low(begin) not in closed.OPENS_ADVERBIAL:
        return None
    for j in range(begin + 1, min(begin + AT_HEAD, end - 1)):
        if sentence[j].finite and next_verb(sentence, begin) == j:
            return None
        if sentence.low(j) == "," and (found := infinitive_at(sentence, j + 1)) and found[0] < end:
            item = cut_out(cast.sentence, j + 1, end)
            again = infinitive_at(item, 0)
            return (item, _coordinated(item, again, engine)) if again else None
    return None


def _noun(cast: Cast, begin: int, end: int, engine: Engine) -> Item:
    """« [Ratification] de la Convention », « La [création] d'un fonds », without a verb of its own."""
    item = cut_out(cast.sentence, begin, end)
    if not len(item) or next_verb(item, 0) is not None or len(item) < 3:
        return None
    head = action_noun_after(item, 0, engine.words)
    return (item, nouns(item, 0, "noun", head, engine.words)) if head is not None else None


def _imperative(cast: Cast, begin: int, end: int, engine: Engine) -> Item:
    """« [Adoptez] un plan », « [Créons] un fonds »."""
    item = cut_out(cast.sentence, begin, end)
    head = int(len(item) > 1 and item.low(0) in closed.NEGATION)  # « Ne [laissez] personne seul »
    imperative = len(item) > head + 1 and item.low(head).endswith(closed.IMPERATIVE_ENDINGS) and item[head].finite
    return (item, Complement("bare", 0, [Action(head, 0, len(item))])) if imperative else None


def _clause(cast: Cast, begin: int, end: int, engine: Engine) -> Item:
    """« que les villes [publient] leurs comptes »."""
    item = cut_out(cast.sentence, begin, end)
    found = clauses(item, 0, "que") if len(item) and item.low(0) in closed.QUE else None
    return (item, found) if found else None


HEADS_OF_ITEMS = (_infinitive, _behind_adverbial, _clause, _imperative, _noun)
