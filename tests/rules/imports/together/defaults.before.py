import tensorflow as tf

a = tf.keras.optimizers.Lion(jit_compile=False)
b = tf.keras.optimizers.Lion(beta_1=0.9, jit_compile=False)
c = tf.optimizers.Lion(lr=0.1)
