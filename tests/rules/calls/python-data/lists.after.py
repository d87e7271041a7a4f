import keras
import tensorflow as tf

layer = keras.layers.ReLU()
output = layer(keras.ops.convert_to_tensor([-3.0, -1.0, 0.0, 2.0]))
nested = keras.layers.Activation("tanh")(keras.ops.convert_to_tensor([[1.0, 2.0], [3.0, 4.0]]))

labels = [1, 2]
scores = [[0.05, 0.95, 0], [0.1, 0.8, 0.1]]  # one row a sample
loss = keras.losses.SparseCategoricalCrossentropy()
loss(keras.ops.convert_to_tensor(labels), keras.ops.convert_to_tensor(scores))
keras.losses.sparse_categorical_crossentropy(y_true=keras.ops.convert_to_tensor(labels), y_pred=keras.ops.convert_to_tensor(scores))

metric = keras.metrics.Poisson()
metric.update_state([[0, 1], [0, 0]], keras.ops.convert_to_tensor([[1, 1], [0, 0]], "float32"), sample_weight=[1, 0])

model = keras.Sequential([layer])
model.fit(keras.ops.convert_to_tensor([[1.0, 2.0]]), y=keras.ops.convert_to_tensor([1]))
model.predict(keras.ops.convert_to_tensor([[1.0, 2.0]]))
model.predict(tf.constant([["some text"], ["other text"]]))
keras.layers.Normalization(axis=None).adapt(keras.ops.convert_to_tensor([0, 2]))


class Head(keras.Model):
    def predict_one(self):
        return self.predict_on_batch(keras.ops.convert_to_tensor([[1.0]]))
