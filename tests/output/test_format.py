"""black, where a project asks for a style of its own."""

from __future__ import annotations

from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.output.files import OutputFile
from cimforge.output.format import format_files, formatter_version

LONG = "x = f(" + ", ".join(f"argument_{n}" for n in range(8)) + ")\n"


def formatted(out: Path, *files: OutputFile) -> list[str]:
    """The texts after black, which must not refuse any."""
    result = format_files(files, out, report=Report())
    assert result is not None
    return [file.text for file in result]


def test_python_alone_is_formatted(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    texts = formatted(
        tmp_path / "out",
        OutputFile(path="a.py", data=b"x = 'a'\n", elements=("#a",)),
        OutputFile(path="b.py", data=b'y = "b"\n'),
        OutputFile(path="c.xsd", data=b"<a b='c'/>\n"),
    )
    assert texts == ['x = "a"\n', 'y = "b"\n', "<a b='c'/>\n"]


def test_the_style_is_the_nearest_pyprojects(tmp_path: Path) -> None:
    file = OutputFile(path="a.py", data=(LONG + "y = 'b'\n").encode())
    (tmp_path / "pyproject.toml").write_text(
        "[tool.black]\nline-length = 200\nskip-string-normalization = true\n"
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert formatted(tmp_path / "sub" / "out", file) == [file.text]
    assert '"line-length": 200' in formatter_version(tmp_path / "sub" / "out")
    (tmp_path / "sub" / ".git").mkdir()
    (text,) = formatted(tmp_path / "sub" / "out", file)
    assert max(map(len, text.splitlines())) <= 88
    assert formatter_version(tmp_path / "sub" / "out").endswith(" {}")


def test_what_black_refuses_is_told(tmp_path: Path) -> None:
    report = Report()
    assert format_files([OutputFile(path="a.py", data=b"def (\n")], tmp_path, report=report) is None
    assert [d.code for d in report.diagnostics] == ["CIM712"]
