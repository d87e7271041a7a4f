import keras
import torch
from mine import SGD

one = keras.optimizers.AdamW(0.1, weight_decay=0.1)
two = SGD(0.1, decay=0.1)
three = torch.optim.SGD([], 0.1, weight_decay=0.1)
four = keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.1)
five = keras.layers.BatchNormalization(momentum=0.9)
six = keras.optimizers.SGD(0.1, weight_decay=0.1)


class Decayed(keras.optimizers.SGD):
    def __init__(self, rate, decay=0.0, **kwargs):
        super().__init__(rate, **kwargs)
        self.rate_decay = decay


seven = Decayed(0.1, decay=0.1)
