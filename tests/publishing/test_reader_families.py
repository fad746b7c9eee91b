"""Families in a real Chromium: wording, the card's and the view's, and decisions that the program reads back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import pries, rows
from corpora import HOSTILE
from in_browser import SIGNED, all_of, arrive, one, screen, violations, wait
from selenium.webdriver.common.keys import Keys

METADATA = """file,symbol,date,lang,session
a.txt,R/1,1958,fr,1
b.txt,R/2,1964,fr,1
c.txt,R/3,1979,fr,2
"""
TEXTS = {
    "a.txt": """1. Le Comité a prié les gouvernements de publier chaque année un rapport sur l’état des ports.

2. Les gouvernements devraient loger les enfants des mariniers dans les écoles en hiver.
""",
    "b.txt": """1. Le Comité exhorte les gouvernements à publier chaque année un rapport détaillé sur l’état des ports.

2. Il faut repeindre les phares de la côte avant le printemps.
""",
    "c.txt": """1. Le Comité a prié les gouvernements de publier chaque année un rapport sur l’état des ports.

2. Il faut ouvrir les écoles aux enfants des mariniers quand vient l’hiver.
""",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents, of 1958, 1964 and 1979, that ask for a report; two ask something of schools."""
    folder = tmp_path_factory.mktemp("said again")
    (folder / "metadata.csv").write_text(METADATA, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = pries("reader", "--corpus", str(folder), "--outputs", str(folder / "out"))
    assert done.code == 0, done.err
    return folder


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, browser: Any, corpus: Path) -> Iterator[Callable[[str], Any]]:
    """Open the reader of the three documents at an address, on a wide and on a narrow screen."""
    screen(browser, request.param)

    def at(address: str = "") -> Any:
        browser.get("about:blank")
        browser.get((corpus / "out" / "reader.html").as_uri() + address)
        return browser

    at()
    browser.execute_script(SIGNED)
    yield at
    assert browser.get_log("browser") == []


def family_of_reports(corpus: Path) -> list[dict[str, str]]:
    return [row for row in rows(corpus / "out" / "tables" / "families.csv") if row["obligation_id"]]


def open_card(browser: Any, identifier: str) -> None:
    browser.execute_script("open(byId.get(arguments[0]))", identifier)


DIFFERENCES = [
    ("publier un rapport", "publier un rapport", [["", "publier un rapport"]]),
    ("publier un rapport", "publier un long rapport", [["", "publier un"], ["ins", "long"], ["", "rapport"]]),
    ("des ports, des ponts", "des ponts", [["", "des"], ["del", "ports, des"], ["", "ponts"]]),
    ("Prie les États", "prie les Etats", [["", "prie les Etats"]]),
    ("a b", "c d", [["del", "a b"], ["ins", "c d"]]),
    ("", "tout", [["ins", "tout"]]),
    ("l’eau", "l’air", [["", "l’"], ["del", "eau"], ["ins", "air"]]),
]


@pytest.mark.parametrize(("before", "after", "wanted"), DIFFERENCES)
def test_differences_of_wording(page: Callable[[str], Any], before: str, after: str, wanted: list[list[str]]) -> None:
    browser = page("")
    found = browser.execute_script("return wording(...arguments)", before, after)
    assert [[part["kind"], part["text"]] for part in found] == wanted
    for side, kind in ((before, "ins"), (after, "del")):
        words = " ".join(part["text"] for part in found if part["kind"] != kind)
        plain = "return folded(arguments[0]).replace(/\\s/g, '')"
        assert browser.execute_script(plain, words) == browser.execute_script(plain, side)


def test_what_begins_a_sentence_stands_apart_from_what_is_struck_out_before_it(page: Callable[[str], Any]) -> None:
    browser = page("")
    parts = "return differences('Il est souhaité que les ports', 'Les ports').map((p) => p.textContent ?? p).join('')"
    assert browser.execute_script(parts) == "Il est souhaité que Les ports"


def test_a_long_sentence_and_markup_are_compared_as_text(page: Callable[[str], Any]) -> None:
    browser = page("")
    parts = "return differences(arguments[0], arguments[1]).map((p) => p.outerHTML ?? p).join('')"
    assert "<script>" not in browser.execute_script(parts, HOSTILE, HOSTILE[::-1])
    assert len(browser.execute_script("return wording('a '.repeat(30000), 'b '.repeat(30000))")) == 2


def test_a_card_shows_its_family_with_dates_and_wording(page: Callable[[str], Any], corpus: Path) -> None:
    browser = page("#view=table")
    first, second, _ = family_of_reports(corpus)
    open_card(browser, second["obligation_id"])
    family = one(browser, "#family")
    assert "3 fois dans 3 documents, de 1958 à 1979 ; au plus 14 ans de silence." in one(family, ".note").text.replace(
        "\u00a0", " "
    )
    assert [e.text for e in all_of(family, "ol .when")] == ["1958", "1979"]
    assert [e.text for e in all_of(family, "li:first-child del")][-1] == "détaillé"
    assert "prié" in one(family, "li:first-child ins").text
    one(family, "li:nth-child(2) button.link").click()  # its own card, in the same place
    assert one(browser, "#card-title").text == "R/3, par. 1"
    assert one(browser, "#family .note + ol li").text.startswith("1958 R/1, par. 1")
    assert "Dans les mêmes mots." in one(browser, "#family").text
    one(browser, "#family ol a").click()
    arrive(browser, "view=text")
    assert first["obligation_id"] in browser.current_url


