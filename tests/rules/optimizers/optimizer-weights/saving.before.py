import pickle

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(), "mse")


def keep(path):
    with open(path, "wb") as file:
        pickle.dump(model.optimizer.get_weights(), file)


def resume(path):
    with open(path, "rb") as file:
        model.optimizer.set_weights(pickle.load(file))  # as it was


def variable(optimizer: keras.optimizers.Optimizer, one):
    first = optimizer.get_weights()[0]
    return optimizer.set_weights([first])


keras.optimizers.SGD().get_weights()
