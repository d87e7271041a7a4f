"""More steps that models write themselves, each of another kind."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

x = np.linspace(-1, 1, 48).reshape(12, 4).astype("float32")
y = (x.sum(axis=1, keepdims=True) * 0.3).astype("float32")
result = {}


def filled(shape, dtype=None):
    count = int(np.prod(shape))
    return np.linspace(-0.5, 0.6, count).reshape([int(one) for one in shape]).astype("float32")


def dense(units, activation=None, **others):
    return layers.Dense(units, activation=activation, kernel_initializer=filled, **others)


def network(inputs, *units, last=None):
    made = [dense(one, "tanh") for one in units[:-1]] + [dense(units[-1], last)]
    return keras.Sequential([keras.Input((inputs,)), *made])


def numbers(logs):
    return {name: np.array(logs[name]) for name in sorted(logs)}


def trained(model, *data, **others):
    history = model.fit(*data, batch_size=5, epochs=2, shuffle=False, verbose=0, **others).history
    weights = [np.array(one) for one in model.trainable_weights]
    return {"history": numbers(history), "weights": weights}


class Cycle(keras.Model):
    """Four networks and one tape for all of them."""

    def __init__(self, generator_g, generator_f, discriminator_x, discriminator_y):
        super().__init__()
        self.gen_G = generator_g
        self.gen_F = generator_f
        self.disc_X = discriminator_x
        self.disc_Y = discriminator_y
        self.lambda_cycle = 10.0

    def compile(self, gen_g, gen_f, disc_x, disc_y, gen_loss_fn, disc_loss_fn):
        super().compile()
        self.gen_G_optimizer = gen_g
        self.gen_F_optimizer = gen_f
        self.disc_X_optimizer = disc_x
        self.disc_Y_optimizer = disc_y
        self.generator_loss_fn = gen_loss_fn
        self.discriminator_loss_fn = disc_loss_fn
        self.cycle_loss_fn = keras.losses.MeanAbsoluteError()

    def train_step(self, batch_data):
        # x is Horse and y is zebra
        real_x, real_y = batch_data

        with tf.GradientTape(persistent=True) as tape:
            fake_y = self.gen_G(real_x, training=True)
            fake_x = self.gen_F(real_y, training=True)
            cycled_x = self.gen_F(fake_y, training=True)
            cycled_y = self.gen_G(fake_x, training=True)

            # Discriminator output
            disc_real_x = self.disc_X(real_x, training=True)
            disc_fake_x = self.disc_X(fake_x, training=True)
            disc_real_y = self.disc_Y(real_y, training=True)
            disc_fake_y = self.disc_Y(fake_y, training=True)

            gen_G_loss = self.generator_loss_fn(disc_fake_y)
            gen_F_loss = self.generator_loss_fn(disc_fake_x)
            cycle = self.cycle_loss_fn(real_y, cycled_y) + self.cycle_loss_fn(real_x, cycled_x)
            total_loss_G = gen_G_loss + cycle * self.lambda_cycle
            total_loss_F = gen_F_loss + cycle * self.lambda_cycle
            disc_X_loss = self.discriminator_loss_fn(disc_real_x, disc_fake_x)
            disc_Y_loss = self.discriminator_loss_fn(disc_real_y, disc_fake_y)

        # Get the gradients for the generators
        grads_G = tape.gradient(total_loss_G, self.gen_G.trainable_variables)
        grads_F = tape.gradient(total_loss_F, self.gen_F.trainable_variables)

        # Get the gradients for the discriminators
        disc_X_grads = tape.gradient(disc_X_loss, self.disc_X.trainable_variables)
        disc_Y_grads = tape.gradient(disc_Y_loss, self.disc_Y.trainable_variables)

        self.gen_G_optimizer.apply_gradients(zip(grads_G, self.gen_G.trainable_variables))
        self.gen_F_optimizer.apply_gradients(zip(grads_F, self.gen_F.trainable_variables))
        self.disc_X_optimizer.apply_gradients(zip(disc_X_grads, self.disc_X.trainable_variables))
        self.disc_Y_optimizer.apply_gradients(zip(disc_Y_grads, self.disc_Y.trainable_variables))
        return {
            "G_loss": total_loss_G,
            "F_loss": total_loss_F,
            "D_X_loss": disc_X_loss,
            "D_Y_loss": disc_Y_loss,
        }


adv_loss_fn = keras.losses.MeanSquaredError()


def generator_loss_fn(fake):
    return adv_loss_fn(tf.ones_like(fake), fake)


def discriminator_loss_fn(real, fake):
    real_loss = adv_loss_fn(tf.ones_like(real), real)
    fake_loss = adv_loss_fn(tf.zeros_like(fake), fake)
    return (real_loss + fake_loss) * 0.5


cycle = Cycle(network(4, 4), network(4, 4), network(4, 3, 1), network(4, 2, 1))
cycle.compile(
    keras.optimizers.SGD(0.001),
    keras.optimizers.SGD(0.001),
    keras.optimizers.SGD(0.01),
    keras.optimizers.SGD(0.01),
    generator_loss_fn,
    discriminator_loss_fn,
)
result["cycle"] = trained(cycle, x, x[::-1].copy())


class Quantizer(layers.Layer):
    def __init__(self, count, size, beta=0.25, **kwargs):
        super().__init__(**kwargs)
        self.count = count
        self.size = size
        self.beta = beta

    def build(self, input_shape):
        self.book = self.add_weight(shape=(self.size, self.count), initializer=filled, name="book")

    def call(self, inputs):
        distances = (
            tf.reduce_sum(inputs**2, axis=1, keepdims=True)
            + tf.reduce_sum(self.book**2, axis=0)
            - 2 * tf.matmul(inputs, self.book)
        )
        chosen = tf.one_hot(tf.argmin(distances, axis=1), self.count)
        quantized = tf.matmul(chosen, self.book, transpose_b=True)
        commitment = tf.reduce_mean((tf.stop_gradient(quantized) - inputs) ** 2)
        codebook = tf.reduce_mean((quantized - tf.stop_gradient(inputs)) ** 2)
        self.add_loss(self.beta * commitment + codebook)
        return inputs + tf.stop_gradient(quantized - inputs)


class VQVAETrainer(keras.Model):
    """The losses of a layer inside."""

    def __init__(self, train_variance, **kwargs):
        super().__init__(**kwargs)
        self.train_variance = train_variance
        inputs = keras.Input((4,))
        code = Quantizer(6, 2, name="quantizer")(dense(2)(inputs))
        self.vqvae = keras.Model(inputs, dense(4)(code))
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.vq_loss_tracker = keras.metrics.Mean(name="vq_loss")

    @property
    def metrics(self):
        return [self.total_loss_tracker, self.vq_loss_tracker]

    def train_step(self, x):
        with tf.GradientTape() as tape:
            # Outputs from the VQ-VAE.
            reconstructions = self.vqvae(x)
            reconstruction_loss = tf.reduce_mean((x - reconstructions) ** 2) / self.train_variance
            total_loss = reconstruction_loss + sum(self.vqvae.losses)

        # Backpropagation.
        grads = tape.gradient(total_loss, self.vqvae.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.vqvae.trainable_variables))

        # Loss tracking.
        self.total_loss_tracker.update_state(total_loss)
        self.vq_loss_tracker.update_state(sum(self.vqvae.losses))
        return {
            "loss": self.total_loss_tracker.result(),
            "vqvae_loss": self.vq_loss_tracker.result(),
        }


vqvae = VQVAETrainer(0.3)
vqvae.compile(optimizer=keras.optimizers.SGD(0.05))
done = trained(vqvae, x)
result["vqvae"] = {"weights": done["weights"], "loss": done["history"]["loss"]}


class SimSiam(keras.Model):
    """Contrasts two views, by a function outside."""

    def __init__(self, encoder, predictor):
        super().__init__()
        self.encoder = encoder
        self.predictor = predictor
        self.loss_tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.loss_tracker]

    def train_step(self, data):
        # Unpack the data.
        ds_one, ds_two = data

        # Forward pass through the encoder and predictor.
        with tf.GradientTape() as tape:
            z1, z2 = self.encoder(ds_one), self.encoder(ds_two)
            p1, p2 = self.predictor(z1), self.predictor(z2)
            loss = similarity(p1, z2) / 2 + similarity(p2, z1) / 2

        # Compute gradients and update the parameters.
        learnable_params = self.encoder.trainable_variables + self.predictor.trainable_variables
        gradients = tape.gradient(loss, learnable_params)
        self.optimizer.apply_gradients(zip(gradients, learnable_params))

        # Monitor loss.
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


def similarity(p, z):
    z = tf.stop_gradient(z)
    p = tf.math.l2_normalize(p, axis=1)
    z = tf.math.l2_normalize(z, axis=1)
    return -tf.reduce_mean(tf.reduce_sum((p * z), axis=1))


simsiam = SimSiam(network(4, 3, 2), network(2, 2))
simsiam.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.6))
result["simsiam"] = trained(simsiam, x, (x[::-1] * 0.5).copy())


loss_tracker = keras.metrics.Mean(name="loss")
mae_metric = keras.metrics.MeanAbsoluteError(name="mae")


class LowLevel(keras.Model):
    """Metrics of the module, and the loss by hand."""

    def train_step(self, data):
        x, y = data

        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)  # Forward pass
            # Compute our own loss
            loss = keras.losses.mean_squared_error(y, y_pred)

        # Compute gradients
        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)

        # Update weights
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))

        # Compute our own metrics
        loss_tracker.update_state(loss)
        mae_metric.update_state(y, y_pred)
        return {"loss": loss_tracker.result(), "mae": mae_metric.result()}

    @property
    def metrics(self):
        # Reset at the start of each epoch, or of `evaluate`.
        return [loss_tracker, mae_metric]


inputs = keras.Input((4,))
low = LowLevel(inputs, dense(1)(dense(3, "tanh")(inputs)))
low.compile(optimizer=keras.optimizers.SGD(0.01))
result["low level"] = trained(low, x, y)


class Accumulating(keras.Model):
    """Gradients of several batches in one update."""

    def __init__(self, body, steps=2):
        super().__init__()
        self.body = body
        self.steps = steps
        self.sums = [
            self.add_weight(shape=one.shape, initializer="zeros", trainable=False, name=f"sum_{i}")
            for i, one in enumerate(body.trainable_variables)
        ]

    def call(self, inputs):
        return self.body(inputs)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred)
        gradients = tape.gradient(loss, self.body.trainable_variables)
        for total, gradient in zip(self.sums, gradients):
            total.assign_add(gradient / self.steps)
        self.optimizer.apply_gradients(
            zip([total + 0.0 for total in self.sums], self.body.trainable_variables)
        )
        for total in self.sums:
            total.assign(total * 0.5)
        return self.compute_metrics(x, y, y_pred, None)


accumulating = Accumulating(network(4, 3, 1))
accumulating.compile(keras.optimizers.SGD(0.05), "mse", metrics=["mae"])
done = trained(accumulating, x, y)
result["accumulating"] = {
    "history": done["history"],
    "weights": [np.array(one) for one in accumulating.body.trainable_weights],
}


class Tasks(keras.Model):
    """Several outputs, by name."""

    def train_step(self, data):
        x, targets = data
        with tf.GradientTape() as tape:
            outputs = self(x, training=True)
            first = self.first_loss(targets["first"], outputs["first"])
            second = self.second_loss(targets["second"], outputs["second"])
            loss = first * self.balance
            if self.balance < 1:
                loss = loss + (1 - self.balance) * second
        grads = tape.gradient(loss, self.trainable_weights)
        grads, norm = [one * 0.5 for one in grads], tf.reduce_max([tf.norm(g) for g in grads])
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        return {"first": first, "second": second, "norm": norm}

    def compile(self, optimizer, balance):
        super().compile(optimizer=optimizer)
        self.balance = balance
        self.first_loss = keras.losses.MeanSquaredError()
        self.second_loss = keras.losses.Huber()


inputs = keras.Input((4,))
hidden = dense(3, "tanh")(inputs)
tasks = Tasks(inputs, {"first": dense(1)(hidden), "second": dense(1)(hidden)})
tasks.compile(keras.optimizers.SGD(0.05), balance=0.3)
result["tasks"] = trained(tasks, x, {"first": y, "second": -y})
