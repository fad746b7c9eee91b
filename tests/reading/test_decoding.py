"""Decoding: what went wrong with a text before it came to us is repaired for certain, or told."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from pries.reading import corpus, formats
from pries.reading.decoding import mended, read_text
from pries.reading.marks import Unreadable
from pries.segmentation import segment

GOOD = "Le maire a été prié d’agir : l’école « Jean Moulin » coûte cher, à Nîmes. Œuvrons."


def misread(text: str) -> str:
    """A text in UTF-8 as a program shows it that takes it for Windows-1252."""
    return text.encode().decode("cp1252")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Il a &eacute;t&eacute; pri&eacute; d&rsquo;agir.", "Il a été prié d’agir."),
        ("L&#8217;&#xC9;tat", "L’État"),
        ("R&D ; AT&T; &inconnu; &#10; &#0;", "R&D ; AT&T; &inconnu; &#10; &#0;"),
    ],
)
def test_entities_in_plain_text_are_read(text: str, read: str) -> None:
    found, odd = mended(text)
    assert found == read
    assert [line for line, _, _ in odd] == ([1] if found != text else [])


@pytest.mark.skipif(find_spec("ftfy") is None, reason="ftfy is not installed")
@pytest.mark.parametrize("text", ["Le maire a été prié d’agir.", "Il faut « agir », à Nîmes.", "Une œuvre coûte."])
def test_what_was_read_in_a_wrong_encoding_is_repaired_and_told(text: str) -> None:
    found, odd = mended(f"{GOOD}\n{misread(text)}\n{GOOD}")
    assert found == f"{GOOD}\n{text}\n{GOOD}"
    assert [(line, what.rpartition(", ")[2]) for line, what, _ in odd] == [(2, "repaired")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (f"{GOOD}\nLes \ufffdcoles co\ufffdtent.", 2, "2 unreadable characters (U+FFFD)"),
        ("Il faut rŽviser la lŽgislation.", 1, "2 letters of another code page, such as « Ž » inside a word"),
        ("Il faut r¨¦viser la loi m¨ºme.", 1, "2 letters of another code page, such as « ¨¦ » inside a word"),
        ("Il faut rйviser ou crйer la loi.", 1, "2 letters of another code page, such as « й » inside a word"),
    ],
)
def test_what_cannot_be_repaired_is_told_with_its_line(text: str, line: int, what: str) -> None:
    found, odd = mended(text)
    assert found == text
    assert [(line, what) for line, what, _ in odd] == [(line, what)]


def test_words_set_letter_by_letter_are_closed_up_and_told() -> None:
    text = f"{GOOD}\nN o t a m m e n t , le v i l l a g e a besoin d ' u n e école p o u r tous."
    found, odd = mended(text)
    assert found.split("\n")[1] == "Notamment , le village a besoin d'une école pour tous."
    assert [(line, what) for line, what, _ in odd] == [
        (2, "4 words set letter by letter (« N o t a m m e n t »), closed up")
    ]


@pytest.mark.parametrize("text", [GOOD, "Les points a, b, c d e f et g.", "A B C D E F", "y a t il y a un a b c d e"])
def test_a_good_text_has_nothing_to_tell(text: str) -> None:
    assert mended(text) == (text, [])


def test_an_odd_document_is_read_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. Les &eacute;coles doivent ouvrir.", encoding="utf-8")
    made = segment.run(tmp_path, pd.DataFrame(corpus.manifest(tmp_path)))
    assert made["paragraphs"]["text"].tolist() == ["Les écoles doivent ouvrir."]
    (problem,) = made["problems"].itertuples()
    assert (problem.file, problem.doc_id, problem.line, problem.stage) == ("a.txt", "a", 1, "reading")


@pytest.mark.parametrize("page", ["mac_roman", "cp850"])
def test_old_code_pages_are_told_by_their_letters(page: str) -> None:
    text = "Les écoles ont été priées d'ouvrir à l'automne, sans délai, là où c'est prévu."
    assert read_text(text.encode(page)) == (text, page)


@pytest.mark.parametrize("text", ["Où ?", "El niño comió piñas mañana.", "Ça coûte 3 € à Nîmes — « déjà »…", "Straße"])
def test_what_is_in_windows_1252_stays_so(text: str) -> None:
    assert read_text(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("% du port\n\\documentclass{article}\n\\begin{document}Les maires \\emph{doivent} agir.\n", "a LaTeX file"),
        ("\\section{Recommandations}\nLes maires doivent agir.\n", "a LaTeX file"),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nLes maires doivent agir.\r\n", "subtitles (.srt)"),
    ],
)
def test_what_is_no_prose_as_it_stands_is_named(text: str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        formats.texts(text.encode(), formats.Limits())
    assert (refused.value.problem, bool(refused.value.remedy)) == (what, True)
