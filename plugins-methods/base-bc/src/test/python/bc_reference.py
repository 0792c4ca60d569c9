"""Reference for cloning: squared distance of the best action, likelihood of a (squashed) normal distribution (Haarnoja et al. 2018, appendix C)
and cross-entropy of choices; with L2 decay within the gradient of Adam, and the diagonal of the empirical Fisher matrix (Kirkpatrick et al. 2017).
How it is run stands in reference.py.
"""
import math
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import reference as r


def answer(w, c, seen):
    x = seen
    for i in range(len(c["hidden"])):
        x = torch.relu(r.linear(w, "policy/linear-%d" % (i + 1), x))
    if c["kind"] == "choices":
        return r.linear(w, "policy/logits", x), None
    return r.linear(w, "policy/mean", x), r.linear(w, "policy/log-std", x).clamp(-1.0, 0.4)


def scaled(c, actions):
    """To [-1, 1] where there are bounds."""
    if not c["bounded"]:
        return actions
    low, high = c["box"]
    return (actions - (low + high) / 2) / ((high - low) / 2)


def losses(w, c, seen, actions):
    said, log_std = answer(w, c, seen)
    if c["kind"] == "choices":
        return -torch.log_softmax(said, 1).gather(1, actions[:, None])[:, 0]
    wanted = scaled(c, actions)
    if c["kind"] == "l2":
        best = torch.tanh(said) if c["bounded"] else said
        return ((best - wanted) ** 2).mean(1)
    normal = torch.distributions.Normal(said, log_std.exp())
    if not c["bounded"]:
        return -normal.log_prob(wanted).sum(1)
    u = torch.atanh(wanted)
    return -(normal.log_prob(u) - torch.log(1 - wanted ** 2)).sum(1)


def likelihood(w, c, seen, actions):
    """Of one pair; that of squared distances is a normal distribution of deviation 1 around the best action."""
    if c["kind"] != "l2":
        return -losses(w, c, seen, actions)[0]
    said, _ = answer(w, c, seen)
    best = torch.tanh(said) if c["bounded"] else said
    return -0.5 * ((best - scaled(c, actions)) ** 2).sum()


def case(seed, **changed):
    c = dict(settings="", kind="l2", seen=3, actions=2, bounded=True, box=(-2.0, 3.0), hidden=[5, 4], size=6, decay=0.02, rate=3e-3,
             epsilon=1e-5, descent=0.1, progress=[0.0, 0.6, 0.9], factors=[1.0, 0.5, 0.25])
    c.update(changed)
    chance = r.Chance(seed)
    w, width = {}, c["seen"]
    for i, units in enumerate(c["hidden"]):
        chance.linear(w, "policy/linear-%d" % (i + 1), width, units)
        width = units
    for head in ("logits",) if c["kind"] == "choices" else ("mean", "log-std"):
        chance.linear(w, "policy/" + head, width, c["actions"])
    batches = []
    for _ in c["progress"]:
        seen = chance.normal(c["size"], c["seen"])
        if c["kind"] == "choices":
            actions = chance.integers(c["actions"], c["size"])
        elif c["bounded"]:
            actions = chance.uniform(c["size"], c["actions"], low=c["box"][0] * 0.95, high=c["box"][1] * 0.95)
        else:
            actions = chance.normal(c["size"], c["actions"])
        batches.append({"seen": seen, "actions": actions})
    out = {k: c[k] for k in ("settings", "kind", "seen", "actions", "bounded", "box", "size", "descent")}
    out["weights"] = dict(w)
    own = r.tracked(w)
    loss = losses(own, c, batches[0]["seen"], batches[0]["actions"]).mean()
    slopes = r.gradients(loss, own)
    out["loss"], out["gradient"] = float(loss), slopes
    out["descended"] = {n: (x - c["descent"] * slopes[n]).detach() for n, x in own.items()}
    fisher = {n: torch.zeros_like(x) for n, x in w.items()}
    for i in range(c["size"]):
        each = r.gradients(likelihood(own, c, batches[0]["seen"][i:i + 1], batches[0]["actions"][i:i + 1]), own)
        fisher = {n: x + each[n] ** 2 / c["size"] for n, x in fisher.items()}
    out["fisher"] = fisher
    adam = r.Adam(c["epsilon"])
    for batch, progress, factor in zip(batches, c["progress"], c["factors"]):
        own = r.tracked(w)
        loss = losses(own, c, batch["seen"], batch["actions"]).mean()
        # A decay that is part of the gradient reaches what has a gradient only.
        slopes = {n: g + (c["decay"] * own[n].detach() if c["kind"] != "l2" or "log-std" not in n else 0)
                  for n, g in r.gradients(loss, own).items()}
        w = adam.step(own, slopes, c["rate"] * factor)
        batch["progress"] = progress
        batch["report"] = {"loss": float(loss), "gradient-norm": r.norm(slopes), "learning-rate": c["rate"] * factor}
    out["batches"], out["after"] = batches, w
    return out


if __name__ == "__main__":
    common = ("network { hidden = [5, 4], lowest-log-std = -1, highest-log-std = 0.4 }, weight-decay = 0.02, learning-rate = 3e-3, "
              "adam-epsilon = 1e-5, ")
    r.show({
        "squared distance": case(1, settings=common, actions=3),
        "squared distance, without bounds": case(2, settings=common + "schedule = []", bounded=False, factors=[1.0, 1.0, 1.0]),
        "likelihood": case(3, settings=common + "loss = gaussian", kind="gaussian"),
        "likelihood, without bounds": case(4, settings=common + "loss = gaussian", kind="gaussian", bounded=False),
        "choices": case(5, settings=common, kind="choices", actions=4),
    })
