import keras


class Counting(keras.layers.Layer):
    def build(self, input_shape):
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.scale = self.add_weight(shape=(), initializer="ones")
        self.either = self.add_weight(shape=(), initializer="ones", trainable=self.learns)
        self.seen = keras.Variable(0.0, trainable=False)

    def call(self, inputs):
        self.count.assign_add(1.0)
        self.either.assign(0.0)
        self.seen.assign(1.0)
        self.unknown.assign(1.0)
        return inputs * self.scale

    def reset(self):
        self.scale.assign(1.0)


class Averaged(keras.Model):
    def train_step(self, data):
        self.network.kernel.assign(self.network.kernel * 0.5)
        return {}


layer = keras.layers.Dense(1)
layer.kernel.assign(layer.kernel * 2)
