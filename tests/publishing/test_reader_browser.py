"""The reader in a real Chromium: first screen, filters, search, jumps, language, address, download, keyboard."""

from __future__ import annotations

import csv
import io
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench_reader import multiplied
from conftest import ROOT, Run, pries, rows
from corpora import HOSTILE, hostile_tables
from in_browser import REQUEST, SELECT, SIGNED, VIEWS, all_of, arrive, one, put, violations, wait
from pries.base.places import LEXICONS
from pries.content import codebook
from pries.publishing import reader
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select


def test_the_first_screen_says_who_is_asked_what(page: Callable[[str], Any]) -> None:
    browser = page("")
    counts = [int(e.text) for e in all_of(browser, "summary .n")]
    assert counts == sorted(counts, reverse=True)
    assert one(browser, "summary .unnamed").text.startswith("non nommé")
    governments = next(e for e in all_of(browser, "#found details") if "gouvernements" in e.text)
    one(governments, "summary").click()
    asked = all_of(governments, "li")
    assert len(asked) == int(one(governments, ".n").text)
    assert "A/68/370, par. " in asked[0].text


ELIDED = """
for (const box of document.querySelectorAll(".paragraph p")) for (const node of box.childNodes) {
  const found = node.nodeType === 3 && /(?<!\\p{L})[ld]’(\\p{L}+)(?!\\p{L})/u.exec(node.data);
  if (!found) continue;
  getSelection().setBaseAndExtent(node, found.index, node, found.index + found[0].length);
  return [found[1], selected().trigger];
}
"""


def test_a_double_click_on_a_word_does_not_take_its_elided_article(page: Callable[[str], Any]) -> None:
    word, trigger = page("#view=text").execute_script(ELIDED)
    assert word == trigger


