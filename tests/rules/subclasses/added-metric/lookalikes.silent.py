import keras


class Own:
    def call(self, inputs):
        self.add_metric(inputs, name="own")


class Collecting(keras.layers.Layer):
    def add_metric(self, value, name):
        print(value, name)

    def call(self, inputs):
        self.add_metric(inputs, name="own")
        return inputs


board = Own()
board.add_metric(3, name="board")
