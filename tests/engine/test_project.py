"""Classes that a module takes from other files of its project."""

from __future__ import annotations

from pathlib import Path

import pytest

from k3ls.engine import check, fix
from k3ls.engine.project import Project
from k3ls.text import Source


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("")
    package = tmp_path / "package"
    (package / "inner").mkdir(parents=True)
    files = {
        "__init__.py": "from .layers import *\nfrom .renamed import Original as Renamed\n",
        "layers.py": (
            "import tensorflow as tf\n\n\nclass Base(tf.keras.layers.Layer):\n"
            "    def helper(self):\n        self.output_shape = (3,)\n\n\n"
            "class Own(tf.keras.layers.Layer):\n    def add_weight(self, *args):\n        pass\n"
        ),
        "renamed.py": "from keras.metrics import Mean as Original\n",
        "loop.py": "from .loop2 import Base\n",
        "loop2.py": "from .loop import Base\n",
        "models.py": (
            "import keras\nfrom .inner.deep import Deep\n\n\ndef build():\n"
            "    return keras.Sequential()\n\n\ndef several():\n    return keras.Sequential(), 3\n"
            "\n\ndef own():\n    return Deep()\n\n\noptimizer = keras.optimizers.Adam()\n"
            "unclear = [keras.optimizers.Adam()]\n"
        ),
        "backend.py": (
            "import os\n\nif os.environ.get('TF_KERAS'):\n    import tensorflow as tf\n\n"
            "    keras = tf.keras\nelse:\n    import keras\nbackend = keras.backend\n"
            "either = keras if backend.floatx() else None\n"
        ),
        "broken.py": "class Base(keras.layers.Layer:\n",
        "inner/__init__.py": "",
        "inner/deep.py": "from ..layers import Base\n\n\nclass Deep(Base):\n    pass\n",
    }
    for name, text in files.items():
        (package / name).write_text(text)
    return package


def codes(text: str, filename: Path) -> list[str]:
    analysis = check(Source.from_text(text), filename=str(filename), others=Project())
    assert analysis.errors == ()
    return [finding.code for finding in analysis.findings]


@pytest.mark.parametrize(
    "head",
    [
        "from package.layers import Base",
        "from .layers import Base",
        "from . import Base",
        "from package import Base",
        "from package.inner.deep import Deep as Base",
        "from .inner.deep import Deep as Base",
        "import package.layers\nBase = package.layers.Base",
        "from . import layers\nBase = layers.Base",
    ],
)
def test_a_base_class_in_another_file(project: Path, head: str) -> None:
    text = f"{head}\nimport keras\n\n\nclass A(Base):\n    def build(self, shape):\n        self.w = self.add_weight('w', (3,))\n"  # noqa: E501
    assert codes(text, project / "new.py") == ["K105"]
    fixed = fix(Source.from_text(text), filename=str(project / "new.py"), others=Project())
    assert "self.add_weight(name='w', shape=(3,))" in fixed.source.text


def test_members_that_a_base_class_defines_itself(project: Path) -> None:
    own = "from .layers import Own\nimport keras\n\n\nclass A(Own):\n    def build(self, s):\n        self.add_weight('w', (3,))\n"  # noqa: E501
    assert codes(own, project / "new.py") == []
    shape = "from .layers import Base\nimport keras\nbase = Base()\nprint(base.output_shape, base.dynamic)\n"  # noqa: E501
    assert codes(shape, project / "new.py") == ["K106"]


def test_an_instance_of_a_class_that_another_file_renames(project: Path) -> None:
    text = "from package import Renamed\nimport keras\nRenamed().reset_states()\n"
    assert codes(text, project / "new.py") == ["K106"]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("models.build().predict_classes(x)", ["K106"]),
        ("models.optimizer.lr", ["K106"]),
        ("models.own().add_weight('w', (3,))", ["K105"]),
        ("models.own().output_shape", []),
        ("models.several().reset_states()", []),
        ("models.unclear.lr", []),
        ("models.missing().lr", []),
        ("models.build.lr", []),
    ],
)
def test_functions_and_values_of_another_file(project: Path, use: str, expected: list[str]) -> None:
    assert codes(f"import keras\nfrom . import models\n{use}\n", project / "new.py") == expected


@pytest.mark.parametrize("module", [".loop", ".broken", ".missing", "...outside", "elsewhere.x"])
def test_what_leads_nowhere_is_unknown(project: Path, module: str) -> None:
    text = f"from {module} import Base\nimport keras\nBase().reset_states()\n"
    assert codes(text, project / "new.py") == []


@pytest.mark.parametrize(
    ("head", "use", "expected"),
    [
        ("from .backend import keras", "keras.layers.ThresholdedReLU()", ["K103"]),
        ("from .backend import keras as k", "k.Sequential().reset_states()", ["K227"]),
        ("from .backend import backend as K", "K.sum(x)", ["K303"]),
        ("from package.backend import keras, backend as K", "K.sum(x)", ["K303"]),
        ("from .backend import keras", "keras.layers.Dense(3)", []),
        ("from .backend import either", "either.layers.ThresholdedReLU()", []),
        ("from .backend import missing", "missing.layers.ThresholdedReLU()", []),
        ("from .loop import Base as keras", "keras.layers.ThresholdedReLU()", []),
    ],
)
def test_keras_by_way_of_another_file(
    project: Path, head: str, use: str, expected: list[str]
) -> None:
    assert codes(f"{head}\n{use}\n", project / "new.py") == expected


@pytest.mark.parametrize("library", ["keras_nlp", "keras_cv", "tensorflow_addons"])
def test_the_code_of_a_neighbour_itself(project: Path, library: str) -> None:
    text = f"import keras\nimport {library}\nfrom {library}.layers import A\nprint({library}.a)\n"
    assert codes(text, project / "new.py") != []
    (project.parent / library).mkdir()
    assert codes(text, project / "new.py") == []


def test_a_fix_takes_the_keras_of_another_file(project: Path) -> None:
    text = "from .backend import keras, backend as K\n\n\ndef f(x):\n    return K.sum(x), keras\n"
    fixed = fix(
        Source.from_text(text),
        unsafe=True,
        filename=str(project / "new.py"),
        others=Project(),
    )
    assert "    return keras.ops.sum(x), keras\n" in fixed.source.text
    assert "import keras\n" not in fixed.source.text


def test_a_file_that_changed_is_read_again(project: Path) -> None:
    others = Project()
    text = "from .renamed import Original\nimport keras\nOriginal().reset_states()\n"
    source = Source.from_text(text)
    filename = str(project / "new.py")
    assert len(check(source, filename=filename, others=others).findings) == 1
    (project / "renamed.py").write_text("class Original:\n    pass\n\n\n# longer than before\n")
    assert check(source, filename=filename, others=others).findings == ()
