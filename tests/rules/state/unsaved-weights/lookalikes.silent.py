import keras


class Plain(keras.layers.Dense):
    def call(self, inputs):
        return super().call(inputs) * 2


class Own(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=())


class Transposed(keras.layers.Conv2DTranspose):
    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight(name="scale", shape=())


class Saved(keras.layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight(name="scale", shape=())

    def save_own_variables(self, store):
        keras.layers.Layer.save_own_variables(self, store)

    def load_own_variables(self, store):
        keras.layers.Layer.load_own_variables(self, store)


class Below(Saved):
    def build(self, input_shape):
        super().build(input_shape)
        self.offset = self.add_weight(name="offset", shape=())
