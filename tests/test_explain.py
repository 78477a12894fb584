"""Every figure of a letter explained: held against the letter's text and the workbook's cells."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.compose import compose_letter
from generator.content import block_texts
from generator.explain import MISSING, Explanation, explain_letter
from generator.explain.explanation import exact
from generator.model import Cohort, Edition, Fact, Place
from generator.paths import Paths
from generator.run.prepare import Prepared, prepare_edition
from generator.scoring import score_edition
from tests.audited import CLEAN
from tests.command import ROOT, patra, patra_json
from tests.editions_made import band, make_edition, real_texts, recipient, row
from tests.small import Small, make_small

SAMPLE = ROOT / "editions" / "2025-12"
TOKEN = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?%?")
COUNTS = ("Onboarded", "VERIFIED", "Completed_One", "assessments_cleared")
WHOLES = ("Total Employees", "Onboarded", "Onboarded", "Assessments_Attempted")


def indian(number: int) -> str:
    """3,22,014, written here anew."""
    digits, tail = str(number)[:-3], str(number)[-3:]
    pairs = re.findall(r"\d{1,2}(?=(?:\d\d)*$)", digits)
    return ",".join([*pairs, tail])


def tokens(texts: Iterator[str]) -> set[str]:
    """The figures in some texts."""
    return {token for text in texts for token in TOKEN.findall(text)}


class Workbook:
    """The sample's workbook, read by openpyxl alone."""

    def __init__(self) -> None:
        self.sheet = openpyxl.load_workbook(SAMPLE / "scores.xlsx", data_only=True)["Scores"]
        header = next(r for r in self.sheet.iter_rows() if any(c.value == "STATE" for c in r))
        self.columns = {_folded(c.value): c.column_letter for c in header if c.value}

    def number(self, cell: str) -> int:
        """What a cell counts, however it is typed."""
        return int(re.sub(r"\D", "", str(self.sheet[cell].value)))

    def composite(self, line: int) -> Decimal:
        """The composite of a row, with the weights of edition.toml."""
        settings = tomllib.loads((SAMPLE / "edition.toml").read_text("utf-8"))
        total = Decimal(0)
        for setting, part, whole in zip(settings["indicators"], COUNTS, WHOLES, strict=True):
            counts = [self.number(f"{self.columns[name]}{line}") for name in (part, whole)]
            total += setting["weight"] * Decimal(counts[0]) / Decimal(counts[1])
        return total.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def cells(self, line: int) -> set[str]:
        """The cells of a row that a composite comes from."""
        return {f"{self.columns[name]}{line}" for name in (*COUNTS, *WHOLES)}


