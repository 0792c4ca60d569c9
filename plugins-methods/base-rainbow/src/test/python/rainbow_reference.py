"""Reference for updates of Rainbow (Hessel et al. 2018): double choice (van Hasselt et al. 2016), dueling streams (Wang et al. 2016),
factorised noise (Fortunato et al. 2018), categorical values (Bellemare et al. 2017, algorithm 1), returns of n steps (Sutton 1988), and
stratified prioritised draws (Schaul et al. 2016, appendix B.2.1) with a share for each task; with the vector of a context as in Rakelly et al.
2019 (each network makes it by its own weights, and the loss trains what makes it). How it is run stands in reference.py.
"""
import math
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch
import torch.nn.functional as F

import reference as r

FIRST, TERMINATED, TRUNCATED, NEW_TRIAL = 1, 2, 4, 8
STAGES = {"canonical": [(32, 8, 4), (64, 4, 2), (64, 3, 1)], "data-efficient": [(32, 5, 5), (64, 5, 5)]}


def layers(c, features):
    units, atoms = c["units"], c["atoms"]
    return [("value", "hidden", features, units), ("value", "output", units, atoms),
            ("advantage", "hidden", features, units), ("advantage", "output", units, c["actions"] * atoms)]


def noise_of(chance, c, features):
    """Normal draws in the order of the layers, inputs before outputs."""
    return chance.normal(sum(i + o for _, _, i, o in layers(c, features)))


def split(draws, c, features):
    parts, at = {}, 0
    shaped = torch.sign(draws) * draws.abs().sqrt()
    for stream, layer, inputs, outputs in layers(c, features):
        parts[stream, layer] = shaped[at:at + inputs], shaped[at + inputs:at + inputs + outputs]
        at += inputs + outputs
    return parts


def noisy(w, stream, layer, noise, x):
    into, out = noise[stream, layer]
    name, scale = "%s/%s/" % (stream, layer), "noise/%s-%s/" % (stream, layer)
    weight = w[name + "weight"] + w[scale + "weight"] * torch.outer(out, into)
    return x @ weight.T + w[name + "bias"] + w[scale + "bias"] * out


