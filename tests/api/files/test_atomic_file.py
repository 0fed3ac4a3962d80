"""A file is written completely or not at all."""

from pathlib import Path

import pytest

from api.files.atomic_file import write_whole


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "week.pdf"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


def test_a_writer_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    target = tmp_path / "week.pdf"
    target.write_bytes(b"one")
    with pytest.raises(TypeError):
        write_whole(target, "text")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == [target] and target.read_bytes() == b"one"
