import keras


class GAN(keras.Model):
    def train_step(self, data):
        self.d_optimizer.apply_gradients(zip(self.d_gradients, self.critic.trainable_variables))
        self.g_optimizer.apply_gradients(zip(self.g_gradients, self.generator.trainable_variables))
        return {}


class Twice(keras.Model):
    def train_step(self, data):
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(self.first, variables))
        self.optimizer.apply_gradients(zip(self.second, self.trainable_variables))
        self.optimizer.apply_gradients(self.pairs)
        return {}


class Built(keras.Model):
    def train_step(self, data):
        self.optimizer.build(self.trainable_variables)
        self.optimizer.apply_gradients(zip(self.first, self.one.trainable_variables))
        self.optimizer.apply_gradients(zip(self.second, self.other.trainable_variables))
        return {}


class Trainer:
    def train_step(self, data):
        self.optimizer.apply_gradients(zip(self.first, self.one.trainable_variables))
        self.optimizer.apply_gradients(zip(self.second, self.other.trainable_variables))
