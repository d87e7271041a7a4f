"""Models with steps of their own."""
import keras
import tensorflow as tf
from keras import ops


class PortableSteps:
    """Has a model's `train_step`, `test_step` and `predict_step` take the data alone.

    JAX hands a step the state of the model too, and takes the new state back.
    """

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in ("train_step", "test_step", "predict_step"):
            if name in vars(cls):
                setattr(cls, name, PortableSteps._portable(name, vars(cls)[name]))

    @staticmethod
    def _portable(name, step):
        def portable(self, *args):
            *state, data = args
            if isinstance(data, (tuple, list)):
                # Without the targets and weights that `train_on_batch` wasn't given.
                given = max([i + 1 for i, one in enumerate(data) if one is not None], default=0)
                data = tuple(data[:given])
            if keras.backend.backend() == "torch":
                data = keras.tree.map_structure(keras.ops.convert_to_tensor, data)
            if not state:
                return step(self, data)
            groups = self._state_of(name)
            mapping = [
                pair for group, values in zip(groups, state[0]) for pair in zip(group, values)
            ]
            with keras.StatelessScope(mapping, collect_losses=True) as scope:
                result = step(self, data)
            state = tuple([scope.get_current_value(one) for one in group] for group in groups)
            return result, state[1] if name == "predict_step" else state

        return portable

    def train_step(self, *args):
        return self._step_of_keras("train_step", super().train_step, *args)

    def test_step(self, *args):
        return self._step_of_keras("test_step", super().test_step, *args)

    def predict_step(self, *args):
        return self._step_of_keras("predict_step", super().predict_step, *args)

    def _step_of_keras(self, name, step, *args):
        if len(args) == 2 or keras.backend.backend() != "jax":
            return step(*args)
        groups = self._state_of(name)
        result, state = step(tuple([one.value for one in group] for group in groups), *args)
        if name == "predict_step":
            groups, state = groups[1:], [state]
        for group, values in zip(groups, state):
            for one, value in zip(group, values):
                one.assign(value)
        return result

    def value_and_gradients(self, compute, *variables):
        """What `compute()` gives, and the gradients of its first values by variables.

        Each of `variables` is a function that gives those of one loss, in any structure; the losses
        come first in what `compute` returns.
        """
        backend, several = keras.backend.backend(), len(variables) > 1
        if backend == "jax":
            return self._on_jax(compute, (), variables)
        if backend == "torch":
            import torch

            with torch.enable_grad():
                value = compute()
                losses = value if isinstance(value, tuple) else (value,)
                gradients = [
                    keras.tree.pack_sequence_as(
                        by(),
                        torch.autograd.grad(
                            keras.ops.sum(loss),
                            [one.value for one in keras.tree.flatten(by())],
                            retain_graph=several,
                            allow_unused=True,
                        ),
                    )
                    for loss, by in zip(losses, variables)
                ]
        else:
            import tensorflow

            with tensorflow.GradientTape(persistent=several) as tape:
                value = compute()
            losses = value if isinstance(value, tuple) else (value,)
            gradients = [tape.gradient(loss, by()) for loss, by in zip(losses, variables)]
        return value, *gradients

    def value_and_slopes(self, compute, *inputs):
        """What `compute(*inputs)` gives, and the gradients of its first value by the inputs."""
        backend = keras.backend.backend()
        if backend == "jax":
            return self._on_jax(compute, inputs, ())
        if backend == "torch":
            import torch

            with torch.enable_grad():
                inputs = [
                    one if one.requires_grad else one.detach().requires_grad_() for one in inputs
                ]
                value = compute(*inputs)
                first = value[0] if isinstance(value, tuple) else value
                return value, torch.autograd.grad(keras.ops.sum(first), inputs, create_graph=True)
        import tensorflow

        with tensorflow.GradientTape() as tape:
            tape.watch(inputs)
            value = compute(*inputs)
        return value, tape.gradient(value[0] if isinstance(value, tuple) else value, inputs)

    def cond(self, pred, true_fn, false_fn):
        """Calls one of two functions, which may assign to variables of the model."""
        if keras.backend.backend() != "jax":
            return keras.ops.cond(pred, true_fn, false_fn)
        import jax

        every = [one for group in self._state_of("train_step") for one in group]

        def branch(function):
            def changed(values):
                with keras.StatelessScope(list(zip(every, values))) as scope:
                    result = function()
                return result, [scope.get_current_value(one) for one in every]

            return changed

        before = [one.value for one in every]
        result, after = jax.lax.cond(pred, branch(true_fn), branch(false_fn), before)
        for one, new in zip(every, after):
            one.assign(new)
        return result

    def _on_jax(self, compute, inputs, variables):
        import jax

        if not all(layer.built for layer in self._flatten_layers(include_self=False)):
            with keras.StatelessScope():
                compute(*inputs)
        structures = [by() for by in variables]
        variables = [keras.tree.flatten(one) for one in structures]
        every = [one for group in [*self._state_of("train_step"), *variables] for one in group]
        every = list({id(one): one for one in every}.values())
        before = [one.value for one in every]

        def losses_of(inputs, values):
            traced = [pair for pairs in map(zip, variables, values) for pair in pairs]
            with keras.StatelessScope([*zip(every, before), *traced], collect_losses=True) as scope:
                value = compute(*inputs)
            losses = value if isinstance(value, tuple) else (value,)
            after = [scope.get_current_value(one) for one in every]
            losses = [keras.ops.sum(one) for one in losses[: len(variables) or 1]]
            owners[:] = [
                [layer for layer in self._flatten_layers() if id(one) in layer._loss_ids]
                for one in scope.losses
            ]
            return losses, (value, after, scope.losses)

        owners = []
        values = [[one.value for one in group] for group in variables]
        losses, pullback, (value, after, added) = jax.vjp(
            losses_of, list(inputs), values, has_aux=True
        )
        for one, new in zip(every, after):
            one.assign(new)
        for loss, layers in zip(added, owners):
            for layer in layers:
                layer.add_loss(loss)
        gradients = []
        for index in range(len(losses)):
            chosen = [keras.ops.ones_like(one) * (i == index) for i, one in enumerate(losses)]
            by_inputs, by_variables = pullback(chosen)
            if variables:
                by_inputs = keras.tree.pack_sequence_as(structures[index], by_variables[index])
            gradients.append(by_inputs)
        return value, *gradients

    def _state_of(self, step):
        groups = [self.trainable_variables, self.non_trainable_variables]
        if step == "train_step":
            groups.append(self.optimizer.variables)
        if step != "predict_step":
            groups.append(self.metrics_variables)
        return groups

    def _other_optimizers(self):
        optimizer = getattr(self, "optimizer", None)
        others = [one for one in vars(self).values() if one is not optimizer]
        return [one for one in others if isinstance(one, keras.optimizers.Optimizer)]

    @property
    def non_trainable_variables(self):
        found = super().non_trainable_variables
        if keras.backend.backend() != "jax":
            return found
        others = [one for optimizer in self._other_optimizers() for one in optimizer.variables]
        return found + list({id(one): one for one in others}.values())

    def _symbolic_build(self, iterator=None, data_batch=None):
        """Has the first batch build what the steps use, where `call` alone doesn't tell."""
        parts = [*self._flatten_layers(), *self._other_optimizers()]
        built, called = all(one.built for one in parts), type(self).call is not keras.Model.call
        if built and called:
            return super()._symbolic_build(iterator=iterator, data_batch=data_batch)
        if keras.backend.backend() != "jax":
            return None
        if data_batch is None:
            for *_, batches in iterator:
                data_batch = batches[0] if isinstance(batches, (list, tuple)) else next(batches)
                break
        with keras.StatelessScope():
            self.train_step(data_batch)
        self.built = True
        return super()._symbolic_build(data_batch=data_batch) if called else None


