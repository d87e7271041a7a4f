import tensorflow as tf
from tensorflow.keras import Input, layers

inputs = Input((3,), dtype="int32")
different = (inputs != 0) & (inputs > 1)
missing = inputs == None  # noqa: E711
missing = inputs is None
names = inputs.name == "input_1"
ranks = inputs.shape == (None, 3) or len(inputs.shape) == 2
typed = inputs.dtype == "int32"


class Padded(layers.Layer):
    def call(self, x):
        return tf.cast(x == 0, "float32")


def masked(x):
    return x == 0


zeros = masked(tf.zeros((3,))) == tf.ones((3,))
outputs = Padded()(inputs)
given = [layer == outputs.name for layer in ("a", "b")]
