"""Adversarial training (fast gradient sign) that trains on clean and attacked samples."""
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.losses import CategoricalCrossentropy
from tensorflow.keras.metrics import CategoricalAccuracy, Mean
from tensorflow.keras.models import Model

mean_loss, mean_attacked = Mean(name="loss"), Mean(name="attacked")


class AdversarialModel(Model):
    epsilon = 0.1

    def compile(self, *args, **kwargs):
        super().compile(*args, **kwargs)
        self.cross_entropy = CategoricalCrossentropy(label_smoothing=0.1)
        self.attacked_accuracy = CategoricalAccuracy(name="attacked_accuracy")

    def attack(self, x, y):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = self.cross_entropy(y, self(x, training=False))
        # Where the loss grows
        signs = tf.sign(tape.gradient(loss, x))
        return tf.stop_gradient(tf.clip_by_value(x + self.epsilon * signs, -3.0, 3.0))

    def train_step(self, data):
        x, y = data
        attacked = self.attack(x, y)
        with tf.GradientTape() as tape:
            clean = self(x, training=True)
            fooled = self(attacked, training=True)
            clean_loss = self.cross_entropy(y, clean)
            attacked_loss = self.cross_entropy(y, fooled)
            loss = 0.5 * clean_loss + 0.5 * attacked_loss
        self.optimizer.minimize(loss, self.trainable_variables, tape=tape)
        mean_loss.update_state(loss)
        mean_attacked.update_state(attacked_loss)
        self.attacked_accuracy.update_state(y, fooled)
        return {
            "loss": mean_loss.result(),
            "attacked": mean_attacked.result(),
            "attacked_accuracy": self.attacked_accuracy.result(),
        }

    @property
    def metrics(self):
        return [mean_loss, mean_attacked, self.attacked_accuracy]


rng = np.random.RandomState(149)
inputs = Input((4,))
outputs = Dense(3, activation="softmax")(Dense(5, activation="softplus")(inputs))
model = AdversarialModel(inputs, outputs)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
x = rng.normal(size=(8, 4)).astype("float32")
y = tf.keras.utils.to_categorical(rng.randint(0, 3, 8))
history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0).history
result = {key: history[key] for key in ("loss", "attacked", "attacked_accuracy")}
result["weights"] = [v.numpy() for v in model.trainable_variables]
