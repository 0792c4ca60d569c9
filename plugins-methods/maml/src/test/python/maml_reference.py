"""Reference for first-order MAML: Finn, Abbeel and Levine 2017, algorithm 1 with the approximation of section 5.2, on regression with a network
1-64-64-1 whose weights are a formula. How it is run stands in reference.py.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import reference as r


WIDTH, RATE, OUTER_RATE, INNER, TASKS, OUTER = 64, 0.05, 3e-3, 2, 3, 4


def start():
    """sin(1.3 i + 0.5), of the second layer and later an eighth of it."""
    count = 2 * WIDTH + WIDTH * WIDTH + 2 * WIDTH + 1
    scale = torch.where(torch.arange(count) < 2 * WIDTH, 1.0, 0.125)
    return scale * torch.sin(1.3 * torch.arange(count) + 0.5)


def loss(w, episode):
    first, bias, second, bias2, third, bias3 = torch.split(w, [WIDTH, WIDTH, WIDTH * WIDTH, WIDTH, WIDTH, 1])
    x = torch.tanh(episode["x"][:, None] * first + bias)
    x = torch.tanh(x @ second.reshape(WIDTH, WIDTH).T + bias2)
    return ((x @ third + bias3 - episode["y"]) ** 2).mean()


def slope(w, episode):
    w = w.detach().requires_grad_()
    return torch.autograd.grad(loss(w, episode), w)[0]


def main():
    chance = r.Chance(1)
    names = ["a", "b", "c"]
    episodes = {name: [{"x": chance.normal(5), "y": chance.normal(5)} for _ in range(3)] for name in names}
    theta, draws, adam = start(), [], r.Adam(1e-8)
    for _ in range(OUTER):
        slopes = []
        for _ in range(TASKS):
            task, support, offset = (int(chance.integers(n, 1)) for n in (3, 3, 2))
            draws += [task, support, offset]
            shown = episodes[names[task]]
            adapted = theta
            for _ in range(INNER):
                adapted = adapted - RATE * slope(adapted, shown[support])
            slopes.append(slope(adapted, shown[(support + 1 + offset) % 3]))
        theta = adam.step({"w": theta}, {"w": torch.stack(slopes).mean(0)}, OUTER_RATE)["w"]
    picked = [float(theta[7919 * k % len(theta)]) for k in range(80)]
    r.show({
        "inner-rate": RATE, "inner-steps": INNER, "outer-rate": OUTER_RATE, "tasks": TASKS, "outer-steps": OUTER, "episodes": episodes,
        "draws": draws, "picked": picked}, digits=15)


main()
