r"""Peers to race: what updates and training steps of the base algorithms cost in eager PyTorch.

    ./adapt4j race examples/races/ppo-impala.conf --against "/usr/bin/python3 examples/races/peers.py ppo-impala"

A rollout of PPO is 256 steps long, a race of which takes minutes a turn; a number after its name makes it shorter, on both sides:

    ./adapt4j race examples/races/ppo-impala.conf pretrain.algorithm.rollout-steps=32 \
        --against "/usr/bin/python3 examples/races/peers.py ppo-impala 32"

Written from the papers' formulas and the hyper-parameters that the experiments beside this file name: networks, losses, schedules and
batch sizes are ours. Loops are as researchers write them: one pass of a whole minibatch, torch.optim.Adam, clip_grad_norm_. Experience is
made up. Reads `update N` and `train N`, answers the seconds of processor time that they took.
"""
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.distributions import Categorical, Normal
from torch.nn import functional as F


class Residual(nn.Module):
    """x + conv(relu(conv(relu(x)))), Espeholt et al. 2018."""

    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


def impala():
    layers, inputs = [], 3
    for outputs in (16, 32, 32):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.MaxPool2d(3, 2, 1), Residual(outputs), Residual(outputs)]
        inputs = outputs
    return nn.Sequential(*layers, nn.Flatten(), nn.ReLU(), nn.Linear(2048, 256), nn.ReLU())


def small():
    return nn.Sequential(
        nn.Conv2d(3, 16, 8, 4), nn.ReLU(), nn.Conv2d(16, 32, 4, 2), nn.ReLU(), nn.Conv2d(32, 32, 3), nn.ReLU(),
        nn.Flatten(), nn.Linear(512, 256), nn.ReLU())


class Ppo:
    """Schulman et al. 2017 with the clipped value loss, 15 actions, images of 64 x 64 x 3."""

    SLOTS, EPOCHS, MINIBATCH, CLIP = 64, 3, 2048, 0.2

    def __init__(self, body, steps):
        self.steps = steps
        self.body, self.policy, self.value = body, nn.Linear(256, 15), nn.Linear(256, 1)
        everything = [p for part in (self.body, self.policy, self.value) for p in part.parameters()]
        self.parameters = everything
        self.adam = torch.optim.Adam(everything, lr=5e-4, eps=1e-5)
        shape = (self.steps + 1, self.SLOTS)
        self.images = torch.from_numpy(np.random.default_rng(1).integers(0, 256, (*shape, 64, 64, 3), dtype=np.uint8))
        self.rewards = torch.randn(self.steps, self.SLOTS)
        self.actions = torch.zeros(self.steps, self.SLOTS, dtype=torch.long)
        self.densities = torch.zeros(self.steps, self.SLOTS)
        self.values = torch.zeros(self.steps, self.SLOTS)
        self.act()

    def run(self, images):
        # Permuted after the images' own order: the engine keeps the channels last.
        features = self.body(images.float().permute(0, 3, 1, 2) / 255.0)
        return self.policy(features), self.value(features).flatten()

    @torch.no_grad()
    def act(self):
        for step in range(self.steps):
            logits, self.values[step] = self.run(self.images[step])
            drawn = Categorical(logits=logits)
            self.actions[step] = drawn.sample()
            self.densities[step] = drawn.log_prob(self.actions[step])

    @torch.no_grad()
    def advantages(self):
        advantages, last = torch.zeros_like(self.rewards), 0
        after = self.run(self.images[self.steps])[1]
        for step in reversed(range(self.steps)):
            delta = self.rewards[step] + 0.999 * after - self.values[step]
            last = delta + 0.999 * 0.95 * last
            advantages[step], after = last, self.values[step]
        return advantages

    def learn(self):
        advantages = self.advantages()
        returns = (advantages + self.values).flatten()
        images = self.images[:-1].flatten(0, 1)
        columns = [c.flatten() for c in (advantages, self.values, self.actions, self.densities)]
        for _ in range(self.EPOCHS):
            order = torch.randperm(self.steps * self.SLOTS)
            for chosen in order.split(self.MINIBATCH):
                advantage, old, actions, densities = (c[chosen] for c in columns)
                logits, value = self.run(images[chosen])
                policy = Categorical(logits=logits)
                ratio = (policy.log_prob(actions) - densities).exp()
                advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
                gain = torch.min(ratio * advantage, ratio.clamp(1 - self.CLIP, 1 + self.CLIP) * advantage).mean()
                target = returns[chosen]
                near = old + (value - old).clamp(-self.CLIP, self.CLIP)
                error = 0.5 * torch.max((value - target) ** 2, (near - target) ** 2).mean()
                loss = -gain + 0.5 * error - 0.01 * policy.entropy().mean()
                self.adam.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.parameters, 0.5)
                self.adam.step()


