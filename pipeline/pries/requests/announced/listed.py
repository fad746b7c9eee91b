"""Listed: recommendations without a verb of asking, of which a title, a lead-in, a label or a table says what they are.

Each item is a request. Its leading infinitive (noun of action, imperative, verb after "que") is trigger and first
action; a full sentence goes by the ordinary rules. Who recommends stands in the lead-in or, State by State, in brackets
behind the item; who is to act in the title, the lead-in, the label, or a cell of the table.

    "148.1 [Ratifier]recommend la Convention ([France]issuer, [Togo]issuer);" under "… examinées par le [Mali]addressee"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pries.actors.titles import TitleNames
from pries.base.rules import first
from pries.grammar import words as closed
from pries.grammar.item_sentences import items
from pries.grammar.sentence import Sentence, next_verb
from pries.grammar.verbs import VerbalGroup
from pries.reading.enumeration import BULLETS
from pries.requests import addressees
from pries.requests.announced import brackets
from pries.requests.announced.announcements import Announced, Announcements
from pries.requests.announced.brackets import filler
from pries.requests.announced.item_heads import HEADS_OF_ITEMS
from pries.requests.cast import Cast, Filler, Known
from pries.requests.engine import Engine
from pries.requests.frames import Frame
from pries.requests.request import Refused, Request
from pries.requests.triggers import Trigger

LABEL_BEGINS = frozenset("RrPpMmAa")  # the first letters of labels: nothing else is looked at more closely
LABEL_AFTER = re.compile(r"\.(?: |$)| (?=[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: [a-zà-ÿ’'-]+){0,2} ?: )")  # « Priorité : élevée »
Roles = tuple[list[Filler], list[Filler]]  # issuers, addressees


@dataclass
class Listed:
    """The announced recommendations of a run: where they stand, and who was named by the lead-ins met so far."""

    announced: Mapping[tuple[str, str], Announced]
    known: Announcements
    names: TitleNames
    engine: Engine
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by document: its title and headings
    roles: dict[tuple[str, str], Roles] = field(default_factory=dict)  # by document and lead-in

    def search(self, cast: Cast, results: list[Request | Refused]) -> Iterator[tuple[Cast, list[Request | Refused]]]:
        """The recommendations of a sentence, and what else was found in it."""
        sentence = cast.sentence
        one = self.announced.get((sentence.doc_id, sentence.paragraph)) or self._labelled(sentence)
        if one is None or not len(sentence):
            yield cast, results
            return
        begin = next((t.i for t in sentence.tokens if t.start >= one.start), len(sentence))
        if begin and one.rule == "lead_in" and sentence.paragraph == one.lead:
            self.roles[sentence.doc_id, one.lead] = self._lead_roles(cast, begin)
        found = [r for a, b in _own_items(sentence, begin) if (r := self._item(cast, a, b, one, results)) is not None]
        heads = {r.sentence[head].start for r in found for head in r.complement.heads}
        issuers = self.roles.get((sentence.doc_id, one.lead), ([], []))[0]
        yield cast, [_led(r, one, issuers) for r in results if sentence[r.trigger.token].start not in heads]
        for request in found:
            yield Cast(request.sentence, cast.mentions), [request]

    def _labelled(self, sentence: Sentence) -> Announced | None:
        """What the label announces with which a sentence begins inside a paragraph: « …. Recommandation no 2 : … »."""
        at = next((t.i for t in sentence.tokens[:3] if t.form not in BULLETS), len(sentence))
        if at == len(sentence) or sentence[at].form[:1] not in LABEL_BEGINS or ":" not in sentence.lows:
            return None
        text = sentence.words(at, len(sentence))
        start, place = self.known.label(text)
        if not place or start >= len(text):
            return None
        whom, aside = self.known.meant(text[:start])
        return Announced("label", place, sentence[at].start + start, whom, aside=aside)

    def _item(
        self, cast: Cast, begin: int, end: int, one: Announced, results: Sequence[Request | Refused]
    ) -> Request | None:
        """What an item recommends; None where it is a full sentence, or the action of a verb of asking."""
        sentence = cast.sentence
        if "[" in (sentence.low(begin), sentence.low(begin - 1)):  # « [Mise en œuvre en cours] »
            return None
        begin, ahead = brackets.named_ahead(self.names, sentence, begin, end)
        begin, opening = brackets.after_brackets(self.names, sentence, begin, end)
        end, behind = brackets.named_behind(self.names, sentence, begin, end)
        states = ahead or behind
        end, meant = (end, opening) if states or opening else brackets.meant_behind(self.names, sentence, begin, end)
        found, rule = first(HEADS_OF_ITEMS, cast, begin, end, self.engine) if end > begin else (None, "")
        if found is None or (rule == "noun" and not (states or meant) and not _ended(sentence, begin, end, one)):
            return None
        item, complement = found
        head = item[complement.heads[0]]
        requests = [r for r in results if isinstance(r, Request)]
        if any(_asks(r, head.start) or _leads(cast.sentence, r, begin) for r in requests):
            return None
        tense = "infinitive" if head.infinitive else "participle" if head.participle else "present"
        frame = Frame(head.lemma, "listed", (), "any", "recommend", "", "", (complement.slot,), one.row)
        group = VerbalGroup(head.i, head.i + 1, head.i, "active", tense)
        trigger = Trigger(frame, head.i, group, "listed", "recommend", rule=rule)
        complement.rule = rule
        request = Request(item, trigger, complement)
        leading = self.roles.get((sentence.doc_id, one.lead), ([], []))
        request.issuer = states or leading[0] or [*map(filler, self.names.fillers(one.by))]
        request.addressee, request.rule = self._addressee(
            cast, request, one, meant or leading[1], bool(states or one.by)
        )
        request.origin = {"issuer": "brackets" if states else one.rule, "addressee": request.rule}
        return request

    def _addressee(
        self, cast: Cast, request: Request, one: Announced, leading: list[Filler], reviewed: bool
    ) -> tuple[list[Filler], str]:
        """Who is to act: named in the item itself, in its label or title, in the lead-in, or the State under review."""
        own = Cast(request.sentence, cast.mentions)
        if request.complement.slot == "que":
            found, _, rule = addressees.addressees(own, request.trigger, request.complement, self.engine.words)
            if found:
                return found, rule
        after = _responsible(cast, request, self.known, self.names)
        aside = [*map(filler, self.names.bodies(one.aside, acronyms=True))] or (
            _in_label(cast, one) if one.aside else []
        )
        found = after or leading or aside or [*map(filler, self.names.fillers(one.whom))]
        if found or not reviewed:
            return found, one.rule if found else "none"
        titles = self.titles.get(request.sentence.doc_id, ())
        reviewed_one = next((f for title in titles if (f := self.names.country_in(title))), [])
        return [*map(filler, reviewed_one)], "title"

    def _lead_roles(self, cast: Cast, stop: int) -> Roles:
        """Who recommends and who is to act, where a lead-in names them: « adresse à la [Ville] les suivantes : »."""
        issuers: list[Filler] = []
        whom: list[Filler] = []
        for known in dict.fromkeys(cast.at.values()):
            if known.start < stop and (side := self._side(cast, known)):
                (issuers if side == "issuer" else whom).extend(cast._fillers(known))
        return issuers, whom

    def _side(self, cast: Cast, known: Known) -> str:
        sentence, j = cast.sentence, known.start
        low = sentence.low(j)
        inside = low in closed.PREPOSITIONS
        before = low if inside else sentence.low(j - 1)
        k = j if inside else j - 1
        if before in closed.ARTICLES:
            k -= 1
            before = sentence.low(k)
        if before == "par":
            return "issuer" if self.known.makes(sentence.low(k - 1)) else "addressee"
        if before in closed.TO:
            return "addressee"
        if before in closed.OF:
            return "addressee" if self.known.means(sentence.low(k - 1)) else ""
        verb = next_verb(sentence, 0)
        opens = known.start <= 1 or (verb is not None and known.start < verb)  # « formule » may be tagged as a noun
        opens = opens or _is_subject(sentence, known.end)  # « Au vu de ce qui précède, la Cour formule les »
        return "issuer" if opens and before not in closed.PREPOSITIONS else ""


def _is_subject(sentence: Sentence, end: int) -> bool:
    """Whether a verb follows directly: a finite one, or one tagged as a noun before an article."""
    return end < len(sentence) and (sentence[end].finite or sentence.low(end + 1) in closed.ARTICLES)


def _in_label(cast: Cast, one: Announced) -> list[Filler]:
    """Those whom the brackets of a label name: « Recommandation 3 ([Caisse] d'épargne) : Publier les tarifs. »."""
    sentence = cast.sentence
    opening = next((t.i for t in sentence.tokens if t.low == "(" and t.start < one.start), len(sentence))
    inside = (known for j, known in cast.at.items() if j == known.start > opening and sentence[j].start < one.start)
    return [filler for known in inside for filler in cast._fillers(known)]


def _ended(sentence: Sentence, begin: int, end: int, one: Announced) -> bool:
    """Whether an item that is a noun ends as items do: « Création d'un fonds ; », no title: « Étude des causes ».

    One behind a bullet need not.
    """
    bulleted = begin > 0 and sentence.low(begin - 1) in BULLETS
    return bulleted or one.rule in ("label", "document") or sentence.low(end - 1) in closed.ENDS | {","}


def _own_items(sentence: Sentence, begin: int) -> Iterator[tuple[int, int]]:
    """The items, without those that end a clause: « [Que les villes veillent :] a) à former … ; b) à payer … »."""
    for start, end in items(sentence, begin):
        yield start, end
        if sentence.low(start) in closed.QUE and ":" in sentence.lows[max(end - 2, start) : end]:
            return


def _asks(request: Request, head: int) -> bool:
    """Whether a verb of asking has the word at that character among its actions or their words."""
    start = request.sentence[request.trigger.token].start
    return start < head < _end(request)


def _leads(sentence: Sentence, request: Request, begin: int) -> bool:
    """Whether a verb of asking leads in the list that an item belongs to: « recommande : a) d'agir; b) Former »."""
    first_item = next((j for j in sentence.starts if j > 0), None)
    asked = request.complement.heads[0]
    return first_item is not None and request.trigger.token < first_item <= min(asked, begin)


def _end(request: Request) -> int:
    return request.sentence[request.complement.actions[-1].end - 1].end


def _led(result: Request | Refused, one: Announced, issuers: list[Filler]) -> Request | Refused:
    """A full sentence in a list is said by whom the lead-in names: « La Ville recommande ce qui suit : a) … »."""
    unnamed = isinstance(result, Request) and not result.issuer and bool(issuers)
    if isinstance(result, Request) and unnamed and result.sentence[result.trigger.token].start >= one.start:
        result.issuer, result.origin["issuer"] = issuers, one.rule
    return result


def _responsible(cast: Cast, request: Request, known: Announcements, names: TitleNames) -> list[Filler]:
    """Who is responsible, where the row of a table says so behind the item: « Responsable : Ministère du port. »."""
    begin = request.sentence[request.complement.heads[0]].start
    rest = cast.sentence.text[begin : begin + 800]
    if "esponsable" not in rest and "estinataire" not in rest:
        return []
    said = re.search(r"(?:Responsable|Destinataire)s? ?: ?", rest)
    named = LABEL_AFTER.split(rest[said.end() :])[0].strip(" .;") if said else ""
    return [*map(filler, names.fillers(named))] if named else []
