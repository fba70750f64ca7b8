"""A disk that is full or cannot be written any more: said clearly, and the last snapshot stays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.killed_builds import is_same, read, run, write
from warehouse.files import StoreError


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    write(tmp_path / "inbox" / "a.txt", "双方签订协议。")
    return tmp_path / "inbox"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB; a folder that is filled up the same way where mounting is not allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    yield disk
    if is_mounted:
        subprocess.run(["umount", str(disk)], check=True)


def fail_from(patch: pytest.MonkeyPatch, step: int, number: int) -> list[str]:
    """Let everything that makes something durable fail from the n-th time on."""
    done: list[str] = []
    for name in ("fsync", "link", "replace", "rename", "symlink"):
        real = getattr(os, name)

        def call(*args, real=real, name=name, **kwargs):
            done.append(name)
            if len(done) >= step:
                raise OSError(number, os.strerror(number), str(args[0]))
            return real(*args, **kwargs)

        patch.setattr(os, name, call)
    return done


@pytest.mark.parametrize(
    ("number", "said"), [(28, "disk is full"), (30, "read-only"), (13, "no permission"), (122, "quota")]
)
@pytest.mark.parametrize("step", [3, 20])
def test_a_build_that_cannot_write_any_more_says_so(inbox, tmp_path, monkeypatch, number, said, step) -> None:
    house = tmp_path / "house"
    run(inbox, house)
    before = read(house)
    write(inbox / "b.txt", "白石港开工。")
    with monkeypatch.context() as patch:
        done = fail_from(patch, step, number)
        with pytest.raises(StoreError, match=said):
            run(inbox, house)
    assert len(done) >= step
    assert is_same(read(house), before)
    assert run(inbox, house).delta["documents"].added == 1


def test_a_full_disk_is_named_and_building_goes_on_when_there_is_room(inbox, small_disk, monkeypatch) -> None:
    house = small_disk / "house"
    run(inbox, house)
    before = read(house)
    write(inbox / "b.txt", "白石港开工。")
    if os.path.ismount(small_disk):
        room = shutil.disk_usage(small_disk).free - 40_000
        (small_disk / "ballast").write_bytes(bytes(room))
        with pytest.raises(StoreError, match=r"disk is full.*last snapshot is unchanged"):
            run(inbox, house)
        (small_disk / "ballast").unlink()
    else:
        with monkeypatch.context() as patch:
            fail_from(patch, 20, 28)
            with pytest.raises(StoreError, match=r"disk is full.*last snapshot is unchanged"):
                run(inbox, house)
    assert is_same(read(house), before)
    assert run(inbox, house).delta["documents"].added == 1


def test_a_disk_that_becomes_read_only_is_named(inbox, small_disk) -> None:
    house = small_disk / "house"
    run(inbox, house)
    before = read(house)
    write(inbox / "b.txt", "白石港开工。")
    if os.path.ismount(small_disk):
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(StoreError, match="read-only"):
            run(inbox, house)
        assert is_same(read(house), before)
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert run(inbox, house).delta["documents"].added == 1
