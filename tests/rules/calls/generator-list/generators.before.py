import keras

model = keras.Sequential([keras.layers.Dense(1)])


def batches():
    while True:
        yield [left, right], labels
        yield ([left], [
            first,  # of two
            second,
        ], weights)


def named():
    for _ in range(3):
        inputs = [left, right]
        start = [0.0, 1.0]
        yield inputs, start


model.evaluate(named())


class Test:
    def pairs(self):
        yield [left, right], [labels]

    def test(self):
        self.made().fit_generator(self.pairs(), steps_per_epoch=2)


model.fit(batches(), steps_per_epoch=3, validation_data=None)