class Noisy(nn.Module):
    """A linear layer with factorised noise, Fortunato et al. 2018."""

    def __init__(self, inputs, outputs, scale=0.1):
        super().__init__()
        bound = inputs ** -0.5
        self.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(outputs).uniform_(-bound, bound))
        self.weight_scale = nn.Parameter(torch.full((outputs, inputs), scale * bound))
        self.bias_scale = nn.Parameter(torch.full((outputs,), scale * outputs ** -0.5))
        self.redraw()

    def redraw(self):
        shaped = [x.sign() * x.abs().sqrt() for x in (torch.randn(self.weight.shape[0]), torch.randn(self.weight.shape[1]))]
        self.weight_noise, self.bias_noise = torch.outer(*shaped), shaped[0]

    def forward(self, x):
        return F.linear(x, self.weight + self.weight_scale * self.weight_noise, self.bias + self.bias_scale * self.bias_noise)


class RainbowNetwork(nn.Module):
    """Data-efficient Rainbow's (van Hasselt et al. 2019): two convolutions and two noisy streams."""

    def __init__(self, actions=18, atoms=51):
        super().__init__()
        self.actions, self.atoms = actions, atoms
        self.body = nn.Sequential(nn.Conv2d(4, 32, 5, 5), nn.ReLU(), nn.Conv2d(32, 64, 5, 5), nn.ReLU(), nn.Flatten())
        self.streams = nn.ModuleList([Noisy(576, 256), Noisy(256, atoms), Noisy(576, 256), Noisy(256, actions * atoms)])

    def redraw(self):
        for layer in self.streams:
            layer.redraw()

    def forward(self, images):
        x = self.body(images.float() / 255.0)
        value = self.streams[1](F.relu(self.streams[0](x))).view(-1, 1, self.atoms)
        advantage = self.streams[3](F.relu(self.streams[2](x))).view(-1, self.actions, self.atoms)
        return value + advantage - advantage.mean(1, keepdim=True)


