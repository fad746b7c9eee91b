"""Reviewing in a real Chromium: keys, queue, coders apart, fields to correct; by night, on paper, on a phone."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import ROOT, rows
from in_browser import SIGNED, VIEWS, all_of, arrive, one, screen, violations, wait
from pries.__main__ import main
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

HEAD = "return document.getElementById('reviewing').getBoundingClientRect().bottom"  # where the head ends


@pytest.fixture
def signed(page: Callable[[str], Any]) -> Iterator[Callable[[str], Any]]:
    """Open the reader for the coder ML, who has decided nothing yet."""

    def at(address: str = "#view=table") -> Any:
        browser = page(address)
        browser.execute_script("localStorage.clear(); sign('ML'); show()")
        return browser

    yield at
    page("").execute_script("localStorage.clear()")


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def verdicts(browser: Any) -> list[str]:
    return [d["action"] for d in browser.execute_script("return decisions")]


def test_initials_are_asked_for_once(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    press(browser, "v")
    press(browser, "A", "B", Keys.ENTER)
    press(browser, "j", "f")
    assert not one(browser, "#signing").is_displayed()
    assert {d["coder"] for d in browser.execute_script("return decisions")} == {"AB"}
    browser.refresh()
    press(browser, "v", "r")
    assert verdicts(browser) == ["confirm", "reject", "later"]
    browser.execute_script("localStorage.clear()")


def test_a_key_for_each_verdict_leads_through_the_queue(signed: Callable[[str], Any]) -> None:
    browser = signed()
    first, second, third = browser.execute_script("return requests.slice(0, 3).map((r) => r.citation)")
    press(browser, "v")
    assert one(browser, "#card-title").text == first
    assert one(browser, "#card-place").text == "1 sur 91"
    press(browser, "j")
    assert one(browser, "#card-title").text == second
    press(browser, "f", "p")
    assert one(browser, "#card-title").text == second
    assert one(browser, "#verdict").text == "faux"
    press(browser, Keys.ARROW_RIGHT)
    assert one(browser, "#card-title").text == third
    press(browser, "r", "c", "f")  # the key of a field of the card is typed into it
    assert verdicts(browser) == ["confirm", "reject", "later"]
    assert browser.switch_to.active_element.get_attribute("id") == "edit-modality"
    press(browser, Keys.ESCAPE)
    states = [e.text for e in all_of(browser, "#rows .state")[:4]]
    assert states == ["juste", "faux", "à revoir", "pas encore vérifiée"]
    press(browser, "v")  # what is decided is not in the queue again; what is to be looked at again is
    assert one(browser, "#card-title").text == third
    assert one(browser, "#card-place").text == "1 sur 89"


def test_the_focus_stays_on_what_was_pressed(signed: Callable[[str], Any]) -> None:
    browser = signed()
    one(browser, "#rows button").send_keys(Keys.ENTER)
    for button in ("review-next", "review-next", "review-before"):
        one(browser, f"#{button}").send_keys(Keys.ENTER)
        assert browser.switch_to.active_element.get_attribute("id") == button
    assert one(browser, "#card-place").text == "2 sur 91"
    press(browser, Keys.ESCAPE)
    one(browser, "#views [data-view=groups]").send_keys(Keys.ENTER)
    arrive(browser, "view=groups")
    assert browser.switch_to.active_element.get_attribute("data-view") == "groups"


def test_the_last_of_the_queue_closes_the_card(signed: Callable[[str], Any]) -> None:
    browser = signed("#view=table&modality=propose")
    press(browser, "v", "j", "j")
    assert not one(browser, "#card").is_displayed()
    press(browser, "v")
    one(browser, "#desk summary").click()
    assert one(browser, "#hint").text == "Il n’y en a plus."


def test_the_least_certain_come_first_where_one_asks_for_it(signed: Callable[[str], Any]) -> None:
    browser = signed()
    one(browser, "#desk summary").click()
    Select(one(browser, "#queue-order")).select_by_value("confidence")
    one(browser, "#queue-start").click()
    order = browser.execute_script("return line_.map((r) => r.confidence)")
    assert order == sorted(order)
    assert order[0] < order[-1]


def test_keys_are_quiet_while_one_types_and_where_they_are_off(signed: Callable[[str], Any]) -> None:
    browser = signed()
    one(browser, "#q").send_keys("vjf")
    assert not one(browser, "#card").is_displayed()
    one(browser, "#desk summary").click()
    one(browser, "#keys-on").click()
    assert not all_of(browser, "#desk .keys:not([hidden])")
    one(browser, "h1").click()
    press(browser, "v")
    assert not one(browser, "#card").is_displayed()


def test_the_table_is_filtered_by_what_was_decided(signed: Callable[[str], Any]) -> None:
    browser = signed()
    browser.execute_script("decide(requests[0], 'reject'); decide(requests[5], 'reject'); decide(requests[7], 'later')")
    browser.refresh()
    Select(one(browser, "#filter-verdict")).select_by_value("reject")
    wait(lambda: len(all_of(browser, "#rows tr")) == 2)
    browser.get(browser.current_url.replace("verdict=reject", "verdict=open"))
    wait(lambda: len(all_of(browser, "#rows tr")) == 88)


def test_one_coder_never_sees_another(signed: Callable[[str], Any]) -> None:
    browser = signed()
    browser.execute_script("decide(requests[0], 'reject')")
    one(browser, "#desk summary").click()
    for name, seen in (("AB", []), ("ML", ["reject"])):
        one(browser, "#coder").clear()
        one(browser, "#coder").send_keys(name, Keys.TAB)
        assert verdicts(browser) == seen
        assert one(browser, "#rows .state").text == ("faux" if seen else "pas encore vérifiée")
        browser.refresh()
        assert verdicts(browser) == seen
        browser.execute_script("document.getElementById('desk').open = true")


def test_a_request_is_added_by_keys_alone(signed: Callable[[str], Any]) -> None:
    browser = signed("#view=text")
    one(browser, "#desk summary").send_keys(Keys.ENTER)
    one(browser, "#add").send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "add-trigger"
    press(browser, "zzz", Keys.TAB)
    one(browser, "#add-done").send_keys(Keys.ENTER)
    assert one(browser, "#add-hint").text
    one(browser, "#add-trigger").clear()
    one(browser, "#add-trigger").send_keys("auditions")
    homes = all_of(browser, "#add-sentence option")
    assert len(homes) > 1
    one(browser, "#add-sentence").send_keys(Keys.ARROW_DOWN)
    sentence = one(browser, "#card blockquote").text
    one(browser, "#add-actions").send_keys("auditions")
    one(browser, "#add-modality").send_keys("demande")
    assert violations(browser) == []
    one(browser, "#add-done").send_keys(Keys.ENTER)
    (added,) = browser.execute_script("return [...added().values()]")
    assert (added["trigger"], added["sentence_text"]) == ("auditions", sentence)
    assert one(browser, "#progress").text.endswith("1 ajoutée")


def test_what_was_decided_without_a_name_goes_to_the_first_who_gives_one(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    browser.execute_script("sign(''); decide(requests[0], 'reject'); sign('ML')")
    assert [d["coder"] for d in browser.execute_script("return decisions")] == ["ML"]
    browser.execute_script("sign('')")
    assert verdicts(browser) == []
    browser.execute_script("localStorage.clear()")


def test_decisions_outlive_a_change_of_the_texts_where_their_row_is_still_there(signed: Callable[[str], Any]) -> None:
    browser = signed()
    browser.execute_script("""
      const lines = [{ obligation_id: requests[1].id, action: "reject" }, { obligation_id: "gone", action: "reject" }];
      localStorage.setItem("pries corrections " + JSON.stringify(["another state", "ML"]), JSON.stringify(lines));
      localStorage.setItem("pries corrections " + JSON.stringify(["another state", "AB"]), JSON.stringify(lines));
    """)
    browser.refresh()
    assert verdicts(browser) == ["reject"]


def test_blind_nothing_is_shown_of_who_looked_before(signed: Callable[[str], Any]) -> None:
    browser = signed()
    browser.execute_script("requests[0].checked = 'confirmed'; show()")
    assert one(browser, "#rows .state").text == "juste"
    one(browser, "#desk summary").click()
    one(browser, "#blind").click()
    assert one(browser, "#rows .state").text == "pas encore vérifiée"
    browser.execute_script("open(requests[0])")
    assert "Confiance" not in one(browser, "#card").text


def on_card(browser: Any, identifier: str, action: Callable[[], None]) -> None:
    """Do something on the card of a request, where its fields are corrected."""
    browser.execute_script("open(byId.get(arguments[0])); document.getElementById('review').open = true", identifier)
    action()
    one(browser, "#close").click()


def test_theme_type_and_family_are_corrected_and_read_back(outputs: Path, browser: Any, tmp_path: Path) -> None:
    """From the card through corrections.csv into the tables, and once more from the card after that run."""
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    folders = ["--corpus", str(corpus), "--outputs", str(outputs)]
    before = {row["obligation_id"]: row for row in rows(outputs / "tables" / "obligations.csv")}
    themed = next(i for i, r in before.items() if r["theme"] and "; " not in r["theme"])
    typed = next(i for i, r in before.items() if r["addressee_type"] and "; " not in r["addressee"])
    restating = next(i for i, r in before.items() if r["restates"] and i not in (themed, typed))
    for turn in (0, 1):
        browser.get("about:blank")
        browser.get((outputs / "reader.html").as_uri() + "#view=table")
        browser.execute_script("" if turn else SIGNED)
        browser.refresh()
        themes = [c for c in browser.execute_script("return Object.keys(data.themes)") if c != before[themed]["theme"]]
        types = [c for c in browser.execute_script("return data.types") if c != before[typed]["addressee_type"]]
        on_card(browser, themed, lambda: one(browser, f"#theme-{themes[turn]}").click())  # noqa: B023
        on_card(browser, typed, lambda: Select(one(browser, "#edit-addressee_type0")).select_by_value(types[turn]))  # noqa: B023
        if not turn:
            apart = "#family li [data-action=different]"
            on_card(browser, restating, lambda: [e.click() for e in all_of(browser, apart)])  # noqa: B023
        one(browser, "#desk summary").click()
        for path in browser.downloads.iterdir():
            path.unlink()
        one(browser, "#save-corrections").click()
        saved = browser.downloads / "corrections.csv"
        wait(saved.is_file)
        shutil.copy(saved, corpus)
        assert main(["reader", *folders]) == 0
        assert not rows(outputs / "tables" / "problems.csv")
        after = {row["obligation_id"]: row for row in rows(outputs / "tables" / "obligations.csv")}
        assert themes[turn] in after[themed]["theme"].split("; ")
        assert after[typed]["addressee_type"] == types[turn]
        assert {after[i]["checked"] for i in (themed, typed)} == {"edited"}
        assert after[restating]["restates"] != before[restating]["restates"]
    assert len(after[themed]["theme"].split("; ")) == 3
    browser.execute_script("localStorage.clear()")


# --- one number, one demand --------------------------------------------------------------------------


def test_one_is_singular_in_both_languages_and_none_in_french(page: Callable[[str], Any]) -> None:
    browser = page("")
    said = "state.lang = arguments[0]; return filled('reader.count', { n: arguments[1], all: '91' })"
    for lang, n, wanted in (
        ("fr", "0", "0 demande sur 91"), ("fr", "1", "1 demande sur 91"), ("fr", "10", "10 demandes sur 91"),
        ("en", "0", "0 requests of 91"), ("en", "1", "1 request of 91"), ("en", "11", "11 requests of 91"),
    ):  # fmt: skip
        assert browser.execute_script(said, lang, n) == wanted


# --- by night, on paper, on a phone ------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_by_night_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(
    page: Callable[[str], Any], width: int
) -> None:
    for view in VIEWS:
        browser = page(f"#view={view}")
        screen(browser, width, 844, night=True)
        for summary in all_of(browser, "main summary")[:1]:
            summary.click()
        assert violations(browser) == [], view
        root = "document.documentElement"
        assert browser.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth"), view
    browser.execute_script("open(requests[4]); document.getElementById('review').open = true")
    assert violations(browser) == []
    browser.execute_script("card.close(); document.getElementById('desk').open = true")
    assert violations(browser) == []


def test_the_switch_of_the_light_holds_between_visits(page: Callable[[str], Any]) -> None:
    browser = page("")
    ground = "return getComputedStyle(document.body).backgroundColor"
    screen(browser, 1280, 800)
    day = browser.execute_script(ground)
    screen(browser, 1280, 800, night=True)
    night = browser.execute_script(ground)
    assert day != night
    assert one(browser, "#dark").text == "Clair"
    one(browser, "#dark").click()
    assert browser.execute_script(ground) == day
    browser.refresh()
    assert browser.execute_script(ground) == day


@pytest.mark.parametrize("night", [False, True])
def test_on_a_phone_the_head_takes_a_fifth_and_a_card_opens_at_its_sentence(
    page: Callable[[str], Any], night: bool
) -> None:
    browser = page("#view=table")
    screen(browser, 390, 844, night)
    assert browser.execute_script(HEAD) <= 844 / 5
    for i in range(0, 90, 9):
        browser.execute_script("open(requests[arguments[0]])", i)
        top, height = browser.execute_script(
            "const box = card.querySelector('.sentence').getBoundingClientRect(); return [box.top, box.height]"
        )
        assert top >= 0
        assert top + min(height, 300) <= 844
        browser.execute_script("card.close()")


def test_on_a_large_screen_the_head_takes_a_fifth(page: Callable[[str], Any]) -> None:
    browser = page("")
    screen(browser, 1280, 800)
    assert browser.execute_script(HEAD) <= 800 / 5


@pytest.mark.parametrize("width", [1280, 390])
def test_bars_begin_at_one_line(page: Callable[[str], Any], width: int) -> None:
    browser = page("")
    screen(browser, width, 844)
    starts = browser.execute_script(
        "return [...document.querySelectorAll('.bar')].map((b) => b.getBoundingClientRect().left)"
    )
    assert len(starts) > 5
    assert len(set(starts)) == 1


def test_the_card_marks_its_words_and_the_legend_names_these_kinds(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    kinds = ("trigger", "issuer", "addressee", "action")
    seen = set()
    for i in range(0, 40):
        browser.execute_script("open(requests[arguments[0]])", i)
        here = [kind for kind in kinds if all_of(browser, f"#card blockquote .{kind}")]
        assert here == [e.get_attribute("class") for e in all_of(browser, "#card .legend span")]
        trigger = browser.execute_script("return wordsOf(at_)")
        assert one(browser, "#card .sentence .trigger").text == trigger
        seen |= set(here)
    assert seen == set(kinds)
    browser.execute_script("card.close()")


def test_on_paper_each_column_of_the_table_has_its_name_over_it(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    lefts = "return [...document.querySelectorAll(arguments[0])].filter((e) => e.offsetWidth).map((e) => e.offsetLeft)"
    heads = browser.execute_script(lefts, "table.requests thead th")
    assert heads == browser.execute_script(lefts, "#rows tr:first-child td")
    assert len(heads) > 4
    sizes = "return [...document.querySelectorAll('#rows td, #rows td *')].map((e) => getComputedStyle(e).fontSize)"
    assert len(set(browser.execute_script(sizes))) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_paper_begins_on_page_one_with_sentences(page: Callable[[str], Any], view: str) -> None:
    browser = page(f"#view={view}")
    first = {
        "text": "data.paragraphs.find((p) => p.kind !== 'heading').text",
        "context": "wordsOf(requests[0])",
        "families": "families.values().next().value[0].sentence",
    }.get(view, "requests[0].sentence")
    words = browser.execute_script(f"return {first}.slice(0, 40)")
    sheet = {"paperWidth": 8.27, "paperHeight": 11.69}
    pdf = pypdfium2.PdfDocument(base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", sheet)["data"]))
    pages = [" ".join(pdf[i].get_textpage().get_text_range().split()) for i in range(len(pdf))]
    assert len(pages[0]) > 800
    assert one(browser, "h2").text in pages[0]
    assert ("«" in pages[0]) or view in ("text", "context")
    assert any(words in text for text in pages)
    assert not all_of(browser, ".printed")
