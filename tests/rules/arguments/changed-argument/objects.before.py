import keras
from tensorflow.keras import layers


class Scale(layers.Layer):
    def build(self, input_shape):
        self.scale = super().add_weight("scale", input_shape)
        self.shift = super(Scale, self).add_weight("shift", shape=input_shape)
        self.inner = [layers.Layer()]
        for layer in self.inner:
            layer.add_weight("inner", ())


def predict(model: "keras.Model", batches):
    return model.predict(batches, workers=1)
