"""Reference for updates of PPO: Schulman et al. 2017 (losses), Schulman et al. 2016 (advantages), Hochreiter and Schmidhuber 1997 (memory),
Duan et al. 2016 (what the memory is told of a trial). How it is run stands in reference.py.
"""
import math
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import reference as r

FIRST, TERMINATED, TRUNCATED, NEW_TRIAL = 1, 2, 4, 8


def case(seed, **changed):
    """What a case is; the settings of ours that it stands for are written beside it."""
    base = dict(
        settings="", seen=3, actions=4, discrete=True, slots=2, steps=6, hidden=[5], heads=[], units=0, layers=1, projection=0,
        over_trials=False, separate=False, epochs=2, minibatch=4, rate=3e-3, progress=0.25, linear=True, beta1=0.9, epsilon=1e-5,
        discount=0.97, trace=0.9, clip=0.2, value="clipped", c_value=0.5, c_entropy=0.02, most=0.5, target_kl=0.0, normalise=True,
        population=False, scale_rewards=False, reward_discount=0.95, reward_clip=10.0, bootstrap=False, updates=1, observe=False,
        observation_clip=1.5)
    assert set(changed) <= set(base), changed
    base.update(changed)
    return make(seed, base)


def weights_of(chance, c):
    w = {}
    width = c["seen"]
    for i, units in enumerate(c["hidden"]):
        chance.linear(w, "encoder/linear-%d" % (i + 1), width, units)
        width = units
    if c["over_trials"]:
        width += c["actions"] + 2
        if c["projection"]:
            chance.linear(w, "memory/projection", width, c["projection"])
            width = c["projection"]
    for layer in range(c["layers"] if c["units"] else 0):
        name, u = "memory/lstm/layer-%d/" % (layer + 1), c["units"]
        for part, inputs in (("input", width), ("state", u)):
            w[name + part + "-weight"] = chance.normal(4 * u, inputs, scale=0.6)
            w[name + part + "-bias"] = chance.normal(4 * u, scale=0.3)
        width = u
    for head, outputs in (("policy", c["actions"]), ("critic", 1)):
        inner = width
        for i, units in enumerate(c["heads"]):
            chance.linear(w, "%s/linear-%d" % (head, i + 1), inner, units)
            inner = units
        chance.linear(w, head + "/output", inner, outputs)
    if c["observe"]:
        w["encoder/observation-mean"] = chance.normal(c["seen"], scale=0.5)
        w["encoder/observation-variance"] = chance.uniform(c["seen"], low=0.5, high=2.0)
        w["encoder/observation-count"] = torch.tensor([7.0])
    if not c["discrete"]:
        w["policy/log-std"] = chance.normal(c["actions"], scale=0.3)
    return w


def head(w, name, c, x):
    for i in range(len(c["heads"])):
        x = torch.tanh(r.linear(w, "%s/linear-%d" % (name, i + 1), x))
    return r.linear(w, name + "/output", x)


def lstm(w, c, x, state, cleared):
    """x [steps, slots, inputs], state [slots, layers, 2, units], cleared [steps, slots] -> [steps, slots, units]"""
    u = c["units"]
    for layer in range(c["layers"]):
        name = "memory/lstm/layer-%d/" % (layer + 1)
        h, cell = state[:, layer, 0], state[:, layer, 1]
        out = []
        for t in range(x.shape[0]):
            keep = (~cleared[t]).double()[:, None]
            h, cell = h * keep, cell * keep
            z = (x[t] @ w[name + "input-weight"].T + w[name + "input-bias"]
                 + h @ w[name + "state-weight"].T + w[name + "state-bias"])
            i, f, o, g = z[:, :u], z[:, u:2 * u], z[:, 2 * u:3 * u], z[:, 3 * u:]
            cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(cell)
            out.append(h)
        x = torch.stack(out)
    return x


def network(w, c, seen, told, state, cleared):
    """seen [steps, slots, ...] -> policy's numbers [steps, slots, actions], values [steps, slots]"""
    x = seen
    for i in range(len(c["hidden"])):
        x = torch.tanh(r.linear(w, "encoder/linear-%d" % (i + 1), x))
    if c["over_trials"]:
        x = torch.cat([x, told], -1)
        if c["projection"]:
            x = r.linear(w, "memory/projection", x)
    if c["units"]:
        x = lstm(w, c, x, state, cleared)
    below = x.detach() if c["separate"] else x
    return head(w, "policy", c, x), head(w, "critic", c, below)[..., 0]