def test_filters_and_search_narrow_the_table(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    everything = len(all_of(browser, "#rows tr"))
    Select(one(browser, "#filter-modality")).select_by_value("urge")
    wait(lambda: 0 < len(all_of(browser, "#rows tr")) < everything)
    assert "modality=urge" in browser.current_url
    browser = page("#view=table")
    one(browser, "#q").send_keys("PRIES de")  # neither case nor accents matter
    wait(lambda: 0 < len(all_of(browser, "#rows tr")) < everything)
    arrive(browser, "q=PRIES")
    one(browser, "#q").send_keys(" zzzz")
    wait(lambda: not all_of(browser, "#rows tr"))
    assert one(browser, "#count").text.startswith("0 ")


def test_a_filtered_view_is_a_link_and_back_goes_back(page: Callable[[str], Any]) -> None:
    browser = page("#view=table&theme=labour&lang=en")
    assert one(browser, "html").get_attribute("lang") == "en"
    assert Select(one(browser, "#filter-theme")).first_selected_option.get_attribute("value") == "labour"
    shown = len(all_of(browser, "#rows tr"))
    one(browser, "#lang").click()
    wait(lambda: one(browser, "html").get_attribute("lang") == "fr")
    assert len(all_of(browser, "#rows tr")) == shown
    browser.back()
    wait(lambda: one(browser, "html").get_attribute("lang") == "en")


def test_a_row_leads_to_its_place_and_a_mark_opens_its_card(page: Callable[[str], Any]) -> None:
    browser = page("#view=table&modality=urge")
    link = one(browser, "#rows a")
    number = link.text.rpartition(" ")[2]
    link.click()
    wait(lambda: bool(all_of(browser, "#here")))
    here = one(browser, "#here")
    assert one(here, ".number").text == number
    trigger = one(here, "button.trigger")
    words = trigger.text
    trigger.click()
    card = one(browser, "#card")
    assert card.get_attribute("open") is not None
    assert words in one(card, "blockquote").text
    assert number in one(card, "#card-title").text
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    wait(lambda: card.get_attribute("open") is None)


def test_marks_are_told_apart_without_colour(page: Callable[[str], Any]) -> None:
    browser = page("#view=text")
    looks = {}
    for kind in ("trigger", "issuer", "addressee", "action"):
        mark = one(browser, f".paragraph .{kind}")
        looks[kind] = tuple(
            mark.value_of_css_property(p) for p in ("border-bottom-style", "outline-style", "font-weight")
        )
    assert len(set(looks.values())) == 4


def test_filtered_rows_are_saved_as_csv(page: Callable[[str], Any]) -> None:
    browser = page("#view=table&modality=urge")
    shown = len(all_of(browser, "#rows tr"))
    one(browser, "#csv").click()
    saved = browser.downloads / "demandes.csv"
    wait(saved.is_file)
    with saved.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == shown
    assert {row["modality"] for row in rows} == {"urge"}
    assert all(row["sentence"] and row["citation"].startswith("A/68/370, par. ") for row in rows)


def test_keyboard_alone_reaches_a_request(page: Callable[[str], Any]) -> None:
    browser = page("")
    one(browser, "body").send_keys(Keys.TAB)
    for _ in range(40):
        focus = browser.switch_to.active_element
        if focus.tag_name == "summary" and browser.execute_script("return arguments[0].closest('#found')", focus):
            break
        focus.send_keys(Keys.TAB)
    focus.send_keys(Keys.ENTER)
    focus.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert one(browser, "#card").get_attribute("open") is not None
    assert browser.switch_to.active_element.get_attribute("id") in ("copy", "card")


def test_groups_and_themes_are_pages_with_their_requests(page: Callable[[str], Any]) -> None:
    for view in ("groups", "themes"):
        browser = page(f"#view={view}")
        parts = all_of(browser, "#found details")
        assert len(parts) > 5
        one(parts[0], "summary").click()
        assert len(all_of(parts[0], "li")) == int(one(parts[0], ".n").text)


def test_a_theme_is_defined_in_the_language_of_the_page(page: Callable[[str], Any]) -> None:
    book = codebook.read_codebook(LEXICONS)
    for lang in ("en", "fr"):
        browser = page(f"#view=themes&lang={lang}")
        wait(lambda: one(browser, "html").get_attribute("lang") == lang)  # noqa: B023
        for summary in all_of(browser, "#found details summary"):
            summary.click()
        notes = {note.get_attribute("textContent") for note in all_of(browser, "#found details .note")}
        assert book.definitions(lang)["labour"] in notes
        assert not notes & set(book.definitions("fr" if lang == "en" else "en").values())


def test_a_narrow_screen_has_no_sideways_scroll(page: Callable[[str], Any]) -> None:
    browser = page("")
    browser.set_window_size(500, 900)  # as narrow as a headless window goes
    try:
        for view in VIEWS:
            browser = page(f"#view={view}")
            wide = browser.execute_script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, view
    finally:
        browser.set_window_size(1100, 900)


def test_ten_rows_are_reviewed_one_is_added_and_all_eleven_are_in_the_tables(
    page: Callable[[str], Any], tmp_path: Path
) -> None:
    browser = page("#view=table")
    browser.execute_script(SIGNED)
    browser.refresh()
    for i in range(10):
        all_of(browser, "#rows button")[i].click()
        one(browser, "#review summary").click()
        if i == 3:
            Select(one(browser, "#edit-modality")).select_by_value("urge")
        elif i == 4:
            one(browser, "#review-reject").click()
        else:
            one(browser, "#review-confirm").click()
            assert one(browser, "#verdict").text == "juste"
        one(browser, "#close").click()
    assert one(browser, "#progress").text.startswith("10 demandes vérifiées sur 91, 0 ajoutée")
    browser.get(browser.current_url.replace("view=table", "view=text"))
    browser.refresh()
    assert one(browser, "#progress").text.startswith("10 ")  # kept between visits
    assert browser.execute_script(SELECT)
    one(browser, "#desk summary").click()
    one(browser, "#add").click()
    one(browser, "#add-actions").send_keys("migrants")
    trigger = one(browser, "#card strong").text
    one(browser, REQUEST).click()
    one(browser, "#add-done").click()
    one(browser, "#save-corrections").click()
    saved = browser.downloads / "corrections.csv"
    wait(saved.is_file)
    corpus = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))
    shutil.copy(saved, corpus)
    done = pries("tables", "--corpus", str(corpus), "--outputs", str(tmp_path / "out"))
    assert done.code == 0
    assert rows(tmp_path / "out" / "tables" / "problems.csv") == []
    told = [row["checked"] for row in rows(tmp_path / "out" / "tables" / "obligations.csv")]
    assert {kind: told.count(kind) for kind in set(told)} == {
        "confirmed": 8, "edited": 1, "added": 1, "auto": len(told) - 10,
    }  # fmt: skip
    (added,) = [r for r in rows(tmp_path / "out" / "tables" / "obligations.csv") if r["checked"] == "added"]
    assert added["trigger"] == trigger
    browser.execute_script(SIGNED)
    browser.refresh()
    assert one(browser, "#progress").text.startswith("0 ")
    one(browser, "#desk summary").click()
    one(browser, "#corrections-file").send_keys(str(saved))  # and read back
    wait(lambda: one(browser, "#progress").text.startswith("10 "))
    browser.execute_script("localStorage.clear()")


