import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.set_weights(model.get_weights())


class Own(keras.optimizers.SGD):
    def get_weights(self):
        return self.variables


Own().get_weights()


def weights(optimizer):
    return optimizer.get_weights()
