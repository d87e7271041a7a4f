import pickle

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(), "mse")


def keep(path):
    with open(path, "wb") as file:
        pickle.dump([keras.ops.convert_to_numpy(variable_2) for variable_2 in model.optimizer.variables if variable_2 is not model.optimizer.learning_rate], file)


def resume(path):
    with open(path, "rb") as file:
        for variable_2, value in zip([one for one in model.optimizer.variables if one is not model.optimizer.learning_rate], pickle.load(file)):
            variable_2.assign(value)  # as it was


def variable(optimizer: keras.optimizers.Optimizer, one):
    first = [keras.ops.convert_to_numpy(variable_2) for variable_2 in optimizer.variables if variable_2 is not optimizer.learning_rate][0]
    return optimizer.set_weights([first])


keras.optimizers.SGD().get_weights()
