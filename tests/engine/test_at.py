"""What stands at a place: names, parts of names, codes in comments."""

from __future__ import annotations

import pytest

from k3ls.engine.at import name_at, silenced_rule_at
from k3ls.semantics import Module
from k3ls.syntax import parse

CODE = """\
import tensorflow as tf
import tensorflow.keras.layers
from tensorflow.keras import backend as K, Model
from . import local
é = tf.nn.relu(K.mean(x), tf.keras.Input)[0].shape
f"{tf.float32}"
def f(tf): tf.nn
alias = tf.math
alias.exp, local.x
"""


@pytest.mark.parametrize(
    ("place", "name", "qualified"),
    [
        ("|tf.nn.relu", "tf", "tensorflow"),
        ("tf|.nn.relu", "tf", "tensorflow"),
        ("tf.|nn.relu", "tf.nn", "tensorflow.nn"),
        ("tf.nn.r|elu", "tf.nn.relu", "tensorflow.nn.relu"),
        ("tf.nn.relu|(", "tf.nn.relu", "tensorflow.nn.relu"),
        ("K.|mean", "K.mean", "tensorflow.keras.backend.mean"),
        ("tf.keras.In|put", "tf.keras.Input", "tensorflow.keras.Input"),
        ("tf.fl|oat32", "tf.float32", "tensorflow.float32"),
        ("alias.ex|p", "alias.exp", "tensorflow.math.exp"),
        ("import tensor|flow as", "tensorflow", "tensorflow"),
        ("as t|f", "tensorflow as tf", "tensorflow"),
        ("import tensorflow.ker|as.layers", "tensorflow.keras", "tensorflow.keras"),
        ("from tensorflow.|keras", "tensorflow.keras", "tensorflow.keras"),
        ("import back|end", "backend", "tensorflow.keras.backend"),
        ("as |K", "backend as K", "tensorflow.keras.backend"),
        ("Mod|el", "Model", "tensorflow.keras.Model"),
    ],
)
def test_name(place: str, name: str, qualified: str) -> None:
    before, after = place.split("|")
    offset = len(CODE[: CODE.index(before + after)].encode()) + len(before)
    found = name_at(Module(parse(CODE.encode())), offset)
    assert found is not None
    assert CODE.encode()[found.start : found.end].decode() == name
    assert found.qualified == (qualified,)


@pytest.mark.parametrize("place", ["[0].sh|ape", "from . import lo|cal", "local.|x", "tf): tf.n|n"])
def test_names_that_mean_nothing_known(place: str) -> None:
    before, after = place.split("|")
    offset = len(CODE[: CODE.index(before + after)].encode()) + len(before)
    found = name_at(Module(parse(CODE.encode())), offset)
    assert found is None or not any(one.startswith("tensorflow") for one in found.qualified)


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# é k3ls: ignore[|K102, K103]", None),
        ("# k3ls: ignore[|K102, K103]", "K102"),
        ("# k3ls: ignore[K102, K1|03]", "K103"),
        ("# k3ls: ignore[K102, k103|]", "K103"),
        ("# k3ls: ign|ore[K102]", None),
        ("# k3ls: ignore[K|777]", None),
        ("# k3ls: ign|ore", None),
        ("# no|thing [K102]", None),
        ("'# k3ls: ignore[K1|02]'", None),
    ],
)
def test_silenced_rule(comment: str, code: str | None) -> None:
    before, after = ("x = 'é'  " + comment).split("|")
    tree = parse((before + after).encode())
    found = silenced_rule_at(tree, len(before.encode()))
    assert (found.rule.code if found else None) == code
    if found is not None:
        assert tree.data[found.start : found.end].decode().upper() == code
