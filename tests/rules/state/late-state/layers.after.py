from tensorflow import keras


class Residual(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = None

    def build(self, input_shape):
        size = input_shape[-1]
        self.dense = keras.layers.Dense(size)
        super().build(input_shape)

    def call(self, inputs):
        """Adds a dense layer's outputs."""
        return inputs + self.dense(inputs)


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        # One for each feature.
        self.scale = self.add_weight(
            name="scale",
            shape=(input_shape[-1],),
        )
        self.offset = self.add_weight(name="offset", shape=(input_shape[-1],))
        super().build(input_shape)

    def call(self, x, training=None):
        return x * self.scale + self.offset


class Used(keras.layers.Layer):
    def call(self, inputs):
        if not hasattr(self, "dense"):
            size = inputs.shape[-1]
            self.dense = keras.layers.Dense(size)
        return self.dense(inputs) * size


class Commented(keras.layers.Layer):
    def call(self, inputs):
        if not hasattr(self, "dense"):  # the first time
            self.dense = keras.layers.Dense(3)
        return self.dense(inputs)


class Refused(keras.layers.Layer):
    def build(self, input_shape):
        self.a = self.add_weight(name="a", shape=())

    def call(self, inputs):
        self.b = self.add_weight(name="b", shape=())
        return inputs * self.a * self.b
