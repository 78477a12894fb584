"""Letters to some recipients only: the conditions of ``[[only]]``, through the real command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import patra_json
from tests.small import Small, make_small

BEFORE = "# A count that moved"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return make_small(tmp_path)


def checked(small: Small, condition: str, code: int = 0) -> dict[str, Any]:
    small.edit("edition.toml", BEFORE, f"{condition}\n\n{BEFORE}")
    return patra_json("check", "--root", small.root, small.edition, code=code)


def left_out(document: dict[str, Any]) -> str:
    (message,) = (f["message"] for f in document["findings"] if f["check"] == "left-out-named")
    return str(message)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('[[only]]\nfigure = "category"\namong = ["B"]', "2 of 3 recipients: CH, GA"),
        ('[[only]]\nfigure = "category"\namong = ["A", "B"]', "0 of 3 recipients: nobody"),
        (
            '[[only]]\nfigure = "verified"\nfrom = 92.56\n[[only]]\nfigure = "category"\n'
            'among = ["B"]',
            "2 of 3 recipients: CH, GA",
        ),
    ],
)
def test_who_is_left_out_is_told(small: Small, condition: str, told: str) -> None:
    assert left_out(checked(small, condition)) == f"[[only]] leaves out {told}"


def test_a_condition_that_leaves_nobody_is_an_error_and_nothing_is_issued(small: Small) -> None:
    document = checked(small, '[[only]]\nfigure = "composite"\nfrom = 1000', code=4)
    issued = patra_json("issue", "--root", small.root, small.edition, code=4)

    nobody = "[[only]] leaves out 3 of 3 recipients: nobody would get a letter"
    assert left_out(document) == left_out(issued) == nobody
    assert small.written() == []


def test_a_name_not_confirmed_is_told_of_those_alone_who_get_letters(small: Small) -> None:
    path = small.edition / "recipients.csv"
    path.write_text(path.read_text("utf-8").replace("2025-12-01", ""), "utf-8")

    document = checked(small, '[[only]]\nfigure = "category"\namong = ["B"]')

    (told,) = (f for f in document["findings"] if f["check"] == "recipients-confirmed")
    assert told["who"] == "HR"


def test_a_share_counts_as_it_is_printed(small: Small) -> None:
    """Haryana's verified share is 92.5613… percent and prints as 92.56%."""
    assert "HR" not in left_out(checked(small, '[[only]]\nfigure = "verified"\nupto = 92.56'))


def test_only_those_who_are_meant_get_letters_and_numbers(small: Small) -> None:
    small.edit("edition.toml", BEFORE, f'[[only]]\nfigure = "category"\namong = ["A"]\n\n{BEFORE}')

    document = patra_json("issue", "--root", small.root, small.edition)

    letters = {entry["who"]: entry["number"] for entry in document["letters"]}
    assert sorted(letters) == ["CH", "GA"]
    assert [number.rsplit("-", 1)[1] for number in letters.values()] == ["1", "2"]
    assert not any("HR-" in name for name in small.written())


def test_one_who_is_left_out_cannot_be_named(small: Small) -> None:
    small.edit("edition.toml", BEFORE, f'[[only]]\nfigure = "category"\namong = ["A"]\n\n{BEFORE}')

    document = patra_json("issue", "--root", small.root, small.edition, "Haryana", code=2)

    assert document["error"]["code"] == 2
    assert document["error"]["message"] == '"Haryana" is left out by [[only]] in edition.toml'


def test_a_fault_of_one_who_is_left_out_blocks_nobody_else(small: Small) -> None:
    small.write_recipients(
        ("HR", "Shri", "नमूना एक", "Namuna One", "IAS", ""),
        ("GA", "", "", "", "", ""),
    )
    small.edit("edition.toml", BEFORE, f'[[only]]\nfigure = "category"\namong = ["A"]\n\n{BEFORE}')

    document = patra_json("issue", "--root", small.root, small.edition)

    assert [entry["status"] for entry in document["letters"]] == ["issued"]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('figure = "rang"\nupto = 1', "figure = “rang” is no figure of this edition"),
        ('figure = "rank"', "the condition on “rank” has no limit"),
        ('figure = "rank"\nfrom = 3\nupto = 1', "from = 3 is above upto = 1: nobody is meant"),
        ('figure = "rank"\namong = ["A"]\nupto = 1', "the condition on “rank” has no limit"),
        ('figure = "category"\namong = ["D"]', "a condition on the category names categories"),
        ('figure = "category"', "a condition on the category names categories"),
    ],
)
def test_a_condition_that_cannot_be_decided_is_refused(
    small: Small, condition: str, told: str
) -> None:
    document = checked(small, f"[[only]]\n{condition}", code=3)

    (finding,) = (f for f in document["findings"] if f["check"] == "settings-valid")
    assert finding["message"].startswith(f"[[only]] no. 1: {told}")
    assert finding["where"]["line"]


def test_a_condition_with_one_bracket_is_refused_with_how_to_write_it(small: Small) -> None:
    document = checked(small, '[only]\nfigure = "rank"\nupto = 1', code=3)

    (finding,) = (f for f in document["findings"] if f["check"] == "settings-valid")
    assert finding["message"] == "[only] is one table, where several may stand"
    assert finding["remedy"] == "Write [[only]], with two brackets on either side."
