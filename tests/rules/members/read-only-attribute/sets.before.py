import keras


class Own(keras.layers.Dense):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(3, self.units))
        self.path = "weights"
        return self.kernel


class Table(keras.layers.Embedding):
    def build(self, input_shape):
        self.embeddings, self.size = self.add_weight(shape=(3, 4)), 3


class Evaluation(keras.callbacks.Callback):
    def __init__(self, model):
        super().__init__()
        self.model = model


class Batches(keras.utils.Sequence):
    def __init__(self, count):
        super().__init__()
        self.num_batches = count
