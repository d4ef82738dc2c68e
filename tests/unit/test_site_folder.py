"""The folder of a site: written beside its place, which it takes at once."""

from pathlib import Path

import pytest

from ssc_kg.errors import NotASiteError, SiteError
from ssc_kg.site.folder import MARKER, replacing


def write(target: Path, **files: str) -> None:
    with replacing(target) as folder:
        for name, text in files.items():
            folder.write(name, text.encode())


def names(directory: Path) -> set[str]:
    found = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix() for path in found}


@pytest.mark.parametrize("exists", [False, True], ids=["new", "empty"])
def test_a_folder_is_made(tmp_path: Path, *, exists: bool) -> None:
    target = tmp_path / "a" / "site"
    if exists:
        target.mkdir(parents=True)
    with replacing(target) as folder:
        folder.write("b/c.ttl", b"text")
        folder.write("d", b"more")
        assert not target.exists() or not names(target)
    assert names(target) == {MARKER, "b/c.ttl", "d"}
    assert (target / "b/c.ttl").read_bytes() == b"text"
    assert (folder.files, folder.size) == (2, 8)
    assert names(tmp_path) == {f"a/site/{name}" for name in names(target)}


def test_an_earlier_export_is_replaced_and_what_others_put_there_stays(
    tmp_path: Path,
) -> None:
    target = tmp_path / "site"
    write(target, a="1", b="1")
    (target / "CNAME").write_text("example.org")
    (target / ".git").mkdir()
    (target / ".git" / "HEAD").write_text("ref")
    for _ in range(2):
        write(target, b="2", c="2")
        assert names(target) == {MARKER, ".git/HEAD", "CNAME", "b", "c"}
        assert (target / "b").read_text() == "2"


def test_the_export_wins_over_a_file_of_the_same_name(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write(target, a="1")
    (target / "b").write_text("of somebody else")
    write(target, b="2")
    assert (target / "b").read_text() == "2"


def test_something_else_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years")
    with pytest.raises(NotASiteError, match=r"thesis\.tex"), replacing(tmp_path):
        pytest.fail("nothing is written")
    with pytest.raises(NotASiteError, match="a file"):
        write(tmp_path / "thesis.tex")
    assert names(tmp_path) == {"thesis.tex"}


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write(target, a="1")

    def fail() -> None:
        with replacing(target) as folder:
            folder.write("b", b"2")
            message = "no"
            raise SiteError(message)

    with pytest.raises(SiteError):
        fail()
    assert names(tmp_path) == {f"site/{MARKER}", "site/a"}


def test_what_a_killed_export_left_is_not_published(tmp_path: Path) -> None:
    left = tmp_path / ".site.part"
    left.mkdir()
    (left / "old").write_text("old")
    write(tmp_path / "site", a="1")
    assert names(tmp_path) == {f"site/{MARKER}", "site/a"}


def test_two_exports_at_once_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with replacing(target) as folder:
        folder.write("a", b"1")
        with pytest.raises(SiteError, match="another export"):
            write(target, b="2")
    assert names(target) == {MARKER, "a"}


def test_two_things_are_never_written_to_one_file(tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as folder:
        folder.write("a", b"1")
        for place in ("a", "a/b"):
            with pytest.raises(SiteError, match="cannot write"):
                folder.write(place, b"2")
