"""Layout: headings, numbers, items, furniture and titles, on documents of a few lines."""

from __future__ import annotations

import pytest
from pries.base.places import LEXICONS, SETTINGS
from pries.reading import enumeration, marks
from pries.segmentation import segment

RULES = segment.Rules.read(LEXICONS, SETTINGS)


def blocks(text: str) -> list[str]:
    """The paragraphs and headings as `name text`."""
    return [f"{row[1]} {row[8]}" for row in segment.segment_rows(text, "essai", RULES)["paragraphs"]]


def items(text: str) -> list[str]:
    """The sentences as `paragraph item text`."""
    found = segment.segment_rows(text, "essai", RULES)["sentences"]
    return [" ".join(filter(None, [row[3], row[4], row[8]])) for row in found]


def dropped(text: str) -> list[str]:
    """The lines left out as `line rule`."""
    return [f"{row[1]} {row[3]}" for row in segment.segment_rows(text, "essai", RULES)["dropped"]]


# --- one line -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("23. Soutient l’action menée;", "23 Soutient l’action menée;"),
        ("17.33 Le Bureau a été prié d’agir.", "17.33 Le Bureau a été prié d’agir."),
        ("29C.37 La Division devrait agir.", "29C.37 La Division devrait agir."),
        ("2015. Les États agiront.", "2015 Les États agiront."),
        ("4. Rapport sur le Plan d’action, 2014-2017", "4 Rapport sur le Plan d’action, 2014-2017"),
        ("b) Le Gouvernement a été prié d’agir;", "p1 b) Le Gouvernement a été prié d’agir;"),
        ("L’Assemblée générale,", "p1 L’Assemblée générale,"),
        ("Le Comité recommande au Conseil d’agir :", "p1 Le Comité recommande au Conseil d’agir :"),
        ("Rapports périodiques du Secrétaire général", "p1 Rapports périodiques du Secrétaire général"),
        ("M. Diallo a été prié de répondre", "p1 M. Diallo a été prié de répondre"),
        ("I. Le Comité a été prié d’agir.", "p1 I. Le Comité a été prié d’agir."),
        ("10 points pour la protection", "p1 10 points pour la protection"),
        ("A/68/370", "p1 A/68/370"),
        ("12", "p1 12"),
        ("http://undocs.org/A/68/370", "p1 http://undocs.org/A/68/370"),
        ("___________", "p1 ___________"),
        ("IV. Débat général", "heading:IV Débat général"),
        ("B. Femmes et enfants migrants", "heading:B Femmes et enfants migrants"),
        ("Annexe", "heading:annex Annexe"),
    ],
)
def test_a_document_of_one_line_is_text_unless_it_is_a_title_by_form(line: str, expected: str) -> None:
    assert blocks(line) == blocks(line + "\n") == blocks("\n \n" + line + "\r\n") == [expected]
    assert dropped(line) == []


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a year and a count inside a sentence are no numbers of paragraphs, whatever the line
        (
            "1. Le plan de l’après-\n2015. En effet, il tarde\nbien.",
            ["1 Le plan de l’après-2015. En effet, il tarde bien."],
        ),
        ("1. Le plan en\n10 points pour la paix\nest là.", ["1 Le plan en 10 points pour la paix est là."]),
        ("1. Il cite le paragraphe\n2. Il cite la page\ntrois.", ["1 Il cite le paragraphe 2. Il cite la page trois."]),
        ("7. Tout va.\n8. Rien ne va.", ["7 Tout va.", "8 Rien ne va."]),
        ("7. Tout va.\n\n9. Rien ne va.", ["7 Tout va.", "9 Rien ne va."]),
        ("12. Un.\n\n12. Deux.\n\n13. Trois.", ["12 Un.", "12#2 Deux.", "13 Trois."]),
        ("1. Un.\n\n2. Deux.\n\n1. Trois.\n\n3. Quatre.", ["1 Un.", "2 Deux.", "1#2 Trois.", "3 Quatre."]),
        ("17.33 Un.\n\n17.34 Deux.\n\n18.1 Trois.", ["17.33 Un.", "17.34 Deux.", "18.1 Trois."]),
        ("1.\n\nLe Comité a agi.\n\n2.\n\nIl attend.", ["1 Le Comité a agi.", "2 Il attend."]),
        ("Un.\n\n1. Deux.\n\nTrois.", ["p1 Un.", "1 Deux.", "p2 Trois."]),
        ("Rappelant le passé,\n\n1. Décide d’agir;", ["p1 Rappelant le passé,", "1 Décide d’agir;"]),
        ("§ 7 Tout va.\n\n§ 8. Rien ne va.", ["7 Tout va.", "8 Rien ne va."]),
        ("7) Tout va.\n\n8) Rien ne va.", ["7 Tout va.", "8 Rien ne va."]),
        ("(7) Tout va.\n(8) Rien ne va.", ["7 Tout va.", "8 Rien ne va."]),
        # in a list, "1)" and "2)" are items; they end no numbering of the same form
        ("1. Un.\n\n1) Deux.\n\n2) Trois.", ["1 Un. 1) Deux. 2) Trois."]),
        ("Il prie de :\n\n1) Créer;\n\n2) Agir.", ["p1 Il prie de : 1) Créer; 2) Agir."]),
        (
            "1) Un.\n\n2) Il prie de :\n\n1) Créer;\n\n2) Voir;\n\n3) Agir.\n\n3) Trois.",
            ["1 Un.", "2 Il prie de : 1) Créer; 2) Voir; 3) Agir.", "3 Trois."],
        ),
    ],
)
def test_numbers_are_told_by_their_sequence(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


def test_numbers_start_again_in_an_annex() -> None:
    text = "1. Un.\n\nAnnexe I\n\n1. Deux.\n\nTrois.\n\nAnnexe II\n\n1. Quatre.\n"
    assert blocks(text) == [
        "1 Un.",
        "heading:annex Annexe I",
        "annex:1 Deux.",
        "annex:p1 Trois.",
        "heading:annex2 Annexe II",
        "annex2:1 Quatre.",
    ]


def test_an_annex_to_a_letter_is_one_and_a_sentence_about_an_annex_is_none() -> None:
    text = "1. Un.\n\nAnnexe à la lettre datée du 3 mai 2044, adressée\nau Président du Conseil\n\n1. Deux.\n"
    assert blocks(text)[1:] == [
        "heading:annex Annexe à la lettre datée du 3 mai 2044, adressée au Président du Conseil",
        "annex:1 Deux.",
    ]
    text = "1. Un.\n\nAnnexe au rapport, le tableau donne la liste des États qui ont\nété priés d’agir.\n\n2. Deux.\n"
    assert [block.split()[0] for block in blocks(text)] == ["1", "p1", "2"]


def test_titles_stand_above_a_preamble() -> None:
    text = "Droits des pêcheurs\n\nL’Assemblée générale,\n\nRappelant le passé,\n\n1. Décide d’agir;\n"
    assert blocks(text)[0] == "heading:1 Droits des pêcheurs"


# --- headings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. Un\nA. Deux\n1. Texte.\nB. Trois\n2. Texte.", ["I", "I.A", "I.B"]),
        ("H. Un\n\nTexte.\n\nI. Deux\n\nTexte.", ["H", "I"]),
        ("III. Un\n\nTexte.\n\nA. Deux\n\nTexte.\n\nIV. Trois\n\nTexte.", ["III", "III.A", "IV"]),
        ("I. Faits\n\n7. Un.\n\n1. Cadre\n\n8. Deux.\n\n2. Suite\n\n9. Trois.", ["I", "I.1", "I.2"]),
        ("I. Faits\n\n7. Un.\n\na) Cadre\n\n8. Deux.", ["I", "I.a"]),
        ("1. Cadre\n\nLe Comité a agi.\n\n2. Suite\n\nIl attend.", ["1", "2"]),
        ("1. Ouverture\n2. Ordre du jour\n3. Divers", []),
        ("Résumé\n\nLe Comité a agi.\n\nI. Suite\n\nIl attend.", ["1", "I"]),
        ("Les pays :\n\nFrance\n\nLe Comité a agi.", []),
        ("Première partie\nLe texte commence ici et il continue sur plusieurs lignes, comme\nil se doit.", ["1"]),
    ],
)
def test_headings_are_told_by_label_sequence_and_form(text: str, expected: list[str]) -> None:
    found = [name.split()[0] for name in blocks(text) if name.startswith("heading:")]
    assert found == ["heading:" + label for label in expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("➢ Scénario sobre", ["heading:1 Scénario sobre", "p2 Les ports seront fermés."]),
        ("\uf0d8 Scénario sobre", ["heading:1 Scénario sobre", "p2 Les ports seront fermés."]),
        ("➢ Fermer les ports", ["p2 Les ports seront fermés."]),  # what is to be done, no title
        ("– Scénario sobre", ["p2 Les ports seront fermés."]),  # a dash that may belong to the text
        ("➢ Scénario sobre\n\n➢ Scénario cher", ["p2 Les ports seront fermés."]),  # a list
    ],
)
def test_one_bullet_between_two_paragraphs_stands_before_a_title(line: str, expected: list[str]) -> None:
    assert blocks(f"La pêche recule depuis dix ans.\n\n{line}\n\nLes ports seront fermés.\n")[1:] == expected


