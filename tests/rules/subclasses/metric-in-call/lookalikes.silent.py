import keras


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.tracker = keras.metrics.Mean()
        self.counter = Counter()

    def call(self, inputs):
        self.counter.update_state(inputs)
        return inputs

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        self.tracker.update_state(y_pred)
        return {"mean": self.tracker.result()}


class Counter:
    def update_state(self, value):
        self.value = value
