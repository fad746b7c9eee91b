"""Twin: the text that the model reads in place of the one that stands written, and where each of its letters stands.

A document is kept as it was written, and every quote shows it so. The model was trained on edited French: accents on
capitals, one kind of apostrophe, no inclusive endings, no capital at the head of a list item. So it reads a twin that
`spelling` has mended, and the tokens get their places in the written text back through the alignment.

    "Les Etats sont invité·e·s" -> "Les États sont invités", and "invités" stands at invité·e·s
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pries.grammar.spelling import Spelling
from pries.grammar.words import DETERMINERS
from pries.reading.enumeration import BULLETS, TYPED

# The model's training text has straight apostrophes and plain spaces; one character for one keeps offsets.
AS_TRAINED = str.maketrans(
    {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2010": "-", "\u2011": "-"}
)

Edit = tuple[int, int, str]  # what stands between two places is read as the string


@dataclass(frozen=True)
class Twin:
    """A text as it is read; `starts` and `ends` give for each letter its place as written, None where they are one."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def edited(self, edits: Iterable[Edit]) -> Twin:
        """The twin with some places read otherwise; the first of edits that overlap counts."""
        kept = list(_apart(sorted(edits)))
        if not kept:
            return self
        starts, ends = self.starts or range(len(self.text)), self.ends or range(1, len(self.text) + 1)
        parts, first, last = list[str](), list[int](), list[int]()
        at = 0
        for start, end, read in (*kept, (len(self.text), len(self.text), "")):
            parts += (self.text[at:start], read)
            first += starts[at:start]
            last += ends[at:start]
            if read:
                first += [starts[start]] * len(read)
                last += [ends[end - 1]] * len(read)
            at = end
        return Twin("".join(parts), first, last)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters from `start` to `end` stand in the written text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    after = 0
    for edit in edits:
        if edit[0] >= after:
            yield edit
            after = edit[1]


def twin_of(text: str, spelling: Spelling, item: bool = False, unaccented: bool = False) -> Twin:
    """The twin of a sentence; `item`: it heads a list item; `unaccented`: its document was written without accents."""
    twin = Twin(text.translate(AS_TRAINED))
    if len(text) > LONGEST_RUN:
        twin = twin.edited(_runs(twin.text))
    if ODD.search(twin.text):  # seldom
        twin = twin.edited(edit for rule in MARKS for edit in rule(twin.text))
    text = twin.text
    shouted = text.isupper() and _is_sentence(text, spelling)
    twin = twin.edited(_article_verb(text, spelling))
    text = twin.text
    twin = twin.edited((*_opening_a(text, spelling), *_words(text, spelling, shouted, unaccented)))
    return twin.edited(_item_head(twin.text, spelling)) if item else twin


# --- marks: what stands between letters -----------------------------------------------------------------------------

STRANGE = re.compile(
    r"(?<=[^\W\d_])[ʼ´`′‛＇ʹʻ](?=[^\W\d_])|(?<=\b[cdjlmnstCDJLMNST])[ʼ´`′‛＇ʹʻ](?P<space> +)(?=[^\W\d_])"
)
ELISION = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
APART = re.compile(rf"\b{ELISION}(?:'(?P<after> +)|(?P<before> +)')(?=[aeiouyhàâéèêëîïôœù])", re.I)
VOWEL = r"(?=(?!(?:et|ou|aux?)\b)[aeiouyhàâéèêëîïôœù][^\W\d_])"
LOST = re.compile(rf"(?<![\d,)] )(?<!\bet )(?<!\bou )\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)(?P<space> ){VOWEL}", re.I)
FEMININE = (
    "ne?s?|nes|le|les|te|tes|se|ses|ve|ves|fe|fes|es?|ales?|elles?|enne|ennes|ienne|iennes|euses?|rices?|trices?|"
    "eresses?|esses?|i?ères?|che|ches"
)
INCLUSIVE = re.compile(
    rf"(?<=[^\W\d_])(?P<mark>[·•‧∙⋅]|(?<=[^\W\d_]{{3}})\.)(?:{FEMININE})(?:(?P=mark)?(?P<s>s))?(?![^\W_]|[@/]|(?P=mark)[^\W\d_])"
)
HYPHENED = re.compile(
    r"(?<=[^\W\d_])[-/](?:e|es|rice|rices|trice|trices|euse|euses)(?:[-/]?(?P<s>s))?(?![^\W_]|[-@/'])"
)
ADDRESS = re.compile(r"[.@]\w*$")  # of the web, or of post: « www.exemple », « nom@exemple »
ARTICLE = re.compile(
    r"(?i:art(?P<short>\.)|article) (?P<number>(?:\d{1,4}|(?i:premier))(?i:er|[- ](?:bis|ter|quater))?)"
    r"(?:(?: ?[.:–—-]){1,2} (?P<after>[A-ZÀ-Þ]\w+)| (?P<capital>[A-ZÀ-Þ]))"
)
BRACKETED = re.compile(rf"(?<=[^\W\d_])\((?:{FEMININE}|s|x)\)(?P<s>\(?s\)?)?(?![^\W\d_])")