def test_a_title_may_run_over_lines_and_its_role_goes_down() -> None:
    text = "I. Droits de l’homme\net développement\n\nII. Conclusions\n\nA. Suite\n\n1. Texte.\n\nTexte.\n"
    rows = segment.segment_rows(text, "essai", RULES)["paragraphs"]
    assert [(row[2], row[3], row[4]) for row in rows] == [
        ("I", "Droits de l’homme et développement", "body"),
        ("II", "Conclusions", "conclusion"),
        ("II.A", "Suite", "conclusion"),
        ("II.A", "Suite", "conclusion"),
        ("II.A", "Suite", "conclusion"),
    ]


# --- items --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2. Il prie de :\n\na) Créer;\n\nb) Agir.", ["2 Il prie de :", "2 a a) Créer;", "2 b b) Agir."]),
        (
            "2. Il prie de :\na) Créer. Vite;\nb) Agir.",
            ["2 Il prie de :", "2 a a) Créer.", "2 a Vite;", "2 b b) Agir."],
        ),
        ("Il prie de :\n\n– Créer;\n\n– Agir.", ["p1 Il prie de :", "p1 1 – Créer;", "p1 2 – Agir."]),
        ("Il prie de :\n• Créer;\n• Agir.", ["p1 Il prie de :", "p1 1 • Créer;", "p1 2 • Agir."]),
        (
            "Il prie :\n\na) De voir :\n\ni) Un;\n\nii) Deux;\n\nb) D’agir.",
            ["p1 Il prie :", "p1 a a) De voir :", "p1 a.i i) Un;", "p1 a.ii ii) Deux;", "p1 b b) D’agir."],
        ),
        ("Il prie :\n\nh) Un;\n\ni) Deux.", ["p1 Il prie :", "p1 h h) Un;", "p1 i i) Deux."]),
        (
            "1. Il prie les États : a) de voir ce qui est et\nb) d’agir. Ils attendent.",
            ["1 Il prie les États :", "1 a a) de voir ce qui est et", "1 b b) d’agir.", "1 Ils attendent."],
        ),
        ("a) Créer;\n\nb) Agir;", ["p1 a a) Créer;", "p1 b b) Agir;"]),
    ],
)
def test_items_belong_to_the_paragraph_above(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("label", "value"), [("I", 1), ("IV", 4), ("XIX", 19), ("XL", 40), ("MCMXC", 1990), ("IIII", 0), ("AB", 0)]
)
def test_roman_numerals(label: str, value: int) -> None:
    assert enumeration.roman(label) == value