def vectors(w, c, batch):
    """Of the context of each transition's task, [n, 2]: weights times the task's mean reward; none without a context."""
    if "context" not in batch:
        return torch.zeros(len(batch["action"]), 0)
    means = batch["context"].reshape(c["tasks"], -1).mean(1)
    return (means[:, None] * w["context/scale/weight"]).repeat_interleave(len(batch["action"]) // c["tasks"], 0)


def probabilities(w, c, noise, seen, context):
    """Logarithms of the atoms' probabilities, [n, actions, atoms]."""
    if c["encoder"] == "mlp":
        x = torch.relu(r.linear(w, "encoder/linear-1", seen))
    else:
        x = seen / 255
        for i, (_, _, stride) in enumerate(STAGES[c["encoder"]]):
            name = "encoder/convolution-%d/" % (i + 1)
            x = torch.relu(F.conv2d(x, w[name + "weight"], w[name + "bias"], stride=stride))
        x = x.flatten(1)
    x = torch.cat([x, context], 1)
    end = torch.relu if c["relu"] else lambda y: y
    value = end(noisy(w, "value", "output", noise, torch.relu(noisy(w, "value", "hidden", noise, x))))
    each = end(noisy(w, "advantage", "output", noise, torch.relu(noisy(w, "advantage", "hidden", noise, x))))
    each = each.reshape(-1, c["actions"], c["atoms"])
    return torch.log_softmax(value[:, None, :] + each - each.mean(1, keepdim=True), 2)


def projected(c, z, probability, earned, discount):
    """Bellemare et al. 2017, algorithm 1, transition by transition."""
    spacing = (c["high"] - c["low"]) / (c["atoms"] - 1)
    m = torch.zeros_like(probability)
    for i in range(len(probability)):
        for j in range(c["atoms"]):
            moved = min(max(float(earned[i] + discount[i] * z[j]), c["low"]), c["high"])
            b = (moved - c["low"]) / spacing
            low, high = math.floor(b), math.ceil(b)
            if low == high:
                m[i, low] += probability[i, j]
            else:
                m[i, low] += probability[i, j] * (high - b)
                m[i, high] += probability[i, j] * (b - low)
    return m


def update(w, target, c, batch, noise, target_noise, adam):
    """One step; gives the weights after it, what it reports, and the loss of each transition."""
    z = torch.linspace(c["low"], c["high"], c["atoms"])
    n = len(batch["action"])
    with torch.no_grad():
        best = (probabilities(w, c, noise, batch["next"], vectors(w, c, batch)).exp() @ z).argmax(1)
        theirs = probabilities(target, c, target_noise, batch["next"], vectors(target, c, batch)).exp()[torch.arange(n), best]
        wanted = projected(c, z, theirs, batch["return"], batch["discount"])
    w = r.tracked(w)
    chosen = probabilities(w, c, noise, batch["seen"], vectors(w, c, batch))[torch.arange(n), batch["action"]]
    each = -(wanted * chosen).sum(1)
    loss = (batch["weight"] * each).mean()
    regulariser = 0.5 * (w["context/scale/weight"] ** 2).sum() if "context" in batch else torch.zeros(())
    slopes, size = r.clipped(r.gradients(loss + regulariser, w), c["most"])
    report = {"loss": float(loss), "gradient-norm": size, "mean-q": float((chosen.exp() @ z).mean())}
    if "context" in batch:
        report["context-regulariser"] = float(regulariser)
    return adam.step(w, slopes, c["rate"]), report, each.detach()


def play(chance, c):
    """Rows of steps: each slot plays its own task; episodes end, are cut off, or go on."""
    steps, slots = c["steps"], c["tasks"]
    flags = torch.zeros(steps + 1, slots, dtype=torch.int64)
    flags[0] = FIRST | NEW_TRIAL
    for t in range(1, steps + 1):
        for slot in range(slots):
            chosen = float(chance.uniform(1))
            if chosen < 0.25:
                flags[t, slot] = FIRST | NEW_TRIAL | (TERMINATED if chosen < 0.12 else TRUNCATED)
    return {
        "seen": chance.normal(steps + 1, slots, c["seen"]), "flags": flags, "actions": chance.integers(c["actions"], steps, slots),
        "rewards": chance.normal(steps + 1, slots), "last": chance.normal(steps + 1, slots, c["seen"])}


def transitions(c, played, slot):
    """All that can be drawn of a task, in the order of play: returns of n steps, fewer where the episode ends or is cut off."""
    found, gamma, steps = [], c["discount"], c["steps"]
    flags = played["flags"][:, slot]
    for start in range(steps):
        total, discount, t = 0.0, 1.0, start
        after, count = None, None
        for k in range(c["n"]):
            if t == steps:
                break
            total += discount * float(played["rewards"][t + 1, slot])
            discount *= gamma
            t += 1
            if flags[t] & TERMINATED:
                after, count = torch.zeros(c["seen"]), 0.0
                break
            if flags[t] & TRUNCATED:
                after, count = played["last"][t, slot], discount
                break
            if k == c["n"] - 1 and t < steps:
                after, count = played["seen"][t, slot], discount
        if after is not None:
            found.append((played["seen"][start, slot], int(played["actions"][start, slot]), total, count, after))
    return found


def drawn(c, memory, priorities, uniforms, beta):
    """A share of each task, stratified where priorities differ; weights (N P)^-beta over the largest of the batch."""
    share = c["batch"] // c["tasks"]
    rows, weights = [], []
    for task in range(c["tasks"]):
        p = torch.tensor(priorities[task])
        total = float(p.sum())
        ends = torch.cumsum(p, 0)
        for i in range(share):
            uniform = float(uniforms[task * share + i])
            at = total * ((i + uniform) / share if c["omega"] else uniform)
            row = int((ends <= at).sum())
            rows.append((task, row))
            weights.append((len(p) * float(p[row]) / total) ** -beta)
    pick = [memory[task][row] for task, row in rows]
    weight = torch.tensor(weights) / max(weights) if c["omega"] else torch.ones(len(rows))
    return rows, {
        "seen": torch.stack([t[0] for t in pick]), "action": torch.tensor([t[1] for t in pick]),
        "return": torch.tensor([t[2] for t in pick]), "discount": torch.tensor([t[3] for t in pick]),
        "next": torch.stack([t[4] for t in pick]), "weight": weight}


def small(chance, changed):
    """Numbers and weights of a case without pictures."""
    c = dict(
        settings="", encoder="mlp", relu=False, seen=3, actions=3, hidden=6, units=5, atoms=11, low=-3.0, high=3.0, n=3, discount=0.95,
        tasks=2, steps=22, batch=8, omega=0.6, copy_every=2, updates=4, rate=2e-3, epsilon=1.5e-4, most=0.5, context=0)
    c.update(changed)
    w, features = {}, c["hidden"] + (2 if c["context"] else 0)
    chance.linear(w, "encoder/linear-1", c["seen"], c["hidden"])
    for stream, layer, inputs, outputs in layers(c, features):
        chance.linear(w, "%s/%s" % (stream, layer), inputs, outputs)
        scale = "noise/%s-%s" % (stream, layer)
        w[scale + "/weight"] = chance.normal(outputs, inputs, scale=0.3)
        w[scale + "/bias"] = chance.normal(outputs, scale=0.3)
    if c["context"]:
        w["context/scale/weight"] = chance.normal(2)
    return c, w


def told(seed, **changed):
    """Several updates in the context of two tasks."""
    chance = r.Chance(seed)
    c, w = small(chance, changed)
    out = {k: c[k] for k in ("settings", "seen", "actions", "tasks", "batch", "context")}
    out.update({"weights": dict(w), "updates": []})
    target, adam = w, r.Adam(c["epsilon"])
    for k in range(c["updates"]):
        n = c["batch"]
        batch = {
            "seen": chance.normal(n, c["seen"]), "next": chance.normal(n, c["seen"]), "action": chance.integers(c["actions"], n),
            "return": chance.normal(n), "discount": chance.uniform(n), "weight": chance.uniform(n, low=0.2),
            "context": chance.normal(c["tasks"] * c["context"])}
        noise, theirs = noise_of(chance, c, c["hidden"] + 2), noise_of(chance, c, c["hidden"] + 2)
        w, report, each = update(w, target, c, batch, split(noise, c, c["hidden"] + 2), split(theirs, c, c["hidden"] + 2), adam)
        if (k + 1) % c["copy_every"] == 0:
            target = w
        out["updates"].append({**batch, "noise": noise, "target-noise": theirs, "report": report, "errors": each})
    out["after"] = w
    return out


def learned(seed, **changed):
    """Several updates from a replay of some tasks."""
    chance = r.Chance(seed)
    c, w = small(chance, changed)
    played = play(chance, c)
    out = {
        "settings": c["settings"], "seen": c["seen"], "actions": c["actions"], "tasks": c["tasks"], "steps": c["steps"],
        "weights": dict(w), "play": played, "updates": []}
    memory = [transitions(c, played, slot) for slot in range(c["tasks"])]
    priorities = [[1.0] * len(each) for each in memory]
    target, adam = w, r.Adam(c["epsilon"])
    for k in range(c["updates"]):
        beta = 0.4 + 0.2 * k
        uniforms = chance.uniform(c["batch"], low=0.01, high=0.99)
        noise, theirs = noise_of(chance, c, c["hidden"]), noise_of(chance, c, c["hidden"])
        rows, batch = drawn(c, memory, priorities, uniforms, beta)
        w, report, each = update(w, target, c, batch, split(noise, c, c["hidden"]), split(theirs, c, c["hidden"]), adam)
        for (task, row), error in zip(rows, each):
            if c["omega"]:
                priorities[task][row] = float(error) ** c["omega"]
        if (k + 1) % c["copy_every"] == 0:
            target = w
        out["updates"].append({
            "uniforms": uniforms, "beta": beta, "noise": noise, "target-noise": theirs, "weights": batch["weight"],
            "returns": batch["return"], "discounts": batch["discount"], "report": report})
    out["after"] = w
    return out


def pixels(count, seed):
    return torch.tensor([(31 * n * n + 17 * n + seed) % 256 for n in range(count)]).double()


def waves(shapes):
    """Weights that need not be written down: sqrt(2 / fan-in) sin(1.3 i + t) of the t-th tensor, biases 0.1 of it."""
    w = {}
    for t, (name, shape) in enumerate(sorted(shapes.items())):
        count = math.prod(shape)
        scale = 0.1 if len(shape) == 1 else 0.3 / math.sqrt(shape[1]) if name.startswith("noise") else math.sqrt(2 * shape[0] / count)
        w[name] = (scale * torch.sin(1.3 * torch.arange(count) + t)).float().double().reshape(shape)
    return w


def pictures(encoder, seed):
    """One update from pictures, of which a few numbers of each tensor are kept."""
    c = dict(
        encoder=encoder, relu=False, actions=3, units=4, atoms=11, low=-3.0, high=3.0, rate=2e-3, epsilon=1.5e-4, most=10.0)
    channels, side, size = 2, 36, 4
    shapes, inputs = {}, channels
    for i, (outputs, kernel, _) in enumerate(STAGES[encoder]):
        shapes["encoder/convolution-%d/weight" % (i + 1)] = (outputs, inputs, kernel, kernel)
        shapes["encoder/convolution-%d/bias" % (i + 1)] = (outputs,)
        inputs = outputs
    for stream, layer, into, out in layers(c, 64):
        for name in ("%s/%s" % (stream, layer), "noise/%s-%s" % (stream, layer)):
            shapes[name + "/weight"], shapes[name + "/bias"] = (out, into), (out,)
    w = waves(shapes)
    chance = r.Chance(seed)
    shape = (size, channels, side, side)
    batch = {
        "seen": pixels(math.prod(shape), 3).reshape(shape), "next": pixels(math.prod(shape), 101).reshape(shape),
        "action": chance.integers(c["actions"], size), "return": chance.normal(size), "weight": chance.uniform(size, low=0.2),
        "discount": torch.tensor([0.5, 0.0, 0.9, 0.25])}
    noise, theirs = noise_of(chance, c, 64), noise_of(chance, c, 64)
    after, report, each = update(w, w, c, batch, split(noise, c, 64), split(theirs, c, 64), r.Adam(c["epsilon"]))
    picked = {
        name: [float(x.flatten()[7919 * k % x.numel()]) for k in range(12)] for name, x in after.items()}
    return {
        "settings": "learning-rate = 2e-3, network { encoder = %s, stream-units = 4, atoms = 11, lowest-value = -3, highest-value = 3 }"
                    % encoder,
        "actions": c["actions"], "size": size, "action": batch["action"], "return": batch["return"], "discount": batch["discount"],
        "weight": batch["weight"], "noise": noise, "target-noise": theirs, "report": report, "errors": each, "picked": picked}


def cases():
    common = ("network { encoder = mlp, hidden = [6], stream-units = 5, atoms = 11, lowest-value = -3, highest-value = 3 }, multi-step = 3, "
              "discount = 0.95, target-every = 2, learning-rate = 2e-3, max-gradient-norm = 0.5, "
              "replay { capacity = 200, batch = 8, tasks-per-batch = 2, start = 5, priority-exponent = 0.6 }, ")
    return {
        "learned": {
            "two tasks": learned(1, settings=common),
            "the study's ReLU on the logits, uniform draws, one step": learned(
                2, settings=common + "network.relu-on-logits = true, replay { prioritised = false }, multi-step = 1",
                relu=True, omega=0.0, n=1, tasks=1)},
        "context": told(5, settings=common + "max-gradient-norm = 10", context=4, most=10.0, updates=3),
        "pictures": {"canonical": pictures("canonical", 3), "data-efficient": pictures("data-efficient", 4)}}


if __name__ == "__main__":
    r.show(cases())
