"""What stands at a place: names, parts of names, codes in comments."""

from __future__ import annotations

import pytest

from k3ls.engine.at import described_at, name_at, silenced_rule_at
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


USES = """\
import keras, tensorflow as tf
from tensorflow.keras.optimizers import Adam, SGD
from keras.layers.core import Dropout
from keras.utils import np_utils
optimizer = Adam(lr=0.1, é=1)
optimizer.lr, optimizer.iterations, unknown.lr
Adam().minimize, keras.optimizers.Adam.lr
model = keras.Sequential([tf.compat.v1.keras.layers.Dense(3, "relu")])
model.compile("sgd", loss={"é": "logcosh"}, metrics=["accuracy"])
model.fit_generator(x, workers=2)
model.fit(x, workers=2)
tf.losses.MeanSquaredError(reduction="none")
class Mine(keras.Model):
    def fit(self, workers):
        self.fit(workers=2), self.predict(x, workers=3)
def f(layer: "keras.layers.Layer"): layer.input_shape, isinstance(layer, keras.layers.Layer)
"""


@pytest.mark.parametrize(
    ("place", "about", "said"),
    [
        ("import Ad|am", "Adam", "`keras.optimizers.Adam`** is there in Keras 3"),
        ("core import Drop|out", "Dropout", "never public: the name is `keras.layers.Dropout`"),
        ("import np_|utils", "np_utils", "`keras.utils.to_categorical`"),
        ("Adam(l|r", "lr", "`lr` of **`keras.optimizers.Adam`** is `learning_rate` in Keras 3"),
        ("Adam(l|r", "lr", "Found by K105"),
        ("optimizer.l|r,", "lr", "has no `lr`: it is `learning_rate`"),
        ("Adam().mini|mize", "minimize", "`apply_gradients`"),
        ("Adam.l|r", "keras.optimizers.Adam.lr", "has no `lr`"),
        ("keras.layers.Den|se(3", "tf.compat.v1.keras.layers.Dense", "there in Keras 3"),
        ('"re|lu"', '"relu"', "The activation `relu` is `keras.activations.relu`"),
        ('"sg|d"', '"sgd"', "The optimizer `sgd` is `keras.optimizers.SGD`"),
        ('"log|cosh"', '"logcosh"', "it is `log_cosh`"),
        ("model.fit_gen|erator", "fit_generator", "has no `fit_generator`"),
        ("fit(x, work|ers=2)\ntf", "workers", "`keras.Model.fit`** is gone from Keras 3"),
        ("MeanSquaredError(reduc|tion", "reduction", "of **`keras.losses.MeanSquaredError`**"),
        ("predict(x, work|ers", "workers", "`keras.Model.predict`** is gone"),
        ('keras.layers.La|yer"', "keras.layers.Layer", "`keras.layers.Layer`**"),
        ("layer, keras.layers.La|yer", "keras.layers.Layer", "`keras.layers.Layer`**"),
    ],
)
def test_descriptions(place: str, about: str, said: str) -> None:
    before, after = place.split("|")
    offset = len(USES[: USES.index(before + after)].encode()) + len(before.encode())
    found = described_at(Module(parse(USES.encode())), offset)
    assert found is not None
    assert USES.encode()[found.start : found.end].decode() == about
    assert said in found.text


@pytest.mark.parametrize(
    "place",
    ["é|=1", "optimizer.iter|ations", "unknown.l|r", '"accu|racy"', '"|é"', "self.fit(work|ers"],
)
def test_nothing_to_describe(place: str) -> None:
    before, after = place.split("|")
    offset = len(USES[: USES.index(before + after)].encode()) + len(before.encode())
    assert described_at(Module(parse(USES.encode())), offset) is None
