"""Reference for updates of soft actor-critic: Haarnoja et al. 2018 (critics, policy, appendix C: squashed densities), Haarnoja et al. 2018b
(temperature), with the vector of a context as in Rakelly et al. 2019 (the critics' loss trains what makes it; the policy reads it as it is).
How it is run stands in reference.py.
"""
import math
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch
import torch.nn.functional as F

import reference as r

WIDTH = 2  # of the vector of a context


def policy(w, c, seen):
    x = torch.relu(r.linear(w, "policy/linear-1", seen))
    mean, raw = r.linear(w, "policy/mean", x), r.linear(w, "policy/log-std", x)
    low, high = c["low"], c["high"]
    log_std = raw.clamp(low, high) if c["kind"] == "clamp" else low + (high - low) / 2 * (torch.tanh(raw) + 1)
    return mean, log_std


def act(w, c, seen, noise):
    """Actions and log-densities from noise: log |da/du| = 2 (log 2 - u - softplus(-2u)), exactly."""
    mean, log_std = policy(w, c, seen)
    u = mean + log_std.exp() * noise
    normal = torch.distributions.Normal(mean, log_std.exp()).log_prob(u)
    return torch.tanh(u), (normal - 2 * (math.log(2) - u - F.softplus(-2 * u))).sum(1)


def critics(w, seen, action):
    x = torch.cat([seen, action], 1)
    return [r.linear(w, "critic/%s/output" % which, torch.relu(r.linear(w, "critic/%s/linear-1" % which, x)))[:, 0]
            for which in ("first", "second")]


def group(w, *names):
    return {n: x for n, x in w.items() if n.split("/")[0] in names}


def case(seed, **changed):
    c = dict(
        settings="", seen=3, actions=2, box=(-1.0, 1.0), size=6, tasks=2, context=0, hidden=5, kind="clamp", low=-1.0, high=0.3,
        updates=3, actor_rate=2e-3, critic_rate=3e-3, temperature_rate=4e-3, epsilon=1e-8, fraction=0.1, fixed=False, start=0.7,
        per_action=-1.0, logarithm=True, draw="before", factor=0.5, every=1, times=1)
    assert set(changed) <= set(c)
    c.update(changed)
    chance = r.Chance(seed)
    w, seen = {}, c["seen"] + (WIDTH if c["context"] else 0)
    chance.linear(w, "policy/linear-1", seen, c["hidden"])
    chance.linear(w, "policy/mean", c["hidden"], c["actions"])
    chance.linear(w, "policy/log-std", c["hidden"], c["actions"])
    for which in ("first", "second"):
        chance.linear(w, "critic/%s/linear-1" % which, seen + c["actions"], c["hidden"])
        chance.linear(w, "critic/%s/output" % which, c["hidden"], 1)
    if c["context"]:
        w["context/scale/weight"] = chance.normal(WIDTH)
    w["temperature/logarithm"] = torch.tensor([math.log(c["start"])]).float().double()
    out = {k: c[k] for k in ("settings", "seen", "actions", "box", "size", "tasks", "context")}
    out.update({"weights": dict(w), "batches": [], "draws": []})
    target = group(w, "critic")
    adams = {name: r.Adam(c["epsilon"]) for name in ("critic", "policy", "temperature")}
    for number in range(1, c["updates"] + 1):
        w, target = update(chance, c, w, target, adams, number, out)
    out["after"] = w
    return out


