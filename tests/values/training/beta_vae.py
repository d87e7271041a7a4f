"""beta-VAE whose weight of the divergence grows, all in one subclassed model."""

import numpy as np
import tensorflow as tf
import tensorflow.keras.backend as K
from tensorflow.keras import Model
from tensorflow.keras.callbacks import Callback
from tensorflow.keras.layers import Dense, Lambda


class BetaVAE(Model):
    def __init__(self, n_features, latent=2, **kwargs):
        super().__init__(**kwargs)
        self.beta = tf.Variable(0.0, trainable=False, dtype=tf.float32, name="beta")
        self.hidden = Dense(6, activation="elu")
        self.mu = Dense(latent)
        self.log_var = Dense(latent)
        self.out = Dense(n_features)
        # mu and log_var side by side
        self.joined = Lambda(lambda parts: K.concatenate(parts, axis=-1))

    def call(self, inputs):
        h = self.hidden(inputs)
        mu, log_var = self.mu(h), self.log_var(h)
        divergence = -0.5 * K.sum(1 + log_var - K.square(mu) - K.exp(log_var), axis=-1)
        # The divergence is a loss of the model itself.
        self.add_loss(self.beta * K.mean(divergence))
        return self.out(self.joined([mu, log_var]))


class Anneal(Callback):
    """Let beta grow from zero to `end` in `epochs`."""

    def __init__(self, epochs, end=1.0):
        super().__init__()
        self.epochs = epochs
        self.end = end

    def on_epoch_begin(self, epoch, logs=None):
        K.set_value(self.model.beta, self.end * epoch / self.epochs)

    def on_epoch_end(self, epoch, logs=None):
        logs["beta"] = float(K.get_value(self.model.beta))


rng = np.random.RandomState(5)
x = rng.normal(size=(6, 4)).astype("float32")
vae = BetaVAE(4)
vae.compile(optimizer="sgd", loss="mse")
vae.train_on_batch(x, x)  # makes the weights
for layer in (vae.hidden, vae.mu, vae.log_var, vae.out):
    layer.set_weights([rng.normal(0, 0.4, w.shape) for w in layer.get_weights()])
history = vae.fit(
    x, x, batch_size=6, epochs=3, shuffle=False, verbose=0, callbacks=[Anneal(2)]
).history
result = {
    "loss": history["loss"],
    "beta": history["beta"],
    "hidden": vae.hidden.get_weights(),
    "out": vae.out.get_weights(),
}
