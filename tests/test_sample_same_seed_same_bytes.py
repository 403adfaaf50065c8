"""The invented employer can be made again, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis import sample


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        sample.write(tmp_path / name, 300, 9, seed, vendor_shapes=True)
    one = _hashes(tmp_path / "one")
    assert one == _hashes(tmp_path / "again")
    assert any(name.endswith(".xlsx") for name in one)
    other = _hashes(tmp_path / "other")
    assert one["people_2026Q3.csv"] != other["people_2026Q3.csv"]
    assert one["truth.json"] != other["truth.json"]


def test_the_shipped_sample_is_what_its_readme_says_makes_it(tmp_path: Path) -> None:
    shipped = Path(__file__).parent.parent / "sample_data"
    sample.write(tmp_path, 4000, 14, 28, vendor_shapes=True)
    expected = _hashes(tmp_path)
    found = _hashes(shipped)
    found.pop("README.md")
    assert found == expected
    assert "4000, 14, 28, vendor_shapes=True" in (shipped / "README.md").read_text(encoding="utf-8")