class SumTree:
    """Priorities, and draws in proportion to them."""

    def __init__(self, size):
        self.size = 1 << (size - 1).bit_length()
        self.sums = np.zeros(2 * self.size)

    def put(self, at, values):
        at = at + self.size
        self.sums[at] = values
        while at[0] > 1:
            at = np.unique(at // 2)
            self.sums[at] = self.sums[2 * at] + self.sums[2 * at + 1]

    def draw(self, count):
        wanted = (np.arange(count) + np.random.random(count)) * self.sums[1] / count
        at = np.ones(count, dtype=np.int64)
        while at[0] < self.size:
            left = self.sums[2 * at]
            right = wanted > left
            wanted = np.where(right, wanted - left, wanted)
            at = 2 * at + right
        return at - self.size


class Rainbow:
    """Hessel et al. 2018 with the numbers of van Hasselt et al. 2019: batch 32, 20 steps, a gradient step a step."""

    BATCH, STEPS, STORED, DISCOUNT = 32, 20, 6000, 0.99

    def __init__(self):
        self.online, self.target = RainbowNetwork(), RainbowNetwork()
        self.target.load_state_dict(self.online.state_dict())
        self.adam = torch.optim.Adam(self.online.parameters(), lr=1e-4, eps=1.5e-4)
        self.atoms = torch.linspace(-10, 10, 51)
        self.frames = np.random.default_rng(1).integers(0, 256, (self.STORED + 32, 84, 84), dtype=np.uint8)
        self.actions = np.zeros(self.STORED + 32, dtype=np.int64)
        self.rewards = np.random.default_rng(2).standard_normal(self.STORED + 32).astype(np.float32)
        self.tree = SumTree(self.STORED)
        self.tree.put(np.arange(4, self.STORED - self.STEPS), 1.0)
        self.now, self.updates = 4, 0

    def images(self, at):
        return torch.from_numpy(np.stack([self.frames[i - 3:i + 1] for i in at]))

    @torch.no_grad()
    def act(self):
        self.online.redraw()
        probabilities = self.online(self.images([self.now])).softmax(2)
        self.actions[self.now] = (probabilities * self.atoms).sum(2).argmax(1).item()
        self.frames[self.now + 1] = self.frames[self.now - 1]
        self.tree.put(np.array([self.now]), self.tree.sums[self.tree.size:].max())
        self.now = 4 + (self.now - 3) % (self.STORED - self.STEPS - 8)

    def learn(self):
        at = self.tree.draw(self.BATCH)
        share = self.tree.sums[at + self.tree.size] / self.tree.sums[1]
        weights = torch.from_numpy(((self.STORED * share) ** -0.5).astype(np.float32))
        weights = weights / weights.max()
        seen, after = self.images(at), self.images(at + self.STEPS)
        powers = self.DISCOUNT ** np.arange(self.STEPS)
        returns = torch.from_numpy(np.stack([(powers * self.rewards[i:i + self.STEPS]).sum() for i in at]).astype(np.float32))
        actions = torch.from_numpy(self.actions[at])
        rows = torch.arange(self.BATCH)
        with torch.no_grad():
            best = (self.online(after).softmax(2) * self.atoms).sum(2).argmax(1)
            self.target.redraw()
            probabilities = self.target(after).softmax(2)[rows, best]
            moved = (returns[:, None] + self.DISCOUNT ** self.STEPS * self.atoms).clamp(-10, 10)
            place = (moved + 10) / 0.4
            low, high = place.floor().long(), place.ceil().long()
            same = (low == high).float()
            expected = torch.zeros_like(probabilities)
            expected.scatter_add_(1, low, probabilities * (high.float() - place + same))
            expected.scatter_add_(1, high, probabilities * (place - low.float()))
        logarithms = F.log_softmax(self.online(seen)[rows, actions], 1)
        each = -(expected * logarithms).sum(1)
        loss = (weights * each).mean()
        self.adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.online.parameters(), 10)
        self.adam.step()
        self.tree.put(at, each.detach().numpy().astype(np.float64) ** 0.5)
        self.updates += 1
        if self.updates % 2000 == 0:
            self.target.load_state_dict(self.online.state_dict())


def mlp(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, outputs))


