"""The code book of themes: its rows, and the patterns that find them in a sentence.

`themes.csv` has one theme a row: code, French and English label, what a human coder needs (definition, in English too,
include, exclude, example) and what the program needs (patterns, exclude_patterns). A cell of patterns holds
several, separated by `|`. A pattern is a sequence of words separated by spaces, without regard to case, with
regard to accents:

    travailleur          the form or the lemma is `travailleur` (so also `travailleurs`)
    form:travail         the form alone (not `travaux`);   lemma:travail the lemma alone
    xénophob*            the form begins so
    de/des personnes     either word
    accès … justice      up to three words between (`...` works too), within one clause: no `;`, `:` or `.`
    éducation?           weak: a mention in passing, as far as one goes; a paragraph needs a second match of the theme

Hyphens are spaces on both sides (`hommes-femmes`), ’ and ' are the same, and an elided word ends at its
apostrophe (`droits de l'homme` has four words). A match of `patterns` that overlaps one of
`exclude_patterns` of its theme does not count; of overlapping matches of a theme the longest counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import ClassVar, NamedTuple

from pries.base import settings as settings_files
from pries.base.errors import shortened
from pries.base.layers import Folder, paths
from pries.base.lexicon import Lexicon, Row, read

FORM = Lexicon(
    "themes.csv",
    columns=(
        "theme", "label_fr", "label_en", "definition", "definition_en", "include", "exclude", "example",
        "patterns", "exclude_patterns",
    ),
    optional=("definition_en", "include", "exclude", "exclude_patterns"),
    added=("definition_en",),
    key=("theme",),
)  # fmt: skip
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
PIECE = re.compile(r"[^\W_]+'?|[^\w\s-]")  # a word, elided or not, or a sign; hyphens separate
GAP, GAP_WORDS, GAP_ENDS = "…", 3, frozenset(".;:!?")


class Piece(NamedTuple):
    """A word or sign of a sentence: normalised form and lemma, and where it stands in the paragraph."""

    form: str
    lemma: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where a theme was found: characters of the paragraph, `end` not included."""

    theme: str
    start: int
    end: int
    weak: bool = False


@dataclass(frozen=True)
class Word:
    """One word of a pattern: its alternatives by the way in which they match. Empty for a gap."""

    forms: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    @property
    def gap(self) -> bool:
        return not (self.forms or self.lemmas or self.prefixes)

    def fits(self, piece: Piece) -> bool:
        return (
            piece.form in self.forms
            or piece.lemma in self.lemmas
            or bool(self.prefixes and piece.form.startswith(self.prefixes))
        )


@dataclass(frozen=True)
class Pattern:
    """A sequence of words that counts for a theme, or against it."""

    theme: str
    words: tuple[Word, ...]
    excludes: bool = False
    weak: bool = False

    def end(self, pieces: Sequence[Piece], begin: int, word: int = 0) -> int | None:
        """The index after the last piece if the pattern matches from `begin`, else None."""
        for rank in range(word, len(self.words)):
            if self.words[rank].gap:
                for skipped in range(GAP_WORDS + 1):
                    found = self.end(pieces, begin + skipped, rank + 1)
                    if found is not None:
                        return found
                    if begin + skipped >= len(pieces) or pieces[begin + skipped].form in GAP_ENDS:
                        return None
                return None
            if begin >= len(pieces) or not self.words[rank].fits(pieces[begin]):
                return None
            begin += 1
        return begin


@dataclass(frozen=True)
class CodeBook:
    """The rows of the code book in file order, and their patterns by first word."""

    rows: tuple[Row, ...]
    patterns: tuple[Pattern, ...]
    _starts: dict[tuple[str, str], tuple[Pattern, ...]] = field(default_factory=dict, compare=False)
    _begins: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        return tuple(row["theme"] for row in self.rows)

    def definitions(self, lang: str) -> dict[str, str]:
        """Definitions by theme, `lang` being fr or en; the French one where a code book has no other."""
        column = "definition_en" if lang == "en" else "definition"
        return {row["theme"]: row[column] or row["definition"] for row in self.rows}

    def labels(self, lang: str) -> dict[str, str]:
        """Labels by theme, `lang` being fr or en."""
        return {row["theme"]: row[f"label_{lang}"] for row in self.rows}

    @cached_property
    def _index(self) -> tuple[dict[str, list[Pattern]], dict[str, list[Pattern]], list[Pattern]]:
        forms: dict[str, list[Pattern]] = defaultdict(list)
        lemmas: dict[str, list[Pattern]] = defaultdict(list)
        prefixed = []
        for pattern in self.patterns:
            first = pattern.words[0]
            for form in first.forms:
                forms[form].append(pattern)
            for lemma in first.lemmas:
                lemmas[lemma].append(pattern)
            if first.prefixes:
                prefixed.append(pattern)
        return forms, lemmas, prefixed

    def starting(self, piece: Piece) -> tuple[Pattern, ...]:
        """The patterns whose first word fits `piece`; remembered, since few words make most of a text."""
        key = piece.form, piece.lemma
        if key not in self._starts:
            forms, lemmas, prefixed = self._index
            found = [*forms.get(piece.form, ()), *lemmas.get(piece.lemma, ())]
            found += [p for p in prefixed if p.words[0].fits(piece)]
            self._starts[key] = tuple(dict.fromkeys(found))
        return self._starts[key]

    def begins(self, form: str, lemma: str) -> bool:
        """Whether a pattern may begin in a token."""
        key = form, lemma
        if key not in self._begins:
            self._begins[key] = any(map(self.starting, pieces_of(form, lemma, 0, len(form))))
        return self._begins[key]

    def find(self, pieces: Sequence[Piece]) -> list[Match]:
        """The themes of one sentence, in reading order; matches of one theme do not overlap."""
        hits: dict[str, dict[tuple[int, int], bool]] = defaultdict(dict)  # whether all that match there are weak
        refused: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for begin, piece in enumerate(pieces):
            for pattern in self.starting(piece):
                end = pattern.end(pieces, begin)
                if end is None:
                    continue
                if pattern.excludes:
                    refused[pattern.theme].append((begin, end))
                else:
                    spans = hits[pattern.theme]
                    spans[begin, end] = pattern.weak and spans.get((begin, end), True)
        found = [
            Match(theme, pieces[begin].start, pieces[end - 1].end, spans[begin, end])
            for theme, spans in hits.items()
            for begin, end in longest(list(spans), refused[theme])
        ]
        order = {theme: rank for rank, theme in enumerate(self.themes)}
        return sorted(found, key=lambda m: (m.start, m.end, order[m.theme]))


