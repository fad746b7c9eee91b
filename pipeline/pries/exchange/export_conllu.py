"""CoNLL-U: the parse, sentence by sentence, for any tool of Universal Dependencies.

Reads paragraphs, sentences and the tokens; writes parse.conllu: `# newdoc id`, `# newpar id`, `# sent_id`, `# text`,
then ten columns a word (universaldependencies.org/format.html). Heads count from 1, 0 is the root. The parser sometimes
gives a sentence several roots; the format wants one, so that the others hang on the first as `parataxis`, and MISC says
`Root=Second`. SpaceAfter=No where the next word of the paragraph follows at once; start_char and end_char count in the
paragraph's text. `# text` is what the words give back: other white space than a plain space is one there.

    3	ont	avoir	AUX	_	Mood=Ind|Number=Plur	5	aux:tense	_	start_char=17|end_char=20
"""

from __future__ import annotations

from typing import Any

from pries.exchange.finished_run import Files, Rows, Source, flat

EMPTY = "_"
NEVER = -1  # no next word


def features(cell: str) -> str:
    """Features as the format orders them, by name whatever the case."""
    return "|".join(sorted(filter(None, flat(cell).split("|")), key=str.lower)) or EMPTY


def governors(words: Rows) -> list[tuple[int, str, bool]]:
    """Head (from 1, 0 for the root), relation, and whether a word was a root that now hangs on the first."""
    place = {word.i: rank for rank, word in enumerate(words, 1)}
    roots = [word.i for word in words if word.head == word.i or word.head not in place]
    # words that turn in a circle have no root: the first of them becomes it
    root = roots[0] if roots else words[0].i
    made = []
    for word in words:
        if word.i == root:
            made.append((0, "root", False))
        elif word.i in roots:
            made.append((place[root], "parataxis", True))
        else:
            made.append((place[word.head], word.relation or "dep", False))
    return made


def lines(words: Rows, following: int) -> tuple[str, list[str]]:
    """The text of a sentence and its lines; `following` is where the next word of the paragraph begins."""
    text, made = "", []
    starts = [word.start for word in words[1:]] + [following]
    for rank, (word, after, (head, relation, second)) in enumerate(
        zip(words, starts, governors(words), strict=True), 1
    ):
        glued = after == word.end
        form = flat(word.form) or EMPTY
        text += form if glued else f"{form} "
        misc = ["SpaceAfter=No"] * glued + ["Root=Second"] * second
        misc += [f"start_char={word.start}", f"end_char={word.end}"]
        cells = (
            str(rank), form, flat(word.lemma) or EMPTY, word.tag or "X", EMPTY, features(word.morph),
            str(head), relation, EMPTY, "|".join(misc),
        )  # fmt: skip
        made.append("\t".join(cells))
    return text.strip(), made


def sentence_lines(sentence: Any, words: Rows, following: int) -> list[str]:
    """A sentence with its comments, and the empty line that ends it."""
    text, made = lines(words, following)
    return [f"# sent_id = {sentence.sentence_id}", f"# text = {text}", *made, ""]


def conllu(source: Source) -> Files:
    """All sentences that hold a word."""
    made: list[str] = []
    last = ""
    for paragraph in source.paragraphs:
        parsed = list(source.parsed(paragraph))
        starts = [words[0].start for _, words in parsed[1:]] + [NEVER]
        for rank, ((sentence, words), following) in enumerate(zip(parsed, starts, strict=True)):
            if paragraph.doc_id != last:
                made += [f"# newdoc id = {flat(paragraph.doc_id)}", f"# generator = {source.made}"]
                last = paragraph.doc_id
            if rank == 0:
                made.append(f"# newpar id = {flat(paragraph.doc_id)}:{flat(paragraph.paragraph)}")
            made += sentence_lines(sentence, words, following)
    return {"parse.conllu": "".join(f"{line}\n" for line in made)}