def test_letters_go_on_after_z() -> None:
    assert [enumeration.letter(label) for label in ("a", "z", "aa", "bb", "ab", "", "é")] == [1, 26, 27, 28, 0, 0, 0]


# --- furniture ----------------------------------------------------------------------------------------

TEXT = "Les gouvernements ont été priés d’agir sans"
REST = "tarder dans ce domaine."


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("A/68/370", "symbol"),
        ("S/2015/249", "symbol"),
        ("A/HRC/35/25/Add.1", "symbol"),
        ("E/CN.6/2015/L.5/Rev.1", "symbol"),
        ("NPT/CONF.2015/WP.38", "symbol"),
        ("13-46142 2/15", "job number"),
        ("13-461422/15", "job number"),
        ("2/15 13-46142", "job number"),
        ("GE.17-06354 (F) 160517 180517", "job number"),
        ("V.15-02345 3", "job number"),
        ("https://undocs.org/fr/A/68/370", "address"),
        ("- 3 -", "page number"),
        ("3/15", "page number"),
        ("12", "page number"),
        ("_____________", "rule"),
        ("| |", "rule"),
    ],
)
def test_furniture_inside_a_sentence_is_dropped_and_the_sentence_joined(lines: str, rule: str) -> None:
    text = f"1. {TEXT}\n\n{lines}\n\n{REST}\n"
    assert blocks(text) == [f"1 {TEXT} {REST}"]
    assert dropped(text) == [f"3 {rule}"]


