import keras

inputs = keras.Input((3,))
functional = keras.Model(inputs, keras.layers.Dense(2)(inputs))
features = keras.Model(functional.input, functional.layers[-1].output)
sequential = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
print(sequential.inputs, sequential.outputs[0], sequential.layers[0].output)
dense = keras.layers.Dense(2)
dense(inputs)
print(dense.output, dense.input)


def outer(process):
    return process.input, process.output


class Own(keras.Sequential):
    @property
    def output(self):
        return self.outputs[0]


Own().output
