import keras
import tensorflow as tf


class Own(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        return {"total": tape.jacobian(loss, self.trainable_variables)}


def is_tape(value):
    return isinstance(value, tf.GradientTape)
