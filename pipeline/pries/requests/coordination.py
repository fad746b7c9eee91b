"""Coordination: which infinitives, clauses or nouns right of a first action are actions of the same trigger.

An infinitive belongs to the trigger when a conjunction and the trigger's own marker precede it and no nested
infinitive ("afin de", "visant à") claims it; a bare one goes with its neighbour.

    "prié … d'[élaborer] des normes visant à homologuer et sanctionner les agences et de les [publier]"
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.items import after_joint, infinitives_go_on, item_marker_end, numbered, over_markers
from pries.grammar.joints import insertion_end
from pries.grammar.sentence import Sentence, next_verb, opens_clause
from pries.grammar.verbs import is_adverb, like_participle, phrase_beginning, phrase_ending
from pries.requests.asked.participles import has_own_subject, participle_joins
from pries.requests.vocabulary import Vocabulary


@dataclass
class Action:
    """One action: its head, the first token of its words and the rank after the last, and its negation."""

    head: int
    start: int
    end: int
    negated: bool = False


@dataclass
class Complement:
    """The actions of a trigger and how they hang on it: slot (de, à, bare, que, noun, …), marker's rank."""

    slot: str
    marker: int
    actions: list[Action] = field(default_factory=list)
    rule: str = ""  # that found the first one

    @property
    def heads(self) -> list[int]:
        """The ranks of the actions' heads."""
        return [action.head for action in self.actions]


@dataclass
class Nested:
    """An infinitive met on the way: its marker, whether it is an action of the trigger, its rank, purpose or not."""

    marker: str
    member: bool
    rank: int
    purpose: bool = False


def passive_head(sentence: Sentence, infinitive: int) -> int:
    """The word that carries the action: the participle after "être" or "avoir été", else the infinitive."""
    if sentence.low(infinitive) not in closed.BE_OR_HAVE:
        return infinitive
    j = infinitive + 1
    for _ in range(9):
        while j < len(sentence) and (is_adverb(sentence, j) or sentence.low(j) in closed.BEEN_OR_NI):
            j += 1
        if length := phrase_beginning(sentence, j):
            j += length
        elif sentence.low(j) in closed.AND_OR and j > infinitive + 1 and is_adverb(sentence, j + 1):
            j += 1  # « être davantage et mieux [reconnue] »
        elif sentence.low(j) == "," and (closing := insertion_end(sentence, j, 12)) is not None:
            j = closing + 1
        else:
            break
    done = j < len(sentence) and sentence.low(j).endswith(("é", "ée", "és", "ées"))  # « avoir adopté »
    after_be = sentence.low(infinitive) == "être" or j > infinitive + 1 or done
    if j >= len(sentence) or not after_be:
        return infinitive
    return j if sentence[j].participle or like_participle(sentence, j) else infinitive


def infinitives(sentence: Sentence, marker: int, slot: str, first: tuple[int, bool], words: Vocabulary) -> Complement:
    """The infinitives from `first` (rank, negated) on that are coordinated at the level of the complement."""
    head, negated = first
    inner = passive_head(sentence, head)
    complement = Complement(slot, marker, [Action(inner, marker if slot == "bare" else marker + 1, 0, negated)])
    nested = [Nested("" if slot == "bare" else slot, True, head)]
    passive = inner != head
    j = max(head, inner) + 1
    verb = next_verb(sentence, j)
    stop = len(sentence) if verb is None else before_clause(sentence, verb)
    while j < stop:
        token = sentence[j]
        again = token.low in closed.AND_OR and sentence.low(j + 1) in closed.QUE
        if again or (token.low == ";" and not list_goes_on(sentence, j)):  # « qu'il faut agir, et qu'il faut aussi »
            break
        if passive and (participle_joins(sentence, j, complement.actions[-1].head) or has_own_subject(sentence, j)):
            complement.actions.append(Action(j, j, 0))
        elif token.infinitive and not polite(sentence, j):
            found, action = _next_infinitive(sentence, j, slot, nested, words)
            if action is None and any(opens_clause(sentence, k) for k in range(nested[-1].rank, j)):
                found.purpose = True  # inside an embedded clause: what follows it goes with it
            nested.append(found)
            if action is not None:
                complement.actions.append(action)
                passive = action.head != j
                j = action.head
        j += 1
    close(sentence, complement, min(j, stop))
    return complement


