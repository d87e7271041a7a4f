import tensorflow as tf
from tensorflow import keras


class Guide(keras.Model):
    def train_step(self, data):
        x, y, sample_weight = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            # The losses of the layers too.
            loss = self.compiled_loss(
                y,
                y_pred,  # as they are
                sample_weight=sample_weight,
                regularization_losses=self.losses,
            )
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        # All of them.
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        x = tf.cast(x, "float32")
        y_pred = self(x, training=False)
        x = None
        self.compiled_loss(y_true=y, y_pred=y_pred, regularization_losses=self.losses)
        self.compiled_metrics.update_state(y_true=y, y_pred=y_pred)
        return {
            metric.name: metric.result()
            for metric in self.metrics
        }

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        return 2 * self.compiled_loss(y, y_pred, sample_weight, self.losses)


class Parts(keras.Model):
    def losses_of(self, y, y_pred):
        whole = self.compiled_loss(y, y_pred)
        part = self.compiled_loss(y, y_pred, regularization_losses=self.encoder.losses)
        return whole, part + sum(self.losses)

    @property
    def metrics(self):
        return [self.tracker]

    def test_step(self, data):
        x, y = data
        self.compiled_metrics.update_state(y, self(x))
        return {m.name: m.result() for m in self.metrics}


class Watching(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if self.model.compiled_loss is not None:
            print(self.model.compiled_loss(self.y, self.model(self.x)))


def checked(model):
    if model.compiled_loss is None or model.compiled_metrics == None:
        raise ValueError("compile first")
    return (
        model.compiled_loss._losses,
        model.compiled_metrics.metrics,
        model.compiled_metrics.update_state(*checked),
        tf.add(1.0, model.compiled_loss(1.0, 2.0, regularization_losses=model.layers[0].losses)),
    )
