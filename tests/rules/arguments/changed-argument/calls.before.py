import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.optimizers import Adam

a = Adam(lr=0.1, jit_compile=True)
b = keras.optimizers.SGD(0.1, momentum=0.9)
c = keras.activations.relu(x, alpha=0.1)
d = keras.activations.relu(x, 0.1)
e = keras.layers.LeakyReLU(alpha=0.2)
f = keras.layers.LeakyReLU(0.2)
g = keras.utils.to_categorical(y=y, num_classes=3)
h = tf.keras.losses.MeanSquaredError(reduction="auto", name="h")
i = keras.layers.LSTM(
    4,
    time_major=False,  # as it was
    return_sequences=True,
)
j = keras.layers.BatchNormalization(fused=True)
k = keras.layers.Dense(3, dynamic=False, experimental_autocast=True)
m = keras.layers.Embedding(10, 4, "uniform", None, None, None, True, 5)
n = keras.layers.Softmax(-1)


class Layer(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight("w", (3, 4), None, "zeros", trainable=False)
        self.v = self.add_weight(name="v", shape=(3,), use_resource=True)


class Model(keras.Model):
    def train(self, x, y):
        self.fit(x, y, 32, 2, workers=4, use_multiprocessing=True)


model = keras.Sequential()
model.compile("sgd", "mse", experimental_run_tf_function=False)
model.fit(x, y, workers=1, max_queue_size=10)


class Margin(keras.losses.Loss):
    def __init__(self, reduction="auto", name="margin", **kwargs):
        super().__init__(reduction, name, **kwargs)


class Pair(keras.Sequential):
    def __init__(self, layers, name=None):
        super(Pair, self).__init__(layers, name)


margin = Margin(reduction="auto")
