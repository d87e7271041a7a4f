"""Models and layers whose weights are asked for before they are called."""

import os
import tempfile

import numpy as np
from tensorflow import keras

x = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]], "float32")
path = os.path.join(tempfile.mkdtemp(), "model.weights.h5")
result = {}


class Classifier(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = keras.layers.Dense(4, kernel_initializer="ones", bias_initializer="ones")
        self.out = keras.layers.Dense(1, kernel_initializer="ones")

    def call(self, inputs):
        return self.out(self.hidden(inputs))


class Pair(Classifier):
    def call(self, inputs):
        left, right = inputs
        return self.out(self.hidden(left) + right)


model = Classifier()
model.build((None, 3))
result["parameters"] = model.count_params()
result["trainable"] = len(model.trainable_weights)
model.set_weights([0.5 * one for one in model.get_weights()])
model.save_weights(path)
again = Classifier()
again.build(input_shape=(None, 3))
again.load_weights(path)
result["loaded"] = again.predict(x, verbose=0)
again.compile("sgd", "mse")
again.fit(x, np.ones((2, 1), "float32"), epochs=2, verbose=0)
result["fitted"] = again.predict(x, verbose=0)
pair = Pair()
pair.build([(None, 3), (None, 4)])
result["pair"] = [one.shape for one in pair.get_weights()]