def update(chance, c, w, target, adams, number, out):
    size, width = c["size"], c["actions"]

    def noise():
        drawn = chance.normal(size, width)
        out["draws"].extend(drawn.flatten().tolist())
        return drawn

    low, high = c["box"]
    taken = chance.uniform(size, width, low=low, high=high)
    batch = {
        "seen": chance.normal(size, c["seen"]), "next": chance.normal(size, c["seen"]), "action": taken, "return": chance.normal(size),
        "discount": 0.97 * (chance.uniform(size) > 0.3).double(), "weights": chance.uniform(size, low=0.3)}
    actions = (taken - (low + high) / 2) / ((high - low) / 2)
    report = {}
    alpha = float(w["temperature/logarithm"].exp())
    report["temperature"] = alpha

    # Critics, and what makes the vector of a context.
    own = r.tracked(group(w, "critic", "context"))
    z, regulariser = torch.zeros(size, 0), 0.0
    if c["context"]:
        batch["context"] = chance.normal(c["tasks"] * c["context"])
        means = batch["context"].reshape(c["tasks"], -1).mean(1)
        z = (means[:, None] * own["context/scale/weight"]).repeat_interleave(size // c["tasks"], 0)
        regulariser = 0.5 * (own["context/scale/weight"] ** 2).sum()
        report["context-regulariser"] = float(regulariser)
    known = z.detach()
    here, there = torch.cat([batch["seen"], known], 1), torch.cat([batch["next"], known], 1)
    with torch.no_grad():
        chosen, density = act(w, c, there, noise())
        goal = batch["return"] + batch["discount"] * (torch.minimum(*critics(target, there, chosen)) - alpha * density)
    values = critics(own, torch.cat([batch["seen"], z], 1), actions)
    loss = c["factor"] * sum((batch["weights"] * (q - goal) ** 2).mean() for q in values)
    report["mean-q"], report["critic-loss"] = float(values[0].mean()), float(loss)
    batch["errors"] = (values[0] - goal).abs()
    w = {**w, **adams["critic"].step(own, r.gradients(loss + regulariser, own), c["critic_rate"])}

    # Policy and temperature, every so many updates and then as many times.
    if number % c["every"] == 0:
        for _ in range(c["times"]):
            own = r.tracked(group(w, "policy"))
            drawn, density = act(own, c, here, noise())
            loss = (alpha * density - torch.minimum(*critics(w, here, drawn))).mean()
            report["actor-loss"], report["entropy"] = float(loss), -float(density.mean())
            w = {**w, **adams["policy"].step(own, r.gradients(loss, own), c["actor_rate"])}
            if c["fixed"]:
                continue
            if c["draw"] == "after":
                with torch.no_grad():
                    density = act(w, c, here, noise())[1]
            own = r.tracked(group(w, "temperature"))
            log_alpha = own["temperature/logarithm"]
            entropy = c["per_action"] * width
            factor = log_alpha if c["logarithm"] else log_alpha.exp()
            loss = -(factor * (density.detach() + entropy)).mean()
            w = {**w, **adams["temperature"].step(own, r.gradients(loss, own), c["temperature_rate"])}
            alpha = float(w["temperature/logarithm"].exp())
    target = {n: (1 - c["fraction"]) * x + c["fraction"] * w[n] for n, x in target.items()}
    batch["report"] = report
    out["batches"].append(batch)
    return {n: x.detach() for n, x in w.items()}, target


def cases():
    common = ("network { hidden = [5], lowest-log-std = -1, highest-log-std = 0.3 }, actor-learning-rate = 2e-3, "
              "critic-learning-rate = 3e-3, temperature-learning-rate = 4e-3, target-fraction = 0.1, start-temperature = 0.7, ")
    return {
        "as Stable-Baselines3": case(1, settings=common),
        "as CleanRL": case(
            2, settings=common + "temperature-loss = linear, temperature-draw = after, critic-loss-factor = 1, actor-every = 2, "
            "actor-updates = 2, network.log-std = squash", logarithm=False, draw="after", factor=1.0, every=2, times=2,
            kind="squash", updates=4),
        "fixed temperature, actions of another interval": case(
            3, settings=common + "temperature = fixed, entropy-per-action = -2, adam-epsilon = 1e-5", fixed=True, box=(-2.0, 3.0),
            per_action=-2.0, epsilon=1e-5),
        "with the vector of a context": case(4, settings=common, context=3),
    }


if __name__ == "__main__":
    r.show(cases())
