import keras
import tensorflow as tf


class Inherited(keras.Model):
    def train_step(self, data):
        logs = super().train_step(data)
        return {**logs, "rate": self.optimizer.learning_rate}


class Compiled(keras.Model):
    @tf.function
    def test_step(self, data):
        return {"error": self(data)}


class Watching(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            tape.watch(data)
            loss = self(data)
        return {"slope": tape.gradient(loss, data)}


class Nested(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                loss = self(data)
            slope = inner.gradient(loss, self.trainable_variables)
        return {"slope": outer.gradient(slope, self.trainable_variables)}


class Inside(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
            gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"total": loss}


class Sometimes(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
            if self.deep:
                more = loss
        gradients = tape.gradient(loss, self.trainable_variables)
        return {"total": more, "gradients": gradients}


class Collected(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        variables = []
        for layer in self.layers:
            variables += layer.trainable_weights
        gradients = tape.gradient(loss, variables)
        return {"total": gradients}


class Hessian(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape, open(self.log) as log:
            loss = self(data)
        return {"total": tape.gradient(loss, self.trainable_variables)}


class Jacobian(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        return {"total": tape.jacobian(loss, self.trainable_variables)}


class Returning(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
            if loss is None:
                return {}
        return {"total": tape.gradient(loss, self.trainable_variables)}