# A sign that some of the rules of MARKS are about.
ODD = re.compile(r"[ʼ´`′‛＇ʹʻ·•‧∙⋅/(]|\)\w|\.[a-z]|-[ert]|' | '|\b[cdjlmnstCDLNS] [aeiouhéèêàîôœAEIOUHÉÈÊÎ]")
LONGEST_RUN = 200  # characters; no word and few addresses of the web are longer
RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}+")
GLUED = re.compile(
    r"(?:^|(?<=[\s:;,.]))\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)(?=[A-ZÀ-Þ]|[dl]'|de\b)"
    r"|[:;](?=\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\))"
)
VERB_PLURAL = re.compile(r"(?<=[^\W\d_])\((?:en|ven|nen|sen|ssen)\)(?=t\b)")


def _runs(text: str) -> Iterator[Edit]:
    """What goes on too long without a space is read with some: a tokenizer looks at all of it for each sign."""
    for m in RUN.finditer(text):
        yield from ((at, at, " ") for at in range(m.start() + LONGEST_RUN, m.end(), LONGEST_RUN))


def _apostrophes(text: str) -> Iterator[Edit]:
    """Accents and primes that stand for an apostrophe: « lʼÉtat », « l´accord »."""
    if "`" in text or not text.isascii():
        for m in STRANGE.finditer(text):
            yield m.start(), m.start() + 1, "'"
            if m["space"]:
                yield m.start("space"), m.end("space"), ""


def _spaces(text: str) -> Iterator[Edit]:
    """A space at the apostrophe of an elided word: « l' accord »."""
    if "' " in text or " '" in text:
        for m in APART.finditer(text):
            group = "after" if m["after"] else "before"
            if m[group]:
                yield m.start(group), m.end(group), ""


def _lost(text: str) -> Iterator[Edit]:
    """Apostrophes that a copy has lost, in a sentence without any: « l eau d une commune », but « 5 m au-dessus »."""
    if "'" not in text:
        yield from ((m.start("space"), m.end("space"), "'") for m in LOST.finditer(text))


def _inclusive(text: str) -> Iterator[Edit]:
    """Endings of both genders are read as the masculine: « les délégué·e·s », « un(e) témoin »."""
    patterns = [HYPHENED] if "-e" in text or "/" in text or "-r" in text or "-t" in text else []
    patterns += [BRACKETED] if "(" in text else []
    patterns += [INCLUSIVE]
    for pattern in patterns:
        for m in pattern.finditer(text):
            start = m.start() - 1  # the last letter takes the ending with it
            if m[0][0] == "." and ADDRESS.search(text, max(0, start - 40), start):
                continue
            ending = m[0].rstrip(")")
            plural = (m["s"] or ending.endswith("s")) and text[start] not in "sx" and not ending.endswith("(s")
            yield start, m.end(), text[start] + ("s" if plural else "")


def _either_number(text: str) -> Iterator[Edit]:
    """A verb for one and several is read as for one: « la (les) Partie(s) devrai(en)t »."""
    if "(" in text:
        yield from ((m.start(), m.end(), "") for m in VERB_PLURAL.finditer(text))


def _glued(text: str) -> Iterator[Edit]:
    """A space behind the marker of an item, and before one that has none: « l'État de: a)[ ]Réviser; b)[ ]Payer »."""
    if ")" in text:
        yield from ((m.end(), m.end(), " ") for m in GLUED.finditer(text))