def longest(hits: Sequence[tuple[int, int]], refused: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The hits that touch no refused span, longest first where they overlap one another."""
    taken = bytearray(max((end for _, end in (*hits, *refused)), default=0))
    for begin, end in refused:
        taken[begin:end] = b"\1" * (end - begin)
    for begin, end in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
        if not any(taken[begin:end]):
            taken[begin:end] = b"\1" * (end - begin)
            yield begin, end


def normalise(text: str) -> str:
    """Lower case, one apostrophe, no soft hyphens."""
    return text.lower().replace("’", "'").replace("\u00ad", "")


def pieces_of(form: str, lemma: str, start: int, end: int) -> list[Piece]:
    """The pieces of one token: `hommes-femmes` makes two, a hyphen alone none."""
    return [
        Piece(text, base, start + first, end if last is None else start + last)
        for text, base, first, last in _split(form, lemma)
    ]


@lru_cache(2**16)  # few words make most of a text
def _split(form: str, lemma: str) -> tuple[tuple[str, str, int, int | None], ...]:
    """The pieces of a word: form, lemma, where each begins and ends (None: with the word)."""
    text, base = normalise(form), normalise(lemma)
    found = list(PIECE.finditer(text))
    if len(found) == 1 and len(found[0][0]) == len(text):
        return ((text, base, 0, None),)
    bases = PIECE.findall(base)
    if len(bases) != len(found):  # a lemma that is split otherwise says nothing about the parts
        bases = [m[0] for m in found]
    return tuple((m[0], b, m.start(), m.end()) for m, b in zip(found, bases, strict=True))


def parse_pattern(row: Row, text: str, column: str) -> Pattern:
    """One pattern of a row; InputError where the mini-syntax is broken."""
    weak = text.endswith("?") and column == "patterns"
    words: list[Word] = []
    for chunk in (
        normalise(text.removesuffix("?" if weak else "").replace("...", f" {GAP} ")).replace(GAP, f" {GAP} ").split()
    ):
        if chunk == GAP:
            words.append(Word())
        elif "/" in chunk or ":" in chunk or "*" in chunk:
            words.append(_alternatives(row, chunk, text, column))
        else:
            words += [Word(frozenset({p}), frozenset({p})) for p in PIECE.findall(chunk)]
    if not words or words[0].gap or words[-1].gap:
        raise row.wrong(f"{column} '{text}' needs a word at both ends", "write it as accès … justice")
    return Pattern(row["theme"], tuple(words), column == "exclude_patterns", weak)


def _alternatives(row: Row, chunk: str, text: str, column: str) -> Word:
    forms, lemmas, prefixes = set(), set(), []
    for choice in chunk.split("/"):
        kind, colon, word = choice.rpartition(":")
        bare = word.removesuffix("*")
        if (colon and kind not in ("form", "lemma")) or len(PIECE.findall(bare)) != 1 or "*" in bare:
            remedy = "use mot, form:mot, lemma:mot, préfixe* or un/autre, each of a single word"
            raise row.wrong(f"{column} '{text}' has '{choice}'", remedy)
        if word.endswith("*"):
            prefixes.append(bare)
            continue
        if kind != "lemma":
            forms.add(bare)
        if kind != "form":
            lemmas.add(bare)
    return Word(frozenset(forms), frozenset(lemmas), tuple(prefixes))


@dataclass(frozen=True)
class Settings:
    """`settings/themes.toml`: which file of the lexicons is the code book."""

    FILE: ClassVar[str] = "themes.toml"
    codebook: str = FORM.file


def chosen(lexicons: Folder, settings: Folder) -> CodeBook:
    """The code book that the settings name. Raises InputError for a broken setting, row, code or pattern."""
    name = settings_files.read(settings, Settings).codebook
    if all(path.name != name for path in paths(lexicons, "*")):
        files = sorted({path.name for path in paths(lexicons, "themes*.csv")})
        problem, remedy = f"no code book is called '{shortened(name)}'", f"use one of {', '.join(files)}"
        raise settings_files.mistake(settings, Settings, "codebook", problem, remedy)
    return read_codebook(lexicons, name)


def read_codebook(lexicons: Folder, name: str = FORM.file) -> CodeBook:
    """The code book `name` of a lexicons folder. Raises InputError for a broken row, code or pattern."""
    rows = read(lexicons, replace(FORM, file=name))
    patterns = []
    for row in rows:
        if not CODE.fullmatch(row["theme"]):
            raise row.wrong(f"theme '{row['theme']}' is no code", "use small letters, digits and hyphens")
        for column in ("patterns", "exclude_patterns"):
            patterns += [parse_pattern(row, text, column) for text in row.several(column)]
    return CodeBook(tuple(rows), tuple(patterns))
