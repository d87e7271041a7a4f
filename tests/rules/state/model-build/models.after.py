import tensorflow as tf
from tensorflow import keras


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(4)
        self.out = keras.layers.Dense(1)
        self(keras.Input(batch_shape=(None, 8)))

    def call(self, inputs):
        return self.out(self.hidden(inputs))


class Special(Classifier):
    pass


def make(path):
    model = Classifier()
    model(keras.Input(batch_shape=(None, 3)))  # the weights are there
    model.load_weights(path)
    return model


SHAPE = (None, 3)
batch = tf.ones((2, 3))
model = Special()
model(keras.Input(batch_shape=SHAPE))
model(keras.Input(batch_shape=[2, 3]))
model(
    keras.Input(batch_shape=(None, 3)),
)
model(keras.Input(batch_shape=batch.shape))
model([keras.Input(batch_shape=(None, 3)), keras.Input(batch_shape=[None, 4])])
model({"left": keras.Input(batch_shape=(None, 3)), "right": keras.Input(batch_shape=(None, 4))})


def unknown(shape):
    other = Classifier()
    other.build(shape)
    other.build([shape, shape])
    return other