@pytest.mark.parametrize("line", ["A/68/370", "https://undocs.org/fr/A/68/370", "12", "* De prier"])
def test_the_same_form_inside_a_run_of_text_is_text(line: str) -> None:
    text = f"1. {TEXT}\n{line}\n{REST}\n"
    assert dropped(text) == []
    assert line in blocks(text)[0]


def test_footnotes_at_the_foot_of_a_page_are_dropped() -> None:
    text = f"1. {TEXT}\n\n* A/68/150.\n\n2 Résolution 67/219 de\nl’Assemblée.\n\nA/68/370\n\n{REST}\n"
    assert dropped(text) == ["3 footnote", "5 footnote", "6 footnote", "8 symbol"]
    assert blocks(text) == [f"1 {TEXT} {REST}"]


def test_a_list_with_stars_is_text() -> None:
    text = "Il prie :\n\n* De créer;\n\n* D’agir.\n"
    assert dropped(text) == []
    assert items(text) == ["p1 Il prie :", "p1 1 * De créer;", "p1 2 * D’agir."]


def test_a_date_in_a_masthead_is_dropped_and_one_elsewhere_is_text() -> None:
    assert dropped("Distr. générale\n\n3 mai 2044\n\n1. Un.\n") == ["1 masthead", "3 masthead"]
    assert dropped("Le Comité,\n\n3 mai 2044\n\n1. Un.\n") == []


def test_a_table_with_figures_is_dropped_and_a_list_of_names_is_text() -> None:
    table = "Région     Demandes\nAfrique    14\nEurope     3,5 %\n"
    assert dropped(f"1. Un.\n\n{table}\n2. Deux.\n") == ["3 table", "4 table", "5 table"]
    assert dropped("1. Un.\n\nRégion\tSiège\nAfrique\tNairobi\n\n2. Deux.\n") == []
    assert dropped("1.   Un.\n2.   Deux.\n3.   Trois.\n") == []


def test_running_heads_are_told_by_coming_back_on_the_pages() -> None:
    page = "\fConseil des migrations, page {}\n\n{}. Les États ont été priés d’agir.\n\n"
    text = "".join(page.format(n, n) for n in range(1, 5))
    assert dropped(text) == [f"{4 * n - 3} running head" for n in range(1, 5)]
    assert blocks(text) == [f"{n} Les États ont été priés d’agir." for n in range(1, 5)]


def test_text_at_the_top_of_a_page_goes_on_with_a_numbered_paragraph() -> None:
    text = "1. Un.\n\n2. Deux.\n\n3. Trois.\n\n13-46142 3/15\n\nSuite de trois.\n\nReste.\n"
    assert blocks(text) == ["1 Un.", "2 Deux.", "3 Trois. Suite de trois.", "p1 Reste."]


# --- joining ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la problématique hommes-\nfemmes est là.", "la problématique hommes-femmes est là."),
        ("les gouver-\nnements et les gouvernements", "les gouvernements et les gouvernements"),
        ("les inter-\nventions et les élus", "les inter-ventions et les élus"),
        ("le vice-\nprésident, viceprésident, vice-président", "le vice-président, viceprésident, vice-président"),
        ("les gouver\u00ad\nnements et les\u00adquels", "les gouvernements et lesquels"),
        ("ceux de l’\nAssemblée et\ndes autres", "ceux de l’Assemblée et des autres"),
        ("ceux-ci –\nles autres", "ceux-ci – les autres"),
        ("les États et/\nou les autres", "les États et/ou les autres"),
        ("les\u00a0États\u202f: les non\u2011migrants, \ufb01n", "les États : les non-migrants, fin"),
        ("l’e\u0301tat\tdes  lieux", "l’état des lieux"),
    ],
)
def test_lines_are_joined_and_characters_made_plain(text: str, expected: str) -> None:
    assert blocks(text) == ["p1 " + expected]


def test_a_text_that_is_not_hard_wrapped_has_a_paragraph_on_every_line() -> None:
    text = "L’Assemblée générale,\nRappelant le passé,\nPrie les États d’agir;\nDécide d’en rester saisie.\n"
    assert blocks(text) == [f"p{n} {line}" for n, line in enumerate(text.splitlines(), start=1)]


# --- lists whose marks paragraphs and titles may have too ------------------------------------------------


