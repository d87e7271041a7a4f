import keras


class WithTracker(keras.Model):
    def __init__(self):
        super().__init__()
        self.loss_tracker = keras.metrics.Mean(name="loss")

    def train_step(self, data):
        x, y = data
        loss = self.compute_loss(x, y, self(x))
        self.loss_tracker.update_state(loss)
        return {"loss": loss}


class WithProperty(keras.Model):
    @property
    def metrics(self):
        return [metric for metric in super().metrics if metric.name != "loss"]

    def train_step(self, data):
        x, y = data
        loss = self.compute_loss(x, y, self(x))
        return {"loss": loss}


class Keras3(keras.Model):
    def train_step(self, data):
        x, y = data
        y_pred = self(x)
        loss = self.compute_loss(x, y, y_pred)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


class Inherited(keras.Model):
    def train_step(self, data):
        loss = super().train_step(data)["loss"]
        return {"loss": loss}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        return super().compute_loss(x, y, y_pred, sample_weight) * 2


class More(keras.Model):
    def train_step(self, data):
        loss = self.step(data)
        return {"loss": loss, "error": loss}

    def test_step(self, data):
        return {"error": self.step(data), **self.more}


class Layer(keras.layers.Layer):
    def train_step(self, data):
        return {"loss": self.compute_loss(data)}


def compute_loss(model, x, y):
    return model.compute_loss(x, y, model(x))


class WithOther(keras.Model):
    def compute_loss(self, logits, labels):
        return logits - labels

    def test_step(self, data):
        loss = self.compute_loss(*data)
        return {"error": loss}


class Compiled(keras.Model):
    def loss_of(self, x, y):
        loss = self.compute_loss(x, y, self(x))
        self._loss_tracker.update_state(loss)
        return loss

    def test_step(self, data):
        loss = self.loss_of(*data)
        return {"loss": loss}


class ByPosition(keras.Model):
    def __init__(self):
        super().__init__()
        self.mean = keras.metrics.Mean("loss")

    def test_step(self, data):
        loss = self(data)
        return {"loss": loss}
