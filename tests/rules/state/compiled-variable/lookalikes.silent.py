import keras


class Constant(keras.regularizers.Regularizer):
    def __init__(self, rate):
        self.rate = keras.Variable(rate, trainable=False)

    def __call__(self, x):
        return self.rate * keras.ops.sum(keras.ops.square(x))


class Scaled(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.scale = keras.Variable(1.0, trainable=False)


scaled = Scaled()
scaled.scale.assign(2.0)
