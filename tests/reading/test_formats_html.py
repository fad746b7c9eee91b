"""HTML: blocks, white space, lists, headings, notes, navigation, tables; pages made to do harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pries.reading.marks import CALL, END, LINE, Unreadable
from pries.reading.markup.web_page import read

SENTENCE = "Les gouvernements ont été priés de ratifier les deux conventions."
SHOWN = str.maketrans({CALL: "{", LINE: "<", END: ">"})


def lines(page: str) -> list[str]:
    """The blocks of a page; marks as `<rule>` and `{call>`."""
    return read(page, max_characters=100_000_000).removesuffix("\n").translate(SHOWN).split("\n\n")


@pytest.mark.parametrize(
    ("style", "attributes", "hides"),
    [
        ("", "hidden", True),
        ("", 'style="DISPLAY : NONE"', True),
        ("", 'style="color: red; opacity: 0"', True),
        ("", 'style="font-size:0px"', True),
        ("", 'style="opacity: 0.5"', False),
        ("", 'style="font-size: 0.9em"', False),
        (".x, #y { display: none }", "class=x", True),
        (".x, #y { display: none }", "id=y", True),
        ("p.x { visibility: hidden }", 'class="a x"', True),
        ("div.x { display: none }", "class=x", False),
        ("/* .x { display: none } */ .y { color: red }", "class=x", False),
        ("@media print { .x { display: none } } .y { color: red }", "class=x", False),
        (".menu .x { display: none }", "class=x", False),
    ],
)
def test_what_a_page_does_not_show_is_left_out_by_rule(style: str, attributes: str, hides: bool) -> None:
    page = f"<style>{style}</style><p>Les États agissent.<p {attributes}>Ils payent."
    assert lines(page) == ["Les États agissent.", "<hidden>Ils payent." if hides else "Ils payent."]


def test_what_is_not_shown_within_a_line_does_not_part_it() -> None:
    page = "<p>Les États <span hidden>qui payent</span> agissent."
    assert lines(page) == ["Les États agissent.", "<hidden>qui payent"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Un\n  <b>mot</b>é.<p>Deux.", ["Un moté.", "Deux."]),
        ("Un <div>deux<p>trois</p> quatre</div> cinq", ["Un", "deux", "trois", "quatre", "cinq"]),
        ("<p>Les &Eacute;tats&nbsp;: l&#8217;un &lt;&#xA0;l’autre", ["Les États : l’un < l’autre"]),
        ("<p>Un<br>deux<br/>trois</p>", ["Un\ndeux\ntrois"]),
        ("<pre>Un\n  deux\n</pre>", ["Un\ndeux"]),
        ("<p>hommes&shy;femmes", ["hommesfemmes"]),
        ("<title>Non</title><script>non()</script><style>p{}</style><noscript>Non</noscript><p>Oui.", ["Oui."]),
        ("<template><p>Non</p></template><p>Oui.", ["Oui."]),
        ("<p>A<!-- non -->B<?php non ?>C", ["ABC"]),
        ("<h1>Rapport</h1><h3>A. Santé</h3>", ["<heading 1>Rapport", "<heading 3>A. Santé"]),
        ("<h2>Droits<br>et devoirs</h2>", ["<heading 2>Droits et devoirs"]),
        (f"<h2>{SENTENCE}</h2>", [SENTENCE]),
        ("<p>\ufff9un\ufffa deux\ufffb&#xFFFA;heading 1&#xFFFB;", ["un deuxheading 1"]),
    ],
)
def test_blocks_become_lines_as_a_browser_shows_them(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>Un<li>Deux</ol>", ["1. Un", "2. Deux"]),
        ("<ol start=12><li>Un<li value=20>Deux<li>Trois</ol>", ["12. Un", "20. Deux", "21. Trois"]),
        ("<ol type=a start=26><li>Un<li>Deux</ol>", ["z) Un", "aa) Deux"]),
        ("<ol type=i><li>Un<li>Deux</ol>", ["i) Un", "ii) Deux"]),
        ("<ol type=I start=4><li>Un</ol>", ["IV. Un"]),
        ("<ol type=A><li>Un</ol><ol style='list-style-type: lower-alpha'><li>Un</ol>", ["A. Un", "a) Un"]),
        ("<ul><li>Un<li><p>Deux</p><p>Suite</p></ul>", ["• Un", "• Deux", "Suite"]),
        ("<ul style='list-style: none'><li>Un</ul>", ["Un"]),
        (
            "<ol><li>Un :<ol type=a><li>Deux<li>Trois</ol><li>Quatre</ol>",
            ["1. Un :", "a) Deux", "b) Trois", "2. Quatre"],
        ),
        ("<ul><li>a) Un<li>12. Deux</ul>", ["a) Un", "12. Deux"]),
        ("<li>Un", ["• Un"]),
        ("<ol start=99999999999999999999><li>Un</ol>", ["1. Un"]),
    ],
)
def test_items_have_their_numbers(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_navigation_is_left_out_but_not_the_header_of_an_article() -> None:
    page = (
        "<header>Site</header><nav><ul><li>Accueil</ul></nav><article><header><h1>Titre</h1></header><p>Un.</article>"
    )
    assert lines(page + "<aside>Voir aussi<br>plus</aside><footer>Fin</footer>") == [
        "<navigation>Site",
        "<navigation>• Accueil",
        "<heading 1>Titre",
        "Un.",
        "<navigation>Voir aussi\n<navigation>plus",
        "<navigation>Fin",
    ]


def test_a_box_in_an_article_is_text_and_a_list_of_links_is_none() -> None:
    box = "<aside><h3>Repère</h3><p>Le port devrait garder sa criée ouverte toute la nuit.</aside>"
    links = "<aside><a href=a>Le port devrait garder sa criée ouverte toute la nuit.</a></aside>"
    kept = ["<heading 3>Repère", "Le port devrait garder sa criée ouverte toute la nuit."]
    assert lines(f"<article><p>Un.</p>{box}{links}</article>{box}") == [
        "Un.",
        *kept,
        f"<navigation>{kept[1]}",
        "<navigation>Repère",
        f"<navigation>{kept[1]}",
    ]


def test_what_a_site_calls_a_menu_is_left_out_unless_it_holds_a_sentence() -> None:
    menus = '<div class="breadcrumb"><a>Accueil</a> &gt; Avis</div><div id="main-menu"><ul><li>Le port</ul></div>'
    text = '<div class="menu"><p>Le port devrait garder sa criée ouverte toute la nuit.</div>'
    title = '<h2>Outils <span class="mw-editsection">[<a>modifier</a>]</span></h2>'
    assert lines(menus + text + title) == [
        "<navigation>Accueil > Avis",
        "<navigation>• Le port",
        "Le port devrait garder sa criée ouverte toute la nuit.",
        "<heading 2>Outils",
        "<navigation>[modifier]",
    ]


def test_a_picture_stands_between_the_words_beside_it() -> None:
    assert lines("<p><a>Lien</a><img alt=a><b>Jeanne Arlot</b> propose un pont.") == [
        "Lien Jeanne Arlot propose un pont."
    ]


def test_a_link_that_skips_to_the_text_is_no_text_and_a_title_that_is_one_stays() -> None:
    page = '<a href="#texte">Aller au contenu principal</a><h1><a href="#a">Titre</a></h1><p><a href="#b">Un</a> port.'
    assert lines(page) == ["<navigation>Aller au contenu principal", "<heading 1>Titre", "Un port."]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Il faut agir<sup>2</sup> vite.", ["Il faut agir{2> vite."]),
        ("<p>Il faut agir.<sup>2, 3</sup>", ["Il faut agir.{2>{3>"]),
        ("<p>L’essai<sup>*</sup> sert<sup>[4]</sup>.", ["L’essai{*> sert{4>."]),
        ("<p>Un lac de 30 m<sup>2</sup>, au 1<sup>er</sup> mai.", ["Un lac de 30 m2, au 1er mai."]),
        (
            "<p>Il faut agir<sup>2</sup>.<p><sup>2</sup> Loi du 3 mai.",
            ["Il faut agir{2>.", "<footnote 2>Loi du 3 mai."],
        ),
        ("<p><sup>2</sup> Nul n’appelle cette ligne.", ["2 Nul n’appelle cette ligne."]),
        ("<p>On <s>doit</s><del>peut</del><span style='text-decoration:line-through'>va</span>agir", ["On agir"]),
    ],
)
def test_a_raised_figure_after_a_word_calls_a_note_and_struck_text_is_none(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<p>Agir<sup id=r1><a href='#n1'>1</a></sup>.<ol><li id=n1>Note. <a href='#r1'>↩</a></ol>",
            ["Agir{1>.", "<footnote 1>1. Note."],
        ),
        (
            "<p>Agir<a href='#_ftn1' name='_ref1'>[1]</a>.<div id=ftn1><p><a href='#_ref1' name='_ftn1'>[1]</a> Note.",
            ["Agir{1>.", "<footnote 1>Note."],
        ),
        (
            "<p>Agir<a class=footnote-ref href='#f'><sup>a</sup></a> vite.<p id=f><sup><a href='#x'>a</a></sup> Note.",
            ["Agir{a> vite.", "<footnote a>a Note."],
        ),
        ("<p>Voir <a href='#s'>1</a>.<p id=s>Suite.", ["Voir 1.", "Suite."]),
        ("<p>Agir<sup><a href='#ailleurs'>1</a></sup>.<p>Suite.", ["Agir{1>.", "Suite."]),
        ("<p>La 70<sup>e</sup> session", ["La 70e session"]),
        (f"<p>Un<sup><a href='#s'>1</a></sup>.<div id=s>{'mot ' * 2000}</div>", ["Un1.", ("mot " * 2000).strip()]),
    ],
)
def test_a_raised_link_to_what_follows_is_the_call_of_a_note(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


def test_cells_with_sentences_are_text_and_the_rest_of_a_table_is_left_out() -> None:
    page = (
        f"<table><tr><th>Région<th>Demandes<tr><td>Afrique<td>14</tr><tr><td>12.<td>{SENTENCE}<td>Nairobi</table>"
        f"<table><tr><td><table><tr><td>{SENTENCE}</td></tr></table><td><h2>Titre</h2></table>"
    )
    assert lines(page) == [
        "<table>Région\tDemandes",
        "<table>Afrique\t14",
        f"12. {SENTENCE}",
        "<table>Nairobi",
        SENTENCE,
        "<heading 2>Titre",
    ]


@pytest.mark.parametrize("tag", ["div", "b", "ul", "li", "table", "blockquote", "nav", "h1", "sup", "a href='#a' id=a"])
def test_a_page_nested_without_end_is_refused_and_one_within_bounds_is_read(tag: str) -> None:
    assert "Texte" in lines(f"<{tag}>" * 1500 + "Texte")[-1]
    try:
        assert "Texte" in lines(f"<{tag}>" * 10_000 + "Texte")[-1]
    except Unreadable as error:
        refused = error.problem
        assert refused == "elements nested too deep to be read"


@pytest.mark.parametrize("page", ["", " \n", "<p></p>", "<script>oui</script>", "\0", "<!-- oui -->"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(Unreadable, match="no text in this page"):
        lines(page)


def test_a_page_beyond_the_limit_is_refused_and_a_very_long_line_is_read() -> None:
    with pytest.raises(Unreadable, match="longer than 1,000 characters"):
        read("<p>" + "mot " * 300, max_characters=1000)
    assert len(lines("<p>" + "mot " * 12_500_000)[0]) == 49_999_999


def test_entities_are_those_of_html_and_nothing_is_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY a "non"><!ENTITY b SYSTEM "file:///etc/passwd">]><p>Oui &a; &b;</p>'
    assert "root" not in lines(page)[-1]
    assert lines(page)[-1].startswith("Oui &a")


TAGS = st.sampled_from(
    "p b ol ul li table tr td h2 nav sup br pre /p /b /ol /ul /li /table /tr /td /nav a|href=#x a|id=x /a".split()
)


@given(st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag.replace('|', ' ')}>"), st.sampled_from("1 mot & < é".split()))))
def test_any_heap_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    page = " ".join(pieces)
    try:
        found = " ".join(lines(page))
    except Unreadable:
        assert "mot" not in page
        return
    assert found.count("mot") == pieces.count("mot")
