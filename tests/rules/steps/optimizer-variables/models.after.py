import keras


class Adapting(keras.Model):
    def compile(self, optimizer, optimizer_enc=None):
        super().compile(optimizer)
        if optimizer_enc is None:
            self.optimizer_enc = self.optimizer

    def train_step(self, data):
        task, code = self.gradients(data)
        variables = self.encoder.trainable_variables
        # The task first.
        self.optimizer.build(self.trainable_variables)
        self.optimizer.apply_gradients(zip(task, self.task.trainable_variables))
        self.optimizer_enc.apply_gradients(zip(code, variables))
        return {}


class Alternating(keras.Model):
    def train_first(self, gradients):
        if gradients:
            self.optimizer.build(self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.first.trainable_variables))

    def train_second(self, gradients):
        self.optimizer.build(self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.second.trainable_variables))
