"""Clauses: the finite verbs of what is asked with "que", and of the clauses coordinated to it.

"recommande que les États [veillent] à la paix et [prennent] des mesures" -> veillent, prennent
"""

from __future__ import annotations

from pries.grammar.clauses import commands
from pries.grammar.items import after_joint, item_marker_end
from pries.grammar.joints import said_aside
from pries.grammar.phrases import is_determiner
from pries.grammar.sentence import Sentence, next_verb, opens_clause
from pries.grammar.verbs import group_end, inverted_pronoun, is_adverb, like_participle, phrase_beginning
from pries.grammar.words import (
    AND_COMMA,
    AND_OR,
    ASKS_HOW,
    AUXILIARIES,
    AVOIR,
    BESIDE_VERB,
    CE,
    CLITICS_OR_NEGATION,
    DASHES,
    DE_A,
    EITHER,
    ETRE,
    FOR_QUE,
    HAS_DONE,
    IS,
    IS_CLEFT,
    JOINS_VERBS,
    NEGATION,
    NEGATORS,
    OBJECT_CLITICS,
    OF,
    QUE,
    RELATIVES,
    STRONG_MARKS,
    SUBJUNCTIVE,
    THIRD_PERSON,
)
from pries.requests.asked.participles import inverted, participles
from pries.requests.coordination import Action, Complement, before_clause, close

NOMINAL = ("NOUN", "PROPN", "ADJ")  # what a subject may end with


def clauses(sentence: Sentence, que: int, slot: str) -> Complement | None:
    """The finite verbs of the clause that "que" at rank `que` opens, and of those coordinated to it."""
    complement = Complement(slot, que)
    beside = _in_item(sentence, que)
    begin = que + 1
    begin = after_joint(sentence, que) if sentence.low(begin) == ":" else begin
    verb = finite_after(sentence, begin)
    if verb is None:
        return None
    verb = _behind_cleft(sentence, verb)
    plural = sentence.low(verb).endswith("nt")
    while verb is not None:
        head, negated = clause_head(sentence, verb)
        complement.actions.append(Action(head, begin, 0, negated))
        if head != verb:
            further = inverted(sentence, verb, head) or participles(sentence, head, len(sentence))
            complement.actions += [Action(j, j, 0, negated) for j in further]
            head = further[-1] if further else head
        within = len(sentence) if beside is None or verb > beside else beside
        begin, verb = _next_clause(sentence, head + 1, plural, negated)
        verb = None if verb is not None and verb >= within else verb
    close(sentence, complement, _clause_end(sentence, complement.actions[-1].head + 1))
    return complement


def _in_item(sentence: Sentence, que: int) -> int | None:
    """Where the next item begins of a list of verbs to which that before "que" belongs: « – exige que …; – [prie] »."""
    item = next((j for j in range(que - 1, -1, -1) if _begins_item(sentence, j)), None)
    if item is None:  # nearly always
        return None
    head = item_marker_end(sentence, item) if item in sentence.starts else item
    while head < que and (sentence.low(head) in CLITICS_OR_NEGATION or sentence.low(head) in AND_COMMA):
        head += 1
    heads = head < que and (sentence[head].finite or sentence[head].lemma in sentence.cues.asking)
    return next((j for j in range(que + 1, len(sentence)) if _begins_item(sentence, j)), None) if heads else None


def _begins_item(sentence: Sentence, j: int) -> bool:
    """Whether an item begins at `j`, or behind a dash there: « … ; - [exige] que le guichet rouvre »."""
    return j in sentence.starts or (sentence.low(j - 1) in DASHES and sentence.low(j - 2) in STRONG_MARKS)


def _behind_cleft(sentence: Sentence, verb: int) -> int:
    """The verb that carries the action of a cleft: « que ce soit le juge, et non le maire, qui [tranche] »."""
    if sentence.low(verb - 1) not in CE or sentence.low(verb) not in IS_CLEFT:
        return verb
    qui = next((j for j in range(verb + 1, len(sentence)) if sentence.low(j) == "qui" or sentence[j].finite), verb)
    found = finite_after(sentence, qui + 1) if sentence.low(qui) == "qui" else None
    return verb if found is None else found


def with_items(sentence: Sentence, trigger: int, found: Complement) -> Complement:
    """Infinitives, and the clauses that go on with their list: « demande : a) d'agir ; b) que l'État [paie] »."""
    first_item = next((start for start in sentence.starts if start > trigger), None)
    if first_item is None or found.slot not in ("de", "à", "bare") or found.actions[0].head < first_item:
        return found  # nearly always
    last = found.actions[-1]
    item = next((start for start in sentence.starts if start > last.head), None)
    que = None if item is None else item_marker_end(sentence, item)
    if item is None or que is None or sentence.low(que) not in QUE:
        return found
    if (further := clauses(sentence, que, "que")) is not None:
        last.end = max(min(last.end, item), last.head + 1)
        found.actions += further.actions
    return found


