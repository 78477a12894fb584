"""What every test may ask for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.published import Published, publish

# `make test` draws the same examples each time; `make soak` draws others, and many more.
settings.register_profile("house", derandomize=True, deadline=None)
settings.register_profile("soak", max_examples=5000, deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def cache() -> Iterator[Path]:
    """A cache of the tests' own: what a user has kept decides nothing here."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        yield Path(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The published letter, made again through the real command."""
    return publish(tmp_path_factory.mktemp("published"))
