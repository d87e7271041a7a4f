import keras

model = keras.Sequential([keras.layers.Dense(1)])


def batches():
    yield (left, right), labels
    yield [0.5, 1.0], 2.0
    yield [left, right]


def others():
    yield [left, right], labels


def nested():
    def inner():
        yield [left, right], labels

    yield left, inner


model.fit(batches())
model.fit(nested())
estimator.fit(others())
for pair, label in others():
    print(pair, label)
