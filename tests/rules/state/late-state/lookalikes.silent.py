import keras


class Built(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=())

    def call(self, inputs):
        self.last = inputs
        self.count = len(inputs.shape)
        return inputs * self.w


class BuiltByRunning(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.first = keras.layers.Dense(3)
        self.second = None

    def call(self, inputs):
        if self.second is None:
            self.second = keras.layers.Dense(3)
        return self.second(self.first(inputs))


class Other:
    def call(self, inputs):
        self.dense = keras.layers.Dense(3)
        return self.dense(inputs)


class Inner(keras.layers.Layer):
    def call(self, inputs):
        def helper():
            self.x = keras.layers.Dense(3)

        return inputs
