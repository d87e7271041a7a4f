import keras
import tensorflow as tf


class Ported(keras.Model):
    def train_step(self, *args):
        if keras.backend.backend() == "jax":
            return self._jax_train_step(*args)
        return self._tensorflow_train_step(*args)

    def _jax_train_step(self, state, data):
        return {}, state

    def _tensorflow_train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        tape.gradient(loss, self.trainable_variables)
        return {}


class ForJax(keras.Model):
    def train_step(self, state, data):
        return {}, state


class Trainer:
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self.model(data)
        return tape.gradient(loss, self.model.trainable_variables)


class Layer(keras.layers.Layer):
    def train_step(self, data):
        return self(data)
