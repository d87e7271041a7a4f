"""What `fixed-training` says of Keras 3 is so, and what it advises keeps Keras 2's behaviour."""

from __future__ import annotations

import pytest

from tools.execute import execute

pytestmark = pytest.mark.keras

SCRIPT = """
import numpy as np
import tensorflow as tf

keras = tf.keras
ones = np.ones((1, 1000), "float32")


class AlwaysDropout(keras.layers.Dropout):
    def call(self, inputs, training=None):
        return super().call(inputs, training=True)


def dropped(layer, **given):
    inputs = keras.Input((1000,))
    model = keras.Model(inputs, layer(inputs, **given))
    return bool(np.any(model.predict(ones, verbose=0) == 0))


result = {
    "given": dropped(keras.layers.Dropout(0.5), training=True),
    "own": dropped(AlwaysDropout(0.5)),
}
"""


@pytest.mark.parametrize(("keras2", "given"), [(True, True), (False, False)])
def test_training_given_to_a_layer(keras2: bool, given: bool) -> None:
    (outcome,) = execute([SCRIPT], "tensorflow", keras2=keras2)
    assert outcome["result"] == {"dict": {"given": {"value": given}, "own": {"value": True}}}
