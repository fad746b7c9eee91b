"""Substance: what a request asks, as it is compared with others: concepts of its actions, objects and actors.

What is asked is cut in two: its core, and what is said at its edge (who else takes part, by which means, for example
what), which two wordings of one request may leave out. Numbers stand apart, because two requests that differ in one
are two. Who is to act is a list of names, each a set of words, since one name may say more than another.

    « Les gouvernements ont été priés de créer, avec l'aide de l'OIT, un fonds de 5 millions »
    -> core créer, fonds, million; edge aider, oit; numbers 5; actors {état}
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pries.content.concepts import LIGHT, NOT, Concepts, root
from pries.content.request_words import SUBJECTS, Request, Words
from pries.grammar import words as closed
from pries.grammar.content_words import CONTENT, letters
from pries.store import rowwise
from pries.store.cells import several

EDGES = frozenset("par avec notamment selon conformément moyennant comme lorsque lorsqu' si auprès telles tels".split())
EDGE_PAIRS = {
    "part": closed.OF,
    "particulier": frozenset((",", "les", "des")),
    "compris": frozenset((",", "les", "des")),
}
POINTERS = closed.DEMONSTRATIVES | {"cet"}
OPENING, CLOSING = frozenset("(["), frozenset(")]")
ORDINAL = re.compile(
    r"(?:premi|prem|second|seconde|.+ième)(?:er|ère|ier|ière)?s?|\d+(?:er|re|e|ème)|[IVXLC]+(?:er|re|e|ème)?"
)
INFINITIVE = re.compile(r"(?:er|ir|re)$")
ACTION = re.compile(r"(?:[st]ion|ment|age)$")
SPACES = re.compile(r"\W+")
THIN = 3  # concepts: what asks for less may ask for more by a pronoun
IT = closed.ARTICLES | {"lui", "elle", "il", "celui-ci", "celle-ci", "l’"}
THEM = closed.THEIR | {"les", "elles", "ils", "eux", "ceux-ci", "celles-ci"}
MODALS = frozenset({"pouvoir", "devoir"})  # stop words, unless they are nouns: « transférer les pouvoirs »
MANNER = "ment"  # adverbs that say how: « gratuitement »
AHEAD = 12  # words among which an entry of several words is looked for
OF_NAMES = frozenset("le la les l de des du d et ou à au aux en un une sur pour".split())


@dataclass(frozen=True)
class Substance:
    """What one request asks."""

    core: frozenset[str]
    edge: frozenset[str]
    heads: frozenset[str]  # concepts of its actions
    numbers: frozenset[str]
    pointing: frozenset[str]  # concepts that a demonstrative points to: « ces mesures »
    negated: bool
    actors: tuple[frozenset[str], ...]
    kinds: frozenset[str]  # types of the actors
    meant: frozenset[str] = frozenset()  # what a pronoun of a short request stands for
    beside: frozenset[str] = frozenset()  # concepts of the sentence that belong to none of its requests
    plain: bool = True  # whether its verb names the action
    predicate: frozenset[str] = frozenset()  # the core without the subject of « ces plans devront être souples »
    support: frozenset[str] = frozenset()  # its verbs, also those that add nothing: « fournir », « procéder à »

    @property
    def everything(self) -> frozenset[str]:
        """All that is said of what is asked, of who is to act, and beside it in the sentence."""
        return self.core.union(self.edge, self.meant, self.beside, *self.actors)

    @property
    def whole(self) -> frozenset[str]:
        """The core with what its pronouns stand for: by this two requests are found and compared."""
        return self.core | self.meant


def substances(
    words: Words, requests: Sequence[Request], obligations: pd.DataFrame, actions: pd.DataFrame, concepts: Concepts
) -> list[Substance]:
    """What each obligation asks, in the order of the table."""
    heads: dict[str, list[str]] = defaultdict(list)
    for obligation, head in rowwise.tuples(actions, "obligation_id", "head"):
        heads[obligation].append(head.lower())
    columns = (
        "doc_id", "sentence_id", "obligation_id", "construction", "trigger_start", "polarity", "addressee",
        "addressee_type",
    )  # fmt: skip
    made = []
    beside = _beside(words, requests, obligations, concepts)
    for request, row in zip(requests, rowwise.tuples(obligations, *columns), strict=True):
        doc_id, sentence_id, obligation_id, construction, trigger, polarity, addressee, types = row
        sentence = words.sentences.get((doc_id, sentence_id), range(0))
        modal = [r for r in sentence if construction == "modal" and words.start[r] == trigger]
        named = tuple(filter(None, (name_words(name, words, sentence, concepts) for name in several(addressee))))
        acting = {words.form[r] for r in request.rows}.intersection(heads[obligation_id])
        subject = [] if named else _subject(words, sentence, modal, request)
        rows = [*subject, *request.rows]
        read = list(_concepts(words, rows, concepts, set().union(*named), acting))
        negative = sum(c == NOT for _, c, _ in read) % 2 == 1
        core = frozenset(c for r, c, at_edge in read if not at_edge and c not in (LIGHT, NOT))
        # « la protection devrait être assurée »: what the subject names is what is to be done
        undergone = any(
            c == LIGHT and words.form[r] in acting and not INFINITIVE.search(words.form[r]) for r, c, _ in read
        )
        acts = frozenset(c for r, c, _ in read if words.form[r] in acting and c not in (LIGHT, NOT))
        acts, plain_verb = (acts, True) if acts else supported(words, request.rows, read)
        made.append(
            Substance(
                core=core,
                edge=frozenset(c for r, c, at_edge in read if at_edge and c not in (LIGHT, NOT)),
                heads=acts,
                numbers=frozenset(words.form[r] for r in rows if is_number(words, r)),
                pointing=frozenset(c for r, c, _ in read if points(words, r)),
                negated=(polarity == "negative") != negative,
                actors=named,
                kinds=frozenset(several(types)),
                meant=antecedent(words, sentence, request.rows, concepts) if len(core) < THIN else frozenset(),
                beside=beside[doc_id, sentence_id],
                plain=plain_verb,
                predicate=core if undergone else frozenset(c for r, c, _ in read if r not in subject) & core,
                support=frozenset(support(words, r, concepts) for r in rows if words.tag[r] == "VERB"),
            )
        )
    return made


def _beside(
    words: Words, requests: Sequence[Request], obligations: pd.DataFrame, concepts: Concepts
) -> dict[tuple[str, str], frozenset[str]]:
    """What each sentence says outside its requests: « Avant tout licenciement, les employeurs doivent … »."""
    asked: dict[tuple[str, str], set[int]] = defaultdict(set)
    triggers: dict[tuple[str, str], set[int]] = defaultdict(set)
    columns = "doc_id", "sentence_id", "trigger_start"
    for request, row in zip(requests, rowwise.tuples(obligations, *columns), strict=True):
        asked[row[0], row[1]].update(request.rows)
        triggers[row[0], row[1]].add(row[2])
    found = {}
    for key, rows in asked.items():
        rest = [r for r in words.sentences.get(key, ()) if r not in rows and words.start[r] not in triggers[key]]
        found[key] = frozenset(c for _, c, _ in _concepts(words, rest, concepts) if c not in (LIGHT, NOT))
    return found


def antecedent(words: Words, sentence: range, rows: Sequence[int], concepts: Concepts) -> frozenset[str]:
    """What a pronoun in a short request stands for: the first noun of its sentence that has its number.

    « La présente charte intéressant chacun, il importe que son texte soit diffusé » -> charte
    """
    plural = [words.form[r] in THEM for r in rows if _stands_for(words, r)]
    if not plural:
        return frozenset()
    for row in sentence:
        if row >= rows[0]:
            break
        if words.tag[row] == "NOUN" and words.form[row].endswith(("s", "x")) == plural[0]:
            return frozenset({concepts.concept(words.lemma[row], words.tag[row])}) - {LIGHT, NOT}
    return frozenset()


def _concepts(
    words: Words, rows: Sequence[int], concepts: Concepts, actors: Collection[str] = (), acting: Collection[str] = ()
) -> Iterator[tuple[int, str, bool]]:
    """The content words of what is asked with their concepts, and whether they stand at its edge."""
    edges = edge(words, rows)
    used: set[int] = set()
    for at, row in enumerate(rows):
        if row in used:
            continue
        taken, concept = _phrase(words, rows[at : at + AHEAD], concepts)
        if taken:
            used.update(taken)
            yield row, concept, edges[at]
            continue
        lemma, tag = words.lemma[row], words.tag[row]
        if words.form[row] in acting and INFINITIVE.search(words.form[row]):  # however it was read
            lemma, tag = words.form[row], "VERB"
        manner = tag == "ADV" and lemma.endswith(MANNER)
        if not (tag in CONTENT or manner) or letters(words.form[row]) < 2 or is_number(words, row):
            continue
        a_noun = tag == "NOUN" and lemma in MODALS
        if lemma in concepts.of_word or lemma not in words.stopwords or a_noun:
            concept = concepts.concept(lemma, tag)
            yield row, concept, edges[at] or concept in actors or plain(words.form[row]) in actors


def _phrase(words: Words, ahead: Sequence[int], concepts: Concepts) -> tuple[list[int], str]:
    """The rows of an entry of several words that begins here, adverbs between them aside: « mettre vite en place »."""
    if words.lemma[ahead[0]] not in concepts.phrases:
        return [], ""
    ahead = [row for n, row in enumerate(ahead) if n == 0 or words.tag[row] != "ADV"]
    taken, concept = concepts.phrase([words.form[r] for r in ahead], [words.lemma[r] for r in ahead])
    return [ahead[n] for n in taken], concept


def edge(words: Words, rows: Sequence[int]) -> list[bool]:
    """Which words stand at the edge: « , avec l'aide de l'OIT, », « de la part des États », « (par exemple …) »."""
    found: list[bool] = []
    inside, aside, brackets = False, False, 0
    for at, row in enumerate(rows):
        form, before = words.form[row], words.form[rows[at - 1]] if at else ""
        after = words.form[rows[at + 1]] if at + 1 < len(rows) else ""
        if at and row != rows[at - 1] + 1:  # another action
            inside, brackets = False, 0
        brackets += (form in OPENING) - (form in CLOSING)
        together = form in closed.OF | {"en"} and at + 2 < len(rows) and words.form[rows[at + 2]] == "avec"
        if not inside and (together or form in EDGES or after in EDGE_PAIRS.get(form, ())):
            inside, aside = True, before == ","
        elif inside and ((aside and form == ",") or form == ";"):
            inside = False
        found.append(inside or brackets > 0)
    return found


def _stands_for(words: Words, row: int) -> bool:
    """Whether a word stands for another: « le diffuser », « son texte »."""
    return words.form[row] in closed.POSSESSIVES or (words.tag[row] == "PRON" and words.form[row] in IT | THEM)


def is_number(words: Words, row: int) -> bool:
    """« 30 », « cinq », « deuxième », but not the article *une*."""
    form = words.form[row]
    if form in closed.ONE:
        return False
    return words.tag[row] == "NUM" or any(c.isdigit() for c in form) or bool(ORDINAL.fullmatch(words.text[row]))


def supported(words: Words, rows: Sequence[int], read: Sequence[tuple[int, str, bool]]) -> tuple[frozenset[str], bool]:
    """The action where its verb says nothing: « prendre des mesures pour [réduire] », « assurer la [protection] ».

    It is the first infinitive, or else the first noun of action; which of the two is told too.
    """
    content = [(r, c) for r, c, at_edge in read if r in rows and not at_edge and c not in (LIGHT, NOT)]
    verbs = [c for r, c in content if words.tag[r] == "VERB" and INFINITIVE.search(words.form[r])]
    nouns = [(r, c) for r, c in content if words.tag[r] == "NOUN"]
    actions = [c for r, c in nouns if INFINITIVE.search(c) or ACTION.search(words.lemma[r])]
    return frozenset((verbs or actions)[:1]), bool(verbs)


def support(words: Words, row: int, concepts: Concepts) -> str:
    """The concept of a verb, or the verb itself where it adds nothing to what is asked: « fournir »."""
    concept = concepts.concept(words.lemma[row], "VERB")
    return words.lemma[row] if concept == LIGHT else concept


def points(words: Words, row: int) -> bool:
    """Whether a demonstrative stands before the word: « ces mesures »."""
    return row > 0 and words.form[row - 1] in POINTERS


def plain(form: str) -> str:
    """The root of a word of a name, without its plural: Musées -> musé."""
    return root(form.lower().rstrip("sx") or form.lower(), "NOUN")


def name_words(name: str, words: Words, sentence: range, concepts: Concepts) -> frozenset[str]:
    """The concepts of a name's words, as they are read where it stands: « ministères de la santé » -> ministère, santé.

    Of a name that stands elsewhere, since a pronoun takes its place, without plural and little words.
    """
    low = {word for word in SPACES.split(name.lower()) if word and word not in OF_NAMES}
    here = [r for r in sentence if words.form[r] in low]
    if low <= {words.form[r] for r in here}:
        return frozenset(c for _, c, _ in _concepts(words, here, concepts) if c not in (LIGHT, NOT))
    found = {word: concepts.of_word.get(word) or concepts.of_word.get(word.rstrip("sx"), LIGHT) for word in low}
    return frozenset(plain(word) if concept in (LIGHT, NOT) else concept for word, concept in found.items())


def _subject(words: Words, sentence: range, modal: Sequence[int], request: Request) -> list[int]:
    """The subject of *devoir*, which is a thing where no addressee was read: « Ces plans devront être souples ».

    *Falloir* has none, and the verb above it has its own: « Le conseil souhaite : il faut les élargir ».
    """
    asked = set(request.rows)
    subjects = [
        c
        for m in modal
        if words.lemma[m] != "falloir"
        for g in (m, sentence.start + words.head[m])
        for c in words.children.get(g, ())
        if words.relation[c] in SUBJECTS
    ]
    return sorted({r for s in subjects for r in words.subtree(s) if r not in asked})
