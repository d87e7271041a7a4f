import keras


class Board:
    def add_update(self, text):
        print(text)

    def show(self):
        self.add_update("new")


class Own(keras.layers.Layer):
    def add_update(self, text):
        print(text)

    def call(self, inputs):
        self.add_update("new")
        return inputs


def tell(board):
    board.add_update(board.news())
