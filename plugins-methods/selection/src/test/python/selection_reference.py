"""Reference for what tasks are chosen by: kernels of loss gradients in a last layer (Ash et al. 2020) by automatic derivatives, normal
distributions conditioned by inverting whole matrices, the criteria of Bagatella et al. 2025 (equations 2 and 92) and Huebotter et al. 2024
(equation 44), and importance weights (Bagatella et al. 2025, equation 3). How it is run stands in reference.py.
"""
import math
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import reference as r



def gradient_kernel(features, outputs_of, actions, discrete):
    """Inner products of the gradients of each step's loss in weights and bias of the last layer, over their mean square."""
    rows = []
    for h, out, a in zip(features, outputs_of, actions):
        # A last layer whose answer is as given: what it is made of does not matter to its gradient.
        weight, bias = torch.zeros(len(out), len(h), requires_grad=True), out.clone().requires_grad_()
        y = weight @ h + bias
        loss = -(a * torch.log_softmax(y, 0)).sum() if discrete else ((y - a) ** 2).sum()
        rows.append(torch.cat([g.flatten() for g in torch.autograd.grad(loss, (weight, bias))]))
    rows = torch.stack(rows)
    gram = rows @ rows.T
    return gram / gram.diagonal().mean()


def given(covariance, noise, seen):
    block = torch.linalg.inv(covariance[seen][:, seen] + noise * torch.eye(len(seen)))
    return covariance - covariance[:, seen] @ block @ covariance[seen]


def information(covariance, noise, seen):
    return 0.5 * float(torch.logdet(torch.eye(len(seen)) + covariance[seen][:, seen] / noise))


def scores(covariance, noise, tasks, weights):
    """By criterion: variance left and entropy left, with a minus, and variance explained; sums over the steps of all targets."""
    by = {"variance": [], "reduction": [], "entropy": []}
    for candidate in tasks:
        after = given(covariance, noise, candidate).diagonal()
        before = covariance.diagonal()
        sums = {"variance": 0.0, "reduction": 0.0, "entropy": 0.0}
        for steps, weight in zip(tasks, weights):
            sums["variance"] -= weight * float(after[steps].sum())
            sums["reduction"] += weight * float((before - after)[steps].sum())
            sums["entropy"] -= weight * float((0.5 * torch.log(2 * math.pi * math.e * after[steps])).sum())
        for name, value in sums.items():
            by[name].append(value)
    return by


def case(seed, discrete):
    chance = r.Chance(seed)
    tasks, steps, noise = 5, 3, 0.05
    n = tasks * steps
    # Steps of a task look alike.
    features = (chance.normal(tasks, 1, 4) + chance.normal(tasks, steps, 4, scale=0.3)).reshape(n, 4)
    outputs = chance.normal(n, 3)
    actions = torch.nn.functional.one_hot(chance.integers(3, n), 3).double() if discrete else chance.normal(n, 3)
    kernel = gradient_kernel(features, outputs, actions, discrete)
    weights = [0.1, 0.3, 0.2, 0.25, 0.15]
    points = [list(range(t * steps, (t + 1) * steps)) for t in range(tasks)]
    rounds, covariance = {}, kernel
    for name in ("variance", "reduction", "entropy"):
        covariance, rounds[name] = kernel, []
        for _ in range(4):
            found = scores(covariance, noise, points, weights)[name]
            best = max(range(tasks), key=lambda t: found[t])
            rounds[name].append({"scores": found, "chosen": best})
            covariance = given(covariance, noise, points[best])
    seen, others = [0, 1, 7, 7], [4, 9, 14]
    both = information(kernel, noise, seen) + information(kernel, noise, others) - information(kernel, noise, seen + others)
    return {
        "discrete": discrete, "tasks": tasks, "steps": steps, "noise": noise, "features": features, "outputs": outputs, "actions": actions,
        "kernel": kernel, "weights": weights, "rounds": rounds, "seen": seen, "others": others, "given": given(kernel, noise, seen),
        "information": information(kernel, noise, seen), "mutual": both}


def shares(seed):
    """Of each demonstration j for each task c: p_j(c) over the sum over what was shown, and made of that."""
    chance = r.Chance(seed)
    logs, shown = chance.normal(6, 4, scale=3.0), [0, 1, 1, 2, 0, 2]
    p = logs.exp()
    total = p[:, shown].sum(1, keepdim=True)
    plain = p / total
    hard = torch.tensor([[1.0 / shown.count(c) if c == t else 0.0 for c in range(4)] for t in shown])
    return {
        "logs": logs, "shown": shown, "EQ3": plain, "SELF_NORMALISED": plain / plain.sum(0), "CANDIDATE_IN_DENOMINATOR": p / (total + p),
        "HARD": hard}


if __name__ == "__main__":
    r.show({"choosing": {"numbers": case(1, False), "choices": case(2, True)}, "shares": shares(3)}, digits=15)
