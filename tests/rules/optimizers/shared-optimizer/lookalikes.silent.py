import keras
from keras.optimizers import Adam
from other import SGD


def train(model, optimizer="adam", rate=keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)):
    model.compile(optimizer)


def make(optimizer=Adam, other=SGD(), config=dict(name="adam"), *, last=None):
    return optimizer(), other, config, last


def call(optimizer=None):
    if optimizer is None:
        optimizer = Adam()
    return make(other=Adam())
