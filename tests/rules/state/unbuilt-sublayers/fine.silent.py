"""Layers of layers that Keras 3 builds as well."""

import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Plain(layers.Layer):
    """It runs `call` on symbolic tensors."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.more = [layers.Dense(3)]

    def call(self, inputs):
        for one in self.more:
            inputs = one(inputs)
        return self.dense(inputs)


class OwnBuild(layers.Layer):
    """Models run its `call`, as it has no `compute_output_shape`."""

    def build(self, input_shape):
        self.scale = self.add_weight("scale", (input_shape[-1],))
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs * self.scale)


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.plain = Plain()

    def call(self, inputs):
        return self.dense(self.plain(inputs))


class Built(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.many = [layers.Dense(2) for _ in range(2)]

    def build(self, input_shape):
        self.dense.build(input_shape)
        for one in self.many:
            one.build(input_shape)

    def call(self, inputs):
        return self.dense(inputs) + self.many[0](inputs)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2)


class Helped(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(2)
        self._prepare(input_shape)

    def _prepare(self, shape):
        self.dense.build(shape)

    def call(self, inputs):
        return self.dense(inputs)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2)


class Called(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(2)
        self.dense(tf.keras.Input(input_shape[1:]))

    def call(self, inputs):
        return self.dense(inputs)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2)


class WithoutWeights(layers.Layer):
    def __init__(self):
        super().__init__()
        self.pool = layers.GlobalAveragePooling1D()
        self.dropout = layers.Dropout(0.1)

    def call(self, inputs):
        return self.dropout(self.pool(inputs))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[-1])


class Unused(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return inputs

    def other(self, inputs):
        return self.dense(inputs)

    def compute_output_shape(self, input_shape):
        return input_shape


class Derived(layers.Dense):
    def __init__(self, units):
        super().__init__(units)
        self.norm = layers.LayerNormalization()

    def call(self, inputs):
        return self.norm(super().call(inputs))


class Functional(keras.Model):
    def __init__(self):
        inputs = keras.Input((3,))
        self.dense = layers.Dense(2)
        super().__init__(inputs, self.dense(inputs))


class Other:
    def __init__(self):
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs)

    def compute_output_shape(self, input_shape):
        return input_shape
