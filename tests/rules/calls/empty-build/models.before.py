import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential()
        self.net.add(keras.layers.Dense(1))
        self.net.build(input_shape=())  # so that it counts as built


model = keras.Sequential([keras.layers.Dense(1)])
model.build(())
if model.built:
    model.build(input_shape=tuple())
    model.build(())
built = model.build(())
