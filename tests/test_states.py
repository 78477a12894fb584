"""States are found by every name and code in use, and by nothing else."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict

import pytest

from generator.inputs.states import (
    TABLE,
    find_state,
    is_other_spelling,
    load_states,
    names_of,
    nearest_states,
    normalise_name,
    resembles_state,
)


def table() -> list[dict[str, str]]:
    """The rows of the table, read here a second time."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_28_states_and_8_union_territories() -> None:
    states = load_states()

    assert len(states) == 36
    assert sum(s.is_ut for s in states) == 8
    assert len({s.id for s in states}) == 36


def test_regions_are_those_of_the_official_languages_rules() -> None:
    regions = [s.region for s in load_states()]

    assert {r: regions.count(r) for r in "ABC"} == {"A": 11, "B": 5, "C": 20}
    assert [s.id for s in load_states() if not s.rules_extend] == ["TN"]


def test_no_key_means_two_states() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for state in load_states():
        for name in names_of(state):
            owners[normalise_name(name)].add(state.id)

    assert len(owners) > 250
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    "column",
    [
        "lgd_code",
        "name_en",
        "name_hi",
        "name_hi_constitution",
        "iso_3166_2",
        "vehicle_code",
        "short_en",
        "short_hi",
    ],
)
def test_all_states_are_found_by_each_column(column: str) -> None:
    found = {row["iso_3166_2"][3:]: find_state(row[column]) for row in table()}

    assert len(found) == 36
    assert [code for code, state in found.items() if state is None or state.id != code] == []


def test_all_states_are_found_by_every_alias_in_any_dress() -> None:
    lost = []
    for row in table():
        for alias in filter(None, row["aliases"].split("|")):
            decomposed = unicodedata.normalize("NFD", alias)
            for form in (alias, alias.upper(), f" {alias.lower()}\u00a0", decomposed):
                state = find_state(form)
                if state is None or f"IN-{state.id}" != row["iso_3166_2"]:
                    lost.append(form)

    assert lost == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HR", "HR"),
        ("in-hr", "HR"),
        ("6", "HR"),
        ("06", "HR"),
        ("  state of  haryana", "HR"),
        ("THE STATE OF HARYANA", "HR"),
        ("Hary\u200dana", "HR"),
        ("JAMMU\u00a0&\u00a0KASHMIR", "JK"),
        ("J.&K.", "JK"),
        ("the Andaman & Nicobar Islands", "AN"),
        ("U.T. of Lakshadweep", "LD"),
        ("Union Territory of Ladakh", "LA"),
        ("संघ राज्य क्षेत्र लद्दाख", "LA"),
        ("CHATTISGARH", "CG"),
        ("CT", "CG"),
        ("OR", "OD"),
        ("TS", "TS"),
        ("TG", "TS"),
        ("UA", "UK"),
        ("DD", "DH"),
        ("DN", "DH"),
        ("37", "LA"),
        ("छत्तीसगढ\u093c", "CG"),
        ("छत्तीसग\u095d", "CG"),
        ("Tamil-Nadu", "TN"),
    ],
)
def test_a_state_is_found_however_it_is_written(text: str, expected: str) -> None:
    state = find_state(text)

    assert state is not None
    assert state.id == expected


@pytest.mark.parametrize("text", ["UT", "", "  ", "Delhi NCR", "25", "IN", "Punjab Haryana", "the"])
def test_what_is_not_one_state_is_not_found(text: str) -> None:
    assert find_state(text) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("Hariana", "HR"), ("Tamilnaad", "TN"), ("हरियना", "HR")]
)
def test_an_unknown_name_is_answered_with_the_nearest(text: str, expected: str) -> None:
    assert find_state(text) is None

    nearest = nearest_states(text)

    assert nearest[0].id == expected
    assert len(nearest) == 3


def test_an_own_name_in_capitals_is_no_other_spelling_but_an_old_name_is() -> None:
    cg, od, an = (find_state(code) for code in ("CG", "OD", "AN"))

    assert cg
    assert od
    assert an
    assert is_other_spelling(cg, "CHATTISGARH")
    assert is_other_spelling(od, "Orissa")
    assert not is_other_spelling(cg, "CHHATTISGARH ")
    assert not is_other_spelling(an, "ANDAMAN & NICOBAR")
    assert not is_other_spelling(od, "IN-OD")


def test_heads_of_administration_are_data() -> None:
    heads = {s.id: s.head["en"] for s in load_states()}

    advisers = sorted(i for i, head in heads.items() if head == "Adviser to the Administrator")
    assert advisers == ["DH", "LD"]
    assert set(heads.values()) == {"Chief Secretary", "Adviser to the Administrator"}


@pytest.mark.parametrize("text", ["Hariana", "UTTRAKAND", "Himachl Prdesh", "Tamilnad"])
def test_a_slip_of_the_pen_resembles_a_state(text: str) -> None:
    assert find_state(text) is None
    assert resembles_state(text)


@pytest.mark.parametrize("text", ["Source: MDO portal", "Note", "All figures as on 30 Nov", ""])
def test_a_note_resembles_no_state(text: str) -> None:
    assert not resembles_state(text)
