import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.build((None, 3))
model.build(input_shape())
house = Builder()
house.build(())


class Own(keras.Model):
    def build(self, input_shape):
        self.shape = input_shape


Own().build(())