def finite_after(sentence: Sentence, start: int) -> int | None:
    """The finite verb of the clause that begins at `start`: the first that no relative pronoun inside it claims."""
    verb = next_verb(sentence, start)
    while verb is not None and _inside_a_relative(sentence, start, verb):
        verb = next_verb(sentence, verb + 1)
    end = len(sentence) if verb is None else verb
    if verb is None and (missed := _missed(sentence, start)) is not None:
        return missed
    return None if any(sentence.low(j) == ";" for j in range(start, end)) else verb


def _inside_a_relative(sentence: Sentence, start: int, verb: int) -> bool:
    """Whether a verb goes on with a relative: « que les pays qui ont bâti ou [veulent] bâtir publient leurs plans »."""
    j = verb - 1
    while j > start and sentence.low(j) in CLITICS_OR_NEGATION:
        j -= 1
    joined = sentence.low(j) in AND_OR and any(sentence.low(k) in RELATIVES for k in range(start, j))
    return joined and (after := next_verb(sentence, verb + 1)) is not None and ";" not in sentence.lows[verb:after]


def _missed(sentence: Sentence, start: int) -> int | None:
    """A verb that the tagger took for a noun, at the end of its clause: « que les conseils la [financent] »."""
    for j in range(start + 2, len(sentence) - 1):
        named, before = sentence[j].tag in ("NOUN", "ADJ"), sentence.low(j - 1)
        named = named and not (before == "en" and sentence[j + 1].tag == "ADP")  # « en matière de »
        ends = sentence[j + 1].tag == "PUNCT" and before in OBJECT_CLITICS
        beside = before in BESIDE_VERB and sentence[j - 2].tag in NOMINAL  # « que la mairie en [garde] trace »
        if named and (ends or beside) and sentence.low(j).endswith(("e", "ent")):
            return j
    return None


def clause_head(sentence: Sentence, verb: int) -> tuple[int, bool]:
    """The word that carries the action of a finite verbal group (participle after être or avoir), and its negation."""
    negated = any(sentence.low(j) in NEGATION for j in range(max(verb - 4, 0), verb))
    head = verb
    if sentence.low(verb) in AUXILIARIES:
        k = verb + 1
        for _ in range(8):
            if k < len(sentence) and (
                is_adverb(sentence, k) or sentence.low(k) in NEGATORS or sentence.low(k) == "été"
            ):
                k += 1
            elif length := phrase_beginning(sentence, k):
                k += length
            else:
                break
        passive = sentence.low(verb) in ETRE  # what follows "être" is no finite verb: « soit interdit »
        if k < len(sentence) and (
            sentence[k].participle or (passive and (sentence[k].finite or like_participle(sentence, k)))
        ):
            head = k
    limited = any(sentence.low(k) in QUE for k in range(verb, min(verb + 9, len(sentence))))
    if negated and limited:
        negated = any(sentence.low(k) in NEGATORS for k in range(verb, min(verb + 4, len(sentence))))
    return head, negated


def _next_clause(sentence: Sentence, start: int, plural: bool, negated: bool) -> tuple[int, int | None]:
    """A further clause: "et que …" or "et" + a finite verb of the same number; (0, None) for none."""
    depth, over = 0, -1
    for j in range(start, len(sentence)):
        low = sentence.low(j)
        if j <= over:
            continue
        if low == ";" or j in sentence.starts:
            begin = after_joint(sentence, j if low == ";" else j - 1)
            if low == ";" and begin > j + 1 and begin < len(sentence) and sentence[begin].finite:
                return begin, begin  # « que l'État : i) recrute des juges; ii) [bâtisse] des écoles »
            again = sentence.low(begin) in QUE
            if not again and not any(start in range(j, begin + 1) for start in sentence.starts):
                break
            following = finite_after(sentence, begin + again)
            told = following is None or _indicative(sentence, start, following)
            return (0, None) if told else (begin + again, following)
        if low in QUE and _joined(sentence, j) and (following := finite_after(sentence, j + 1)) is not None:
            return (0, None) if _indicative(sentence, start, following) else (j + 1, following)
        if opens_clause(sentence, j) or low in ASKS_HOW:  # « explique comment elle agit et publie »
            depth += 1
        elif sentence[j].finite:
            if depth:
                depth -= 1
                continue
            k = j - 1
            while k > start and (sentence.low(k) in CLITICS_OR_NEGATION or is_adverb(sentence, k)):
                k -= 1
            if inverted_pronoun(sentence, j + 1 + (sentence.low(j + 1) == "-t")):
                break  # « Aussi demande-t-il que la loi change et [propose]-t-il de … »
            if sentence.low(j + 1) in QUE and sentence[j].lemma in sentence.cues.willing:
                break  # « demande que le prix soit revu et [refuse] que »
            if sentence.low(k) == "," and (closing := said_aside(sentence, j)) is not None:
                over = closing - 1  # « que cela change, a protesté le bâtonnier, et que la cour s'explique »
                continue
            if sentence.low(k) == "," and _says_last(sentence, j):
                break
            if sentence.low(k) in AND_COMMA and (_commands_on(sentence, j, k) or _asks_on(sentence, j, start)):
                break
            if sentence.low(j) in HAS_DONE and sentence.low(k) in AND_OR and group_end(sentence, j) > j + 1:
                break  # « recommande que la ville paie et [a encouragé] le préfet à l'aider »: no subjunctive
            joins = JOINS_VERBS if negated else AND_COMMA  # « ne cèdent pas, mais négocient »
            if sentence.low(k) in joins and sentence.low(j).endswith("nt") == plural:  # "mettent, respectent et"
                return k + 1, j
            break
    return 0, None


