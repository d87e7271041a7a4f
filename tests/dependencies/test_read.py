"""What is read from project files: the same from every format, and with the right places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from k3ls.dependencies import Requirement, is_project_file, is_python, read
from k3ls.engine import check, fix
from k3ls.settings import Settings
from k3ls.text import Source

VERSIONS = ["2", "2.4", "2.15.1", "2.16", "2.17.0", "3", "3.0.0", "3.5.1"]
OPERATORS = ["<", "<=", ">", ">=", "==", "!=", "~="]

FORMATS = {
    "requirements.txt": "{}\n",
    "pyproject.toml": "[project]\ndependencies = ['{}']\n",
    "setup.cfg": "[options]\ninstall_requires =\n    {}\n",
    "tox.ini": "[testenv]\ndeps =\n    {}\n",
    "environment.yml": "dependencies:\n  - pip:\n    - '{}'\n",
    "setup.py": "from setuptools import setup\nsetup(install_requires=['{}'])\n",
}


def requirements(text: str, filename: str) -> list[Requirement]:
    return list(read(Source.from_text(text), filename).requirements)


def versions(clauses: list[tuple[str, str]]) -> str:
    return ",".join(f"{operator}{version}" for operator, version in clauses)


CLAUSES = st.lists(
    st.tuples(st.sampled_from(OPERATORS), st.sampled_from(VERSIONS)).filter(
        lambda one: one[0] != "~=" or "." in one[1]
    ),
    max_size=3,
)


@given(
    st.sampled_from(["keras", "Tensor_Flow", "tensorflow-cpu", "a.b"]),
    st.sampled_from(["", "[x]", "[x,y-z]"]),
    CLAUSES,
    st.sampled_from(["", '; python_version >= "3.9"']),
)
def test_every_format_gives_the_same(
    name: str, extras: str, clauses: list[tuple[str, str]], marker: str
) -> None:
    written = f"{name}{extras}{versions(clauses)}{marker}"
    found = set()
    for filename, text in FORMATS.items():
        source = Source.from_text(text.format(written))
        (one,) = read(source, filename).requirements
        assert source.data[one.start : one.end].decode() == written
        assert source.data[one.start : one.name_end].decode() == name
        specifier = source.data[one.specifier_start : one.specifier_end].decode()
        assert specifier == one.specifier == versions(clauses)
        found.add((one.name, frozenset(one.clauses or ()), one.applies))
    ((normalized, read_clauses, applies),) = found
    assert normalized == name.lower().replace("_", "-").replace(".", "-")
    assert read_clauses == frozenset(clauses)
    assert applies


# Enough to find one that fulfils conditions of the versions above, if there is any.
RELEASES = [
    Version(f"{major}.{minor}.{micro}")
    for major in (1, 2, 3, 4, 9)
    for minor in (0, 3, 4, 5, 15, 16, 17, 18)
    for micro in (0, 1, 2, 9)
]


@given(CLAUSES, st.sampled_from(["3", "2.16"]))
def test_what_a_requirement_admits(clauses: list[tuple[str, str]], limit: str) -> None:
    """It agrees with packaging wherever one condition alone decides, and never says no where
    packaging knows a release."""
    specifier = SpecifierSet(versions(clauses))
    some = any(release >= Version(limit) and release in specifier for release in RELEASES)
    (one,) = requirements(f"keras{versions(clauses)}\n", "requirements.txt")
    if some or len(clauses) < 2:
        assert one.admits(Version(limit)) is some


@pytest.mark.parametrize(
    ("written", "admitted"),
    [
        ("^2.4", False),
        ("^3.1", True),
        ("^2", False),
        ("~2.4", False),
        ("~3.0", True),
        ("2.4", False),
        ("2.*", False),
        ("*", True),
        (">=2.4,<3.0", False),
        (">= 2.4, < 4", True),
        ("^2.4 || ^3.0", None),
    ],
)
def test_versions_as_poetry_has_them(written: str, admitted: bool | None) -> None:
    text = f'[tool.poetry.dependencies]\nkeras = "{written}"\n'
    (one,) = requirements(text, "pyproject.toml")
    assert one.admits(Version("3")) is admitted


@pytest.mark.parametrize(
    ("written", "admitted"),
    [
        ("keras", True),
        ("keras=2", False),
        ("keras=2.4", False),
        ("keras==2.4.3", False),
        ("keras=2.4.3=py37_0", False),
        ("keras 2.4.* py37_0", False),
        ("keras >=2.4,<3", False),
        ("conda-forge::keras=3.0", True),
        ("keras=3.*", True),
        ("keras=*=gpu*", True),
    ],
)
def test_versions_as_conda_has_them(written: str, admitted: bool) -> None:
    (one,) = requirements(f"dependencies:\n- {written}\n", "environment.yml")
    assert (one.name, one.admits(Version("3"))) == ("keras", admitted)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("requirements.txt", True),
        ("a/requirements-dev.txt", True),
        ("a/dev-requirements.in", True),
        ("requirements/gpu.txt", True),
        ("a\\requirements\\gpu.txt", True),
        ("/a/pyproject.toml", True),
        ("setup.cfg", True),
        ("setup.py", True),
        ("tox.ini", True),
        ("environment-gpu.yaml", True),
        ("conda.yml", True),
        ("notes.txt", False),
        ("requirements.md", False),
        ("requirements.py", False),
        ("poetry.lock", False),
        ("my_setup.py", False),
        ("other.toml", False),
        ("docker-compose.yml", False),
    ],
)
def test_project_files_by_their_names(path: str, expected: bool) -> None:
    assert is_project_file(path) is expected
    assert is_python(path) is (not expected or path.endswith(".py"))


@pytest.mark.parametrize(
    ("filename", "text"),
    [
        ("pyproject.toml", '[project\nx = \n[project]\ndependencies = ["keras<3"]\n'),
        ("pyproject.toml", '[project]\ndependencies = ["keras<3", ,]\nname = \n'),
        ("environment.yml", "a: [\ndependencies:\n  - keras<3\n"),
        ("setup.cfg", "[options\nx\n[options]\ninstall_requires = keras<3\n"),
        ("requirements.txt", "[[[\nkeras<3\n\\"),
        ("setup.py", "setup(install_requires=['keras<3'])\ndef f(:\n"),
    ],
)
def test_broken_text_is_read_as_far_as_it_goes(filename: str, text: str) -> None:
    assert [one.name for one in requirements(text, filename)] == ["keras"]


@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_nothing_makes_a_reader_fail(filename: str, data: st.DataObject) -> None:
    """Pieces of every format, cut and put together anyhow."""
    pieces = st.sampled_from(
        [
            *(text.format(one) for text in FORMATS.values() for one in ("keras<3", "tf-keras")),
            *(
                "[",
                "]",
                "'",
                '"',
                "\\",
                "\n",
                "\r\n",
                "\r",
                "#",
                "- ",
                "keras",
                "=",
                "{",
                "é",
                "\0",
            ),
        ]
    )
    text = "".join(data.draw(st.lists(pieces, max_size=12)))
    start = data.draw(st.integers(0, len(text)))
    source = Source.from_text(text[start:])
    fixed = fix(source, unsafe=True, filename=filename)
    assert fixed.left.errors == ()
    for finding in check(source, filename=filename).findings:
        assert 0 <= finding.start < finding.end <= len(source.data)


# Lists with several requirements: what stands before, around and after each, and at the end.
LISTS = {
    "requirements.txt": ("", "{}\n", ""),
    "pyproject.toml": ("[project]\ndependencies = [ # é\n", "  '{}',  # é\n", "]\n"),
    "setup.cfg": ("[options]\ninstall_requires =\n", "    {}\n", "[bdist_wheel]\nuniversal = 1\n"),
    "tox.ini": ("[testenv]\ndeps =\n", "\t{}\n", "    # keras<3\ncommands = pytest\n"),
    "environment.yml": ("# é\ndependencies:\n- pip:\n", "  - {}\n", "prefix: keras\n"),
    "setup.py": ("from setuptools import setup\n\nsetup(install_requires=[", "'{}', ", "])\n"),
}
# What becomes of requirements.
RAISED = {
    "keras<3": "keras>=3",
    "Keras == 2.11": "Keras >= 3",
    "tensorflow[and-cuda]>=2.4,<2.16": "tensorflow[and-cuda]>=2.16",
    "tensorflow-cpu~=2.15.0,!=2.17.0": "tensorflow-cpu>=2.16,!=2.17.0",
    "tensorflow>=2.4": "tensorflow>=2.4",
    "keras>=2": "keras>=2",
    "numpy<3": "numpy<3",
    "keras-tuner<3": "keras-tuner<3",
}


@given(
    st.sampled_from(sorted(LISTS)),
    st.lists(st.sampled_from(sorted(RAISED)), min_size=1, max_size=6, unique=True),
    st.sampled_from(["\n", "\r\n"]),
)
def test_only_what_has_to_change_does(filename: str, items: list[str], newline: str) -> None:
    before, around, after = (part.replace("\n", newline) for part in LISTS[filename])
    text = before + "".join(map(around.format, items)) + after
    settings = Settings(select=("K601",))
    fixed = fix(Source.from_text(text), settings, unsafe=True, filename=filename)
    assert fixed.error is None
    assert fixed.left.findings == ()
    expected = before + "".join(around.format(RAISED[one]) for one in items) + after
    assert fixed.source.text == expected


@pytest.mark.parametrize(
    ("marker", "applies"),
    [
        ('python_version < "3.9"', False),
        ('python_version <= "3.8" and sys_platform == "linux"', False),
        ('python_version == "3.7.*"', False),
        ('python_full_version < "3.8.5"', False),
        ('python_version < "3.10"', True),
        ('python_version >= "3.8"', True),
        ('sys_platform == "darwin" and platform_machine == "arm64"', True),
        ('sys_platform == "no-such-platform"', True),
        ('extra == "gpu"', True),
        ('platform_release >= "4.0"', True),
        ('platform_machine ~= "x"', True),
    ],
)
def test_markers_of_old_pythons(marker: str, applies: bool) -> None:
    (one,) = requirements(f"keras<3; {marker}\n", "requirements.txt")
    assert one.applies is applies


@pytest.mark.parametrize(
    "text",
    [
        "-r base.txt\n",
        "  --requirement=base.txt\n",
        "-e .\n",
        "./wheels/keras.whl\n",
        "https://example.com/keras.tar.gz\n",
        "tensorflow{version}\n",
    ],
)
def test_what_may_require_more(text: str) -> None:
    assert not read(Source.from_text(f"numpy\n{text}"), "requirements.txt").complete
    for other in ("", "-c constraints.txt\n", " --index-url https://example.com\n", "# é\n"):
        assert read(Source.from_text(f"numpy\n{other}"), "requirements.txt").complete


@pytest.mark.parametrize("filename", FORMATS)
@pytest.mark.parametrize(
    "written",
    ["keras<" + " " * 100_000 + "(", "keras" + " " * 100_000 + "(", "[" * 5_000, "{a={" * 2_000],
    ids=["spaces", "gap", "brackets", "tables"],
)
def test_long_text_takes_no_time(filename: str, written: str) -> None:
    text = FORMATS[filename].format(written) + f"x = {written}\n"
    source = Source.from_text(f"# keras\n{text}")
    assert check(source, filename=filename).errors == ()
    assert fix(source, unsafe=True, filename=filename).error is None
