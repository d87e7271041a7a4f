"""Models with steps of their own."""
import keras
import tensorflow as tf
from keras import ops

SIZE = 4


# A model of two parts.
class VAE(keras.Model):
    """An encoder and a decoder."""

    def train_step(self, data):
        """One batch."""
        x = data

        # Record what is differentiated.
        with tf.GradientTape() as tape:  # the tape
            # The code.
            z = self.encoder(x)
            if self.scale:
                part = ops.mean(z)
            else:
                part = 0.0
            kl = ops.mean(z**2)
            loss = self.loss_fn(x, self.decoder(z)) + kl
            loss += part  # all of it

        # What is trained.
        trainable_vars = self.trainable_variables
        # Gradients
        gradients = tape.gradient(loss, trainable_vars)  # by all
        gradients = [ops.clip(one, -1, 1) for one in gradients]
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        return {"total": loss, "kl": kl}

    def predict_step(self, data):
        return self.encoder(data)


class GAN(keras.Model):
    def train_step(self, data):
        self.train_critic(data)
        noise = ops.zeros((SIZE, 2))
        with tf.GradientTape() as tape:
            fake = self.generator(noise)
            g_loss = ops.mean(self.critic(fake))
        self.g_optimizer.apply_gradients(
            zip(
                tape.gradient(g_loss, self.generator.trainable_weights),
                self.generator.trainable_weights,
            )
        )
        return {"g_loss": g_loss}

    def train_critic(self, data):
        fake = data
        for _ in range(2):
            with tf.GradientTape(persistent=True) as tape:
                fake = self.generator(fake)
                first = ops.mean(self.critic(fake))
                second = ops.mean(self.judge(fake))
            gradients = tape.gradient(first, self.critic.trainable_weights)
            self.c_optimizer.apply_gradients(zip(gradients, self.critic.trainable_weights))
            gradients = tape.gradient(target=second, sources=self.judge.trainable_weights)
            del tape
            self.j_optimizer.apply_gradients(zip(gradients, self.judge.trainable_weights))


class Weighted(keras.Model):
    def train_step(self, data):
        x, weight = data
        with tf.GradientTape() as tape:
            loss = self(x)
            if self.deep:
                weight = loss
        gradients = tape.gradient(loss, self.trainable_variables)
        return {"weight": weight, "gradients": gradients}


class Tested(keras.Sequential):
    def test_step(self, data):
        x, y = data
        return {"error": ops.mean(y - self(x))}


class Derived(VAE):
    def test_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        return {"slopes": tape.gradient(loss, self.trainable_variables)}
