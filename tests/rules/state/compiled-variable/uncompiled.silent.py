import keras


class Decaying(keras.regularizers.Regularizer):
    def __init__(self, strength):
        self.strength = keras.Variable(strength, trainable=False)

    def __call__(self, x):
        return self.strength * keras.ops.sum(keras.ops.square(x))


regularizer = Decaying(0.1)
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_regularizer=regularizer)])
model.compile("sgd", "mse", jit_compile=False)
regularizer.strength.assign(0.05)
