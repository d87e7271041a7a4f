import keras

model = keras.Sequential([keras.layers.Dense(1)])


def batches():
    yield (left, right), labels
    yield [0.5, 1.0], 2.0
    yield [a, b, c, d]


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


class Fine(keras.utils.Sequence):
    def __getitem__(self, index):
        return self.x[index], self.y[index]

    def other(self):
        return [self.x, self.x], self.y


class Numbers(keras.utils.Sequence):
    def __getitem__(self, index):
        if index:
            return [self.x[index], self.y[index]]
        batch = [self.load(one) for one in self.names]
        return batch, [0.0, 1.0]


class Own:
    def __getitem__(self, index):
        return [self.left, self.right], self.y


class Wrapper:
    def default(self):
        yield [self.x], [self.y]

    def fit(self):
        self.fit_generator(self.default())

    def fit_generator(self, generator):
        for inputs, labels in generator:
            inputs.append(labels)
