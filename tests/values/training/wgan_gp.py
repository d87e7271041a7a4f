"""Wasserstein GAN with gradient penalty."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, Sequential, layers, optimizers


class WGAN(Model):
    def __init__(self, critic, generator, critic_steps=2, gp_weight=10.0):
        super().__init__()
        self.critic = critic
        self.generator = generator
        self.critic_steps = critic_steps
        self.gp_weight = gp_weight

    def compile(self, critic_optimizer, generator_optimizer):
        super().compile()
        self.critic_optimizer = critic_optimizer
        self.generator_optimizer = generator_optimizer

    def gradient_penalty(self, real, fake):
        """Penalty on the norm of the critic's gradient, halfway between real and fake."""
        halfway = real + 0.5 * (fake - real)
        with tf.GradientTape() as gp_tape:
            gp_tape.watch(halfway)
            # 1. The critic's output here.
            pred = self.critic(halfway, training=True)
        # 2. Its gradient w.r.t. the points.
        grads = gp_tape.gradient(pred, [halfway])[0]
        # 3. The norm.
        norm = tf.sqrt(tf.reduce_sum(tf.square(grads), axis=[1]))
        return tf.reduce_mean((norm - 1.0) ** 2)

    def train_step(self, data):
        real, noise = data
        for _ in range(self.critic_steps):
            with tf.GradientTape() as tape:
                fake = self.generator(noise, training=True)
                critic_loss = tf.reduce_mean(self.critic(fake)) - tf.reduce_mean(self.critic(real))
                critic_loss += self.gp_weight * self.gradient_penalty(real, fake)
            gradients = tape.gradient(critic_loss, self.critic.trainable_variables)
            self.critic_optimizer.apply_gradients(
                zip(gradients, self.critic.trainable_variables)
            )

        with tf.GradientTape() as tape:
            generator_loss = -tf.reduce_mean(self.critic(self.generator(noise, training=True)))
        gradients = tape.gradient(generator_loss, self.generator.trainable_variables)
        self.generator_optimizer.apply_gradients(zip(gradients, self.generator.trainable_variables))
        return {"critic_loss": critic_loss, "generator_loss": generator_loss}


rng = np.random.RandomState(8)
critic = Sequential([Input((2,)), layers.Dense(4, activation="tanh"), layers.Dense(1)])
generator = Sequential([Input((3,)), layers.Dense(4, activation="tanh"), layers.Dense(2)])
for net in (critic, generator):
    net.set_weights([rng.normal(0, 0.6, w.shape) for w in net.get_weights()])

model = WGAN(critic, generator)
model.compile(
    critic_optimizer=optimizers.Adam(0.01, beta_1=0.5, beta_2=0.9),
    generator_optimizer=optimizers.Adam(0.01, beta_1=0.5, beta_2=0.9),
)
data = rng.normal(size=(8, 2)).astype("float32"), rng.normal(size=(8, 3)).astype("float32")
history = model.fit(*data, batch_size=4, shuffle=False, verbose=0)
result = {
    "losses": [history.history[key] for key in ("critic_loss", "generator_loss")],
    "critic": critic.get_weights(),
    "generator": generator.get_weights(),
}