def _article(text: str) -> Iterator[Edit]:
    """The number of an article at the head of its sentence, which the model takes for a noun: « Art. 7 – Tout maire ».

    Where nothing parts it from the subject, « Art. 9 Le maire », the sentence is read without it.
    """
    m = ARTICLE.match(text) if text[:2] in ("Ar", "AR", "ar") else None
    if m is not None and m["capital"]:
        yield 0, m.start("capital"), ""
    elif m is not None and m["short"]:
        yield m.start("short"), m.end("short"), "icle"


MARKS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _apostrophes,
    _spaces,
    _lost,
    _inclusive,
    _either_number,
    _glued,
    _article,
)

# --- words ----------------------------------------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d_]+")
HEAD = re.compile(rf"(?:\(?\w{{1,5}}(?:[).°/]| [-–—])|[{BULLETS}]|{TYPED})?\s*(?P<word>[^\W\d_]+)\b(?!-)")

# Bullets that the model, and what reads its words, need not tell apart.
DASHES = ("-", "–", "—")  # « -Former les juges »
UNKNOWN = re.compile(rf"[{''.join(sorted(set(BULLETS) - set('•–—-')))}]|{TYPED}")


def _is_sentence(text: str, spelling: Spelling) -> bool:
    """Whether a text in capitals is made of French words: no acronym, no code."""
    words = WORD.findall(text)
    known = sum(spelling.shouted(word) is not None for word in words)
    return len(words) > 2 and 2 * known > len(words)


def _words(text: str, spelling: Spelling, shouted: bool, unaccented: bool) -> Iterator[Edit]:
    """The words that are read otherwise than they stand."""
    bare = unaccented or (shouted and text.isascii())
    if not (shouted or bare):
        mended = spelling.mended  # a dictionary that fills itself: nearly all words are looked up and left alone
        if not any(map(mended.__getitem__, WORD.findall(text))):  # nearly always
            return
        for m in WORD.finditer(text):
            if (better := mended[m[0]]) is not None:
                yield m.start(), m.end(), better
        return
    found = list(WORD.finditer(text))
    words = [m[0].lower() if shouted else m[0] for m in found]
    read = spelling.restored(words) if bare else [spelling.mended[w] or w for w in words]
    if shouted:
        read = [spelling.capitals.get(w, w) for w in read]
        read[0] = read[0][:1].upper() + read[0][1:]
    for m, word in zip(found, read, strict=True):
        if word != m[0]:
            yield m.start(), m.end(), word


def _item_head(text: str, spelling: Spelling) -> Iterator[Edit]:
    """The capital of an infinitive at the head of a list item, « a) Ratifier »; every bullet is read as one: « ➢ »."""
    if sign := UNKNOWN.match(text):
        yield 0, sign.end(), "•"
    m = HEAD.match(text)
    if text[:1] in DASHES and m is not None and m.start("word") == 1:
        yield 1, 1, " "
    if m is not None and m["word"].istitle() and spelling.infinitive(m["word"].lower()):
        yield m.start("word"), m.start("word") + 1, m["word"][0].lower()


def head_of(text: str) -> int:
    """Where the first word of a sentence or list item begins, behind its marker; -1 where there is none."""
    m = HEAD.match(text)
    return -1 if m is None else m.start("word")


def _article_verb(text: str, spelling: Spelling) -> Iterator[Edit]:
    """An article that opens with its verb is read without its number: « Article 3 : DEMANDE à l’État »."""
    m = ARTICLE.match(text) if text[:2] in ("Ar", "AR", "ar") else None
    if m is not None and m["after"] and spelling.verb(m["after"].lower()):
        yield 0, m.start("after"), ""


def _opening_a(text: str, spelling: Spelling) -> Iterator[Edit]:
    """The preposition at the head of a sentence, on whose capital no accent was set: « A la session suivante »."""
    m = WORD.match(text, 2) if text.startswith("A ") else None
    after = m[0].lower() if m else ""
    if after and (after in DETERMINERS or after in spelling.after_a or text.startswith("l'", 2)):
        yield 0, 1, "À"
