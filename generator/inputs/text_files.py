"""Text files as offices save them: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from pathlib import Path

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.clean import clean_text, fault_in_text
from generator.inputs.refusals import unreadable
from generator.model import Place, Text


def read_text_file(path: Path, file: str) -> str:
    """The text of a file, in NFC and with one kind of line end.

    Raises:
        InputError: The file cannot be opened, or is not UTF-8.
    """
    return clean_text(decode(read_bytes(path, file), file))


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: The file cannot be opened, or is a folder.
    """
    if path.is_dir():
        raise unreadable(
            Place(file),
            f"{file} is a folder, not a file",
            f"Move the folder elsewhere, and put the file {path.name} in its place.",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise unreadable(
            Place(file),
            f"{file} cannot be opened: {reason}",
            "Check that the file is there, that you may read it and no program locks it.",
        ) from error


def decode(data: bytes, file: str) -> str:
    """Bytes of UTF-8 as text.

    Raises:
        InputError: The bytes are of another encoding (UTF-16, Windows' own).
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4096]:
        excel = ", which Excel calls “Unicode Text”" if _is_csv(file) else ""
        raise _not_utf8(Place(file), f"UTF-16{excel}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        found = f"another encoding: byte 0x{byte:02X} in line {line}"
        raise _not_utf8(Place(file, line=line), found) from None


def _not_utf8(where: Place, found: str) -> InputError:
    how = (
        "In Excel choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”."
        if _is_csv(where.file)
        else "Save it as UTF-8 (in Notepad: Save As, Save as type “All files”, Encoding “UTF-8”)."
    )
    return unreadable(where, f"{where.file} is not UTF-8 but {found}; Hindi would be lost", how)


def _is_csv(file: str) -> bool:
    return file.lower().endswith(".csv")


def fault_finding(text: Text) -> Finding | None:
    """An error where a text holds what no letter can print."""
    if (fault := fault_in_text(text.source)) is None:
        return None
    line = text.source.count("\n", 0, fault[0]) + 1
    return Finding(
        Severity.ERROR,
        "text-printable",
        f"The text holds {fault[1]}, which cannot be printed.",
        "Delete it and type the words anew.",
        where=text.place(line),
    )
