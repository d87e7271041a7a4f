import tensorflow as tf
from tensorflow.keras import Model, layers


class Known(layers.Layer):
    def __init__(self):
        super().__init__()
        self.supports_jit = False

    def call(self, inputs):
        return tf.strings.lower(inputs)


class Derived(Known):
    def call(self, inputs):
        return tf.strings.length(super().call(inputs))


class Tokens(layers.Layer):
    def __init__(self):
        super().__init__()
        self._allow_non_tensor_positional_args = True

    def call(self, inputs):
        return tf.strings.split(inputs)


class Fine(layers.Layer):
    def __init__(self, path):
        super().__init__()
        self.words = tf.strings.split(tf.io.read_file(path))

    def build(self, input_shape):
        tf.print(input_shape)

    def call(self, inputs):
        rows = tf.where(inputs > 0)
        values, _ = tf.unique(tf.boolean_mask(inputs, inputs > 0))
        return tf.reduce_sum(values) + tf.cast(tf.shape(rows)[0], "float32")

    def unused(self, inputs):
        return tf.strings.length(inputs)


class Fed(Model):
    def call(self, inputs):
        dataset = tf.data.Dataset.range(3).map(lambda x: tf.strings.as_string(x))
        return inputs, dataset


class Own:
    def call(self, inputs):
        return tf.strings.length(inputs)


def tokens(inputs):
    tf.print(inputs)
    return tf.strings.split(inputs)