def said(w, c, policy, actions):
    """Log-probability [n] and entropy [n] of what was done, [n] choices or [n, actions] numbers."""
    if c["discrete"]:
        logs = torch.log_softmax(policy, -1)
        return logs.gather(-1, actions[:, None])[:, 0], -(logs.exp() * logs).sum(-1)
    deviation = w["policy/log-std"].exp()
    normal = torch.distributions.Normal(policy, deviation)
    return normal.log_prob(actions).sum(-1), normal.entropy().sum(-1)


def flags_of(chance, c):
    """Ends of all kinds, in a row per step; the first row is not always a beginning."""
    flags = torch.zeros(c["steps"] + 1, c["slots"], dtype=torch.int64)
    for slot in range(c["slots"]):
        flags[0, slot] = FIRST | NEW_TRIAL if slot % 2 == 0 else 0
        for t in range(1, c["steps"] + 1):
            if float(chance.uniform(1)) < 0.3:
                how = TERMINATED if float(chance.uniform(1)) < 0.6 else TRUNCATED
                trial = NEW_TRIAL if not c["over_trials"] or float(chance.uniform(1)) < 0.5 else 0
                flags[t, slot] = FIRST | how | trial
    return flags


def estimate(c, rewards, values, last, ends):
    """Schulman et al. 2016, equation 16."""
    advantages = torch.zeros_like(rewards)
    ahead, after = torch.zeros(c["slots"]), last
    for t in reversed(range(c["steps"])):
        on = (~ends[t]).double()
        error = rewards[t] + c["discount"] * after * on - values[t]
        ahead = error + c["discount"] * c["trace"] * on * ahead
        advantages[t], after = ahead, values[t]
    return advantages


class Scale:
    """Rewards over the deviation of the discounted return, by the parallel variance of Chan et al. 1979."""

    def __init__(self, c):
        self.c, self.returns = c, torch.zeros(c["slots"])
        self.mean, self.variance, self.count = 0.0, 1.0, 1e-4

    def apply(self, rewards, ends):
        out = torch.zeros_like(rewards)
        for t in range(len(rewards)):
            self.returns = self.returns * self.c["reward_discount"] + rewards[t]
            n = len(self.returns)
            mean, variance = float(self.returns.mean()), float(self.returns.var(unbiased=False))
            delta, total = mean - self.mean, self.count + n
            m2 = self.variance * self.count + variance * n + delta ** 2 * self.count * n / total
            self.mean, self.variance, self.count = self.mean + delta * n / total, m2 / total, total
            out[t] = (rewards[t] / math.sqrt(self.variance + 1e-8)).clamp(-self.c["reward_clip"], self.c["reward_clip"])
            self.returns = self.returns * (~ends[t]).double()
        return out


def normalised(c, w, seen):
    """Observations by the moments of all seen so far, each step's own included, and the weights with the moments after the last action. What
    follows it is normalised as the next rollout will, but counts there."""
    mean, variance = w["encoder/observation-mean"], w["encoder/observation-variance"]
    count, out, after = float(w["encoder/observation-count"]) + 1e-4, torch.zeros_like(seen), w
    for t in range(len(seen)):
        n = seen.shape[1]
        delta, total = seen[t].mean(0) - mean, count + n
        m2 = variance * count + seen[t].var(0, unbiased=False) * n + delta ** 2 * count * n / total
        mean, variance, count = mean + delta * n / total, m2 / total, total
        out[t] = ((seen[t] - mean) / (variance + 1e-8).sqrt()).clamp(-c["observation_clip"], c["observation_clip"])
        if t == len(seen) - 2:
            after = {**w, "encoder/observation-mean": mean, "encoder/observation-variance": variance,
                     "encoder/observation-count": torch.tensor([count - 1e-4])}
    return out.float().double(), {n: x.float().double() for n, x in after.items()}


def told_of(c, flags, actions, rewards, before):
    """What the memory is told: last action, last reward, end of an episode; zeros where a trial begins."""
    told = torch.zeros(c["steps"] + 1, c["slots"], c["actions"] + 2)
    for t in range(c["steps"] + 1):
        for slot in range(c["slots"]):
            if flags[t, slot] & NEW_TRIAL:
                continue
            if t == 0:
                told[t, slot, :-2] = before[slot]
            elif c["discrete"]:
                told[t, slot, actions[t - 1, slot]] = 1
            else:
                told[t, slot, :-2] = actions[t - 1, slot].clamp(-1, 1)
            told[t, slot, -2] = rewards[t, slot]
            told[t, slot, -1] = 1 if flags[t, slot] & FIRST else 0
    return told


def make(seed, c):
    chance = r.Chance(seed)
    w = weights_of(chance, c)
    out = {
        "settings": c["settings"], "discrete": c["discrete"], "actions": c["actions"], "seen": c["seen"], "slots": c["slots"],
        "steps": c["steps"], "units": c["units"], "layers": c["layers"], "over-trials": c["over_trials"], "progress": c["progress"],
        "weights": dict(w), "rollouts": [], "picks": []}
    adam, scale = r.Adam(c["epsilon"], c["beta1"]), Scale(c)
    for _ in range(c["updates"]):
        w = update(chance, c, w, out, adam, scale)
    out["after"] = w
    return out


