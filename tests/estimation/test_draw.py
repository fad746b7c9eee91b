"""Drawing: strata of sentences, how many of each, and a sample that grows and loses nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from pries.base.errors import InputError
from pries.estimation import allocation, draw, strata
from pries.estimation.strata import Sentence
from pries.review import sample
from pries.schema import schema
from pries.store import files

SIZES = {"requests": 80, "words": 20, "others": 300}
SPREADS = {"requests": 0.3, "words": 0.2, "others": 0.1}


def frame(n: int = 120, kinds: tuple[str, ...] = ("others", "requests", "words")) -> list[Sentence]:
    return [Sentence(f"s{i:03}", f"d{i % 12}", str(i), kinds[i % len(kinds)], 0.1) for i in range(n)]


def options(corpus: Path, *words: str) -> Namespace:
    parser = ArgumentParser()
    draw.arguments(parser)
    return parser.parse_args(["--corpus", str(corpus), "--outputs", "unused", *words])


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose run has the sentences of `frame`."""

    def read_frame(outputs: Path, lexicons: Path, documents: bool) -> list[Sentence]:
        return frame(kinds=("documents",)) if documents else frame()

    monkeypatch.setattr(draw, "read_frame", read_frame)
    return tmp_path


def rows(corpus: Path) -> list[sample.Drawn]:
    found, wrong = sample.read((corpus / "sample.csv").read_bytes())
    assert not wrong
    return found


def test_strata_tell_requests_words_and_the_rest() -> None:
    requests = pd.DataFrame({"sentence_id": ["a", "b", "b"]})
    tokens = pd.DataFrame({"sentence_id": ["a", "c", "d"], "read": ["priés", "Priés", "levée"]})
    text = pd.DataFrame({"sentence_id": list("abcd"), "doc_id": "d", "paragraph": "1"})
    found = [s.stratum for s in strata.frame(text, requests, tokens, frozenset(("priés",)))]
    assert found == ["requests", "requests", "words", "others"]
    sure = strata.frame(text, requests.assign(confidence=[0.9, 0.8, 0.7]), tokens, frozenset(("priés",)))
    assert [s.stratum for s in sure][:2] == ["requests-sure", "requests-unsure"]
    assert sure[1].doubt == pytest.approx(1 - 0.8 * 0.7)
    empty = strata.frame(text, requests.assign(confidence=""), tokens, frozenset(("priés",)))
    assert [s.stratum for s in empty] == found


@pytest.mark.parametrize("n", [1, 7, 15, 60, 150, 399, 400, 1000])
def test_allocation_sums_up_and_stays_in_bounds(n: int) -> None:
    found = allocation.allocate(SIZES, SPREADS, n)
    assert sum(found.values()) == min(n, 400)
    assert all(0 <= found[name] <= SIZES[name] for name in SIZES)
    assert n < 15 or all(found[name] >= 5 for name in SIZES)


def test_neyman_takes_more_where_errors_are_likelier() -> None:
    found = allocation.allocate(SIZES, SPREADS, 100, allocation.NEYMAN)
    assert found["requests"] / 80 > found["words"] / 20 > found["others"] / 300
    flat = allocation.allocate(SIZES, SPREADS, 100, allocation.PROPORTIONAL)
    assert flat == {"requests": 20, "words": 5, "others": 75}
    between = allocation.allocate(SIZES, SPREADS, 100)
    widths = [allocation.half_width(SIZES, SPREADS, wanted) for wanted in (found, between, flat)]
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("n", [40, 200, 390])
def test_a_compromise_costs_a_third_more_variance_at_most_where_the_confidences_are_wrong(n: int) -> None:
    spreads = {"requests": 1e-9, "words": 1e-9, "others": 1.0}  # and all errors are in requests
    sizes = dict.fromkeys(SIZES, 500)
    bounds = []
    for kind in allocation.KINDS:
        drawn = allocation.allocate(sizes, spreads, n, kind)["requests"]
        bounds.append((500 - drawn) / drawn)
    assert bounds[0] / bounds[2] < 4 / 3 + 0.1  # of a whole sentence
    assert bounds[1] / bounds[2] > 2  # Neyman's has no bound


def test_the_sample_for_a_wished_width_is_the_smallest() -> None:
    n = allocation.needed(SIZES, SPREADS, 10)
    widths = [allocation.half_width(SIZES, SPREADS, allocation.allocate(SIZES, SPREADS, m)) for m in (n - 1, n)]
    assert widths[1] <= 10 < widths[0]


def test_every_sentence_of_a_stratum_is_drawn_equally_often() -> None:
    units = {"all": [f"s{i}" for i in range(10)]}
    times = Counter(name for seed in range(2000) for name in allocation.draw(units, {"all": 3}, seed)["all"])
    assert max(abs(times[name] - 600) for name in units["all"]) < 5 * (2000 * 0.3 * 0.7) ** 0.5


def test_a_sample_has_exact_probabilities_and_a_random_order(corpus: Path) -> None:
    draw.run(options(corpus, "-n", "30"))
    found = rows(corpus)
    assert len(found) == 30
    assert sum(1 / row.pi for row in found) == pytest.approx(120)
    order = [row.sentence_id for row in found]
    assert order != sorted(order)
    assert len({row.cells["stratum"] for row in found[:10]}) > 1


