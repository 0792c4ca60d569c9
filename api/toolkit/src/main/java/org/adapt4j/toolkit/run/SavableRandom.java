package org.adapt4j.toolkit.run;

import java.util.random.RandomGenerator;
import org.adapt4j.api.run.Stateful;

/** Random numbers that go on after a kill where they were. */
public interface SavableRandom extends RandomGenerator, Stateful {}
