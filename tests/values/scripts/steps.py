"""Steps of training, evaluation and prediction that models write themselves."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

x = np.linspace(-1, 1, 48).reshape(12, 4).astype("float32")
y = (x.sum(axis=1, keepdims=True) * 0.3).astype("float32")
w = np.linspace(0.5, 1.5, 12).astype("float32")
result = {}


def filled(shape, dtype=None):
    count = int(np.prod(shape))
    return np.linspace(-0.5, 0.6, count).reshape([int(one) for one in shape]).astype("float32")


def dense(units, activation=None, **others):
    return layers.Dense(units, activation=activation, kernel_initializer=filled, **others)


def weights_of(model):
    return [np.array(one) for one in model.trainable_weights]


def numbers(logs):
    return {name: np.array(logs[name]) for name in sorted(logs)}


def trained(model, *data, **others):
    history = model.fit(*data, batch_size=5, epochs=2, shuffle=False, verbose=0, **others).history
    return {"history": numbers(history), "weights": weights_of(model)}


class Guide(keras.Model):
    """The step of Keras's own guide, with all that belongs to it."""

    def train_step(self, data):
        if len(data) == 3:
            x, y, sample_weight = data
        else:
            sample_weight = None
            x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(
                y, y_pred, sample_weight=sample_weight, regularization_losses=self.losses
            )
        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        self.compiled_metrics.update_state(y, y_pred, sample_weight=sample_weight)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}

    def predict_step(self, data):
        return 2.0 * self(data, training=False)


inputs = keras.Input((4,))
hidden = dense(3, "tanh", kernel_regularizer="l2", activity_regularizer="l1")(inputs)
model = Guide(inputs, dense(1)(layers.BatchNormalization()(hidden)))
model.compile(keras.optimizers.Adam(0.05), "mse", metrics=["mae"], weighted_metrics=["mse"])
result["guide"] = trained(model, x, y, sample_weight=w)
result["evaluated"] = numbers(model.evaluate(x, y, batch_size=5, verbose=0, return_dict=True))
result["predicted"] = model.predict(x, verbose=0)


class VAE(keras.Model):
    """An encoder and a decoder, and no `call`."""

    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    @property
    def metrics(self):
        return [self.total_loss_tracker, self.kl_loss_tracker]

    def train_step(self, data):
        with tf.GradientTape() as tape:
            z_mean, z_log_var = self.encoder(data)
            reconstruction = self.decoder(z_mean)
            # The reconstruction, summed over what an example has.
            reconstruction_loss = tf.reduce_mean(
                tf.reduce_sum(keras.losses.binary_crossentropy(data[:, None], reconstruction[:, None]), axis=1)
            )
            kl_loss = -0.5 * (1 + z_log_var - tf.square(z_mean) - tf.exp(z_log_var))
            kl_loss = tf.reduce_mean(tf.reduce_sum(kl_loss, axis=1))
            total_loss = reconstruction_loss + kl_loss
        grads = tape.gradient(total_loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        self.total_loss_tracker.update_state(total_loss)
        self.kl_loss_tracker.update_state(kl_loss)
        return {
            "loss": self.total_loss_tracker.result(),
            "kl_loss": self.kl_loss_tracker.result(),
        }


inputs = keras.Input((4,))
hidden = dense(3, "relu")(inputs)
encoder = keras.Model(inputs, [dense(2)(hidden), dense(2)(hidden)])
decoder = keras.Sequential([keras.Input((2,)), dense(3, "relu"), dense(4, "sigmoid")])
vae = VAE(encoder, decoder)
vae.compile(optimizer=keras.optimizers.Adam(0.05))
result["vae"] = trained(vae, (x + 1) / 2)


class GAN(keras.Model):
    """Two optimizers, one after the other."""

    def __init__(self, discriminator, generator):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")

    @property
    def metrics(self):
        return [self.d_loss_metric, self.g_loss_metric]

    def train_step(self, real):
        batch_size = tf.shape(real)[0]
        noise = 0.1 + tf.zeros((batch_size, 2))

        # Decode them to fake examples
        generated = self.generator(noise)
        combined = tf.concat([generated, real], axis=0)
        labels = tf.concat([tf.ones((batch_size, 1)), tf.zeros((batch_size, 1))], axis=0)

        # Train the discriminator
        with tf.GradientTape() as tape:
            predictions = self.discriminator(combined)
            d_loss = self.loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.d_optimizer.apply_gradients(zip(grads, self.discriminator.trainable_weights))

        misleading = tf.zeros((batch_size, 1))

        # Train the generator (and *not* the weights of the discriminator)!
        with tf.GradientTape() as tape:
            predictions = self.discriminator(self.generator(noise))
            g_loss = self.loss_fn(misleading, predictions)
        grads = tape.gradient(g_loss, self.generator.trainable_weights)
        self.g_optimizer.apply_gradients(zip(grads, self.generator.trainable_weights))

        self.d_loss_metric.update_state(d_loss)
        self.g_loss_metric.update_state(g_loss)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}


