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

        def later():
            self.memory.assign(inputs)

        self.add_update(later)
        shift = lambda: self.count.assign_add(1.0)
        self.add_update([shift, done])
        self.add_update(unknown)
        return inputs
