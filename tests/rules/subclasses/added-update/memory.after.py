import keras
from keras import backend as K


class Memory(keras.layers.Layer):
    def call(self, inputs):
        self.memory.assign(inputs)  # for the next batch
        K.update_add(self.count, 1)
        self.mean.assign_sub(inputs)
        done = self.total.assign_add(inputs)
        self.updates()
        self.add_update(self.pending)
        if inputs is None:
            pass

        def later():
            self.memory.assign(inputs)

        later()
        shift = lambda: self.count.assign_add(1.0)
        shift()
        self.add_update(unknown)
        return inputs