@pytest.mark.parametrize("sign", list("•◦▪●○■□➢➤✓►❖→−·‣*–—-\uf0b7\uf0a7\uf0d8\uf0fc"))
def test_any_bullet_opens_an_item(sign: str) -> None:
    text = f"4. Le maire doit :\n\n{sign} nettoyer la place ;\n\n{sign}\tplanter des arbres."
    assert items(text) == ["4 Le maire doit :", f"4 1 {sign} nettoyer la place ;", f"4 2 {sign} planter des arbres."]


@pytest.mark.parametrize("sign", list("•■➢\uf0b7"))
def test_a_bullet_may_stick_to_its_word(sign: str) -> None:
    text = f"4. Le maire doit :\n\n{sign}nettoyer la place ;\n\n{sign}planter des arbres."
    assert items(text)[1:] == [f"4 1 {sign}nettoyer la place ;", f"4 2 {sign}planter des arbres."]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("1.", "2.", "1 2"),
        ("1 –", "2 –", "1 2"),
        ("a.", "b.", "a b"),
        ("a -", "b -", "a b"),
        ("A.", "B.", "A B"),
        ("i.", "ii.", "i ii"),
        ("I.", "II.", "I II"),
        ("1°", "2°", "1 2"),
        ("1°)", "2°)", "1 2"),
        ("1-", "2-", "1 2"),
        ("3.", "4.", "3 4"),  # Word counts on from the list before
    ],
)
@pytest.mark.parametrize("lead", ["7. Le maire devrait :", "Le conseil demande au maire de :"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_colon_and_its_form_tell_an_item(first: str, second: str, names: str, lead: str, gap: str) -> None:
    text = gap.join([lead, f"{first} Nettoyer la place ;", f"{second} Planter des arbres."])
    name, lead = ("7", lead[3:]) if lead.startswith("7") else ("p1", lead)
    one, two = names.split()
    assert items(text) == [
        f"{name} {lead}",
        f"{name} {one} {first} Nettoyer la place ;",
        f"{name} {two} {second} Planter des arbres.",
    ]


def test_after_a_list_of_numbers_the_paragraphs_go_on() -> None:
    text = "4. Le maire devrait :\n\n1. Nettoyer la place ;\n\n2. Planter des arbres.\n\n5. Le conseil se réunit."
    assert [line.split()[0] for line in blocks(text)] == ["4", "5"]


def test_the_end_of_a_word_alone_on_its_line_is_no_part_of_a_compound() -> None:
    for text, whole in (
        ("Le maire cure tous les fos-\nsés.", "Le maire cure tous les fossés."),
        ("Le maire visite le sous-\nsol.", "Le maire visite le sous-sol."),
        ("Le maire veut la non-\nableté et le bien-\nêtre.", "Le maire veut la non-ableté et le bien-être."),
    ):
        assert segment.segment_text(text, "d").paragraphs["text"].tolist() == [whole]


def test_a_numbered_thing_under_a_colon_is_an_item() -> None:
    text = (
        "La demande comprend :\n\n1. Le bail signé ;\n\n2. Une copie du plan ;\n\n3. Toute autre pièce.\n\nElle plaît."
    )
    assert [line.split()[0] for line in blocks(text)] == ["p1", "p2"]


def test_a_caption_never_goes_on_with_what_stands_below_its_table() -> None:
    text = "Tableau 3. Puits du canton\n\f\nSource : cadastre de 2041\n\nErreur ! Source du renvoi introuvable.\n\nFin."
    found = segment.segment_text(text, "d")
    assert found.paragraphs["text"].tolist() == ["Tableau 3. Puits du canton", "Source : cadastre de 2041", "Fin."]
    assert found.dropped["rule"].tolist() == ["field error"]


def test_a_list_may_stand_in_a_list() -> None:
    text = "4. Le maire devrait :\n\n1. Nettoyer :\n\na. la place ;\n\nb. le parc ;\n\n2. Planter des arbres."
    assert [line.split()[1] for line in items(text)[1:]] == ["1", "1.a", "1.b", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "Observations générales :\n\n1. Le conseil a visité le parc.\n\n2. Il en a parlé.",
        "Le conseil adresse au maire l’avis suivant :\n\n1. Nettoyer la place.\n\n2. Planter des arbres.",
        "Le maire veille à ceci :\n\n1. La place doit être propre ;\n\n2. Le parc doit être ouvert.",
        "Le conseil décide ce qui suit :\n\n1. Demande au maire d’agir ;\n\n2. Décide de se réunir.",
    ],
)
def test_a_colon_before_numbered_paragraphs_makes_no_list(text: str) -> None:
    assert [line.split()[0] for line in blocks(text)][-2:] == ["1", "2"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("L’essentiel", "summary"),
        ("Messages clés à l’intention des décideurs", "summary"),
        ("Note de synthèse", "summary"),
        ("À retenir", "summary"),
        ("En guise de conclusion", "conclusion"),
        ("Nos 12 recommandations", "conclusion"),
        ("Liste des recommandations", "conclusion"),
        ("Préconisations de la mission", "conclusion"),
        ("Pistes d’action pour les communes", "conclusion"),
        ("Prochaines étapes", "conclusion"),
        ("Documents annexes", "annex"),
        ("Mise en œuvre des recommandations", ""),
        ("Suivi des recommandations précédentes", ""),
        ("Proposition de loi", ""),
        ("Actions menées en 2030", ""),
    ],
)
def test_roles_of_titles_that_others_than_the_un_use(title: str, role: str) -> None:
    assert RULES.roles.of(title) == role


