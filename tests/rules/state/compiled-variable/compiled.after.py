import keras


class Decaying(keras.regularizers.Regularizer):
    def __init__(self, strength):
        self.strength = keras.Variable(strength, trainable=False)

    def __call__(self, x):
        return self.strength * keras.ops.sum(keras.ops.square(x))


regularizer = Decaying(0.1)
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_regularizer=regularizer)])
model.compile("sgd", "mse", jit_compile=False)
other = keras.Sequential([model, keras.layers.Dense(1)])
other.compile(
    optimizer="sgd",  # as the other
    loss="mse", jit_compile=False,
)
other.compile("sgd", "mse", run_eagerly=True)
regularizer.strength.assign(0.05)