gan = GAN(
    keras.Sequential([keras.Input((4,)), dense(3, "tanh"), dense(1)]),
    keras.Sequential([keras.Input((2,)), dense(4, "tanh")]),
)
gan.compile(
    d_optimizer=keras.optimizers.Adam(0.03),
    g_optimizer=keras.optimizers.SGD(0.05),
    loss_fn=keras.losses.BinaryCrossentropy(from_logits=True),
)
result["gan"] = trained(gan, x)


class Joint(keras.Model):
    """Several tapes at once, over models that the first batch builds."""

    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([dense(3, "tanh")])
        self.task = keras.Sequential([dense(1)])
        self.head = dense(1)

    def compile(self, optimizer, head_optimizer, **kwargs):
        super().compile(optimizer, **kwargs)
        self.head_optimizer = head_optimizer

    def call(self, inputs):
        return self.task(self.encoder(inputs))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as task_tape, tf.GradientTape() as head_tape:
            code = self.encoder(x, training=True)
            y_pred = self.task(code, training=True)
            task_loss = tf.reduce_mean(tf.square(y - y_pred))
            head_loss = tf.reduce_mean(tf.abs(y - self.head(code))) + 0.1 * task_loss
        variables = self.encoder.trainable_variables + self.task.trainable_variables
        task_gradients = task_tape.gradient(task_loss, variables)
        head_gradients = head_tape.gradient(head_loss, self.head.trainable_variables)
        self.optimizer.apply_gradients(zip(task_gradients, variables))
        self.head_optimizer.apply_gradients(zip(head_gradients, self.head.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred)
        self.compiled_loss(y, y_pred)
        logs = {m.name: m.result() for m in self.metrics}
        logs.update({"head_loss": head_loss})
        return logs


joint = Joint()
joint.compile(
    keras.optimizers.SGD(0.05), keras.optimizers.RMSprop(0.01), loss="mse", metrics=["mae"]
)
result["joint"] = trained(joint, x, y)


class Critic(keras.Model):
    """Several updates in a loop, clipped weights and a running mean of them."""

    def __init__(self, critic, average, generator, steps=2):
        super().__init__()
        self.critic = critic
        self.generator = generator
        self.steps = steps
        self.average = average
        self.average.trainable = False

    def compile(self, c_optimizer, g_optimizer):
        super().compile()
        self.c_optimizer = c_optimizer
        self.g_optimizer = g_optimizer

    def train_step(self, real):
        noise = real[:, :2] * 0.5
        for _ in range(self.steps):
            with tf.GradientTape() as tape:
                fake = self.generator(noise, training=True)
                c_cost = tf.reduce_mean(self.critic(fake)) - tf.reduce_mean(self.critic(real))
                c_loss = c_cost * 2.0
            c_gradient = tape.gradient(c_loss, self.critic.trainable_variables)
            self.c_optimizer.apply_gradients(zip(c_gradient, self.critic.trainable_variables))
            for weight in self.critic.trainable_weights:
                weight.assign(tf.clip_by_value(weight, -0.4, 0.4))
        with tf.GradientTape() as tape:
            g_loss = -tf.reduce_mean(self.critic(self.generator(noise, training=True)))
        self.g_optimizer.apply_gradients(
            zip(
                tape.gradient(g_loss, self.generator.trainable_variables),
                self.generator.trainable_variables,
            )
        )
        for kept, weight in zip(self.average.weights, self.critic.weights):
            kept.assign(0.9 * kept + 0.1 * weight)
        return {"c_loss": c_loss, "g_loss": g_loss}


critic = Critic(
    keras.Sequential([keras.Input((4,)), dense(3, "tanh"), dense(1)]),
    keras.Sequential([keras.Input((4,)), dense(3, "tanh"), dense(1)]),
    keras.Sequential([keras.Input((2,)), dense(4)]),
)
critic.compile(keras.optimizers.RMSprop(0.01), keras.optimizers.RMSprop(0.01))
result["critic"] = trained(critic, x)
result["average"] = [np.array(one) for one in critic.average.weights]


class Distiller(keras.Model):
    """A student, a teacher that stays, clipped gradients."""

    def __init__(self, student, teacher):
        super().__init__()
        self.teacher = teacher
        self.student = student

    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.alpha = alpha
        self.temperature = temperature

    def train_step(self, data):
        x, y = data
        teacher_predictions = self.teacher(x, training=False)
        with tf.GradientTape() as tape:
            student_predictions = self.student(x, training=True)
            student_loss = self.student_loss_fn(y, student_predictions)
            distillation_loss = self.distillation_loss_fn(
                tf.nn.softmax(teacher_predictions / self.temperature, axis=1),
                tf.nn.softmax(student_predictions / self.temperature, axis=1),
            )
            loss = self.alpha * student_loss + (1 - self.alpha) * distillation_loss
        # Compute gradients
        trainable_vars = self.student.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)
        gradients = [tf.clip_by_value(gradient, -0.05, 0.05) for gradient in gradients]
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        self.compiled_metrics.update_state(y, student_predictions)
        results = {m.name: m.result() for m in self.metrics}
        results.update({"student_loss": student_loss, "distillation_loss": distillation_loss})
        return results

    def test_step(self, data):
        x, y = data
        y_prediction = self.student(x, training=False)
        student_loss = self.student_loss_fn(y, y_prediction)
        self.compiled_metrics.update_state(y, y_prediction)
        results = {m.name: m.result() for m in self.metrics}
        results.update({"student_loss": student_loss})
        return results