SIZE = 4


# A model of two parts.
class VAE(PortableSteps, keras.Model):
    """An encoder and a decoder."""

    def train_step(self, data):
        """One batch."""
        x = data

        # Record what is differentiated.
        def compute():  # the tape
            # The code.
            z = self.encoder(x)
            if self.scale:
                part = ops.mean(z)
            else:
                part = 0.0
            kl = ops.mean(z**2)
            loss = self.loss_fn(x, self.decoder(z)) + kl
            loss += part  # all of it
            return loss, kl

        (loss, kl), gradients = self.value_and_gradients(compute, lambda: self.trainable_variables)

        # What is trained.
        trainable_vars = self.trainable_variables
        # Gradients
        # by all
        gradients = [ops.clip(one, -1, 1) for one in gradients]
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        return {"total": loss, "kl": kl}

    def predict_step(self, data):
        return self.encoder(data)


class GAN(PortableSteps, keras.Model):
    def train_step(self, data):
        self.train_critic(data)
        noise = ops.zeros((SIZE, 2))
        def compute_g_loss():
            fake = self.generator(noise)
            g_loss = ops.mean(self.critic(fake))
            return g_loss

        g_loss, gradients = self.value_and_gradients(
            compute_g_loss, lambda: self.generator.trainable_weights
        )
        self.g_optimizer.apply_gradients(
            zip(
                gradients,
                self.generator.trainable_weights,
            )
        )
        return {"g_loss": g_loss}

    def train_critic(self, data):
        fake = data
        for _ in range(2):
            def compute_first(fake=fake):
                fake = self.generator(fake)
                first = ops.mean(self.critic(fake))
                second = ops.mean(self.judge(fake))
                return first, second, fake

            (first, second, fake), gradients, gradients_2 = self.value_and_gradients(
                compute_first,
                lambda: self.critic.trainable_weights,
                lambda: self.judge.trainable_weights
            )
            self.c_optimizer.apply_gradients(zip(gradients, self.critic.trainable_weights))
            gradients = gradients_2
            self.j_optimizer.apply_gradients(zip(gradients, self.judge.trainable_weights))


class Weighted(PortableSteps, keras.Model):
    def train_step(self, data):
        x, weight = data
        def compute(weight=weight):
            loss = self(x)
            if self.deep:
                weight = loss
            return loss, weight

        (loss, weight), gradients = self.value_and_gradients(
            compute, lambda: self.trainable_variables
        )
        return {"weight": weight, "gradients": gradients}


class Tested(PortableSteps, keras.Sequential):
    def test_step(self, data):
        x, y = data
        return {"error": ops.mean(y - self(x))}


class Derived(VAE):
    def test_step(self, data):
        def compute_2():
            loss = self(data)
            return loss

        loss, gradients = self.value_and_gradients(compute_2, lambda: self.trainable_variables)
        return {"slopes": gradients}
