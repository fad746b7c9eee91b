"""Records of debates: who speaks in each paragraph, and which lines are stage directions."""

from __future__ import annotations

import layouts
import pytest
from pries.segmentation import segment
from pries.segmentation.records import Block, speakers

PRESIDENT, DIAZ = "Le Président", "Mme Diaz (Valdanie)"


def spoken(*texts: str) -> list[str]:
    """Who speaks in each line; "# " begins a heading, "-" stands for a stage direction."""
    blocks = [Block(text.startswith("# "), text.removeprefix("# ")) for text in texts]
    found, directions = speakers(blocks)
    return ["-" if rank in directions else who for rank, who in enumerate(found)]


@pytest.mark.parametrize(
    ("label", "who"),
    [
        ("Mme Diaz (Valdanie) (parle en espagnol) : ", DIAZ),
        ("M. Okoro (Littorie) : ", "M. Okoro (Littorie)"),
        ("Le Président (interprétation de l’anglais) : ", PRESIDENT),
        ("S. E. M. Anton de La Tour : ", "S. E. M. Anton de La Tour"),
        ("M. le président. ", "M. le président"),
        ("Mme Anne-Marie Roy. ", "Mme Anne-Marie Roy"),
        ("M. le ministre de la pêche. ", "M. le ministre de la pêche"),
        ("LE PRÉSIDENT. – ", "LE PRÉSIDENT"),
        ("M. DUPONT-ROY. — ", "M. DUPONT-ROY"),
        ("La rapporteuse spéciale : ", "La rapporteuse spéciale"),
        ("Mme Roy, rapporteure générale : ", "Mme Roy"),
        ("– La Haute-Commissaire : ", "La Haute-Commissaire"),
    ],
)
def test_labels_of_speakers(label: str, who: str) -> None:
    assert spoken(f"{label}Il faut agir.", "M. Sow : Je n’en doute pas.") == [who, "M. Sow"]


def test_a_speech_lasts_until_the_next_label_or_a_heading() -> None:
    opened = ["La séance est ouverte.", "Le Président : Bonjour.", "Agissons."]
    lines = [*opened, "Mme Diaz (Valdanie) : Oui.", "(Rires)", "Suite.", "M. Sow : Non.", "# Point 3", "Texte."]
    assert spoken(*lines) == ["", PRESIDENT, PRESIDENT, DIAZ, "-", DIAZ, "M. Sow", "", ""]


def test_in_a_summary_record_the_subject_speaks_and_a_pronoun_goes_on() -> None:
    lines = ["M. Okoro (Littorie) dit que les eaux montent.", "Il ajoute que la pluie dure.", "Le projet est adopté."]
    lines += ["Mme Diaz (Valdanie), de nouveau, s’en félicite.", "La Présidente invite les délégations à voter."]
    assert spoken(*lines) == ["M. Okoro (Littorie)", "M. Okoro (Littorie)", "", DIAZ, "La Présidente"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Le Président : c’est ainsi qu’on l’appelle.", "Le texte continue.", "Il est long."),
        ("M. Okoro (Littorie) a dirigé l’enquête.", "Elle a duré un an."),
        ("Le rapport : une introduction", "La réunion : bilan", "L’article 4 : des exceptions"),
        ("M. Sow a parlé. Puis il est parti.", "Mme Roy a répondu. Elle est restée."),
        ("Le Président a ouvert la séance.", "La Présidente a remercié les membres.", "Il a parlé."),
        ("Les ministres : aucun n’est venu.", "Les rapporteurs : tous sont là."),
    ],
)
def test_other_texts_are_no_records(lines: tuple[str, ...]) -> None:
    assert spoken(*lines) == [""] * len(lines)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("(Applaudissements)", True),
        ("(Vifs applaudissements sur les bancs de gauche.)", True),
        ("[Rires]", True),
        ("(La séance, suspendue à midi, est reprise à 14 heures.)", True),
        ("(Voir l’annexe.)", False),
        ("Applaudissements", False),
    ],
)
def test_stage_directions_outside_records(text: str, direction: bool) -> None:
    assert spoken("Il faut agir.", text, "Il est temps.")[1] == ("-" if direction else "")


def test_whatever_stands_alone_in_brackets_in_a_record_is_a_direction() -> None:
    assert spoken("M. Sow : Oui.", "(L’amendement 12 est retiré.)", "Mme Roy : Non.") == ["M. Sow", "-", "Mme Roy"]


def test_directions_stand_among_the_dropped_lines_and_in_no_paragraph() -> None:
    text = "Le Président : Il faut agir sans délai.\n\n(Applaudissements)\n\nM. Sow : Nous agirons demain.\n"
    made = segment.segment_text(text, "essai")
    assert made.dropped[["line", "text", "rule"]].to_numpy().tolist() == [[3, "(Applaudissements)", "stage direction"]]
    assert made.paragraphs["speaker"].tolist() == [PRESIDENT, "M. Sow"]
    assert made.paragraphs["paragraph"].tolist() == ["p1", "p2"]


def test_a_document_of_nothing_but_a_direction_is_read() -> None:
    assert segment.segment_text("(Applaudissements)\n", "essai").paragraphs["text"].tolist() == ["(Applaudissements)"]


def test_who_speaks_in_the_invented_record() -> None:
    document = next(one for one in layouts.DOCUMENTS if one.name == "compte_rendu")
    made = segment.segment_text(layouts.to_txt(document), "essai").paragraphs
    said = dict(zip(made["paragraph"], made["speaker"], strict=True))
    assert (said["2"], said["3"]) == ("M. Delorme (Valdanie)", "Mme Okoro (Littorie)")


SITTING = """M. le président. La parole est à Mme Lune.

Mme Lune. Vous devez ouvrir le port¹ (Applaudissements sur les bancs de la gauche) et curer le chenal (voir la carte).

(Très bien !) Merci.

M. Roc, ministre. Non. (Mme Lune proteste.)

____
¹ Décret du 3 mai.
"""


def test_directions_inside_a_speech_are_no_text_and_what_stands_in_brackets_otherwise_is() -> None:
    made = segment.segment_text(SITTING, "d")
    assert made.paragraphs["text"].tolist()[1:] == [
        "Mme Lune. Vous devez ouvrir le port et curer le chenal (voir la carte).",
        "Merci.",
        "M. Roc, ministre. Non.",
    ]
    said = made.dropped[made.dropped["rule"] == "stage direction"]["text"].tolist()
    assert said == ["(Applaudissements sur les bancs de la gauche)", "(Très bien !)", "(Mme Lune proteste.)"]
    assert made.footnotes["text"].tolist() == ["Décret du 3 mai."]


def test_a_turn_without_a_full_stop_is_no_title_nor_is_a_label_with_its_value() -> None:
    text = (
        "Réunion du comité des digues\n\nLieu : salle des cartes\n\nM. Okoro : Le mur est haut.\n\n"
        "Mme Diaz : Je propose d’attendre (Rires)\n\nM. Okoro : La séance dure depuis midi.\n"
    )
    rows = segment.segment_text(text, "d").paragraphs
    assert rows.loc[rows["kind"] == "heading", "text"].tolist() == ["Réunion du comité des digues"]
    assert rows["speaker"].tolist() == ["", "", "M. Okoro", "Mme Diaz", "M. Okoro"]
