"""Where things lie: one frozen value, made once from ``--root``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation; ``output`` may lie elsewhere (``--output``)."""

    root: Path
    output: Path

    @classmethod
    def at(cls, root: Path, output: Path | None = None) -> Paths:
        """The usual layout below ``root``."""
        return cls(root, output or root / "output")

    @property
    def templates(self) -> Path:
        """The kinds, a folder each."""
        return self.root / "letter_templates"

    @property
    def fonts(self) -> Path:
        """The fonts that letters are set in."""
        return self.root / "fonts"

    @property
    def locale(self) -> Path:
        """The languages besides Hindi and English."""
        return self.root / "locale"

    @property
    def editions(self) -> Path:
        """The editions, a folder each."""
        return self.root / "editions"

    def kind(self, name: str) -> Path:
        """The folder of a kind of communication."""
        return self.templates / name

    def shown(self, path: Path, edition: Path) -> str:
        """How a file is named in findings on an edition: below the edition where it lies there."""
        inside = path.is_relative_to(edition)
        return path.relative_to(edition).as_posix() if inside else self.relative(path)

    def relative(self, path: Path) -> str:
        """How a file is named in messages: below the root where it lies there."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def find_root(start: Path) -> Path | None:
    """The nearest folder from ``start`` upwards that holds ``letter_templates/``."""
    for folder in (start, *start.parents):
        if (folder / "letter_templates").is_dir():
            return folder
    return None