def _next_infinitive(
    sentence: Sentence, j: int, slot: str, nested: list[Nested], words: Vocabulary
) -> tuple[Nested, Action | None]:
    """The infinitive at `j`, and the action that it is if it belongs to the trigger."""
    begin, left, negated = _group_start(sentence, j)
    marker = ""
    if sentence.low(left) in closed.MARKERS:
        marker = "de" if sentence.low(left) in closed.DE else sentence.low(left)
        begin, left = left + 1, left - 1
    purpose = marker not in ("", "de", "à") or sentence.low(left) in sentence.cues.purpose
    opened = numbered(sentence, left) < left
    left = over_markers(sentence, numbered(sentence, left))
    if sentence.low(left) in closed.NON or sentence.follows(left - 1, *closed.NOT_THAT):
        return Nested(marker, False, j, True), None  # « rester neutres, non de [plaire] »
    consequence = sentence.low(left) in closed.CONSEQUENCE
    while left >= 0 and sentence[left].tag == "ADV" and sentence.low(left) not in closed.COORDINATES:
        if sentence.low(left) in sentence.cues.purpose:
            break
        left -= 1
    if (length := phrase_ending(sentence, left)) and sentence.low(left - length) in closed.COORDINATES:
        left -= length  # « de reporter la loi, à défaut d'en [limiter] la portée »
    conjoined = sentence.low(left) in closed.COORDINATES or sentence.low(left) == ":"
    conjoined = conjoined or opened or sentence.follows(left - 1, "ainsi", "que")
    # « afin de payer, de bâtir et de planter »: what goes on with a purpose is one
    purpose = purpose or (sentence.low(left) == "," and marker == nested[-1].marker != "" and nested[-1].purpose)
    governed = not marker and not conjoined and left == nested[-1].rank  # « pour faire [respecter] la loi »
    found = Nested(marker, False, j, purpose or (governed and nested[-1].purpose))
    if conjoined and not purpose and not consequence:
        found.member = (opened and marker in ("", slot)) or bool(
            first(MEMBERS, sentence, nested, found, "" if slot == "bare" else slot, left)[0]
        )
    return found, Action(passive_head(sentence, j), begin, 0, negated) if found.member else None


def polite(sentence: Sentence, j: int) -> bool:
    """Whether "vouloir" at `j` only softens the infinitive behind it: « de bien [vouloir] répondre »."""
    return sentence.low(j) == "vouloir" and "bien" in (sentence.low(j - 1), sentence.low(j + 1))


def _group_start(sentence: Sentence, infinitive: int) -> tuple[int, int, bool]:
    """Where an infinitive's group begins, the rank before it, and whether it is negated."""
    j, negated = infinitive - 1, False
    while j >= 0 and (
        sentence.low(j) in closed.BESIDE_INFINITIVE
        or polite(sentence, j)
        or (sentence[j].tag == "ADV" and _inside(sentence, j))
    ):
        negated = negated or sentence.low(j) in closed.NEGATION
        j -= 1
    return j + 1, j, negated


def _inside(sentence: Sentence, j: int) -> bool:
    """Whether the adverb at `j` stands between a marker and its infinitive."""
    return sentence.low(j - 1) in closed.MARKERS or sentence.low(j - 1) in closed.CLITICS_OR_NEGATION


def _item(sentence: Sentence, nested: list[Nested], found: Nested, slot: str, left: int) -> bool | None:
    """« prié les États : a) d'agir; b) [créer] un fonds »: an item repeats the marker of the trigger or has none."""
    if sentence.low(left) != ";" and not any(s in range(left, found.rank) for s in sentence.starts):
        return None
    return found.marker in (slot, "")


