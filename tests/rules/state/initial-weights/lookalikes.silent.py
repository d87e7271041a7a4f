import keras


class Weighted(keras.layers.Layer):
    def __init__(self, weights):
        super().__init__()
        self.start = weights


inputs = keras.Input((3,))
Weighted(weights=[1, 2])(inputs)
keras.layers.Embedding(3, 2, weights=[table])(inputs)
keras.applications.VGG16(weights="imagenet")
keras.layers.Dense(3, weights=None)(inputs)
average(weights=[1, 2])(inputs)
