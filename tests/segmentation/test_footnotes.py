"""Footnotes: out of the sentences, tied to the place that calls them; and the marks that readers of formats set."""

from __future__ import annotations

import pytest
from pries.base.places import LEXICONS, SETTINGS
from pries.reading.marks import call, heading, left_out, plain, uncalled
from pries.segmentation import segment

RULES = segment.Rules.read(LEXICONS, SETTINGS)
FOOT = "\n\n____________\n"


def read(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs as `name text` with `^mark` where a note is called, and the notes as `mark: text`."""
    made = segment.segment_rows(text, "essai", RULES)
    texts = {row[1]: row[8] for row in made["paragraphs"]}
    for _, _, mark, paragraph, start, _, _ in reversed(made["footnotes"]):
        if paragraph:
            texts[paragraph] = f"{texts[paragraph][:start]}^{mark}{texts[paragraph][start:]}"
    return [f"{name} {text}" for name, text in texts.items()], [f"{row[2]}: {row[5]}" for row in made["footnotes"]]


@pytest.mark.parametrize(
    ("body", "note", "shown", "told"),
    [
        ("1. Il prie les États¹ d’agir.", "¹ Note 45/158.", "1 Il prie les États^1 d’agir.", "1: Note 45/158."),
        ("1. Il prie les États d’agir.²", "² Ibid.", "1 Il prie les États d’agir.^2", "2: Ibid."),
        ("1. Le rapport* est bref.", "* A/68/150.", "1 Le rapport^* est bref.", "*: A/68/150."),
        ("1. Les migrants3 sont venus.", "3 Voir plus haut.", "1 Les migrants^3 sont venus.", "3: Voir plus haut."),
        ("1. Il suit\nles travaux¹ du Comité.", "¹ Voir la\nrésolution 61/208.", "1 Il suit les travaux^1 du Comité.",
         "1: Voir la résolution 61/208."),
        # no note has that mark, so that it is no call
        ("1. Une surface de 30 m² suffit.", "¹ Estimation.", "1 Une surface de 30 m² suffit.", "1: Estimation."),
        ("1. La vitamine B12 manque.", "1 Estimation.", "1 La vitamine B12 manque.", "1: Estimation."),
    ],
)  # fmt: skip
def test_a_note_is_tied_to_its_call(body: str, note: str, shown: str, told: str) -> None:
    assert read(body + FOOT + note) == ([shown], [told])


def test_numbers_that_begin_again_go_to_their_own_page() -> None:
    page = "{}. Il prie les {}¹ d’agir." + FOOT + "¹ Note sur les {}.\n\n"
    shown, told = read(page.format(1, "États", "États") + "\f" + page.format(2, "villes", "villes"))
    assert shown == ["1 Il prie les États^1 d’agir.", "2 Il prie les villes^1 d’agir."]
    assert told == ["1: Note sur les États.", "1: Note sur les villes."]


def test_the_sentence_and_its_offsets_know_nothing_of_the_call() -> None:
    made = segment.segment_rows("1. Il a dit :\na) D’agir¹;\nb) De voir.\n\n____\n¹ Voir A/68/50.", "essai", RULES)
    (paragraph,) = made["paragraphs"]
    assert [paragraph[8][row[6] : row[7]] for row in made["sentences"]] == [row[8] for row in made["sentences"]]
    assert [row[8] for row in made["sentences"]] == ["Il a dit :", "a) D’agir;", "b) De voir."]


# --- what the readers of formats mark --------------------------------------------------------------------


def test_marked_lines_are_left_out_under_their_rule() -> None:
    text = (
        f"{left_out('running head')}A/68/370\n\n1. Il prie les États{call('7')} d’agir.\n"
        f"{left_out('footnote 7')}7 Voir plus haut,\n{left_out('footnote 7')}page 3.\n\n"
        f"{left_out('table')}Pays\tAnnée\n\n\f{left_out('page number')}3\n2. Il prie les villes d’agir."
    )
    made = segment.segment_rows(text, "essai", RULES)
    assert [(row[1], row[3]) for row in made["dropped"]] == [
        (1, "running head"), (4, "footnote"), (5, "footnote"), (7, "table"), (9, "page number"),
    ]  # fmt: skip
    assert read(text) == (
        ["1 Il prie les États^7 d’agir.", "2 Il prie les villes d’agir."], ["7: Voir plus haut, page 3."],
    )  # fmt: skip


def test_a_page_break_before_a_marked_line_is_one() -> None:
    text = f"1. Il prie les\n\f{left_out('running head')}A/68/370\nÉtats d’agir.\n\n2. Fin."
    assert read(text)[0] == ["1 Il prie les États d’agir.", "2 Fin."]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (heading(1) + "Travaux de la session", "heading:1"),
        (heading(2) + "A. Travaux de la session.", "heading:A"),
        (heading(2) + "3. Travaux de la session.", "heading:3"),
        (heading(1) + "Un long titre " * 40, "p1"),  # no title is as long as that
    ],
)
def test_a_heading_by_the_format(line: str, name: str) -> None:
    made = segment.segment_rows(f"{line}\n\nLe Comité a siégé trois jours à Genève.", "essai", RULES)
    assert made["paragraphs"][0][1] == name


def test_a_source_cannot_write_marks() -> None:
    assert plain(left_out("table") + "Il prie" + call("1")) == "tableIl prie1"
    assert uncalled(f"ab{call('1')}cd{call('*')}") == ("abcd", [(2, "1"), (4, "*")])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"1. Les États {call('1')} {call('2')} ont été priés d’agir.", "1 Les États ^1ont été priés d’agir."),
        (f"{call('1')} Ils agiront.", "p1 ^1Ils agiront."),
        (f"1. Ils agiront {call('1')}", "1 Ils agiront^1"),
        (
            f"1. Prie les États : {call('1')}\n\na) D’agir;\n\nb) De voir;",
            "1 Prie les États : ^1a) D’agir; b) De voir;",
        ),
    ],
)
def test_a_call_between_spaces_leaves_one(line: str, shown: str) -> None:
    assert read(f"{line}\n{left_out('footnote 1')}Ibid.")[0] == [shown]


def test_a_note_is_joined_as_a_paragraph_is() -> None:
    """Soft hyphens go, and a note that calls another one shows its mark."""
    note = left_out("footnote 1")
    made = segment.segment_rows(f"1. Agir{call('1')}.\n{note}Gouver\u00ad\n{note}nements{call('2')}.", "essai", RULES)
    assert [row[5] for row in made["footnotes"]] == ["Gouvernements2."]
    assert [row[2] for row in made["dropped"]] == ["Gouver\u00ad", "nements2."]


# --- calls that no note answers, and notes each under the other --------------------------------------------


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("1. Les maires¹ doivent nettoyer² la place.", "1 Les maires doivent nettoyer la place."),
        ("1. Les maires doivent agir.³", "1 Les maires doivent agir."),
        ("1. Les maires[4] doivent agir[5].", "1 Les maires doivent agir."),
        ("1. Le conseil* demande de nettoyer** la place.", "1 Le conseil demande de nettoyer la place."),
        ("1. Il faut *vraiment* planter.", "1 Il faut *vraiment* planter."),
        ("1. Il faut **planter\ndes arbres** au parc.", "1 Il faut **planter des arbres** au parc."),
        ("1. Un terrain de 300 m² et 4 km².", "1 Un terrain de 300 m² et 4 km²."),
        ("1. Les habitant*e*s sont là.", "1 Les habitant*e*s sont là."),
    ],
)
def test_a_call_never_sticks_to_its_word(body: str, shown: str) -> None:
    assert read(body)[0] == [shown]


def test_notes_with_raised_marks_follow_each_other() -> None:
    notes = "¹ Voir la loi.\n² Voir le décret.\n³ Arrêté no 12."
    shown, told = read("1. Les maires¹ ont été priés² de planter³ des arbres." + FOOT + notes)
    assert shown == ["1 Les maires^1 ont été priés^2 de planter^3 des arbres."]
    assert told == ["1: Voir la loi.", "2: Voir le décret.", "3: Arrêté no 12."]


@pytest.mark.parametrize("end", ["parc.4", "parc.⁴", "parc »¹."])
def test_a_paragraph_that_ends_in_a_call_is_no_heading(end: str) -> None:
    made = segment.segment_rows(f"Le conseil demande au maire de nettoyer le {end}\n\nLe maire agira.", "essai", RULES)
    assert [row[5] for row in made["paragraphs"]] == ["paragraph", "paragraph"]