classes = (np.arange(12) % 3).astype("int32")
distiller = Distiller(
    keras.Sequential([keras.Input((4,)), dense(3)]),
    keras.Sequential([keras.Input((4,)), dense(5, "relu"), dense(3)]),
)
distiller.compile(
    keras.optimizers.Adam(0.02),
    [keras.metrics.SparseCategoricalAccuracy()],
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    keras.losses.KLDivergence(),
    alpha=0.2,
    temperature=4,
)
result["distiller"] = trained(distiller, x, classes)


class Siamese(keras.Model):
    """A loss of distances, reported by a metric of the model."""

    def __init__(self, network, margin=0.5):
        super().__init__()
        self.network = network
        self.margin = margin
        self.loss_tracker = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        return self.network(inputs)

    def _compute_loss_of(self, data):
        anchor, positive = self.network(data), self.network(data * 0.9)
        negative = self.network(-data)
        ap = tf.reduce_sum(tf.square(anchor - positive), -1)
        an = tf.reduce_sum(tf.square(anchor - negative), -1)
        return tf.maximum(ap - an + self.margin, 0.0)

    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self._compute_loss_of(data)
        gradients = tape.gradient(loss, self.network.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.network.trainable_weights))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    def test_step(self, data):
        loss = self._compute_loss_of(data)
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    @property
    def metrics(self):
        return [self.loss_tracker]


siamese = Siamese(keras.Sequential([keras.Input((4,)), dense(3, "tanh"), dense(2)]))
siamese.compile(optimizer=keras.optimizers.SGD(0.1))
result["siamese"] = trained(siamese, x)
result["siamese tested"] = numbers(siamese.evaluate(x, verbose=0, return_dict=True))


