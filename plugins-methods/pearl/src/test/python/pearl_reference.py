"""Reference for PEARL's encoder: Rakelly et al. 2019, section 4.1 (a product of normal factors) and equation 1 (the divergence from the prior,
and the critic's loss whose gradient trains the encoder). How it is run stands in reference.py.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import torch.nn.functional as F

import reference as r


def beliefs(w, c, context):
    """Means and variances, [tasks, width], of the product of the factors of all transitions of a task."""
    x = context
    for i in range(len(c["hidden"])):
        x = torch.relu(r.linear(w, "context/linear-%d" % (i + 1), x))
    x = r.linear(w, "context/distribution", x).reshape(c["tasks"], c["size"], 2 * c["width"])
    mean, variance = x[..., :c["width"]], F.softplus(x[..., c["width"]:])
    precision = (1 / variance).sum(1)
    return (mean / variance).sum(1) / precision, 1 / precision


def case(seed, **changed):
    c = dict(seen=3, actions=2, input="continuous", width=2, hidden=[5, 4], tasks=2, size=3, rows=4, weight=0.3, over="sum", critic=4)
    c.update(changed)
    chance = r.Chance(seed)
    told = c["actions"] if c["input"] in ("continuous", "one-hot") else 1
    w, width = {}, c["seen"] + told + 1
    for i, units in enumerate(c["hidden"]):
        chance.linear(w, "context/linear-%d" % (i + 1), width, units)
        width = units
    chance.linear(w, "context/distribution", width, 2 * c["width"])
    chance.linear(w, "critic/linear-1", c["seen"] + c["width"], c["critic"])
    chance.linear(w, "critic/output", c["critic"], 1)
    count = c["tasks"] * c["size"]
    seen, rewards = chance.normal(count, c["seen"]), chance.normal(count)
    actions = chance.uniform(count, c["actions"], low=-1) if c["input"] == "continuous" else chance.integers(c["actions"], count)
    put = actions if c["input"] == "continuous" else actions[:, None].double()
    if c["input"] == "one-hot":
        put = F.one_hot(actions, c["actions"]).double()
    states, goals = chance.normal(c["tasks"] * c["rows"], c["seen"]), chance.normal(c["tasks"] * c["rows"])
    noise = chance.normal(c["tasks"], c["width"])

    w = r.tracked(w)
    mean, variance = beliefs(w, c, torch.cat([seen, put, rewards[:, None]], 1))
    z = mean + variance.sqrt() * noise
    prior = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    kl = torch.distributions.kl_divergence(torch.distributions.Normal(mean, variance.sqrt()), prior).sum(1)
    regulariser = c["weight"] * (kl.mean() if c["over"] == "mean" else kl.sum())
    x = torch.cat([states, z.repeat_interleave(c["rows"], 0)], 1)
    q = r.linear(w, "critic/output", torch.relu(r.linear(w, "critic/linear-1", x)))[:, 0]
    loss = ((q - goals) ** 2).mean()
    return {
        **{k: c[k] for k in ("seen", "actions", "input", "width", "hidden", "tasks", "size", "rows", "weight", "over", "critic")},
        "weights": w, "states": seen, "taken": actions, "rewards": rewards, "batch": states, "goals": goals, "noise": noise,
        "means": mean, "variances": variance, "vectors": z, "regulariser": float(regulariser), "loss": float(loss),
        "gradient": r.gradients(loss + regulariser, w)}


if __name__ == "__main__":
    r.show({
        "continuous actions": case(1),
        "choices one by one, divergence averaged over tasks": case(
            2, input="one-hot", actions=4, over="mean", hidden=[6], tasks=3, size=5, width=3, rows=2),
        "choices as a number, a context of one": case(3, input="raw", actions=4, size=1, hidden=[4]),
    })