def update(chance, c, w, out, adam, scale):
    steps, slots, n = c["steps"], c["slots"], c["steps"] * c["slots"]
    flags = flags_of(chance, c)
    seen = chance.normal(steps + 1, slots, c["seen"])
    paid = chance.normal(steps + 1, slots, scale=2.0)
    state = chance.normal(slots, c["layers"], 2, c["units"], scale=0.7)
    if c["discrete"]:
        actions = chance.integers(c["actions"], steps, slots)
        before = torch.nn.functional.one_hot(chance.integers(c["actions"], slots), c["actions"]).double()
    else:
        actions = chance.normal(steps, slots, c["actions"])
        before = chance.uniform(slots, c["actions"], low=-1)
    starts = (flags & FIRST) != 0
    trials = (flags & NEW_TRIAL) != 0
    cleared = trials if c["over_trials"] else starts
    ends = (trials if c["over_trials"] else (flags & (TERMINATED | TRUNCATED)) != 0)[1:]
    told = told_of(c, flags, actions, paid, before)
    raw = seen
    if c["observe"]:
        seen, w = normalised(c, w, raw)
    with torch.no_grad():
        policy, now = network(w, c, seen, told, state, cleared)
        logs, _ = said(w, c, policy[:-1].reshape(n, -1), actions.reshape(n, *actions.shape[2:]))
    # Ratios far from 1 and values far from the old ones, so that all clips are met.
    old = (logs + chance.normal(n, scale=0.25)).float().double()
    values = (now[:-1] + chance.normal(steps, slots, scale=0.3)).float().double()
    rollout = {
        "seen": raw, "rewards": paid, "flags": flags, "actions": actions, "values": values, "log-probabilities": old,
        "state": state, "before": before}
    if c["observe"]:
        rollout["normalised"] = seen[:-1]
    rewards = paid[1:].clone()
    if c["scale_rewards"]:
        scale.returns = scale.returns * (~cleared[0]).double()
        rewards = scale.apply(rewards, ends)
    if c["bootstrap"]:
        cut = [(t, s) for t in range(1, steps + 1) for s in range(slots) if flags[t, s] & TRUNCATED]
        where = chance.normal(len(cut), c["seen"])
        rollout["cuts"], rollout["cut-seen"] = cut, where
        with torch.no_grad():
            worth = network(w, c, where[None], None, None, None)[1][0]
        for k, (t, s) in enumerate(cut):
            rewards[t - 1, s] += c["discount"] * worth[k]
    advantages = estimate(c, rewards, values, now[-1], ends).reshape(n)
    returns = advantages + values.reshape(n)
    rate = c["rate"] * (1 - c["progress"]) if c["linear"] else c["rate"]
    totals = {"policy": 0.0, "value": 0.0, "entropy": 0.0, "kl": 0.0, "clipped": 0.0, "samples": 0, "norm": 0.0, "steps": 0}
    stop = False
    for _ in range(c["epochs"]):
        if stop:
            break
        unit = steps if c["units"] else 1
        picks = chance.picks(n // unit)
        out["picks"].extend(picks)
        order = r.shuffled(picks)
        size = max(1, c["minibatch"] // unit)
        for part in (order[i:i + size] for i in range(0, len(order), size)):
            w, stop = minibatch(c, w, part, locals(), totals, adam)
            if stop:
                break
    count = totals["samples"]
    rollout["report"] = {
        "policy-loss": totals["policy"] / count, "value-loss": totals["value"] / count, "entropy": totals["entropy"] / count,
        "approximate-kl": totals["kl"] / count, "clip-fraction": totals["clipped"] / count,
        "gradient-norm": totals["norm"] / totals["steps"], "gradient-steps": float(totals["steps"]), "learning-rate": rate}
    if c["scale_rewards"]:
        rollout["report"]["return-deviation"] = math.sqrt(scale.variance)
    out["rollouts"].append(rollout)
    return {name: x.detach() for name, x in w.items()}


def minibatch(c, w, part, given, totals, adam):
    """One gradient step, or none and True where the policy has moved too far."""
    steps, slots = c["steps"], c["slots"]
    t = torch.tensor
    if c["units"]:
        columns = t(part)
        index = (torch.arange(steps)[:, None] * slots + columns[None, :]).reshape(-1)
        arguments = (given["seen"][:-1, columns], given["told"][:-1, columns], given["state"][columns], given["cleared"][:-1, columns])
    else:
        index = t(part)
        arguments = (given["seen"][:-1].reshape(-1, c["seen"])[index][None], None, None, None)
    w = r.tracked(w)
    policy, value = network(w, c, *arguments)
    actions = given["actions"].reshape(steps * slots, *given["actions"].shape[2:])[index]
    logs, entropy = said(w, c, policy.reshape(len(index), -1), actions)
    value = value.reshape(-1)
    advantage = given["advantages"][index]
    if c["normalise"] and len(index) > 1:
        advantage = (advantage - advantage.mean()) / (advantage.std(unbiased=not c["population"]) + 1e-8)
    difference = logs - given["old"][index]
    ratio = difference.exp()
    near = ratio.clamp(1 - c["clip"], 1 + c["clip"])
    policy_loss = -torch.minimum(ratio * advantage, near * advantage)
    target, before = given["returns"][index], given["values"].reshape(-1)[index]
    value_loss = (value - target) ** 2
    if c["value"] == "clipped":
        limited = before + (value - before).clamp(-c["clip"], c["clip"])
        value_loss = 0.5 * torch.maximum(value_loss, (limited - target) ** 2)
    kl = (ratio - 1 - difference).detach()
    totals["policy"] += float(policy_loss.sum())
    totals["value"] += float(value_loss.sum())
    totals["entropy"] += float(entropy.sum())
    totals["kl"] += float(kl.sum())
    totals["clipped"] += float(((ratio - 1).abs() > c["clip"]).sum())
    totals["samples"] += len(index)
    if c["target_kl"] and float(kl.mean()) > 1.5 * c["target_kl"]:
        return w, True
    loss = policy_loss.mean() + c["c_value"] * value_loss.mean() - c["c_entropy"] * entropy.mean()
    slopes, size = r.clipped(r.gradients(loss, w), c["most"])
    totals["norm"] += size
    totals["steps"] += 1
    return adam.step(w, slopes, given["rate"]), False


def cases():
    common = ("network { encoder = mlp, hidden = [5], heads = [] }, epochs = 2, minibatch-size = 4, learning-rate = 3e-3, "
              "learning-rate-schedule = linear, discount = 0.97, gae-lambda = 0.9, entropy-coefficient = 0.02, "
              "normalise-rewards = false, ")
    memory = common + "network { memory-projection = 0 }, minibatch-size = 12, chunk = 7, "
    return {
        "discrete": case(1, settings=common),
        "discrete, plain value loss, deep heads, no clip of the norm": case(
            2, settings=common + "value-loss = plain, network { hidden = [], heads = [4, 3] }, max-gradient-norm = 1e9, "
            "learning-rate-schedule = constant, adam-beta1 = 0.8, adam-epsilon = 1e-3",
            value="plain", hidden=[], heads=[4, 3], most=1e9, linear=False, beta1=0.8, epsilon=1e-3),
        "discrete, ends at the target divergence": case(
            23, settings=common + "target-kl = 0.03, epochs = 4", target_kl=0.03, epochs=4),
        "discrete, scaled rewards over two updates": case(
            4, settings=common + "normalise-rewards = true, reward-discount = 0.95, reward-clip = 1.2, epochs = 1, "
            "advantage-deviation = population", scale_rewards=True, reward_clip=1.2, epochs=1, updates=2, population=True),
        "continuous": case(5, settings=common, discrete=False, actions=2),
        "continuous, plain value loss, advantages as they are": case(
            6, settings=common + "value-loss = plain, normalise-advantages = false, epochs = 3, clip = 0.1, value-coefficient = 0.3",
            discrete=False, actions=2, value="plain", normalise=False, epochs=3, clip=0.1, c_value=0.3),
        "continuous, time limits bootstrapped": case(
            7, settings=common + "bootstrap-time-limits = true, advantage-deviation = population, minibatch-size = 5, max-gradient-norm = 0.05",
            discrete=False, actions=2, bootstrap=True, population=True, minibatch=5, most=0.05),
        "continuous, normalised observations": case(
            11, settings=common + "normalise-observations = true, observation-clip = 1.5", discrete=False, actions=2, observe=True),
        "memory within episodes": case(
            8, settings=memory + "network { lstm-units = 3, lstm-layers = 2 }", units=3, layers=2, slots=4, minibatch=12),
        "memory over trials, projected": case(
            9, settings=memory + "network { memory-projection = 4 }", units=3, layers=1, slots=4, minibatch=12, over_trials=True,
            projection=4),
        "memory over trials, continuous, critic apart": case(
            10, settings=memory + "network { critic-stops-at-memory = true }", units=3, layers=2, slots=4, minibatch=12,
            over_trials=True, separate=True, discrete=False, actions=2),
    }


if __name__ == "__main__":
    r.show(cases())
