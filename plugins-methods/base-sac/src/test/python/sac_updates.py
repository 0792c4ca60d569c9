"""What an update of soft actor-critic costs in Python.

Written from the methods specification (2.3, column CR): the networks, batch, losses and schedule of CleanRL's
sac_continuous_action, eager PyTorch, one thread, random transitions of Hopper's size. SacSpeed runs it in turns with ours.

    python3 sac_updates.py UPDATES      prints updates per second of processor time, after as many again to warm up
"""
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SEEN, ACTION, BATCH, STORED = 11, 3, 256, 20_000
DISCOUNT, FRACTION, ACTOR_EVERY = 0.99, 0.005, 2


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(SEEN + ACTION, 256)
        self.second = nn.Linear(256, 256)
        self.last = nn.Linear(256, 1)

    def forward(self, seen, action):
        x = F.relu(self.first(torch.cat([seen, action], 1)))
        return self.last(F.relu(self.second(x)))


class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(SEEN, 256)
        self.second = nn.Linear(256, 256)
        self.mean = nn.Linear(256, ACTION)
        self.log_deviation = nn.Linear(256, ACTION)
        self.register_buffer("scale", torch.ones(ACTION))
        self.register_buffer("bias", torch.zeros(ACTION))

    def draw(self, seen):
        x = F.relu(self.second(F.relu(self.first(seen))))
        deviation = (-5 + 3.5 * (torch.tanh(self.log_deviation(x)) + 1)).exp()
        normal = torch.distributions.Normal(self.mean(x), deviation)
        raw = normal.rsample()
        squashed = torch.tanh(raw)
        density = normal.log_prob(raw)
        density -= torch.log(self.scale * (1 - squashed.pow(2)) + 1e-6)
        # CleanRL's draw makes the action of the mean each time too.
        mean = torch.tanh(normal.mean) * self.scale + self.bias
        return squashed * self.scale + self.bias, density.sum(1, keepdim=True), mean


class Replay:
    """As Stable-Baselines3 stores and draws, which CleanRL uses: a column for the environment, ends without time limits."""

    def __init__(self, random):
        self.random = random
        self.seen = random.standard_normal((STORED, 1, SEEN)).astype(np.float32)
        self.next = random.standard_normal((STORED, 1, SEEN)).astype(np.float32)
        self.actions = random.uniform(-1, 1, (STORED, 1, ACTION)).astype(np.float32)
        self.rewards = random.standard_normal((STORED, 1)).astype(np.float32)
        self.ends = np.zeros((STORED, 1), np.float32)
        self.limits = np.zeros((STORED, 1), np.float32)

    def draw(self):
        at = self.random.integers(0, STORED, BATCH), self.random.integers(0, 1, BATCH)
        ends = self.ends[at] * (1 - self.limits[at])
        parts = (self.seen[at], self.next[at], self.actions[at], self.rewards[at].reshape(-1, 1), ends.reshape(-1, 1))
        return [torch.tensor(part) for part in parts]


class Learner:
    def __init__(self):
        self.actor = Actor()
        self.critics = [Critic(), Critic()]
        self.targets = [Critic(), Critic()]
        for target, critic in zip(self.targets, self.critics):
            target.load_state_dict(critic.state_dict())
        self.log_alpha = torch.zeros(1, requires_grad=True)
        self.alpha = 1.0
        both = [p for critic in self.critics for p in critic.parameters()]
        self.critic_adam = torch.optim.Adam(both, lr=1e-3)
        self.actor_adam = torch.optim.Adam(self.actor.parameters(), lr=3e-4)
        self.alpha_adam = torch.optim.Adam([self.log_alpha], lr=1e-3)

    def update(self, number, batch):
        seen, after, actions, rewards, ends = batch
        with torch.no_grad():
            chosen, density, _ = self.actor.draw(after)
            least = torch.min(self.targets[0](after, chosen), self.targets[1](after, chosen))
            goal = rewards.flatten() + (1 - ends.flatten()) * DISCOUNT * (least - self.alpha * density).view(-1)
        first, second = (critic(seen, actions).view(-1) for critic in self.critics)
        loss = F.mse_loss(first, goal) + F.mse_loss(second, goal)
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()
        if number % ACTOR_EVERY == 0:
            for _ in range(ACTOR_EVERY):
                drawn, density, _ = self.actor.draw(seen)
                least = torch.min(self.critics[0](seen, drawn), self.critics[1](seen, drawn))
                loss = (self.alpha * density - least).mean()
                self.actor_adam.zero_grad()
                loss.backward()
                self.actor_adam.step()
                with torch.no_grad():
                    _, density, _ = self.actor.draw(seen)
                loss = (-self.log_alpha.exp() * (density - ACTION)).mean()
                self.alpha_adam.zero_grad()
                loss.backward()
                self.alpha_adam.step()
                self.alpha = self.log_alpha.exp().item()
        for target, critic in zip(self.targets, self.critics):
            for slow, fast in zip(target.parameters(), critic.parameters()):
                slow.data.copy_(FRACTION * fast.data + (1 - FRACTION) * slow.data)


def main():
    updates = int(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    replay = Replay(np.random.default_rng(1))
    learner = Learner()
    begin = 0.0
    for number in range(2 * updates):
        if number == updates:
            begin = time.process_time()
        learner.update(number, replay.draw())
    print(updates / (time.process_time() - begin))


main()
