"""Shared annexures kept between runs: the same bytes, or made anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.fingerprint import digest_of, hash_folder
from generator.render.pdf import PdfRenderer, Shelf
from generator.render.pdf.shelf import MOST, Shared, SharedPage, cache_folder
from tests.command import ROOT
from tests.letters import sample_letter

FONTS = ROOT / "fonts"
LETTER = sample_letter("hi", "en")
SHEETS = 2


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A copy of the kind that a test may change."""
    return Path(shutil.copytree(ROOT / "letter_templates" / "do_letter", tmp_path / "do_letter"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "patra"


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was laid out."""
    markup: list[str] = []
    lay_out = PdfRenderer._lay_out

    def noted(self: PdfRenderer, html: str, *rest: Any) -> Any:
        markup.append(html)
        return lay_out(self, html, *rest)

    monkeypatch.setattr(PdfRenderer, "_lay_out", noted)
    return markup


def renderer(kind: Path, folder: Path) -> PdfRenderer:
    """As in a process of a new run."""
    return PdfRenderer(kind, FONTS, Shelf(lambda: digest_of(hash_folder(kind)), folder))


def test_a_later_run_lays_out_the_letters_own_pages_alone(
    kind: Path, folder: Path, laid_out: list[str]
) -> None:
    first = renderer(kind, folder).render(LETTER)
    assert len(laid_out) == 2 + SHEETS

    again = renderer(kind, folder).render(LETTER)

    assert len(laid_out) == 2 * 2 + SHEETS
    assert again == first
    assert PdfRenderer(kind, FONTS).render(LETTER) == first


def test_a_changed_template_or_text_is_never_taken_from_before(
    kind: Path, folder: Path, laid_out: list[str]
) -> None:
    before = renderer(kind, folder).render(LETTER)
    style = kind / "page.css"
    style.write_text(style.read_text("utf-8") + "p { letter-spacing: 0.1pt }", "utf-8")

    restyled = renderer(kind, folder).render(LETTER)
    reworded = renderer(kind, folder).render(replace(LETTER, mark=()))

    assert len(laid_out) == 3 * (2 + SHEETS)
    assert before.data != restyled.data != reworded.data


def test_a_template_that_changes_while_pages_are_made_is_kept_for_neither(
    kind: Path, folder: Path
) -> None:
    answers = iter(["before", "after"])
    PdfRenderer(kind, FONTS, Shelf(lambda: next(answers), folder)).render(LETTER)

    assert not folder.exists()


def spoil(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)


def cut(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:1000])


def make_pipe(place: Path) -> None:
    place.unlink()
    os.mkfifo(place, 0o600)


def make_link(place: Path) -> None:
    place.rename(place.with_suffix(".elsewhere"))
    place.symlink_to(place.with_suffix(".elsewhere"))


def open_file(place: Path) -> None:
    place.chmod(0o666)


def open_folder(place: Path) -> None:
    place.parent.chmod(0o777)


@pytest.mark.parametrize("harm", [spoil, cut, make_pipe, make_link, open_file, open_folder])
def test_what_is_damaged_or_anothers_to_write_is_made_anew(
    kind: Path, folder: Path, laid_out: list[str], harm: Callable[[Path], None]
) -> None:
    first = renderer(kind, folder).render(LETTER)
    (place,) = folder.iterdir()
    harm(place)
    laid_out.clear()

    assert renderer(kind, folder).render(LETTER) == first
    assert len(laid_out) == 2 + SHEETS


@pytest.mark.parametrize("harm", [spoil, cut, open_file])
def test_what_was_damaged_is_whole_after_the_next_run(
    kind: Path, folder: Path, laid_out: list[str], harm: Callable[[Path], None]
) -> None:
    renderer(kind, folder).render(LETTER)
    (place,) = folder.iterdir()
    harm(place)
    renderer(kind, folder).render(LETTER)
    laid_out.clear()

    renderer(kind, folder).render(LETTER)

    assert len(laid_out) == 2


def test_letters_are_made_where_nothing_can_be_kept(kind: Path, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("no folder", "utf-8")

    assert renderer(kind, folder).render(LETTER) == PdfRenderer(kind, FONTS).render(LETTER)


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(str, folder)
    place = shelf.place("markup")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    shelf.put(place, Shared([[SharedPage(10.5, [])]], b"data"))

    assert list(folder.iterdir()) == []


def test_the_last_used_are_kept(folder: Path) -> None:
    shelf = Shelf(str, folder)
    places = [shelf.place(str(n)) for n in range(MOST + 3)]
    for n, place in enumerate(places):
        shelf.put(place, Shared([], b"data"))
        os.utime(place, (n, n))
        if n == MOST - 1:
            assert shelf.find(places[0]) is not None

    assert shelf.find(places[0]) == Shared([], b"data")
    assert shelf.find(places[1]) is None
    assert len(list(folder.iterdir())) == MOST


def test_bookmarks_come_back_as_they_were(folder: Path) -> None:
    shelf = Shelf(str, folder)
    page = SharedPage(1122.5196850393702, [[1, "सर्वोत्तम", [0.1, 2 / 3], "open"]])
    shelf.put(shelf.place("a"), Shared([[page], [page, page]], b"\nPDF\n"))

    assert shelf.find(shelf.place("a")) == Shared([[page], [page, page]], b"\nPDF\n")


def test_it_lies_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "patra" / "shared-annexures"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "patra" / "shared-annexures"
