"""Classes of installed packages: where they are looked for, and what leads to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from k3ls.engine import check
from k3ls.engine.environment import installed
from k3ls.engine.project import Project
from k3ls.text import Source

LAYER = (
    "import tensorflow as tf\n\n\nclass Base(tf.keras.layers.Layer):\n    def helper(self): ...\n"
)
SITE = "Lib/site-packages" if os.name == "nt" else "lib/python3.12/site-packages"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a virtual environment of its own."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    folder = tmp_path / "project"
    write(folder, {"pyproject.toml": "", ".venv/pyvenv.cfg": "home = /usr/bin\n"})
    (folder / ".venv" / SITE).mkdir(parents=True)
    return folder


def site(project: Path) -> Path:
    return project / ".venv" / SITE


def codes(project: Path, base: str, others: Project | None = None) -> list[str]:
    """The findings in a class that derives from `base`, an import and a name."""
    statement, _, name = base.rpartition("; ")
    text = (
        f"{statement}\nimport keras\n\n\nclass A({name}):\n    def build(self, shape):\n"
        "        self.w = self.add_weight('w', (3,))\n"
    )
    filename = str(project / "new.py")
    analysis = check(Source.from_text(text), filename=filename, others=others or Project())
    assert analysis.errors == ()
    return [finding.code for finding in analysis.findings]


PACKAGES: dict[str, tuple[dict[str, str], str]] = {
    "module": ({"a.py": LAYER}, "from a import Base; Base"),
    "package": ({"a/__init__.py": LAYER}, "import a; a.Base"),
    "re-exported": (
        {"a/__init__.py": "from .b import *\n", "a/b.py": "from .c import Base\n", "a/c.py": LAYER},
        "from a import Base; Base",
    ),
    "renamed": (
        {"a/__init__.py": "from .b import Base as Other\n", "a/b.py": LAYER},
        "from a import Other; Other",
    ),
    "through several packages": (
        {
            "a/__init__.py": "from b.c import Middle\nclass Last(Middle): pass\n",
            "b/c.py": "import d\nclass Middle(d.Base): pass\n",
            "d.py": LAYER,
        },
        "from a import Last; Last",
    ),
    "module that a package imports": (
        {"a/__init__.py": "from .b import layers\n", "a/b/layers.py": LAYER},
        "import a; a.layers.Base",
    ),
    "Keras that a package imports": (
        {"a/backend.py": "try:\n    import keras\nexcept ImportError:\n    from b import keras\n"},
        "from a.backend import keras as k; k.layers.Layer",
    ),
    "whichever is installed": (
        {
            "a.py": "try:\n    from missing import Base\nexcept:\n    from b import Base\n",
            "b.py": LAYER,
        },
        "from a import Base; Base",
    ),
    "only for type checkers": (
        {"a/__init__.py": "if TYPE_CHECKING:\n    from .b import Base\nelse:\n    lazy()\n"}
        | {"a/b.py": LAYER},
        "from a import Base; Base",
    ),
    "namespace package": ({"a/b/c.py": LAYER}, "from a.b.c import Base; Base"),
    "assigned": ({"a.py": LAYER + "Other = Base\n"}, "from a import Other; Other"),
    "stubs": ({"a/__init__.pyi": LAYER}, "from a import Base; Base"),
    "stub-only package": ({"a-stubs/__init__.pyi": LAYER}, "from a import Base; Base"),
}


@pytest.mark.parametrize(("files", "base"), PACKAGES.values(), ids=PACKAGES)
def test_a_base_class_in_a_package(project: Path, files: dict[str, str], base: str) -> None:
    assert codes(project, base) == []
    write(site(project), files)
    assert codes(project, base) == ["K105"]


UNKNOWN: dict[str, dict[str, str]] = {
    "other class": {"a.py": "class Base: pass\n"},
    "method of its own": {
        "a.py": LAYER + "class Base(Base):\n    def add_weight(self, name, shape): ...\n"
    },
    "different ones": {
        "a.py": "if x:\n    from b import Base\nelse:\n    from c import Base\n",
        "b.py": LAYER,
        "c.py": "class Base: pass\n",
    },
    "circle": {"a.py": "from b import Base\n", "b.py": "from a import Base\n"},
    "class circle": {
        "a.py": "import b\nclass Base(b.Base): pass\n",
        "b.py": "import a\nclass Base(a.Base): pass\n",
    },
    "broken": {"a.py": "class Base(keras.layers.Layer:\n"},
    "computed": {"a.py": "Base = make()\n"},
    "bytes": {"a.py": "\0" * 10},
}


@pytest.mark.parametrize("files", UNKNOWN.values(), ids=UNKNOWN)
def test_what_stays_unknown(project: Path, files: dict[str, str]) -> None:
    write(site(project), files)
    assert codes(project, "from a import Base; Base") == []


def test_nothing_of_a_package_is_run(project: Path) -> None:
    mark = project / "mark"
    touch = f"open({str(mark)!r}, 'w')\n"
    write(site(project), {"a.py": touch + LAYER, "a.pth": f"import os; {touch}"})
    assert codes(project, "from a import Base; Base") == ["K105"]
    assert not mark.exists()


def test_the_projects_own_file_goes_before_a_package(project: Path) -> None:
    write(site(project), {"a.py": LAYER})
    write(project, {"a.py": "class Base: pass\n"})
    assert codes(project, "from a import Base; Base") == []


def test_a_package_that_the_projects_own_file_passes_on(project: Path) -> None:
    write(site(project), {"a.py": LAYER})
    write(project, {"own.py": "from a import Base\n"})
    assert codes(project, "from own import Base; Base") == ["K105"]


def test_editable_installs(project: Path, tmp_path: Path) -> None:
    write(tmp_path, {"source/a.py": LAYER, "flat/b/__init__.py": LAYER})
    flat = {"b": str(tmp_path / "flat" / "b")}
    finder = f"from __future__ import annotations\nMAPPING: dict[str, str] = {flat!r}\n"
    write(
        site(project),
        {
            "a.pth": f"# a comment\n{tmp_path / 'source'}\nnowhere\n",
            "__editable__.b-1.pth": "import __editable___b_1_finder; "
            "__editable___b_1_finder.install()",
            "__editable___b_1_finder.py": finder,
            "broken.pth": "import __editable___broken_finder",
            "__editable___broken_finder.py": "MAPPING = {f()}\n",
        },
    )
    assert codes(project, "from a import Base; Base") == ["K105"]
    assert codes(project, "from b import Base; Base") == ["K105"]


def test_the_active_environment(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    write(other, {f"{SITE}/a.py": LAYER, "pyvenv.cfg": "home = /usr/bin\n"})
    monkeypatch.setenv("VIRTUAL_ENV", str(other))
    assert installed(project) == (site(project),)
    (project / ".venv/pyvenv.cfg").unlink()
    assert installed(project) == (other / SITE,)
    assert codes(project, "from a import Base; Base") == ["K105"]


def test_packages_that_an_environment_lets_through(project: Path, tmp_path: Path) -> None:
    system = tmp_path / "system"
    write(system, {f"{SITE}/a.py": LAYER})
    assert codes(project, "from a import Base; Base") == []
    home = system if os.name == "nt" else system / "bin"
    settings = f"home = {home}\ninclude-system-site-packages = true\n"
    (project / ".venv/pyvenv.cfg").write_text(settings)
    assert codes(project, "from a import Base; Base") == ["K105"]


def test_a_package_that_changed_is_read_again(project: Path) -> None:
    others = Project()
    write(site(project), {"a.py": "from b import Base\n", "b.py": LAYER})
    assert codes(project, "from a import Base; Base", others) == ["K105"]
    write(site(project), {"b.py": "class Base: pass\n"})
    os.utime(site(project) / "b.py", ns=(1, 1))
    assert codes(project, "from a import Base; Base", others) == []
    assert codes(project, "from c import Base; Base", others) == []
    write(site(project), {"c.py": LAYER})
    os.utime(site(project), ns=(1, 1))
    assert codes(project, "from c import Base; Base", others) == ["K105"]


def test_lookups_that_wait(project: Path) -> None:
    others = Project(deferred=True)
    write(site(project), {"a.py": LAYER, "b.py": "class Base: pass\n"})
    for module in "ab":
        assert codes(project, f"from {module} import Base; Base", others) == []
    assert others.waits
    assert others.look_up()
    assert codes(project, "from a import Base; Base", others) == ["K105"]
    assert others.look_up()
    assert not others.waits
    assert codes(project, "from b import Base; Base", others) == []
    assert not others.waits