def _marked(sentence: Sentence, nested: list[Nested], found: Nested, slot: str, left: int) -> bool | None:
    """« prié d'agir afin de protéger les civils, et de [publier] un rapport »: the marker of the trigger again."""
    if not found.marker:
        return None
    same = [n for n in nested if n.marker == found.marker]
    if found.marker == "à" and sentence.low(left) == "," and sentence[nested[-1].rank].lemma in sentence.cues.helper:
        return False  # « à continuer d'aider les communes, à ses frais, à bâtir des écoles »
    if found.marker != slot or not same:
        return False
    comma = sentence.low(left) == "," or sentence.low(left - 1) == ","
    return same[-1].member or (comma and not same[-1].purpose)


def _beside(sentence: Sentence, nested: list[Nested], found: Nested, slot: str, left: int) -> bool | None:
    """« prié d'élaborer et [publier] des normes »: goes with its neighbour."""
    adjacent = all(
        sentence.low(k) in closed.COORDINATES or sentence.low(k) in closed.CLITICS or is_adverb(sentence, k)
        for k in range(nested[-1].rank + 1, found.rank)
    )
    if slot and not adjacent and sentence.low(left) == "," and not infinitives_go_on(sentence, found.rank):
        return False  # « devra, dans le délai qu'il est tenu d'observer, répondre »
    return nested[-1].member if adjacent or slot else None


def _bare_again(sentence: Sentence, nested: list[Nested], found: Nested, slot: str, left: int) -> bool | None:
    """« devraient agir pour protéger les civils, et [publier] un rapport »: a comma ends the purpose."""
    if _left_behind(sentence, nested, found):
        return True
    return not nested[-1].purpose or sentence.low(left) == "," or sentence.low(left - 1) == ","


def _left_behind(sentence: Sentence, nested: list[Nested], found: Nested) -> bool:
    """« veiller à ce que ce qui est fait pour bâtir soit connu et [rendre] compte »: the clause of "bâtir" is over."""
    last = nested[-1].rank
    member = max((n.rank for n in nested if n.member), default=last)
    opened = sum(opens_clause(sentence, k) for k in range(member, last))
    ended = sum(sentence[k].finite for k in range(member, last))
    return opened > ended and any(sentence[k].finite for k in range(last + 1, found.rank))


# Whether a coordinated infinitive is an action of the trigger or goes with a nested infinitive.
MEMBERS = (_item, _marked, _beside, _bare_again)


def list_goes_on(sentence: Sentence, j: int) -> bool:
    """Whether a semicolon only separates the items of a list: an item, or "de" + infinitive, "que" …, comes next."""
    k = after_joint(sentence, j)
    if k != j + 1 and any(start in range(j + 1, k + 1) for start in sentence.starts):
        return True
    if k in sentence.starts and sentence[k].infinitive:  # an item's next sentence: "a) Former les juges. Veiller à …"
        return True
    if k < len(sentence) and (sentence[k].infinitive or sentence.low(k) in closed.CLITICS_OR_NEGATION):
        return any(t.infinitive for t in sentence.tokens[k : k + 4])
    return sentence.low(k) in closed.DE_A and any(t.infinitive for t in sentence.tokens[k + 1 : k + 4])


def before_clause(sentence: Sentence, j: int) -> int:
    """The rank after the complement when a new main clause has its finite verb at `j`: at the last conjunction."""
    for k in range(j, max(j - 25, 0), -1):
        if sentence.low(k) in closed.BEFORE_CLAUSE:
            return k
    return j


def close(sentence: Sentence, complement: Complement, stop: int) -> None:
    """Set where each action's words end: before the next action's marker and conjunction, or at the end."""
    actions = complement.actions
    for action, following in zip(actions, [*actions[1:], None], strict=True):
        end = stop if following is None else following.start
        while end > action.head + 1 and _is_joint(sentence, end - 1):
            end -= 1
        action.end = max(end, action.head + 1)
        action.start = min(action.start, action.head)


def _is_joint(sentence: Sentence, j: int) -> bool:
    if sentence.low(j) in closed.BETWEEN_ACTIONS:
        return True
    return any(s <= j < item_marker_end(sentence, s) for s in sentence.starts)
