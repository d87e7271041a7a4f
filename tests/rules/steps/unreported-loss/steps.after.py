import keras
from keras import ops


class Computed(keras.Model):
    def train_step(self, data):
        x, y = data
        with tape() as gradients:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred)  # its mean is reported
            self._loss_tracker.update_state(loss, sample_weight=ops.shape(keras.tree.flatten(y)[0])[0])
        gradients.apply(loss)
        return self.compute_metrics(x, y, y_pred)

    def test_step(self, data):
        x, y = data
        y = ops.cast(y, "float32")
        y_pred = self(x, training=False)
        self._loss_tracker.update_state(self.compute_loss(y=[y, y], y_pred=y_pred), sample_weight=ops.shape(y)[0])
        return {m.name: m.result() for m in self.metrics}

    def both(self, x, y, y_pred):
        loss_value = self.compute_loss(x, y, y_pred)
        self._loss_tracker.update_state(loss_value, sample_weight=ops.shape(keras.tree.flatten(y)[0])[0])
        loss_value_2 = self._compile_loss(y.targets, y_pred)
        self._loss_tracker.update_state(loss_value_2, sample_weight=ops.shape(keras.tree.flatten(y.targets)[0])[0])
        loss = (
            loss_value * 0.5
            + loss_value_2
        )
        return loss if x is None else self.compute_loss(x, y, y_pred)

    def sometimes(self, x, y, y_pred):
        return self.compute_loss(x, load(y), y_pred), y and self.compute_loss(x, y), self.compute_loss()


class Returned(keras.Model):
    def train_step(self, data):
        loss = self.step(data)
        if loss is None:
            return {}
        self._loss_tracker.reset_state()
        self._loss_tracker.update_state(loss)
        return {"loss": loss}

    def test_step(self, data):
        loss_value_3 = ops.mean(self(data))
        self._loss_tracker.reset_state()
        self._loss_tracker.update_state(loss_value_3)
        return {
            "loss": loss_value_3,
        }


class WithMetric(keras.Model):
    def __init__(self):
        super().__init__()
        self.error = keras.metrics.Mean(name="error")

    def test_step(self, data):
        loss = self(data)
        self.error.update_state(loss)
        self._loss_tracker.reset_state()
        self._loss_tracker.update_state(loss)
        return {"loss": loss, "error": self.error.result()}


class OnlyOwn(keras.Model):
    def __init__(self):
        super().__init__()
        self.error = keras.metrics.Mean(name="error")

    def test_step(self, data):
        self.error.update_state(self(data))
        return {m.name: m.result() for m in self.metrics if m.name != "loss"}


class WithDefaultName(keras.Model):
    def __init__(self):
        super().__init__()
        self.error = keras.metrics.MeanSquaredError()

    def test_step(self, data):
        loss = self(data)
        self._loss_tracker.reset_state()
        self._loss_tracker.update_state(loss)
        return {"loss": loss, "mean_squared_error": self.error.result()}