class Sac:
    """Haarnoja et al. 2018: Hopper's sizes, batch 256, two updates of the policy every second step, a draw anew for the temperature."""

    SEEN, ACTION, BATCH, STORED = 11, 3, 256, 6000

    def __init__(self):
        self.actor = mlp(self.SEEN, 2 * self.ACTION)
        self.critics = [mlp(self.SEEN + self.ACTION, 1) for _ in range(2)]
        self.targets = [mlp(self.SEEN + self.ACTION, 1) for _ in range(2)]
        for target, critic in zip(self.targets, self.critics):
            target.load_state_dict(critic.state_dict())
        self.log_alpha = torch.zeros(1, requires_grad=True)
        self.critic_adam = torch.optim.Adam([p for c in self.critics for p in c.parameters()], lr=1e-3)
        self.actor_adam = torch.optim.Adam(self.actor.parameters(), lr=3e-4)
        self.alpha_adam = torch.optim.Adam([self.log_alpha], lr=1e-3)
        random = np.random.default_rng(1)
        self.seen, self.next = (random.standard_normal((self.STORED, self.SEEN)).astype(np.float32) for _ in range(2))
        self.actions = random.uniform(-1, 1, (self.STORED, self.ACTION)).astype(np.float32)
        self.rewards = random.standard_normal(self.STORED).astype(np.float32)
        self.random, self.updates, self.now = random, 0, 0

    def draw(self, seen):
        mean, raw = self.actor(seen).chunk(2, 1)
        normal = Normal(mean, (-5 + 3.5 * (torch.tanh(raw) + 1)).exp())
        unsquashed = normal.rsample()
        action = torch.tanh(unsquashed)
        density = normal.log_prob(unsquashed) - torch.log(1 - action ** 2 + 1e-6)
        return action, density.sum(1)

    @torch.no_grad()
    def act(self):
        action, _ = self.draw(torch.from_numpy(self.seen[self.now:self.now + 1]))
        self.actions[self.now] = action.numpy()
        self.next[self.now] = self.seen[self.now]
        self.now = (self.now + 1) % self.STORED

    def values(self, critics, seen, actions):
        both = torch.cat([seen, actions], 1)
        return [critic(both).flatten() for critic in critics]

    def learn(self):
        at = self.random.integers(0, self.STORED, self.BATCH)
        seen, after, actions, rewards = (torch.from_numpy(c[at]) for c in (self.seen, self.next, self.actions, self.rewards))
        alpha = self.log_alpha.exp().item()
        with torch.no_grad():
            chosen, density = self.draw(after)
            goal = rewards + 0.99 * (torch.min(*self.values(self.targets, after, chosen)) - alpha * density)
        loss = sum(F.mse_loss(value, goal) for value in self.values(self.critics, seen, actions))
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()
        self.updates += 1
        if self.updates % 2 == 0:
            for _ in range(2):
                chosen, density = self.draw(seen)
                loss = (alpha * density - torch.min(*self.values(self.critics, seen, chosen))).mean()
                self.actor_adam.zero_grad()
                loss.backward()
                self.actor_adam.step()
                with torch.no_grad():
                    density = self.draw(seen)[1]
                loss = (-self.log_alpha.exp() * (density - self.ACTION)).mean()
                self.alpha_adam.zero_grad()
                loss.backward()
                self.alpha_adam.step()
                alpha = self.log_alpha.exp().item()
        with torch.no_grad():
            for target, critic in zip(self.targets, self.critics):
                for slow, fast in zip(target.parameters(), critic.parameters()):
                    slow.mul_(0.995).add_(fast, alpha=0.005)


class Bc:
    """Regression on an expert's actions: Hopper's sizes, batch 256, weight decay in the gradient."""

    def __init__(self):
        self.network = mlp(11, 3)
        self.adam = torch.optim.Adam(self.network.parameters(), lr=1e-3, weight_decay=1e-5)
        self.seen, self.actions = torch.randn(256, 11), torch.rand(256, 3) * 2 - 1

    def act(self):
        pass

    def learn(self):
        loss = F.mse_loss(torch.tanh(self.network(self.seen)), self.actions)
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()


PEERS = {
    "ppo-impala": lambda steps=256: Ppo(impala(), int(steps)),
    "ppo-small": lambda steps=256: Ppo(small(), int(steps)),
    "rainbow": Rainbow,
    "sac": Sac,
    "bc": Bc,
}


def require_fast_products():
    """Debian's torch runs with any BLAS, and fifty times slower with the reference one."""
    fast = "BLAS_INFO=mkl" in torch.__config__.show() or not os.path.exists("/proc/self/maps")
    if not fast:
        with open("/proc/self/maps") as maps:
            fast = any(name in line for line in maps for name in ("openblas", "libmkl", "blis"))
    if not fast:
        sys.exit("peers.py: this torch has no fast BLAS, a race against it says nothing: apt-get install libopenblas0-pthread")


def main():
    require_fast_products()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.manual_seed(1)
    peer = PEERS[sys.argv[1]](*sys.argv[2:])
    print("race ready", flush=True)
    for line in sys.stdin:
        what, count = line.split()
        begin = time.process_time()
        for _ in range(int(count)):
            if what == "train":
                peer.act()
            peer.learn()
        print(f"race {time.process_time() - begin:.6f}", flush=True)


main()
