import tensorflow as tf


class Own(tf.keras.Model):
    @property
    def metrics(self):
        return [self.tracker]

    def train_step(self, data):
        return {metric.name: metric.result() for metric in self.metrics}

    def report(self):
        return [float(metric.result()) for metric in self.metrics]


class Plain(tf.keras.Model):
    def train_step(self, data):
        return {metric.name: metric.result() for metric in self.metrics}


for metric in (tf.keras.metrics.Mean(), tf.keras.metrics.Sum()):
    print(float(metric.result()))
for metric in report.metrics:
    print(float(metric.result()))
for layer in Plain().layers:
    print(layer.result())
