import keras
import torch


class Keras3(keras.optimizers.Optimizer):
    def build(self, variables):
        super().build(variables)
        self.momentums = self.add_optimizer_variables(variables, "momentum")

    def update_step(self, gradient, variable, learning_rate):
        self.assign_sub(variable, gradient * learning_rate)


class Both(keras.optimizers.Optimizer):
    def _create_slots(self, var_list):
        self.slots = var_list

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return var.assign_sub(grad)

    def update_step(self, gradient, variable, learning_rate):
        variable.assign_sub(gradient * learning_rate)


class Torch(torch.optim.Optimizer):
    def _create_slots(self, var_list):
        return var_list

    def get_updates(self, loss, params):
        return loss


class Own:
    def _resource_apply_dense(self, grad, var):
        return var.assign_sub(grad)

    def get_gradients(self, loss, params):
        return loss


class Layer(keras.layers.Layer):
    def get_updates(self, loss, params):
        return loss
