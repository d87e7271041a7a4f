import tensorflow_hub as hub
import tf_keras as keras

model = keras.Sequential([hub.KerasLayer("https://tfhub.dev/a/b/1")])
