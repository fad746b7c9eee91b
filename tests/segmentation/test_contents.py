"""Tables of contents: their lines are left out under a rule of their own, and nothing else is."""

from __future__ import annotations

import pytest
from pries.reading.marks import left_out
from pries.segmentation import contents, segment

TEXT = "Les préfets ont été priés de recenser les puits. Ils l’ont fait."


def of(text: str) -> list[str]:
    """The lines that are contents."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return [lines[i] for i in sorted(contents.lines_of(lines))]


LED = """Table des matières
1. Introduction ........................ 1
2. Cadre juridique et institutionnel de la
gestion des puits ...................... 4
2.1 Les puits publics. . . . . . . . . . 5
Annexes ________________________________ xii
"""


def test_dots_that_lead_to_a_page_number_make_an_entry_and_what_stands_between_two_belongs_to_them() -> None:
    assert of(LED + TEXT) == LED.strip().splitlines()


@pytest.mark.parametrize("title", ["Sommaire", "Table des matières", "CONTENTS", "Liste des tableaux", "Index"])
def test_without_dots_a_title_announces_the_entries(title: str) -> None:
    entries = ["Avant-propos 3", "1. Les puits publics 7", "2. Les puits des", "particuliers 12", "Annexe A 31"]
    found = of("\n".join([title, *entries, TEXT]))
    assert found == ([title, *entries] if title != "Index" else [])


def test_a_list_over_two_pages_with_a_second_title_is_one() -> None:
    text = "Sommaire\nEaux .... 1\nPorts .... 2\nListe des tableaux\nTableau 1. Eaux .... 3\nTableau 2. Ports .... 9\n"
    assert of(text + TEXT) == text.strip().splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "Nom et prénom du maire : ....................\nIl devra signer le registre.",
        "Ils ont attendu, attendu....\nPuis ils sont partis....",
        "Sommaire\nLes préfets ont été priés d’agir en 2031.\nIls ont agi en 2032.\nIls agiront en 2033.",
        "Le projet coûte 12 millions d’ici 2030\net profite à 300 communes en 2031.",
        "Total ........ 12",
    ],
)
def test_forms_sentences_and_lone_lines_are_no_contents(text: str) -> None:
    assert of(text) == []


def test_contents_are_dropped_and_their_numbers_do_not_count_as_paragraphs() -> None:
    body = "1. Introduction\n\nLes puits sont nombreux.\n\n2. Cadre juridique\n\nLa loi les protège tous.\n"
    entries = "Table des matières\n1. Introduction ..... 1\n2. Cadre juridique ..... 4\n\n"
    found = segment.segment_text(entries + body, "x")
    assert found.dropped.rule.tolist() == ["contents"] * 3
    assert found.paragraphs.paragraph.str.contains("#").sum() == 0
    assert found.sentences.text.tolist() == ["Les puits sont nombreux.", "La loi les protège tous."]


def test_entries_that_a_reader_took_for_a_table_are_contents_under_their_title() -> None:
    entries = [f"{left_out('table')}{title}" for title in ("Préface 3", "Les puits 7", "Les ports 19", "Annexes 31")]
    found = segment.segment_text("\n".join(["Sommaire", *entries, "", TEXT]), "x")
    assert found.dropped.rule.tolist() == ["contents"] * 5
    found = segment.segment_text("\n".join(["Les eaux", *entries, "", TEXT]), "x")
    assert found.dropped.rule.tolist() == ["table"] * 4


@pytest.mark.parametrize("line", ["." * 50_000, "a " * 30_000 + "9", "_" * 20_000 + "x", ". " * 20_000, "…" * 20_000])
def test_long_lines_are_read_at_once(line: str) -> None:
    assert of(f"Sommaire\n{line}\n{line}") in ([], ["Sommaire", line.strip(), line.strip()], [line.strip()] * 2)
