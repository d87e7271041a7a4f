"""Callbacks: warm-up by batch, cosine by epoch, an average of the weights, and a log of losses."""

import math

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.callbacks import Callback, LearningRateScheduler


class WarmUp(Callback):
    """Linear warm-up over the first batches."""

    def __init__(self, target, batches):
        super(WarmUp, self).__init__()
        self.target = target
        self.batches = batches
        self.seen = 0
        self.rates = []

    def on_batch_begin(self, batch, logs=None):
        if self.seen < self.batches:
            lr = self.target * (self.seen + 1) / self.batches
            K.set_value(self.model.optimizer.lr, lr)

    def on_batch_end(self, batch, logs=None):
        self.seen += 1
        # what it was trained with
        self.rates.append(float(K.get_value(self.model.optimizer.lr)))


class ExponentialMovingAverage(Callback):
    """Keep an average of the weights; swap it in when the training ends."""

    def __init__(self, decay=0.9):
        super().__init__()
        self.decay = decay
        self.ema = None

    def on_train_begin(self, logs=None):
        # (copies, not the variables themselves)
        self.ema = [tf.Variable(w, trainable=False) for w in self.model.get_weights()]

    def on_train_batch_end(self, batch, logs=None):
        for average, value in zip(self.ema, self.model.weights):
            average.assign(self.decay * average + (1 - self.decay) * value)

    def on_train_end(self, logs=None):
        self.model.set_weights([one.numpy() for one in self.ema])


class History(Callback):
    def on_train_begin(self, logs={}):
        self.losses = []

    def on_batch_end(self, batch, logs={}):
        self.losses.append(logs.get("loss"))

    def on_epoch_end(self, epoch, logs=None):
        logs["lr"] = self.model.optimizer.lr.numpy()


def cosine(epoch, lr):
    return 0.05 * (1 + math.cos(math.pi * epoch / 4))


rng = np.random.RandomState(13)
x = rng.normal(size=(12, 3)).astype("float32")
y = x @ np.array([[1.0], [-1.0], [0.5]], "float32")


def trained(*callbacks):
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Dense(2, activation="tanh", input_shape=(3,)))
    model.add(tf.keras.layers.Dense(1))
    model.set_weights([np.full(w.shape, 0.1) * (i + 1) for i, w in enumerate(model.get_weights())])
    model.compile(loss="mae", optimizer=tf.keras.optimizers.Adam(learning_rate=0.05))
    done = model.fit(
        x, y, epochs=2, batch_size=4, shuffle=False, verbose=0, callbacks=list(callbacks)
    )
    return model, done.history


warm, log = WarmUp(0.1, 4), History()
model, history = trained(warm, log, LearningRateScheduler(cosine))
averaged, _ = trained(ExponentialMovingAverage(0.8))
result = {
    "rates": warm.rates,
    "losses": [float(one) for one in log.losses],
    "lr": [float(one) for one in history["lr"]],
    "weights": model.get_weights(),
    "averaged": averaged.get_weights(),
}
