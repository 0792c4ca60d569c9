/** Procgen levels as tasks: the benchmark, its batched environment, and CoinRun written anew in Java. */
@NullMarked
package org.adapt4j.env.procgen;

import org.jspecify.annotations.NullMarked;
