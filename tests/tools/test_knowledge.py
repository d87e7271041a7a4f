"""The facts are what their programs make of the installed packages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from k3ls.knowledge import neighbours
from k3ls.knowledge.neighbours import neighbour, renamed_packages
from k3ls.knowledge.ops import BACKENDS, ops
from k3ls.knowledge.symbols import symbol

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("tools.build_symbols", marks=pytest.mark.keras),
        pytest.param("tools.build_ops", marks=pytest.mark.keras),
        pytest.param("tools.build_strings", marks=pytest.mark.keras),
        pytest.param("tools.build_neighbours", marks=pytest.mark.keras),
        "tools.build_docs",
    ],
)
def test_what_programs_write_is_reproduced(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", program, "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.keras
def test_no_safe_row_disagrees_compiled_or_with_drawn_inputs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.verify_ops"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "0 safe rows disagree" in done.stdout


def test_every_row_was_executed_on_every_backend() -> None:
    for op in ops():
        assert op.rewrites or op.note, op.name
        for form in op.rewrites:
            assert form.verified, (op.name, form.template)
            for outcomes in form.verified.values():
                assert set(outcomes) == set(BACKENDS)
                assert "fail" not in outcomes.values(), op.name


def test_rows_that_differ_say_why() -> None:
    for op in ops():
        outcomes = {
            outcome
            for form in op.rewrites
            for backends in form.verified.values()
            for outcome in backends.values()
        }
        if "differ" in outcomes or "type" in outcomes:
            assert op.note, op.name


def test_the_guides_tables_are_all_there() -> None:
    """The TensorFlow side of the guide's two op tables."""
    guide = """
        abs reduce_all reduce_max reduce_min reduce_any concat range acos asin asinh atan atan2
        atanh convert_to_tensor reduce_mean clip_by_value math.conj linalg.diag_part reverse gather
        math.is_finite math.is_inf math.is_nan rank math.pow reduce_prod math.reduce_std reduce_sum
        gather_nd math.reduce_variance nn.sigmoid_cross_entropy_with_logits
        nn.sparse_softmax_cross_entropy_with_logits nn.softmax_cross_entropy_with_logits nn.conv1d
        nn.conv2d nn.conv3d nn.convolution nn.conv_transpose nn.conv1d_transpose
        nn.conv2d_transpose nn.conv3d_transpose nn.depthwise_conv2d nn.separable_conv2d
        nn.batch_normalization nn.dropout nn.embedding_lookup nn.l2_normalize scatter_nd_update
        tensor_scatter_nd_update signal.fft2d signal.inverse_stft image.crop_to_bounding_box
        image.pad_to_bounding_box
    """
    known = {name.removeprefix("tensorflow.") for op in ops() for name in op.names}
    assert set(guide.split()) - known == set()


def test_knowledge_is_json_that_names_its_releases() -> None:
    ops_data = json.loads((ROOT / "k3ls/knowledge/ops.json").read_text("utf-8"))
    assert ops_data["versions"]["keras"].startswith("3.")
    inventory = json.loads((ROOT / "k3ls/knowledge/symbols.json").read_text("utf-8"))
    assert inventory["keras2"].startswith("2.")
    assert [release.split(".")[1] for release in inventory["keras"]] == "0 3 6 9 12 15".split()


def test_all_of_keras2_is_classified() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.coverage"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "public callables: 896 of 896\n" in done.stdout


def test_every_public_name_has_a_fate_in_each_release() -> None:
    for path, row in symbols().items():
        found = symbol(path)
        assert found is not None
        assert found.keras2 or found.releases or found.compatibility, path
        if row["kind"] in ("class", "function") and found.keras2 and not found.keras3:
            assert found.moved or found.template or found.note, path


def test_names_that_came_later_say_since_when() -> None:
    hsv = symbol("keras.ops.image.hsv_to_rgb")
    assert hsv is not None
    assert hsv.since == hsv.releases[0] == "3.6.0"
    dense = symbol("keras.layers.Dense")
    assert dense is not None
    assert dense.since is None
    assert len(dense.releases) == 6


def symbols() -> dict[str, Any]:
    """The rows of the inventory, by public name."""
    rows: dict[str, Any] = json.loads((ROOT / "k3ls/knowledge/symbols.json").read_text("utf-8"))[
        "symbols"
    ]
    return rows


def test_neighbours_have_a_fate_that_was_executed() -> None:
    for name in neighbours.data()["names"]:
        found = neighbour(name)
        assert found is not None
        assert found.name == name
        assert found.row.rewrites or found.row.note, name
        for form in found.row.rewrites:
            outcomes = {one for backends in form.verified.values() for one in backends.values()}
            assert outcomes, name
            assert "fail" not in outcomes, name
            assert found.row.note or outcomes == {"agree"}, name


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("tensorflow_addons.layers.CRF", "tensorflow_addons.layers.CRF"),
        ("tensorflow_addons.layers.crf.CRF", "tensorflow_addons.layers.CRF"),
        ("tensorflow_addons.layers.CRF.from_config", "tensorflow_addons.layers.CRF"),
        ("tensorflow_addons.layers.NoSuchLayer", "tensorflow_addons"),
        ("tensorflow.estimator.DNNClassifier", "tensorflow.estimator"),
        ("tensorflow_addons_extra.layers.CRF", None),
        ("tensorflow.layers_of_mine.dense", None),
        ("tensorflow_hub.load", None),
        ("keras.layers.Dense", None),
        ("", None),
    ],
)
def test_neighbours_are_found_by_the_longest_known_name(asked: str, known: str | None) -> None:
    found = neighbour(asked)
    assert (found.name if found is not None else None) == known


def test_renamed_packages_know_what_was_lost() -> None:
    renamed = renamed_packages()["keras_nlp"]
    assert renamed.to == "keras_hub"
    assert "models.BartPreprocessor" in renamed.lost
    assert "models.BertTokenizer" not in renamed.lost