def _indicative(sentence: Sentence, start: int, verb: int) -> bool:
    """Whether a clause says something else: « juge utile que le Fonds aide, et que les banques [devraient] prêter »."""
    return sentence.low(verb) in IS and sentence.low(start - 1) not in IS


def _says_last(sentence: Sentence, j: int) -> bool:
    """Whether what was told ends before the verb at `j`: « Il faut qu'ils partent, [ont] souligné les juges »."""
    end = group_end(sentence, j)
    return sentence.low(j) in AVOIR and end > j + 1 and end < len(sentence) and is_determiner(sentence[end])


def _commands_on(sentence: Sentence, verb: int, joint: int) -> bool:
    """Whether a verb of asking goes on with the opening command: « Note qu'il faut agir, et [prie] le Bureau »."""
    asks = sentence[verb].lemma in sentence.cues.asking | sentence.cues.asking_to
    return asks and "," in sentence.lows[joint - 1 : joint + 1] and commands(sentence, joint + 1)


def _asks_on(sentence: Sentence, verb: int, start: int) -> bool:
    """Whether a verb of asking goes on with who asks: « Le jury propose qu'un prix soit créé et [prie] l'État de »."""
    passive = sentence[start - 1].participle and sentence.low(start - 2) in ETRE
    asks = sentence[verb].lemma in sentence.cues.asking | sentence.cues.asking_to
    return passive and asks


def _joined(sentence: Sentence, que: int) -> bool:
    """Whether "que" is coordinated: « et que », « et, d'autre part, que », « …, que les communes paient et que … »."""
    j = que - 1
    listed = sentence[que].tag == "SCONJ" or sentence.low(que + 1) in THIRD_PERSON
    if sentence.low(j) in (",", ":") and listed and (_clause_follows(sentence, que) or _complete(sentence, que)):
        return True
    j = _before_aside(sentence, que)
    return sentence.low(j) in AND_OR or (sentence.low(j) in EITHER and sentence.low(j - 1) in AND_COMMA)


def _clause_follows(sentence: Sentence, que: int) -> bool:
    """Whether a further "et que" ends the list to which the clause of "que" belongs."""
    for j in range(que + 2, len(sentence)):
        if sentence.low(j) == ";":
            return False
        if sentence.low(j) in QUE and sentence.low(_before_aside(sentence, j)) in AND_OR:
            return True
    return False


def _complete(sentence: Sentence, que: int) -> bool:
    """Whether the verb behind "que" has its object, as in no relative: « , que les juges [soient] payés »."""
    verb = finite_after(sentence, que + 1) if sentence[que].tag == "SCONJ" else None
    if verb is None or verb + 1 >= len(sentence) or not is_determiner(sentence[que + 1]):
        return False
    after = sentence[verb + 1]
    return sentence.low(verb) in SUBJUNCTIVE or after.low in DE_A or (is_determiner(after) and after.low not in OF)


def _before_aside(sentence: Sentence, que: int) -> int:
    """The rank before "que" and what is inserted before it: « [et], surtout, que les abonnés soient entendus »."""
    if sentence.low(que - 1) in FOR_QUE:  # « et pour que les contrats courent »
        return que - 2
    if sentence.low(que - 1) != ",":
        return que - 1
    return next((k for k in range(que - 2, max(que - 14, 0), -1) if sentence.low(k) == ","), 0) - 1


def _clause_end(sentence: Sentence, start: int) -> int:
    verb = next_verb(sentence, start)
    end = len(sentence) if verb is None else verb
    semicolon = next((j for j in range(start, end) if sentence.low(j) == ";"), None)
    return semicolon if semicolon is not None else end if verb is None else before_clause(sentence, verb)
