"""``bin/fetch-fonts`` links installed fonts, is silent the second time and says what happens without them."""

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "bin" / "fetch-fonts"
NAMES = {
    "FandolFang-Regular.otf",
    "FandolHei-Bold.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolSong-Regular.otf",
}


def run(target: Path, texlive: Path, path: str = os.environ["PATH"]) -> str:
    environment = {"FONTS_DIR": str(target), "TEXLIVE_FANDOL": str(texlive), "PATH": path}
    bash = shutil.which("bash")
    assert bash
    return subprocess.run([bash, str(SCRIPT)], env=environment, check=True, capture_output=True, text=True).stdout


def test_installed_fonts_are_linked_once(tmp_path: Path) -> None:
    texlive, target = tmp_path / "texlive", tmp_path / "fonts"
    texlive.mkdir()
    for name in NAMES:
        (texlive / name).write_bytes(b"OTTO")
    assert "linked" in run(target, texlive)
    assert {file.name for file in target.iterdir()} == NAMES
    assert all(file.read_bytes() == b"OTTO" for file in target.iterdir())
    before = {file.name: file.lstat().st_mtime_ns for file in target.iterdir()}
    assert run(target, texlive) == ""
    assert {file.name: file.lstat().st_mtime_ns for file in target.iterdir()} == before


def test_without_fonts_and_apt_one_line_says_what_to_do(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "mkdir", "id"):
        source = shutil.which(name)
        assert source
        (tools / name).symlink_to(source)
    said = run(tmp_path / "fonts", tmp_path / "nothing", str(tools))
    assert said.count("\n") == 1
    assert "Noto CJK" in said
    assert "apt-get install texlive-lang-chinese" in said
    assert not list((tmp_path / "fonts").iterdir())
