import keras
from keras.optimizers import Adam, Optimizer


class Own(keras.Model):
    def compile(self, optimizer: Optimizer = Adam(1e-3), loss="mse"):
        """As `keras.Model` does."""
        # with a loss
        super().compile(optimizer=optimizer, loss=loss)


def train(
    model,
    first=keras.optimizers.SGD(),  # the head
    second=keras.optimizers.SGD(momentum=0.9),
):
    model.compile(first)
    model.compile(second)


def short(optimizer=Adam()): return optimizer  # no place for it