class Returned(keras.Model):
    """Its loss is known to the step alone."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}


inputs = keras.Input((4,))
model = Returned(inputs, dense(1)(inputs))
model.compile(keras.optimizers.SGD(0.05))
result["returned"] = trained(model, x, y)


class Sharp(keras.Model):
    """The gradient is taken where it is steepest around."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred)
        variables = self.trainable_variables
        gradients = tape.gradient(loss, variables)
        scale = 0.05 / tf.sqrt(sum(tf.reduce_sum(gradient**2) for gradient in gradients))
        for variable, gradient in zip(variables, gradients):
            variable.assign_add(gradient * scale)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred)
        moved = tape.gradient(loss, variables)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(gradient * scale)
        self.optimizer.apply_gradients(zip(moved, variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input((4,))
model = Sharp(inputs, dense(1)(dense(3, "tanh")(inputs)))
model.compile(keras.optimizers.SGD(0.05), "mse", metrics=["mae"])
result["sharp"] = trained(model, x, y)


class Penalized(keras.Model):
    """A critic whose gradient by its inputs is to be 1."""

    def __init__(self, critic, generator):
        super().__init__()
        self.critic = critic
        self.generator = generator

    def compile(self, c_optimizer, g_optimizer):
        super().compile()
        self.c_optimizer = c_optimizer
        self.g_optimizer = g_optimizer

    def gradient_penalty(self, real, fake):
        between = real + 0.3 * (fake - real)
        with tf.GradientTape() as gp_tape:
            gp_tape.watch(between)
            # What the critic thinks of it
            prediction = self.critic(between, training=True)
        slopes = gp_tape.gradient(prediction, [between])[0]
        norm = tf.sqrt(tf.reduce_sum(tf.square(slopes), axis=1))
        return tf.reduce_mean((norm - 1.0) ** 2)

    def train_step(self, real):
        noise = real[:, :2] * 0.5
        with tf.GradientTape() as tape:
            fake = self.generator(noise, training=True)
            c_cost = tf.reduce_mean(self.critic(fake)) - tf.reduce_mean(self.critic(real))
            c_loss = c_cost + 10.0 * self.gradient_penalty(real, fake)
            c_gradient = tape.gradient(c_loss, self.critic.trainable_variables)

            # Update what the critic knows.
            self.c_optimizer.apply_gradients(zip(c_gradient, self.critic.trainable_variables))
        with tf.GradientTape() as tape:
            g_loss = -tf.reduce_mean(self.critic(self.generator(noise, training=True)))
        gradient = tape.gradient(g_loss, self.generator.trainable_variables)
        self.g_optimizer.apply_gradients(zip(gradient, self.generator.trainable_variables))
        return {"c_loss": c_loss, "g_loss": g_loss}


penalized = Penalized(
    keras.Sequential([keras.Input((4,)), dense(3, "tanh"), dense(1)]),
    keras.Sequential([keras.Input((2,)), dense(4)]),
)
penalized.compile(keras.optimizers.SGD(0.01), keras.optimizers.SGD(0.01))
result["penalized"] = trained(penalized, x)


class Attacked(keras.Model):
    """Trained on examples that are moved along the slope of the loss."""

    @tf.function
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = self.compiled_loss(y, self(x, training=False))
        slope = tape.gradient(loss, x)
        x = x + 0.1 * tf.sign(slope)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input((4,))
model = Attacked(inputs, dense(1)(layers.BatchNormalization()(dense(3, "tanh")(inputs))))
model.compile(keras.optimizers.SGD(0.05), "mse", metrics=["mae"])
result["attacked"] = trained(model, x, y)
model.train_on_batch(x, y)
result["on a batch"] = weights_of(model)


class Counting(keras.Model):
    """Has Keras do the steps, and reports more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = keras.metrics.Sum(name="seen")

    def train_step(self, data):
        logs = super().train_step(data)
        self.seen.update_state(1.0)
        return {**logs, "seen": self.seen.result(), "step": 2.0 * self.seen.result()}

    def test_step(self, data):
        logs = super().test_step(data)
        return {**logs, "more": logs["mae"] + 1.0}

    def predict_step(self, data):
        return super().predict_step(data) + 1.0


inputs = keras.Input((4,))
model = Counting(inputs, dense(1, kernel_regularizer="l2")(inputs))
model.compile(keras.optimizers.SGD(0.05), "mse", metrics=["mae"])
result["counting"] = trained(model, x, y)
evaluated = model.evaluate(x, y, batch_size=5, verbose=0, return_dict=True)
result["counted"] = numbers(evaluated)
result["counting predicted"] = model.predict(x, verbose=0)


class Parts(keras.Model):
    """One optimizer for two parts of the model, one after the other."""

    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([dense(3, "tanh")])
        self.task = keras.Sequential([dense(1)])

    def call(self, inputs):
        return self.task(self.encoder(inputs))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            code = self.encoder(x, training=True)
            y_pred = self.task(code, training=True)
            task_loss = tf.reduce_mean(tf.square(y - y_pred))
            code_loss = task_loss + 0.1 * tf.reduce_mean(tf.square(code))
        task_gradients = tape.gradient(task_loss, self.task.trainable_variables)
        code_gradients = tape.gradient(code_loss, self.encoder.trainable_variables)
        del tape
        self.optimizer.apply_gradients(zip(task_gradients, self.task.trainable_variables))
        self.optimizer.apply_gradients(zip(code_gradients, self.encoder.trainable_variables))
        return {"task_loss": task_loss, "code_loss": code_loss}


parts = Parts()
parts.compile(keras.optimizers.legacy.SGD(0.05, momentum=0.9))
result["parts"] = trained(parts, x, y)