def decisions(browser: Any) -> list[dict[str, str]]:
    return list(browser.execute_script("return decisions"))


def test_a_file_is_read_back_as_it_was_written(page: Callable[[str], Any]) -> None:
    """Quotes at the edge of a cell, line breaks, semicolons; a file that is none changes nothing."""
    browser = page("#view=table")
    notes = ['"Non", dit-il', 'oui ; "non"', "deux\nlignes, donc", '""', "tout est « dit »"]
    given = [["obligation_id", "action", "field", "old", "new", "note"]]
    given += [[f"o{n}", "edit", "issuer", "", "", note] for n, note in enumerate(notes)]
    for delimiter in (",", ";", "\t"):
        for end in ("\n", "\r\n"):
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(given)
            found = browser.execute_script("return parsed(arguments[0])", "\ufeff" + out.getvalue())
            assert [row["note"] for row in found] == notes
    for broken in ("", "a,b\n1,2\n", 'obligation_id,action,field,old,new\no1,"confirm\n'):
        assert browser.execute_script("return parsed(arguments[0])", broken) is None
    accents = "return decoded(new Uint8Array(arguments[0]).buffer)"
    assert browser.execute_script(accents, list("États".encode("cp1252"))) == "États"
    assert browser.execute_script(accents, list("États".encode())) == "États"


def test_edits_add_up_over_runs_and_verdicts_leave_them(page: Callable[[str], Any]) -> None:
    """What the tables hold by now came from an edit that must stay in the file before the next one."""
    browser = page("#view=table")
    browser.execute_script("decisions = []; r = requests[0]; first = r.modality; edit(r, 'modality', 'urge')")
    browser.execute_script("edit(r, 'modality', 'should')")
    assert [d["new"] for d in decisions(browser)] == ["should"]  # no run in between: one edit
    browser.execute_script("r.modality = 'should'; r.checked = 'edited'")  # as the next run's page has it
    browser.execute_script("edit(r, 'modality', 'duty'); edit(r, 'modality', 'should')")
    assert [d["new"] for d in decisions(browser)] == ["should"]
    browser.execute_script("edit(r, 'modality', 'duty')")
    assert [(d["old"], d["new"]) for d in decisions(browser)][1:] == [("should", "duty")]
    browser.execute_script("decide(r, 'later')")
    assert [d["action"] for d in decisions(browser)] == ["edit", "edit", "later"]
    browser.execute_script("decide(r, 'reject'); decide(r, 'confirm')")
    assert [d["action"] for d in decisions(browser)] == ["edit", "edit"]
    browser.execute_script("r.modality = first; r.checked = 'auto'; decisions = []; keep(); localStorage.clear()")


