"""What keeping the first letter will need, done beside its making."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread

from generator.store import Store


def start_packing(store: Store, folders: Iterable[tuple[Path, Mapping[str, str]]]) -> None:
    """Compresses what the store will get, and loads what a made letter's proof is written with.

    Args:
        store: The store.
        folders: Each with the SHA-256 of its files, by name.
    """
    Thread(target=_pack, args=(store, tuple(folders)), daemon=True).start()


def _pack(store: Store, folders: Iterable[tuple[Path, Mapping[str, str]]]) -> None:
    from generator import readback  # noqa: F401, PLC0415 - slow to load

    for folder, names in folders:
        store.pack_ahead(folder, names)
