import keras
from keras.optimizers import Adam, Optimizer


class Own(keras.Model):
    def compile(self, optimizer: Optimizer = None, loss="mse"):
        """As `keras.Model` does."""
        # with a loss
        if optimizer is None:
            optimizer = Adam(1e-3)
        super().compile(optimizer=optimizer, loss=loss)


def train(
    model,
    first=None,  # the head
    second=None,
):
    if second is None:
        second = keras.optimizers.SGD(momentum=0.9)
    if first is None:
        first = keras.optimizers.SGD()
    model.compile(first)
    model.compile(second)


def short(optimizer=Adam()): return optimizer  # no place for it