def _folded(header: object) -> str:
    return " ".join(str(header).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """What the real command says of Haryana's letter in the sample edition."""
    return patra_json("explain", "2025-12", "Haryana")


@pytest.fixture(scope="module")
def sample() -> Prepared:
    """The sample edition, read."""
    return prepare_edition(Paths.at(ROOT), SAMPLE)


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    """The sample's workbook."""
    return Workbook()


def figure(document: Mapping[str, Any], name: str, section: str = "") -> dict[str, Any]:
    """The one figure of a name, in the section whose name begins so."""
    (found,) = (
        f for f in document["figures"] if f["name"] == name and f["section"].startswith(section)
    )
    found_figure: dict[str, Any] = found
    return found_figure


def cells_of(found: Mapping[str, Any]) -> list[str]:
    """The cells that a figure came from."""
    return [place["cell"] for place in found["where"] if place["file"] == "scores.xlsx"]


# The sample edition, through the real command


def test_the_document_names_edition_and_recipient(document: dict[str, Any]) -> None:
    assert (document["edition"], document["who"], document["errors"]) == ("2025-12", "HR", 0)
    assert all(
        set(f) == {"section", "name", "value", "formula", "where"} for f in document["figures"]
    )
    assert all(f["value"] and f["formula"] and f["where"] for f in document["figures"])
    assert [f for f in document["figures"] if f["value"] == MISSING] == []


def test_sections_stand_in_the_order_of_the_letter(document: dict[str, Any]) -> None:
    assert list(dict.fromkeys(f["section"] for f in document["figures"])) == [
        "Number and dates",
        "Facts quoted in the text",
        "Figures of Haryana",
        "Performance key and categories",
        "Ranking in category B",
        "Weightages",
        "Figures of the texts",
    ]


def test_every_figure_of_the_annexures_is_explained(sample: Prepared) -> None:
    edition, cards = sample.edition, sample.cards

    for to in edition.recipients:
        explained = explain_letter(edition, cards, to)
        known = tokens(figure.value for figure in explained)
        letter = compose_letter(edition, cards, to, "1")
        for version in letter.versions:
            blocks = [block for annexure in version.annexures for block in annexure.blocks]
            printed = tokens(text for block in blocks for text in block_texts(block))
            assert len(printed) > 40
            assert printed - known == set(), f"{to.id}, {version.language}"


def test_every_explained_figure_of_the_addressee_is_printed(sample: Prepared) -> None:
    (haryana,) = (r for r in sample.edition.recipients if r.id == "HR")
    explained = explain_letter(sample.edition, sample.cards, haryana)
    letter = compose_letter(sample.edition, sample.cards, haryana, "1")
    blocks = [b for v in letter.versions for b in (*v.body, *v.annexures[0].blocks)]
    text = " ".join(t for b in blocks for t in block_texts(b)).replace("\u00a0", " ")

    for found in explained:
        if found.section.startswith(("Facts", "Figures of Haryana", "Performance", "Ranking")):
            for value in found.value.split(" · "):
                assert value in text, found.name


def test_counts_are_those_of_their_cells(document: dict[str, Any], workbook: Workbook) -> None:
    counts = [f for f in document["figures"] if f["name"].endswith(": count")]

    for found, column in zip(counts, COUNTS, strict=True):
        (cell,) = cells_of(found)
        assert cell == f"{workbook.columns[column]}12"
        assert found["value"] == indian(workbook.number(cell))
        assert found["where"] == [{"file": "scores.xlsx", "sheet": "Scores", "cell": cell}]


def test_shares_are_the_quotients_of_their_cells(
    document: dict[str, Any], workbook: Workbook
) -> None:
    shares = [f for f in document["figures"] if f["name"].endswith(": share")]
    assert len(shares) == 4

    for found in shares:
        part, whole = (workbook.number(cell) for cell in cells_of(found))
        percent = Decimal(part) * 100 / Decimal(whole)
        printed = percent.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert found["value"] == f"{printed}%"
        assert found["formula"] == (
            f"{indian(part)} ÷ {indian(whole)} × 100 = "
            f"{int(percent * 10_000) / 10_000:.4f}… → {printed}%"
        )


def test_composites_come_from_the_cells_of_their_rows(
    document: dict[str, Any], workbook: Workbook
) -> None:
    others = [f for f in document["figures"] if f["name"].endswith(": composite score")]
    own = figure(document, "Composite score")
    assert len(others) == 13

    for found in (own, *others):
        cells = cells_of(found)
        (line,) = {int(re.sub(r"\D", "", cell)) for cell in cells}
        assert set(cells) == workbook.cells(line)
        assert found["value"] == str(workbook.composite(line))
        assert found["formula"].endswith(f" → {found['value']}")
        assert [p["line"] for p in found["where"] if p["file"] == "edition.toml"]


def test_ranks_follow_from_the_composites_beside_them(
    document: dict[str, Any], workbook: Workbook
) -> None:
    own = figure(document, "Rank")
    lines = {int(re.sub(r"\D", "", cell)) for cell in cells_of(own)}
    scores = {line: workbook.composite(line) for line in lines}

    assert len(lines) == 14
    assert own["value"] == str(1 + sum(score > scores[12] for score in scores.values()))
    assert own["formula"].startswith(f"{own['value']} of 14 in category B; better: Jharkhand ")
    better = re.findall(r"\d+\.\d\d", own["formula"])
    assert better == [str(s) for s in sorted(scores.values(), reverse=True) if s > scores[12]]
    for found in document["figures"]:
        if found["name"].endswith(": rank"):
            (line,) = {int(re.sub(r"\D", "", cell)) for cell in cells_of(found)}
            assert found["value"] == str(1 + sum(s > scores[line] for s in scores.values()))
            assert found["formula"].startswith(f"{found['value']} of 14 in category B")


def test_category_and_levels_name_strength_and_limits(document: dict[str, Any]) -> None:
    category = figure(document, "Category")
    level = figure(document, "Percentage of Users Onboarded: level")
    lowest = figure(document, "Percentage of Users Completing 1 Course or More: level")

    assert category["value"] == "B"
    assert category["formula"] == "strength 4,76,234 lies above 1,00,000 and up to 5,00,000"
    assert cells_of(category) == ["D12"]
    assert settings_lines(category) == ["upto = 100000", "upto = 500000"]
    assert level["value"] == "Strong · सुदृढ़"
    assert level["formula"] == "67.6167… lies above 60 and up to 100"
    assert settings_lines(level) == ["upto = 60", "upto = 100"]
    assert lowest["formula"] == "6.2472… lies up to 30"


def settings_lines(found: Mapping[str, Any]) -> list[str]:
    """What stands in edition.toml at the lines that a figure names, comments left out."""
    lines = (SAMPLE / "edition.toml").read_text("utf-8").splitlines()
    places = [place for place in found["where"] if place["file"] == "edition.toml"]
    return [lines[place["line"] - 1].split("  #")[0].strip() for place in places]


def test_settings_are_named_by_their_lines(document: dict[str, Any]) -> None:
    learners = figure(document, "learners")

    assert learners["value"] == "1.4 crore · 1.4 करोड़"
    assert learners["formula"] == "facts.learners = 1,40,00,000; ÷ 1,00,00,000 = 1.4"
    assert settings_lines(learners) == ['learners = { value = 14000000, style = "crore" }']
    quoting = {p["file"].rpartition("/")[2] for p in learners["where"][1:]}
    assert quoting == {"text.en.md", "text.hi.md"}
    assert figure(document, "Date of the letter")["value"] == "11th December, 2025 · 11 दिसंबर, 2025"
    assert settings_lines(figure(document, "Date of the letter")) == ["date = 2025-12-11"]
    assert settings_lines(figure(document, "Date of the figures")) == ["as_on = 2025-11-30"]
    total = figure(document, "Total")
    assert (total["value"], total["formula"]) == ("100", "20 + 20 + 30 + 30 = 100")
    assert settings_lines(total) == ["weight = 20", "weight = 20", "weight = 30", "weight = 30"]


def test_the_number_says_what_it_is_made_of(document: dict[str, Any]) -> None:
    number = figure(document, "Number at a first issue")

    assert number["value"] == "SPECIMEN/CEO/Karmayogi/2025/1112-8"
    assert "serial 1 + 7 = 8" in number["formula"]
    assert settings_lines(number)[0].startswith("pattern = ")
    assert number["where"][-1] == {"file": "recipients.csv", "cell": "A9", "line": 9}


def test_figures_of_the_texts_stand_at_the_lines_named(document: dict[str, Any]) -> None:
    written = [f for f in document["figures"] if f["section"] == "Figures of the texts"]
    assert len(written) > 40

    for found in written:
        (place,) = found["where"]
        folder = ROOT if place["file"].startswith("letter_templates/") else SAMPLE
        text = unicodedata.normalize("NFC", (folder / place["file"]).read_text("utf-8"))
        here = " ".join("\n".join(text.split("\n")[place["line"] - 1 :]).split("\n\n")[0].split())
        missing = [v for v in found["value"].split(", ") if v not in here]
        assert missing == [], found


def test_the_table_is_not_cut_in_a_pipe() -> None:
    done = patra("explain", "2025-12", "HR")

    assert done.returncode == 0, done.stderr
    assert "3,22,014 ÷ 4,76,234 × 100 = 67.6167…" in done.stdout
    assert "letter_templates/do_letter/text.en.md," in done.stdout
    assert "Ranking in category B" in done.stdout
    assert "patra check" not in done.stdout


@pytest.mark.parametrize("who", ["hr", "HARYANA", "हरियाणा", "IN-HR"])
def test_a_state_is_known_in_any_spelling(who: str) -> None:
    assert patra_json("explain", "2025-12", who)["who"] == "HR"


def test_an_unknown_recipient_is_answered_with_the_nearest() -> None:
    refusal = patra_json("explain", "2025-12", "Haryna", code=2)

    assert "Haryana (HR)" in refusal["error"]["message"]


# The published edition, whose composites and ranks are given


def test_what_is_given_is_said_to_be_given_and_recomputed() -> None:
    document = patra_json("explain", "2025-12-published", "HR")
    share = figure(document, "Percentage of Users Onboarded: share")
    composite, rank = figure(document, "Composite score"), figure(document, "Rank")

    assert (share["value"], share["formula"]) == (
        "100%",
        "3,22,014 ÷ 3,22,014 × 100 = 100 → 100%",
    )
    assert composite["value"] == "47.03"
    assert composite["formula"].startswith("as given in the workbook; recomputed: (20 × 100 + ")
    assert composite["formula"].endswith(" = 60.1094… → 60.11")
    assert cells_of(composite)[0] == "C15"
    assert rank["value"] == "9"
    assert rank["formula"] == (
        "as given in the workbook; recomputed: 4 of 14 in category B; "
        "better: Jharkhand 70.73, Assam 70.71, Odisha 61.27"
    )
    assert cells_of(rank)[0] == "D15"
    assert figure(document, "Category")["formula"] == "as given in the workbook"
    assert figure(document, "Number at a first issue")["value"] == "CEO/Karmayogi/2025/1112-29"
    punjab = figure(document, "Punjab: composite score")
    assert punjab["formula"] == "as given in the workbook; its counts are missing"


def test_errors_that_concern_the_letter_are_counted() -> None:
    done = patra("explain", "2025-12-published", "HR")

    assert done.returncode == 0
    assert "Errors that stand in the way of this letter: 3; " in done.stdout
    assert "patra check 2025-12-published HR says more." in done.stdout
    assert patra_json("explain", "2025-12-published", "HR")["errors"] == 3


# Figures that are missing


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small installation of its own."""
    return make_small(tmp_path)


def change_cell(small: Small, cell: str, value: object) -> None:
    """Changes one cell of the scores."""
    path = small.edition / "scores.xlsx"
    book = openpyxl.load_workbook(path)
    book["Scores"][cell] = value
    book.save(path)


def test_a_missing_count_is_said_and_the_rest_explained(small: Small) -> None:
    change_cell(small, "J12", None)

    document = patra_json("explain", small.edition, "HR", cwd=small.root)

    missing = {f["name"]: f["formula"] for f in document["figures"] if f["value"] == MISSING}
    assert missing == {
        "every share and level": "assessments_attempted is not known",
        "Composite score": "it cannot be worked out without the shares",
        "Rank": "no rank without composite and category",
    }
    assert figure(document, "Percentage of Users Onboarded: count")["value"] == "3,22,014"
    assert figure(document, "Category")["value"] == "B"
    assert document["errors"] > 0
    assert small.written() == []


def test_a_recipient_without_a_row_is_told_so(small: Small) -> None:
    change_cell(small, "C12", None)
    change_cell(small, "C10", "no State at all")

    done = patra("explain", small.edition, "HR", cwd=small.root)

    assert done.returncode == 0, done.stderr
    assert "the scores have no row of HR" in done.stdout
    assert "patra check" in done.stdout


# On values


def explained(edition: Edition, who: str) -> dict[str, Explanation]:
    """The explanations of one letter by name; the first of each."""
    (to,) = (r for r in edition.recipients if r.id == who)
    figures: dict[str, Explanation] = {}
    for found in explain_letter(edition, score_edition(edition), to):
        figures.setdefault(found.name, found)
    return figures


def made(*rows: Any, **others: Any) -> Edition:
    """An edition to Haryana with the real texts."""
    return make_edition(*rows, recipients=(recipient("HR"),), **{**real_texts(), **others})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("322014", "3,22,014"),
        ("62.5", "62.5"),
        ("100.000", "100"),
        ("67.61675", "67.6167…"),
        ("99.99999", "99.9999…"),
        ("0.00001", "0.0000…"),
    ],
)
def test_inexact_numbers_are_cut_off_and_say_so(value: str, shown: str) -> None:
    assert exact(Decimal(value)) == shown


def test_equal_scores_name_the_rule_of_ties() -> None:
    better = row("PB", 400_000, 200_000, 150_000, 50_000, 80, 40)
    edition = made(row("HR", *CLEAN), row("AS", *CLEAN), better)

    figures = explained(edition, "HR")

    assert figures["Rank"].value == "2"
    assert figures["Rank"].formula == (
        f"2 of 3 in category B; better: Punjab {figures['Punjab: composite score'].value}; "
        f"equal: Assam {figures['Composite score'].value} (equal scores share the better rank)"
    )
    assert figures["Assam: rank"].formula.startswith("2 of 3 in category B; better: 1; equal: ")
    assert figures["Punjab: rank"].formula == "1 of 3 in category B; better: none"


def test_a_category_against_the_strength_is_told() -> None:
    figures = explained(made(row("HR", *CLEAN, cohort="C")), "HR")

    assert figures["Category"].value == "B"
    assert figures["Category"].formula.endswith("up to 5,00,000; the workbook gives C")


def test_without_strength_and_category_both_are_missing() -> None:
    figures = explained(made(row("HR", None, 300, 200, 100, 80, 40)), "HR")

    assert figures["Category"].value == MISSING
    assert figures["every share and level"].formula == "strength is not known"
    assert figures["Rank"].value == MISSING


def test_nothing_is_divided_by_zero() -> None:
    figures = explained(made(row("HR", 400_000, 0, 0, 0, 0, 0)), "HR")

    assert figures["every share and level"].formula == (
        "onboarded is 0, and nothing can be divided by it; "
        "attempted is 0, and nothing can be divided by it"
    )


def test_given_figures_without_counts_stay_as_given() -> None:
    lone = row("HR", *[None] * 6, composite="47.03", rank=9, cohort="B")
    figures = explained(made(lone, composite="given"), "HR")

    assert figures["Composite score"].formula == "as given in the workbook; its counts are missing"
    assert figures["Rank"].formula.startswith("as given in the workbook; recomputed: 1 of 1")


def test_a_given_composite_or_rank_that_is_not_there_is_missing() -> None:
    figures = explained(made(row("HR", *CLEAN, rank=1), composite="given"), "HR")
    bare = explained(made(row("HR", *CLEAN, composite="50"), composite="given"), "HR")

    assert figures["Composite score"].value == MISSING
    assert figures["Composite score"].formula.startswith("not given in the workbook; recomputed: ")
    assert (bare["Rank"].value, bare["Rank"].formula) == (MISSING, "it is not given")


def test_a_rank_given_alone_cannot_be_recomputed() -> None:
    lone = row("HR", *[None] * 6, rank=9, cohort="B")

    formula = explained(made(lone, composite="given"), "HR")["Rank"].formula

    assert formula == "as given in the workbook; without a composite it cannot be recomputed"


def test_a_share_above_every_limit_has_the_last_level() -> None:
    figures = explained(made(row("HR", 400_000, 500_000, 100, 50, 80, 40)), "HR")

    assert figures["onboarded: level"].formula == "125 lies above every limit: the last level"


def test_lower_limits_of_the_offices_own_are_told() -> None:
    low, moderate = band("low", 30), replace(band("moderate", 60), starts=Decimal(31))
    bands = (low, moderate, band("strong", 100))

    figures = explained(made(row("HR", *CLEAN), bands=bands), "HR")

    assert figures["Moderate · moderate"].value == "31 – 60"
    assert figures["Moderate · moderate"].formula == "above 30 and up to 60; printed from 31"


def test_a_category_without_limits_takes_any_strength() -> None:
    edition = made(row("HR", *CLEAN), cohorts=(Cohort("A", None),))

    assert explained(edition, "HR")["Category"].formula == "strength 4,00,000 lies at any number"


def test_a_missing_date_of_the_figures_is_told() -> None:
    figures = explained(made(row("HR", *CLEAN), as_on=None), "HR")

    assert figures["Date of the figures"].value == MISSING


def test_a_letter_without_figures_has_number_date_and_texts() -> None:
    edition = made(indicators=(), bands=(), cohorts=(), as_on=None)

    sections = {found.section for found in explained(edition, "HR").values()}

    assert sections == {"Number and dates", "Facts quoted in the text", "Figures of the texts"}


def test_one_language_alone_is_explained_in_its_own_words() -> None:
    edition = made(row("HR", *CLEAN))
    (to,) = edition.recipients
    edition = replace(edition, recipients=(replace(to, versions=("hi",)),))

    figures = explained(edition, "HR")

    assert figures["learners"].value == "1.4 करोड़"
    assert not any("Enclosures" in name for name in figures)


def test_rounded_facts_show_what_was_rounded() -> None:
    facts = {
        "learners": Fact(Decimal(14_567_890), "crore"),
        "share": Fact(Decimal(4590000), "lakh"),
    }

    figures = explained(made(facts=facts), "HR")

    assert figures["learners"].value == "1.46 crore · 1.46 करोड़"
    assert figures["learners"].formula.endswith("÷ 1,00,00,000 = 1.4567…")
    assert figures["share"].formula == "facts.share = 45,90,000; ÷ 1,00,000 = 45.9"


def test_an_address_belongs_to_its_own_letter_alone() -> None:
    def with_pin(who: str, pin: str) -> Any:
        place = Place("recipients.csv", cell=f"F{pin[-1]}")
        return recipient(who, address={"en": f"PIN {pin}"}, places={"address_en": place})

    edition = replace(made(), recipients=(with_pin("HR", "160001"), with_pin("PB", "160002")))

    figures = explained(edition, "HR")

    assert figures["PIN 160001"].value == "160001"
    assert "PIN 160002" not in figures
