"""What rules about control flow, compilation and symbolic tensors say of Keras 3 is so."""

from __future__ import annotations

import pytest

from tools.execute import execute

pytestmark = pytest.mark.keras

HEAD = """
import numpy as np
import tensorflow as tf

keras = tf.keras
x = np.ones((2, 3), "float32")


class Fine(keras.layers.Layer):
    def call(self, inputs, mask=None, training=None, flag=False):
        return inputs


def fitted(model, **given):
    model.compile("sgd", "mse", **given)
    model.fit(x, x[:, :1], verbose=0)
    return model.predict(x, verbose=0)


def raised(function):
    try:
        return function() is None
    except Exception as error:
        return str(error)
"""

SAID = {
    "a Python value by position": (
        "raised(lambda: Fine()(x, None, None, True))",
        "Only input tensors may be passed as positional arguments.",
    ),
    "a mask by position that is None": (
        "raised(lambda: Fine()(x, None))",
        "Fine.call() got multiple values for argument 'mask'",
    ),
    "an operation on a symbolic tensor": (
        "raised(lambda: tf.abs(keras.Input((3,))))",
        "A KerasTensor cannot be used as input to a TensorFlow function.",
    ),
}

CONTROL = """
class Chosen(keras.layers.Layer):
    def call(self, inputs):
        return inputs if tf.reduce_mean(inputs) > 0 else -inputs


result = raised(lambda: fitted(keras.Sequential([keras.layers.Dense(1), Chosen()])))
"""

FUNCTION = """
class Stale(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1)

    @tf.function
    def call(self, inputs):
        return self.dense(inputs)


model = Stale()
began = np.array(model(x))
fitted(model)
result = {
    "stays": bool(np.all(np.array(model(x)) == began)),
    "raises": raised(lambda: fitted(Stale())),
}
"""

COMPILED = """
class Shown(keras.Model):
    def __init__(self, **said):
        super().__init__()
        self.dense = keras.layers.Dense(1)
        for name, value in said.items():
            setattr(self, name, value)

    def call(self, inputs):
        tf.print(tf.reduce_sum(inputs), output_stream="file:///dev/null")
        return self.dense(inputs)


result = {
    "compiled": raised(lambda: fitted(Shown(), jit_compile=True)),
    "said": raised(lambda: fitted(Shown(supports_jit=False), jit_compile=True)),
}
"""


def test_errors() -> None:
    sources = [f"{HEAD}\nresult = {code}" for code, _ in SAID.values()]
    outcomes = execute(sources, "tensorflow")
    for (name, (_, message)), outcome in zip(SAID.items(), outcomes, strict=True):
        assert message in outcome["result"]["value"], name
    assert (
        execute([*sources[:2], HEAD + CONTROL], "tensorflow", keras2=True)
        == [{"result": {"value": False}}] * 3
    )


def test_what_is_traced() -> None:
    control, function, compiled = execute(
        [HEAD + CONTROL, HEAD + FUNCTION, HEAD + COMPILED], "tensorflow"
    )
    assert "Using a symbolic `tf.Tensor` as a Python `bool`" in control["result"]["value"]
    stale = function["result"]["dict"]
    assert stale["stays"] == {"value": True}
    assert "No gradients provided for any variable." in stale["raises"]["value"]
    shown = compiled["result"]["dict"]
    assert "Detected unsupported operations" in shown["compiled"]["value"]
    assert shown["said"] == {"value": False}