def test_whole_words_are_counted_as_the_program_counts_them(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    sentence = "Des moyens appropriés ont été priés, et priés encore."
    found = browser.execute_script("return places('priés', arguments[0])", sentence)
    assert found == [m.start() for m in re.finditer(r"(?<!\w)priés(?!\w)", sentence)]


def test_a_file_that_would_lose_decisions_is_asked_about(page: Callable[[str], Any], tmp_path: Path) -> None:
    browser = page("#view=table")
    browser.execute_script("decisions = []; decide(requests[0], 'reject'); decide(requests[1], 'later')")
    one(browser, "#desk summary").click()
    other, broken = tmp_path / "other.csv", tmp_path / "broken.csv"
    identifier = browser.execute_script("return requests[2].id")
    other.write_text(f"obligation_id;action;field;old;new\n{identifier};reject;;;\n", encoding="utf-8")
    broken.write_text("a,b\n", encoding="utf-8")
    one(browser, "#corrections-file").send_keys(str(broken))
    wait(lambda: one(browser, "#hint").text != "")
    assert [d["action"] for d in decisions(browser)] == ["reject", "later"]
    for answer, wanted in (("dismiss", ["reject", "later"]), ("accept", ["reject", "later"])):
        one(browser, "#corrections-file").send_keys(str(other))
        wait(lambda: asked(browser))
        getattr(browser.switch_to.alert, answer)()
        assert [d["action"] for d in decisions(browser)] == wanted
        assert (decisions(browser)[0]["obligation_id"] == identifier) == (answer == "accept")
        if answer == "dismiss":
            time.sleep(0.1)
    browser.execute_script("requests[3].checked = 'confirmed'")  # the desk is open still
    one(browser, "#save-corrections").click()
    assert "Relisez" in browser.switch_to.alert.text
    browser.switch_to.alert.dismiss()
    browser.execute_script("localStorage.clear()")


def asked(browser: Any) -> bool:
    try:
        return bool(browser.switch_to.alert.text)
    except NoAlertPresentException:
        return False


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_no_violation(page: Callable[[str], Any], view: str, lang: str) -> None:
    browser = page(f"#view={view}&lang={lang}")
    for summary in all_of(browser, "#found summary")[:2]:
        summary.click()
    assert violations(browser) == []


def test_axe_finds_no_violation_in_a_card(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    one(browser, "#rows button").click()
    assert violations(browser) == []


def test_no_request_leaves_the_page(page: Callable[[str], Any]) -> None:
    for view in VIEWS:
        browser = page(f"#view={view}")
        assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_who_asked_governments_to_ratify_and_where(page: Callable[[str], Any]) -> None:
    """The first question of a new user, from the first screen by what it shows."""
    browser = page("")
    governments = next(e for e in all_of(browser, "#found details") if "gouvernements" in one(e, "summary").text)
    one(governments, "summary").click()
    ratify = [e for e in all_of(governments, "li") if "ratifier" in e.text]
    assert {one(e, "a").text for e in ratify} >= {"A/68/370, par. 10", "A/68/370, par. 27"}
    one(ratify[0], "button").click()
    assert "Qui demande" in one(browser, "#card").text


def test_a_cell_of_the_chart_shows_its_rows(page: Callable[[str], Any]) -> None:
    browser = page("#view=map")
    cell = one(browser, ".level4 a")
    n = int(cell.text.partition(" / ")[0])
    cell.click()
    arrive(browser, "view=table")
    assert len(all_of(browser, "#rows tr")) == n
    assert "theme=" in browser.current_url
    assert "section=" in browser.current_url
    browser = page("#view=map&rows=addressee&columns=modality")
    assert one(browser, "tbody th").text in ("non nommé", "gouvernements")


def test_restatements_can_be_left_out(page: Callable[[str], Any]) -> None:
    browser = page("")
    before = sum(int(e.text) for e in all_of(browser, "summary .n"))
    Select(one(browser, "#restated")).select_by_value("no")
    arrive(browser, "restated=no")
    assert 0 < sum(int(e.text) for e in all_of(browser, "summary .n")) < before


def test_a_card_shows_the_sentences_around(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    for button in all_of(browser, "#rows button")[:12]:
        button.click()
        quote = one(browser, "#card blockquote").text
        sentence = one(browser, "#card .sentence").text
        if quote != sentence:
            break
        one(browser, "#close").click()
    before = [e.text for e in all_of(browser, "#card .before, #card .after")]
    assert before
    assert all(part.strip() in quote for part in before)


def test_print_opens_every_entry(page: Callable[[str], Any]) -> None:
    browser = page("")
    browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    closed = [e for e in all_of(browser, "#found details") if e.get_attribute("open") is None]
    assert closed == []
    assert len(all_of(browser, "#found details li")) == sum(int(e.text) for e in all_of(browser, "summary .n"))


def test_a_large_corpus_keeps_its_data_in_files_beside_the_page(browser: Any, full_run: Run, tmp_path: Path) -> None:
    tables = multiplied(reader.read_tables(full_run.folder / "tables"), 6)
    html, pieces = reader.render(tables, size=300_000)
    assert len(html) < 600_000
    assert len(pieces) > 2
    put(tmp_path, html, pieces)
    browser.get((tmp_path / "reader.html").as_uri() + "#view=table")
    assert one(browser, "#count").text.startswith(f"{len(tables['obligations'])} ")
    assert len(all_of(browser, "#filter-document option")) == 7
    browser.get((tmp_path / "reader.html").as_uri() + "#view=text")
    assert len(all_of(browser, "#document option")) == 6
    assert browser.get_log("browser") == []


def test_a_megabyte_in_a_paragraph_is_shown(browser: Any, tmp_path: Path) -> None:
    text = "javascript:alert(1) \u202e\u2066 <b> & ' \" " * 25_000
    put(tmp_path, *reader.render(hostile_tables(text)))
    for view in VIEWS:
        browser.get((tmp_path / "reader.html").as_uri() + f"#view={view}")
        assert one(browser, "h2").text
    assert not all_of(browser, "main b, main script")
    assert browser.get_log("browser") == []


def test_hostile_text_is_shown_as_it_stands(browser: Any, tmp_path: Path) -> None:
    put(tmp_path, *reader.render(hostile_tables(HOSTILE)))
    browser.get((tmp_path / "reader.html").as_uri() + "#view=text")
    assert "</script><script>alert(1)</script>" in one(browser, ".paragraph p").text
    assert len(all_of(browser, "script")) == 2
    assert browser.get_log("browser") == []