def test_the_view_of_families_tells_their_history(page: Callable[[str], Any]) -> None:
    browser = page("#view=families")
    entry = one(browser, "#found details")
    assert one(entry, ".n").text == "3"
    history = one(entry, ".history").text
    assert "3 fois dans 3 documents, de 1958 à 1979" in history
    assert "demande → exhortation → demande" in history
    one(entry, "summary").click()
    assert [e.text for e in all_of(entry, "ol .when")] == ["1964", "1979"]
    browser = page("#view=families&m:session=2")
    assert "Sous ces filtres : 1." in one(browser, ".history").text.replace("\u00a0", " ")
    browser = page("#view=families&q=phares")
    assert one(browser, "#families").text.startswith("0 ")
    browser = page("#view=families&lang=en")
    assert "3 times in 3 documents, from 1958 to 1979" in one(browser, ".history").text


def test_axe_finds_no_violation_with_families(page: Callable[[str], Any], corpus: Path) -> None:
    browser = page("#view=families")
    one(browser, "#found summary").click()
    assert violations(browser) == []
    open_card(browser, family_of_reports(corpus)[1]["obligation_id"])
    one(browser, "#near summary").click()
    assert violations(browser) == []


def test_the_keyboard_reaches_a_verdict(page: Callable[[str], Any], corpus: Path) -> None:
    browser = page("#view=table")
    open_card(browser, family_of_reports(corpus)[1]["obligation_id"])
    for _ in range(40):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element.get_attribute("data-action") == "different":
            break
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "pas la même" in one(browser, ".comparing .note").text


def test_a_verdict_on_two_requests_is_no_verdict_on_one(page: Callable[[str], Any], corpus: Path) -> None:
    browser = page("#view=table")
    first, second, _ = family_of_reports(corpus)
    open_card(browser, second["obligation_id"])
    buttons = "#family li:first-child .verdict[data-action=%s]"
    one(browser, buttons % "different").click()
    browser.execute_script("decide(byId.get(arguments[0]), 'reject')", second["obligation_id"])
    browser.execute_script("decide(byId.get(arguments[0]), 'confirm')", second["obligation_id"])
    actions = "return decisions.map((d) => d.action)"
    assert browser.execute_script(actions) == ["different", "confirm"]
    assert one(browser, "#progress").text.startswith("1 ")
    browser = page("#view=table")  # kept between visits, and seen from the other side
    open_card(browser, first["obligation_id"])
    assert one(browser, buttons % "different").get_attribute("aria-pressed") == "true"
    one(browser, buttons % "same").click()
    assert browser.execute_script(actions) == ["confirm", "same"]
    one(browser, buttons % "same").click()
    assert browser.execute_script(actions) == ["confirm"]


def test_same_and_not_the_same_hold_in_the_next_run(browser: Any, corpus: Path, tmp_path: Path) -> None:
    """Decided in the card and in the view, saved, put into the corpus; the next runs keep both."""
    browser.get("about:blank")
    browser.get((corpus / "out" / "reader.html").as_uri() + "#view=families")
    browser.execute_script("localStorage.clear(); sign('ML'); show()")
    one(browser, "#found summary").click()
    all_of(browser, "#found li .verdict[data-action=different]")[0].click()  # of 1958 and 1964
    schools = [
        row for row in rows(corpus / "out" / "tables" / "obligations.csv") if "mariniers" in row["sentence_text"]
    ]
    assert len({row["family"] for row in schools}) == 2
    open_card(browser, schools[0]["obligation_id"])
    one(browser, "#near summary").click()
    one(browser, "#near li:first-child .verdict[data-action=same]").click()
    assert "R/3, par. 2" in one(browser, "#near li").text
    one(browser, "#close").click()
    browser.execute_script("document.getElementById('desk').open = true")
    one(browser, "#save-corrections").click()
    saved = browser.downloads / "corrections.csv"
    wait(saved.is_file)
    lines = rows(saved)
    assert [(line["action"], line["field"], line["old"]) for line in lines] == [("different", "", ""), ("same", "", "")]
    again = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    shutil.copy(saved, again)
    for _ in range(2):
        assert pries("reader", "--corpus", str(again), "--outputs", str(again / "out")).code == 0
        tables = again / "out" / "tables"
        assert rows(tables / "problems.csv") == []
        family = {row["obligation_id"]: row["family"] for row in rows(tables / "obligations.csv")}
        assert len({family[row["obligation_id"]] for row in schools}) == 1
        apart, other = lines[0]["obligation_id"], lines[0]["new"]
        assert family[apart] != family[other]
        shutil.rmtree(again / "out" / ".work")
    browser.execute_script("localStorage.clear()")
    browser.get((again / "out" / "reader.html").as_uri() + "#view=table")  # another browser, after the runs
    open_card(browser, schools[0]["obligation_id"])
    assert one(browser, "#family li .verdict[data-action=same]").get_attribute("aria-pressed") == "true"
    one(browser, "#close").click()
    browser.execute_script("document.getElementById('desk').open = true")
    one(browser, "#save-corrections").click()
    assert "Relisez" in browser.switch_to.alert.text  # saved as it is, the file would lose both
    browser.switch_to.alert.dismiss()
    one(browser, "#corrections-file").send_keys(str(saved))  # and read back
    wait(lambda: browser.execute_script("return decisions.length") == 2)
    assert not browser.execute_script("return lostPairs()")
    assert (
        browser.execute_script("return judgedPair(byId.get(decisions[0].new), byId.get(decisions[0].obligation_id))")
        == "different"
    )
    browser.execute_script("localStorage.clear()")


def test_the_card_of_a_request_said_once_tells_of_no_family(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    alone = browser.execute_script("return requests.find((r) => !families.has(r.family)).id")
    open_card(browser, alone)
    assert not all_of(browser, "#family h3")
    assert all_of(browser, "#near")
