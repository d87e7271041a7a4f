import keras
import numpy as np

# Refused by Keras 2 as well, several inputs, and layers that convert what they get.
keras.layers.Dense(3)([[1.0, 2.0]])
keras.layers.Add()([[1.0], [2.0]])
keras.layers.Concatenate()([[1.0], [2.0]])
keras.layers.CategoryEncoding(3)([1, 2])
keras.layers.TextVectorization()(["some text"])
keras.layers.StringLookup(vocabulary=["a"])(["a"])
keras.layers.Discretization(2).adapt([1, 2])

dense = keras.layers.Dense(3)
a, b = np.ones((1, 2)), np.ones((1, 2))
dense(np.array([[1.0, 2.0]]))
dense(keras.ops.convert_to_tensor([[1.0, 2.0]]))

model = keras.Sequential([dense])
model.fit([a, b], [a])
model.predict([])
model.predict(unknown)
model.fit(a, b, callbacks=[], epochs=3)


class Pair(keras.layers.Layer):
    def call(self, inputs):
        first, second = inputs
        return first + second


Pair()([1.0, 2.0])

# Losses and metrics that take lists, and floating numbers.
keras.losses.MeanSquaredError()([[0, 1]], [[1, 1]])
keras.metrics.MeanSquaredError().update_state([[0, 1]], [[1, 1]])
keras.metrics.Poisson().update_state([[0.0, 1.0]], [[1.0, 1.0]])
estimator.fit([[1.0, 2.0]], [1])
keras.metrics.Hinge().update_state([[0, 1]], [[0.5, 1.0]])