def test_deep_numbers_may_stand_before_small_letters_and_decimals_may_not() -> None:
    text = (
        "1.1 Les ports sont anciens.\n\n1.2 Les mesures suivantes sont recommandées :\n\n1.2.1 ouvrir les quais ;\n\n"
    )
    assert blocks(f"{text}1.2.2 former les agents ;\n\n1.3 million de tonnes y passent chaque année.\n") == [
        "1.1 Les ports sont anciens.", "1.2 Les mesures suivantes sont recommandées :", "1.2.1 ouvrir les quais ;",
        "1.2.2 former les agents ;", "p1 1.3 million de tonnes y passent chaque année.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "7.1 Aux villes du delta\n\n1. Curer les canaux.\n\n7.2 Aux ports\n\n2. Baliser les chenaux.\n",
        "3. Entretien des haies\n\nM. Roux a parlé des haies.\n\n4. Divers\n\nLa séance est levée.\n",
        "7.1 Le delta\n\n7.1.1 Les canaux\n\nIls sont envasés.\n",
    ],
)
def test_a_numbered_title_stands_above_inner_numbers_and_above_what_a_speaker_says(text: str) -> None:
    kinds = segment.segment_text(text, "d").paragraphs["kind"].tolist()
    assert kinds[0] == "heading"
    assert kinds[-2] == "heading"


def test_parts_of_a_number_go_on_with_its_list_and_others_are_paragraphs() -> None:
    text = (
        "2. Le Congrès appelle les villes :\n\n2.1. à planter des arbres ;\n\n2.2. s'agissant de l'eau :\n\n"
        "2.2.1. à réparer les conduites ;\n\n3. Le Congrès note ce qui suit :\n\n3.1 Les puits sont à sec.\n"
    )
    made = segment.segment_text(text, "d")
    assert made.paragraphs["paragraph"].tolist() == ["2", "3", "3.1"]
    assert made.sentences["item"].tolist()[:4] == ["", "2.1", "2.2", "2.2.1"]


def test_a_label_with_its_figure_is_no_title() -> None:
    made = segment.segment_text("Portée\n\nAnnée de départ : 2031\n\nLa ville plante des arbres.\n", "d")
    assert made.paragraphs["kind"].tolist() == ["heading", "paragraph", "paragraph"]


WIDE = "Une ligne de tableau en largeur, " * 6 + "la plus longue de toutes.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{WIDE}Pour draguer ces chenaux, la Régie a créé au printemps le Programme National\n"
        "Phares et Balises, qui a pour but de rendre les passes plus sûres aux navires\nde pêche du littoral.\n",
        f"{WIDE}{marks.cell()}Le bilan est celui de la Deuxième Communication des ports\n(DCP).\n\nIl est clos.\n",
    ],
)
def test_a_wrapped_line_before_a_capital_is_no_title(text: str) -> None:
    assert [block for block in blocks("\n".join([text] * 3)) if block.startswith("heading")] == []


def test_a_title_stands_directly_above_its_text() -> None:
    text = (
        f"{WIDE}Le port de pêche\nLa criée ouvre à l'aube et ferme quand les bateaux sont rentrés,\ntous les jours.\n"
    )
    assert "heading" in " ".join(blocks(text))


def test_the_head_of_a_mail_is_no_title() -> None:
    text = (
        "De : Service des ports\nÀ : Direction des quais\nCc : Mairie\nObjet : la grue\n\nIl faut repeindre la grue.\n"
    )
    assert set(segment.segment_text(text, "d").paragraphs["kind"]) == {"paragraph"}
