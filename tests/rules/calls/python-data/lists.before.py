import keras
import tensorflow as tf

layer = keras.layers.ReLU()
output = layer([-3.0, -1.0, 0.0, 2.0])
nested = keras.layers.Activation("tanh")([[1.0, 2.0], [3.0, 4.0]])

labels = [1, 2]
scores = [[0.05, 0.95, 0], [0.1, 0.8, 0.1]]  # one row a sample
loss = keras.losses.SparseCategoricalCrossentropy()
loss(labels, scores)
keras.losses.sparse_categorical_crossentropy(y_true=labels, y_pred=scores)

metric = keras.metrics.Poisson()
metric.update_state([[0, 1], [0, 0]], [[1, 1], [0, 0]], sample_weight=[1, 0])

model = keras.Sequential([layer])
model.fit([[1.0, 2.0]], y=[1])
model.predict([[1.0, 2.0]])
model.predict([["some text"], ["other text"]])
keras.layers.Normalization(axis=None).adapt([0, 2])


class Head(keras.Model):
    def predict_one(self):
        return self.predict_on_batch([[1.0]])