def test_drawing_again_extends_and_keeps_what_is_coded(corpus: Path) -> None:
    draw.run(options(corpus, "-n", "30"))
    before = rows(corpus)
    coded = [{**row.cells, "coded": "yes", "coder": "ML", "mine": "x"} for row in before]
    sample.write(corpus / "sample.csv", coded)
    draw.run(options(corpus, "-n", "60", "--seed", "5"))
    after = rows(corpus)
    assert [row.sentence_id for row in after[:30]] == [row.sentence_id for row in before]
    assert [row.coded for row in after] == [True] * 30 + [False] * 30
    assert all(row.cells["mine"] == "x" for row in after[:30])
    assert sum(1 / row.pi for row in after) == pytest.approx(120)
    again = (corpus / "sample.csv").read_bytes()
    draw.run(options(corpus, "-n", "60"))
    assert (corpus / "sample.csv").read_bytes() == again


def test_whole_documents(corpus: Path) -> None:
    draw.run(options(corpus, "-n", "3", "--documents"))
    found = rows(corpus)
    assert len({row.cells["doc_id"] for row in found}) == 3
    assert len(found) == 30
    assert {row.pi for row in found} == {0.25}
    with pytest.raises(InputError, match="whole documents"):
        draw.run(options(corpus))


def test_long_documents_are_drawn_for_certain_and_the_others_by_chance(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = {"long": 60, "longer": 90} | {f"d{i:02}": 4 for i in range(18)}
    text = [Sentence(f"{d}-{i}", d, str(i), "documents", 0.1) for d, n in lengths.items() for i in range(n)]
    monkeypatch.setattr(draw, "read_frame", lambda *_: text)
    held = []
    for seed in range(40):
        (corpus / "sample.csv").unlink(missing_ok=True)
        for n in (8, 11):  # and goes on from there
            draw.run(options(corpus, "-n", str(n), "--documents", "--seed", str(seed)))
            found = {row.cells["doc_id"]: row.pi for row in rows(corpus)}
            assert len(found) == n
            assert found.pop("long") == found.pop("longer") == 1
            assert list(found.values()) == [pytest.approx((n - 2) / 18)] * (n - 2)
        held += found
    times = [held.count(f"d{i:02}") for i in range(18)]
    assert sum(times) / 18 == 20
    assert max(times) < 33  # of 40 draws, each by chance in half
    order = [row.cells["doc_id"] for row in rows(corpus)]
    assert len(list(dict.fromkeys(order))) == sum(a != b for a, b in zip(order, ["", *order], strict=False))
    assert allocation.self_representing(lengths, 5) == set()  # chance has to have something left to tell


def test_a_program_that_has_changed_draws_anew_from_what_is_left(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw.run(options(corpus, "-n", "30"))
    before = rows(corpus)
    monkeypatch.setattr(draw, "read_frame", lambda *_: frame(kinds=("others", "requests")))
    with pytest.raises(InputError, match="stratum"):
        draw.run(options(corpus, "-n", "60"))
    draw.run(options(corpus, "-n", "30", "--anew"))
    draw.run(options(corpus, "-n", "40"))  # and this extends as always
    after = rows(corpus)
    assert [row.sentence_id for row in after[:30]] == [row.sentence_id for row in before]
    assert [row.pi for row in after[:30]] == [1] * 30
    assert len(after) == 70
    assert sum(1 / row.pi for row in after) == pytest.approx(120)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sentence_id,stratum,pi,coded\ns000,others,1.4,yes\n", "no probability"),
        ("sentence_id,stratum,pi,coded\ns000,others,viel,yes\n", "no number"),
        ("sentence_id,stratum,coded\ns000,others,yes\n", "missing column pi"),
        ("sentence_id,stratum,pi,coded\nother,others,0.5,yes\n", "none of its 1 sentences stands in this corpus"),
        ("sentence_id,stratum,pi,coded\ns000,others,0.5,perhaps\n", "neither yes nor empty"),
        ("sentence_id,stratum,pi,coded\ns000,others,0.5\n", "3 cells in place of 4"),
    ],
)
def test_nothing_is_written_over_a_file_that_is_wrong(corpus: Path, text: str, problem: str) -> None:
    (corpus / "sample.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        draw.run(options(corpus))
    assert (corpus / "sample.csv").read_text(encoding="utf-8") == text


def test_a_spreadsheet_may_have_saved_it() -> None:
    line = "s1;d;1;words;0,25;oui;"
    text = f"\ufeffsentence_id;doc_id;paragraph;stratum;pi;coded;coder\n{line}ML\n{line}AB\n"
    found, wrong = sample.read(text.encode("utf-8"))
    assert [(row.pi, row.coded) for row in found] == [(0.25, True)]
    assert [(line, problem) for line, problem, _ in wrong] == [
        (3, "sentence s1 stands on line 2 too, coded by ML and AB: it counts once")
    ]  # fmt: skip


def test_the_frame_is_read_from_a_run(tmp_path: Path) -> None:
    work = tmp_path / ".work"
    (work / "found").mkdir(parents=True)
    for name, stage in (("sentences", "segment"), ("tokens", "parse"), ("found/obligations", "obligations")):
        table = Path(name).name
        files.write_parquet(schema.empty(table, stage), work / f"{name}.parquet", table, stage)
    assert draw.read_frame(tmp_path, draw.Path(strata.__file__).parents[1] / "lexicons", False) == []
