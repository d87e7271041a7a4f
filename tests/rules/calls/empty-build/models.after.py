import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential()
        self.net.add(keras.layers.Dense(1))
        # so that it counts as built


model = keras.Sequential([keras.layers.Dense(1)])
if model.built:
    model.build(input_shape=tuple())
built = model.build(())
