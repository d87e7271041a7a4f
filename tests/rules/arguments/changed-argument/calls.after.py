import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.optimizers import Adam

a = Adam(learning_rate=0.1)
b = keras.optimizers.SGD(0.1, momentum=0.9)
c = keras.activations.relu(x, negative_slope=0.1)
d = keras.activations.relu(x, 0.1)
e = keras.layers.LeakyReLU(negative_slope=0.2)
f = keras.layers.LeakyReLU(0.2)
g = keras.utils.to_categorical(x=y, num_classes=3)
h = tf.keras.losses.MeanSquaredError(reduction="sum_over_batch_size", name="h")
i = keras.layers.LSTM(
    4,
    time_major=False,  # as it was
    return_sequences=True,
)
j = keras.layers.BatchNormalization()
k = keras.layers.Dense(3, autocast=True)
m = keras.layers.Embedding(10, 4, "uniform", None, activity_regularizer=None, embeddings_constraint=None, mask_zero=True, input_length=5)
n = keras.layers.Softmax(-1)


class Layer(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(3, 4), dtype=None, initializer="zeros", trainable=False)
        self.v = self.add_weight(name="v", shape=(3,))


class Model(keras.Model):
    def train(self, x, y):
        self.fit(x, y, 32, 2)


model = keras.Sequential()
model.compile("sgd", "mse")
model.fit(x, y)


class Margin(keras.losses.Loss):
    def __init__(self, reduction="sum_over_batch_size", name="margin", **kwargs):
        super().__init__(reduction=reduction, name=name, **kwargs)


class Pair(keras.Sequential):
    def __init__(self, layers, name=None):
        super(Pair, self).__init__(layers, name=name)


margin = Margin(reduction="sum_over_batch_size")
