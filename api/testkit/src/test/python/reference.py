"""What the reference programs of the methods share. They make the fixtures of the differential tests, in 64-bit numbers and with PyTorch's
automatic derivatives, from the formulas of the papers that they name; no code of ours or of anybody's is in them.

Each is run from its own module's folder, and prints its fixture:

    /usr/bin/python3 src/test/python/NAME_reference.py > src/test/resources/NAME-reference.json

It needs torch and numpy: on Debian and Ubuntu `apt-get install python3-torch`. The build never runs them.
"""
import json
import math

import torch

torch.set_default_dtype(torch.float64)


class Chance:
    """Inputs by a seed, rounded to what a 32-bit float holds, so that both sides begin with the same numbers."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def normal(self, *shape, scale=1.0):
        return (scale * torch.randn(*shape, generator=self.generator)).float().double()

    def uniform(self, *shape, low=0.0, high=1.0):
        return (low + (high - low) * torch.rand(*shape, generator=self.generator)).float().double()

    def integers(self, bound, *shape):
        return torch.randint(bound, shape, generator=self.generator)

    def picks(self, count):
        """What each step of a shuffle picks: of the numbers up to and with i."""
        return [int(self.integers(i + 1, 1)) for i in range(count)]

    def linear(self, weights, name, inputs, outputs):
        """Adds a linear layer: weight [outputs, inputs] and bias [outputs]."""
        weights[name + "/weight"] = self.normal(outputs, inputs, scale=1 / math.sqrt(inputs))
        weights[name + "/bias"] = self.normal(outputs, scale=0.2)


def shuffled(picks):
    """The inside-out shuffle of Durstenfeld (Knuth, The Art of Computer Programming 2, 3.4.2): of 0 up to len(picks)."""
    order = []
    for i, pick in enumerate(picks):
        order.append(i)
        order[i] = order[pick]
        order[pick] = i
    return order


def linear(weights, name, x):
    return x @ weights[name + "/weight"].T + weights[name + "/bias"]


def gradients(loss, weights):
    """Of a scalar, for each tensor; zeros where it does not depend on one."""
    found = torch.autograd.grad(loss, list(weights.values()), allow_unused=True)
    return {n: torch.zeros_like(w) if g is None else g for (n, w), g in zip(weights.items(), found)}


def tracked(weights):
    return {name: w.detach().clone().requires_grad_() for name, w in weights.items()}


def norm(slopes):
    return math.sqrt(sum(float((g * g).sum()) for g in slopes.values()))


def clipped(slopes, most):
    """Scaled down to a global norm: Pascanu et al. 2013."""
    size = norm(slopes)
    return {n: g * min(1.0, most / size) for n, g in slopes.items()}, size


class Adam:
    """Kingma and Ba 2015, algorithm 1."""

    def __init__(self, epsilon, beta1=0.9, beta2=0.999):
        self.epsilon, self.beta1, self.beta2 = epsilon, beta1, beta2
        self.m, self.v, self.t = {}, {}, 0

    def step(self, weights, slopes, rate):
        self.t += 1
        after = {}
        for name, g in slopes.items():
            self.m[name] = self.beta1 * self.m.get(name, 0) + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v.get(name, 0) + (1 - self.beta2) * g * g
            m = self.m[name] / (1 - self.beta1 ** self.t)
            v = self.v[name] / (1 - self.beta2 ** self.t)
            after[name] = weights[name].detach() - rate * m / (v.sqrt() + self.epsilon)
        return after


def plain(value, digits):
    """Tensors as lists, numbers with so many digits."""
    if isinstance(value, torch.Tensor):
        value = value.detach().tolist()
    if isinstance(value, dict):
        return {k: plain(v, digits) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v, digits) for v in value]
    if isinstance(value, float):
        return float("%.*g" % (digits, value))
    return value


def show(cases, digits=9):
    """Prints the fixture, a line for each list of numbers. Nine digits tell 32-bit floats apart."""

    def lines(value, indent):
        if isinstance(value, dict):
            inner = ",\n".join("%s%s: %s" % (" " * (indent + 1), json.dumps(k), lines(v, indent + 1)) for k, v in value.items())
            return "{\n%s\n%s}" % (inner, " " * indent)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[%s]" % ", ".join(lines(v, indent) for v in value)
        return json.dumps(value, separators=(",", ":"))

    print(lines(plain(cases, digits), 0))
