"""Finding requests in a real Chromium: sums, facets, dates, columns of metadata.csv, sorting, queries, contexts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bench_reader import multiplied
from conftest import Run, rows
from in_browser import all_of, arrive, one, put, screen, texts, violations, wait
from pries.publishing import reader
from pries.segmentation.citation import citation
from pries.store import files
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

COPIES = 4


@pytest.fixture(scope="module")
def tables(full_run: Run) -> dict[str, Any]:
    """The reference report four times, from 1901 to 1904, with two columns of metadata.csv; its parts alternate.

    Nobody is named in every third request, where the participants probably speak.
    """
    made = multiplied(reader.read_tables(full_run.folder / "tables"), COPIES)
    made["documents"] = made["documents"].assign(symbol=[f"R/{i}" for i in range(COPIES)])
    asked = made["obligations"]
    third = [i % 3 == 0 for i in range(len(asked))]
    for column, value in (("issuer", ""), ("issuer_actor", ""), ("issuer_inferred", "participants")):
        asked[column] = asked[column].mask(third, value)
    return made


@pytest.fixture(scope="module")
def html(tables: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    put(folder, *reader.render(tables))
    return folder / "reader.html"


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, browser: Any, html: Path) -> Iterator[Callable[[str], Any]]:
    """Open the reader of four reports at an address, on a wide and on a narrow screen, its filters open."""
    screen(browser, request.param)

    def at(address: str = "") -> Any:
        browser.get("about:blank")
        browser.get(html.as_uri() + address)
        browser.execute_script("document.getElementById('panel')?.setAttribute('open', '')")
        if all_of(browser, "#panel"):
            wait(lambda: bool(all_of(browser, "#filter-modality option")))
        return browser

    yield at
    assert browser.get_log("browser") == []
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(wide) <= 0


def count(browser: Any) -> int:
    """The requests that are left, as the page says."""
    return int(browser.execute_script("return document.querySelector('#count').textContent").partition(" ")[0])


def choices(browser: Any, key: str) -> dict[str, int]:
    """The values of a facet, with the number of requests that each would leave."""
    found = {}
    for text in labels(browser, key):
        name, _, n = text.rpartition(" (")
        found[name] = int(n.split()[0].strip(",)"))
    return found


def labels(browser: Any, key: str) -> list[str]:
    """What a facet offers, read at once: the page may make its options anew at any moment."""
    options = f"document.querySelectorAll(\"#filter-{key} option:not([value=''])\")"
    return browser.execute_script(f"return [...{options}].map(option => option.textContent)")


def choose(browser: Any, key: str, value: str) -> None:
    Select(one(browser, f"#filter-{key}")).select_by_value(value)


def search(browser: Any, query: str) -> int:
    box = one(browser, "#q")
    box.clear()
    box.send_keys(query)
    return count(browser)


def test_a_section_is_one_of_its_document(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    """« I » of four reports is four sections; the parts that they play are the same in each."""
    browser = page("#view=table")
    asked = tables["obligations"]
    tops = asked["doc_id"] + asked["section"].str.partition(".")[0]
    sections = choices(browser, "section")
    assert len(sections) == tops[asked["section"] != ""].nunique() + (asked["section"] == "").any()
    assert all(name.startswith("R/") for name in sections if name != "sans section")
    assert sum(sections.values()) == len(asked)
    parts = tables["paragraphs"].set_index(["doc_id", "paragraph"])["section_role"]
    roles = parts.loc[list(zip(asked["doc_id"], asked["paragraph"], strict=True))].value_counts()
    names = {"summary": "synthèse", "body": "corps", "conclusion": "conclusion", "annex": "annexe"}
    assert choices(browser, "role") == {names[role]: n for role, n in roles.items()}
    browser = page("#view=map")
    heads = [e.text for e in all_of(browser, "thead th")]
    assert set(heads[1:-1]) == {names[role] for role in roles.index}


def test_facets_narrow_one_another_and_say_what_is_left(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=table")
    asked = tables["obligations"]
    choose(browser, "modality", "should")
    mine = asked[asked["modality"] == "should"]
    assert sum(choices(browser, "modality").values()) == len(asked)  # its own facet goes on offering the others
    assert set(choices(browser, "document").values()) == set(mine.groupby("doc_id").size())
    assert sum(choices(browser, "construction").values()) == len(mine)
    for name, n in list(choices(browser, "construction").items())[:2]:
        text = next(label for label in labels(browser, "construction") if label.startswith(f"{name} ("))
        Select(one(browser, "#filter-construction")).select_by_visible_text(text)
        wait(lambda n=n: count(browser) == n)
    one(browser, "#reset").click()
    wait(lambda: count(browser) == len(asked))


def test_both_numbers_stand_side_by_side(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=table")
    asked = tables["obligations"]
    n, once = len(asked), asked["family"].nunique()
    assert one(browser, "#count").text == f"{n} demandes sur {n} ; sans les reprises, {once} sur {once}"
    Select(one(browser, "#restated")).select_by_value("no")
    wait(lambda: count(browser) == once)
    assert sum(choices(browser, "document").values()) == once
    Select(one(browser, "#restated")).select_by_value("yes")
    wait(lambda: count(browser) == (asked["restates"] != "").sum())
    browser = page("#view=who")
    government = asked[asked["addressee_actor"].str.split("; ").map(lambda names: "gouvernements" in names)]
    entry = next(e for e in all_of(browser, "#found summary") if one(e, ".name").text.startswith("gouvernements"))
    assert int(one(entry, ".n").text) == len(government)
    assert one(entry, ".once").text.strip() == f"({government['family'].nunique()} sans les reprises)"


def test_dates_from_and_to(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=table")
    each = len(tables["obligations"]) // COPIES
    one(browser, "#from").send_keys("1902", Keys.TAB)
    wait(lambda: count(browser) == 3 * each)
    one(browser, "#to").send_keys("1903", Keys.TAB)
    wait(lambda: count(browser) == 2 * each)
    assert "from=1902" in browser.current_url
    assert set(choices(browser, "year")) == {"1902", "1903"}
    one(browser, "#to").clear()
    one(browser, "#to").send_keys("hier", Keys.TAB)
    assert "hier" in one(browser, "#date-error").text
    wait(lambda: count(browser) == 3 * each)


def test_any_column_of_metadata_is_a_filter_and_a_side_of_the_chart(
    page: Callable[[str], Any], tables: dict[str, Any]
) -> None:
    browser = page("#view=table")
    fields = browser.execute_script("return data.fields")
    assert fields == ["lang", "place", "session"]
    choose(browser, "m2", "extraordinaire")
    wait(lambda: count(browser) == len(tables["obligations"]) // 2)
    assert set(choices(browser, "m1")) == {"New York", "Vienne"}
    assert "m%3Asession=extraordinaire" in browser.current_url
    browser = page("#view=map&columns=m:place&rows=m:session")
    assert {e.text for e in all_of(browser, "tbody th")} == {"ordinaire", "extraordinaire"}
    total = len(tables["obligations"])
    assert one(browser, "tfoot td:last-child").text.startswith(f"{total} / ")


def test_who_probably_speaks_counts_where_one_asks_for_it(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=table")
    asked = tables["obligations"]
    named = asked["issuer_actor"].str.split("; ").map(lambda names: "participants" in names).sum()
    inferred = (asked["issuer_actor"] == "") & (asked["issuer_inferred"] == "participants")
    assert choices(browser, "issuer")["participants"] == named
    one(browser, "#inferred").click()
    wait(lambda: choices(browser, "issuer").get("participants") == named + inferred.sum())
    choose(browser, "issuer", "participants")
    assert f"dont {inferred.sum()} ?" in Select(one(browser, "#filter-issuer")).first_selected_option.text
    wait(lambda: count(browser) == named + inferred.sum())
    marked = texts(browser, "#rows .inferred")
    assert marked
    assert set(marked) == {"participants ?"}


def test_what_is_cut_off_is_told(page: Callable[[str], Any]) -> None:
    browser = page("#view=map&rows=addressee&columns=section")
    lines, heads = len(all_of(browser, "tbody tr")), len(all_of(browser, "thead th")) - 2
    told = " ".join(e.text for e in all_of(browser, ".cut"))
    rows_in_all, columns_in_all = browser.execute_script("return [valuesIn('addressee'), valuesIn('section')]")
    assert (lines < rows_in_all) == (f"{lines} lignes sur {rows_in_all} ;" in told)
    assert (heads < columns_in_all) == (f"{heads} colonnes sur {columns_in_all} ;" in told)
    assert heads < columns_in_all
    outside = "return outside(requests, [])"
    assert browser.execute_script(outside) == browser.execute_script("return requests.length")
    browser.execute_script("for (const key of FACETS) state[key] = ''; show()")
    cut = browser.execute_script(
        "requests.forEach((r, i) => { delete r.values; r.section = 'S' + i; }); selected_ = {}; sizes_.section = 0;"
        "state.view = 'table'; show(); document.getElementById('panel').open = true; facets();"
        "return [...document.querySelectorAll('#filter-section option')].at(-1).textContent"
    )
    assert cut.startswith("les 300 plus fréquents sur 364")


def test_a_cell_and_a_sum_of_the_chart_lead_to_as_many_rows(page: Callable[[str], Any]) -> None:
    browser = page("#view=map&rows=theme&columns=role&modality=should")
    for selector in ("td.level4 a", "tbody td.sum a", "tfoot td a"):
        cell = one(browser, selector)
        n = int(cell.text.partition(" / ")[0])
        browser.execute_script("arguments[0].click()", cell)
        arrive(browser, "view=table")
        wait(lambda n=n: count(browser) == n)
        assert "modality=should" in browser.current_url
        browser.back()
        wait(lambda: bool(all_of(browser, "table.map")))


@pytest.mark.parametrize("key", ["date", "strength", "issuer", "addressee", "action", "theme"])
def test_any_column_sorts_both_ways(page: Callable[[str], Any], key: str) -> None:
    browser = page("#view=table&m:place=Rome&from=1902")
    browser = page("#view=table")
    column = 1 + [e.get_attribute("id") for e in all_of(browser, "thead button")].index(f"sort-{key}")
    seen = {}
    for way, sign in (("ascending", ""), ("descending", "-")):
        one(browser, f"#sort-{key}").click()
        assert one(browser, f"th:nth-child({column})").get_attribute("aria-sort") == way
        assert f"sort={sign}{key}" in browser.current_url
        cells = texts(browser, f"#rows td:nth-child({column})")
        seen[way] = [cell for cell in cells if cell not in ("–", "")]
    french = "return arguments[0].toSorted(byName)"
    if key == "strength":
        order = browser.execute_script("return data.modalities.map((m) => word('modality.' + m))")
        ranks = [order.index(cell.removesuffix(" (–)")) for cell in seen["ascending"]]
        assert ranks == sorted(ranks)
    else:
        assert seen["ascending"] == browser.execute_script(french, seen["ascending"])
        assert seen["descending"] == browser.execute_script(french, seen["descending"])[::-1]
    assert seen["ascending"][0] != seen["descending"][0]


QUERIES = [
    ("ratifier", ["ratifier"], []),
    ("RATIFIER", ["ratifier"], []),
    ("ratif*", ["ratifier"], []),
    ("«priés de»", ["priés de"], []),
    ('"pries de"', ["priés de"], []),
    ("pri?s", ["priés"], ["prier"]),
    ("migrant*", ["migrants"], []),
    ("gouvernements ET ratif*", ["gouvernements", "ratif"], []),
    ("gouvernements SAUF ratif*", ["gouvernements"], ["ratif"]),
    ("gouvernements AND NOT ratif*", ["gouvernements"], ["ratif"]),
    ("(ratif* OU appliqu*) SAUF «priés de»", [], ["priés de"]),
]


@pytest.mark.parametrize(("query", "there", "gone"), QUERIES)
def test_queries(page: Callable[[str], Any], query: str, there: list[str], gone: list[str]) -> None:
    browser = page("#view=table")
    everything = count(browser)
    assert 0 < search(browser, query) < everything
    texts = browser.execute_script("return kept().map((r) => folded(searchedText(r)))")
    fold = "return folded(arguments[0])"
    for words in there:
        assert any(browser.execute_script(fold, words) in text for text in texts)
    for words in gone:
        assert not any(browser.execute_script(fold, words) in text for text in texts)


def test_or_adds_and_not_takes_away(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    one_, other, either, both, but = (
        search(browser, q) for q in ("ratif*", "droit*", "ratif* OU droit*", "ratif* droit*", "ratif* SAUF droit*")
    )
    assert either == one_ + other - both
    assert but == one_ - both
    assert search(browser, "droit* OR ratif* AND appliqu*") == search(browser, "droit* OU (ratif* ET appliqu*)")


def test_accents_and_capitals_count_where_asked(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    loose = search(browser, "etats")
    one(browser, "#exact").click()
    wait(lambda: count(browser) == 0)
    assert loose > 0
    assert 0 < search(browser, "États") <= loose


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("«priés de", "Un guillemet n’est pas fermé. La recherche n’est pas appliquée."),
        ('"priés', "Un guillemet n’est pas fermé."),
        ("(ratifier", "Une parenthèse n’est pas fermée."),
        ("ratifier)", "Une parenthèse fermée n’a pas été ouverte."),
        ("ratifier ET", "Il manque un mot à côté de « ET »."),
        ("OU ratifier", "Il manque un mot à côté de « OU »."),
        ("()", "Il manque un mot à côté de « ( »."),
        ("*", "Écrivez au moins une lettre ou un chiffre par mot cherché."),
        ("(" * 900, "Il manque un mot"),
    ],
)
def test_a_wrong_query_gets_one_line_and_nothing_is_hidden(page: Callable[[str], Any], query: str, line: str) -> None:
    browser = page("#view=table")
    everything = count(browser)
    browser.execute_script(
        "const q = document.getElementById('q'); q.value = arguments[0]; q.dispatchEvent(new Event('input'))", query
    )
    assert one(browser, "#query-error").text.replace("\u00a0", " ").startswith(line)
    assert count(browser) == everything


def test_a_part_of_a_word_is_offered_with_its_star(page: Callable[[str], Any]) -> None:
    browser = page("#view=table")
    assert search(browser, "ratifi") == 0
    assert "ratifi*" in one(browser, "#count-note").text


SENTENCES = "return unique(kept().map((r) => r.sentence)).flatMap((s) => folded(s).match(/\\bdroit[a-z]*/g) ?? [])"


@pytest.mark.parametrize("scope", ["", "requests"])
def test_contexts_are_sorted_and_lead_to_cards(page: Callable[[str], Any], scope: str) -> None:
    browser = page(f"#view=context&q=droit*&scope={scope}")
    told = int(one(browser, "#hits").text.partition(" ")[0])
    assert told >= len(browser.execute_script(SENTENCES)) > 10
    assert all(key.lower().startswith("droit") for key in texts(browser, "#rows td.key"))
    words = "return arguments[0].map((t) => (folded(t).match(/[\\p{L}\\p{N}]+/gu) ?? []).at(arguments[1]) ?? '')"
    for side, at in (("left", -1), ("right", 0)):
        browser.execute_script(f"document.getElementById('align-{side}').click()")
        assert f"align={side}" in browser.current_url
        first = browser.execute_script(words, texts(browser, f"#rows td.{side}"), at)
        assert first == browser.execute_script("return arguments[0].toSorted(byName)", first)
        assert len(set(first)) > 3
    key = one(browser, "#rows td.key button")
    word = key.text
    key.click()
    assert word in one(browser, "#card .sentence").text
    one(browser, "#close").click()
    one(browser, "#rows td.place a").click()
    arrive(browser, "view=text")


def hits(browser: Any) -> int:
    return int(one(browser, "#hits").text.replace("\u202f", "").partition(" ")[0])


@pytest.mark.parametrize(("query", "pattern"), [("droit*", r"\bdroit\w*"), ("«pays d'origine»", r"\bpays d'origine\b")])
def test_contexts_are_those_of_the_whole_text(
    page: Callable[[str], Any], tables: dict[str, Any], query: str, pattern: str
) -> None:
    """As many as in the published paragraphs; a filter of documents narrows, one of requests does not."""
    browser = page(f"#view=context&q={query}")
    text = tables["paragraphs"]["text"].str.lower().str.replace("’", "'")
    of = text.str.count(pattern).groupby(tables["paragraphs"]["doc_id"]).sum()
    assert hits(browser) == of.sum()
    assert f"dans {COPIES} documents sur {COPIES}" in one(browser, "#hits").text
    Select(one(browser, "#scope")).select_by_value("requests")
    wait(lambda: 0 < hits(browser) < of.sum())
    assert "scope=requests" in browser.current_url
    assert browser.switch_to.active_element.get_attribute("id") == "scope"
    Select(one(browser, "#scope")).select_by_value("")
    choose(browser, "document", of.index[0])
    wait(lambda: hits(browser) == of.iloc[0])
    assert f"dans 1 document sur {COPIES}" in one(browser, "#hits").text
    choose(browser, "modality", "should")
    wait(lambda: "sans effet sur le texte : Force" in one(browser, "#hits").text)
    assert hits(browser) == of.iloc[0]


def test_words_of_the_text_are_joined_sentence_by_sentence(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=context&q=droit* SAUF travailleurs")
    headings = tables["paragraphs"].query("kind == 'heading'")["text"]
    sentences = pd.concat([tables["sentences"]["text"], headings]).str.lower()
    without = sentences[~sentences.str.contains(r"\btravailleurs\b")]
    assert hits(browser) == without.str.count(r"\bdroit\w*").sum()


def test_a_context_in_a_section_and_outside_of_requests_leads_to_its_paragraph(
    page: Callable[[str], Any], tables: dict[str, Any]
) -> None:
    asked = tables["obligations"]
    known = asked.loc[asked["sentence_text"].str.contains("migrants"), ["doc_id", "section"]]
    offered = set(zip(known["doc_id"], known["section"].str.split(".").str[0], strict=True))
    silent = tables["sentences"][~tables["sentences"]["sentence_id"].isin(asked["sentence_id"])]
    silent = silent[
        [(d, s.partition(".")[0]) in offered for d, s in zip(silent["doc_id"], silent["section"], strict=True)]
    ]
    paragraph = silent[silent["text"].str.contains("migrants") & silent["paragraph"].str.isdigit()].iloc[0]
    section = tables["paragraphs"].set_index(["doc_id", "paragraph"]).loc[(paragraph["doc_id"], paragraph["paragraph"])]
    browser = page("#view=context&q=migrants")
    choose(browser, "section", f"{paragraph['doc_id']}|{section['section'].partition('.')[0]}")
    wait(lambda: f"dans 1 document sur {COPIES}" in one(browser, "#hits").text)
    places = texts(browser, "#rows td.place")
    line = next(
        i for i, key in enumerate(all_of(browser, "#rows td.key")) if not key.find_elements("css selector", "button")
    )
    number = places[line].rpartition(" ")[2]
    browser.execute_script("arguments[0].click()", all_of(browser, "#rows td.place a")[line])
    wait(lambda: bool(all_of(browser, "#here")))
    assert one(browser, "#here .number").text == number


def test_places_are_cited_as_the_program_cites_them(page: Callable[[str], Any]) -> None:
    browser = page("#view=context&q=migrants")
    for paragraph in ("12", "12#2", "p3", "annex:p1", "annex2:5", "heading:V.A"):
        doc = browser.execute_script("return data.documents[0]")
        made = browser.execute_script(
            "return placeOf({ doc: arguments[0], paragraph: arguments[1] })", doc["id"], paragraph
        )
        assert made == citation(doc["name"], paragraph)


def test_contexts_are_saved_as_they_stand(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=context&q=droit*&align=left")
    one(browser, "#csv").click()
    saved = browser.downloads / "contextes.csv"
    wait(saved.is_file)
    lines = rows(saved)
    assert len(lines) == hits(browser)
    assert list(lines[0]) == ["\ufeffdoc_id", "paragraph", "start", "end", "left", "keyword", "right"]
    at = tables["paragraphs"].set_index(["doc_id", "paragraph"])["text"]
    for line in lines[:20]:
        text = at.loc[(line["\ufeffdoc_id"], line["paragraph"])]
        assert text[int(line["start"]) : int(line["end"])] == line["keyword"]
        assert text[: int(line["start"])].endswith(line["left"])


def test_contexts_without_a_search_are_those_of_the_words_that_ask(page: Callable[[str], Any]) -> None:
    browser = page("#view=context&modality=urge")
    assert int(one(browser, "#hits").text.partition(" ")[0]) == count(browser) > 0


@pytest.mark.parametrize("address", ["#view=table&q=(", "#view=context&q=droit*", "#view=map&rows=issuer&inferred=yes"])
def test_axe_finds_no_violation_where_one_looks_for_requests(page: Callable[[str], Any], address: str) -> None:
    browser = page(address)
    assert violations(browser) == []


def test_filters_stay_from_view_to_view(page: Callable[[str], Any]) -> None:
    browser = page("#view=table&modality=urge")
    n = count(browser)
    for view in ("who", "map", "context", "themes", "groups"):
        link = one(browser, f"#views a[data-view={view}]")
        link.click()
        wait(lambda view=view: f"view={view}" in browser.current_url or view == "who")
        wait(lambda: count(browser) == n)
        wait(lambda: "exhortation" in one(browser, "#panel-name").text)


def test_signs_stand_as_the_language_sets_them(page: Callable[[str], Any]) -> None:
    for lang, wanted in (("fr", "Filtres – Force\u00a0: exhortation"), ("en", "Filters – Strength: urging")):
        name = one(page(f"#view=table&modality=urge&lang={lang}"), "#panel-name")
        assert name.get_attribute("textContent") == wanted


def test_a_document_read_in_the_text_narrows_nothing(page: Callable[[str], Any], tables: dict[str, Any]) -> None:
    browser = page("#view=text")
    last = tables["documents"]["doc_id"].iloc[-1]
    Select(one(browser, "#document")).select_by_value(last)
    arrive(browser, last)
    assert Select(one(browser, "#document")).first_selected_option.get_attribute("value") == last
    one(browser, "#views a[data-view=table]").click()
    wait(lambda: bool(all_of(browser, "#count")))
    assert count(browser) == len(tables["obligations"])


def test_the_tables_count_as_the_page_does(page: Callable[[str], Any], full_run: Run, html: Path) -> None:
    """What theme_by_modality.csv says of one report, the page says of it."""
    browser = page("")
    browser.get("about:blank")
    browser.get((full_run.folder / "reader.html").as_uri() + "#view=themes")
    published = files.read_csv(full_run.folder / "tables" / "theme_by_modality.csv", "theme_by_modality")
    said = browser.execute_script(
        "return [...sorted('theme', requests)].map(([theme, rows]) => [theme === NONE ? 'sans thème' : theme,"
        " rows.length, distinct(rows)])"
    )
    counted = zip(published["theme"], published["total"], published["distinct"], strict=True)
    assert {tuple(row) for row in said} | {
        (
            "total",
            len(files.read_csv(full_run.folder / "tables" / "obligations.csv", "obligations")),
            int(published["distinct"].iloc[-1]),
        )
    } == set(counted)
