import keras


class Endpoint(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.accuracy = keras.metrics.BinaryAccuracy()

    def call(self, logits, targets):
        self.accuracy.update_state(targets, logits)
        return logits
