import keras

metric = keras.metrics.Mean(name="loss/mean")
layer = keras.layers.Dense(3 / 1, name="dense")
path = keras.utils.get_file(name="a/b", origin="https://example.org/a/b")
other = open("a/b")


def build(name, sizes):
    return keras.layers.Dense(3, name=sizes["a/b"]), keras.layers.Dense(3, name=name.split("/")[-1])


class Own:
    def __init__(self, name):
        self.name = name


Own(name="a/b")
