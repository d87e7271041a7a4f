import keras
from keras import backend as K


class Memory(keras.layers.Layer):
    def call(self, inputs):
        self.add_update(self.memory.assign(inputs), inputs)  # for the next batch
        self.add_update(
            [
                K.update_add(self.count, 1),
                self.mean.assign_sub(inputs),
            ],
            inputs,
        )
        done = self.total.assign_add(inputs)
        self.add_update([done])
        self.add_update(updates=self.updates())
        self.add_update(self.pending)
        if inputs is None:
            self.add_update(done)
        return inputs
