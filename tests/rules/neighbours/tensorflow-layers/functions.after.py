import tensorflow as tf
import tensorflow.compat.v1 as tf1

x = tf1.layers.dense(x, 3)
y = tf.layers.Conv2D(3, 3)
cell = tf.compat.v1.nn.rnn_cell.LSTMCell(3)
