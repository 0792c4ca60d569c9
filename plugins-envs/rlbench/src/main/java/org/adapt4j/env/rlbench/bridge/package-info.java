/**
 * RLBench itself, where a user has installed it: a small server in Python beside it, protocol {@code rlbench-bridge/1} over a TCP
 * connection of this machine, and slots that play through it. One simulator is one process; each slot has one of its own.
 */
@NullMarked
package org.adapt4j.env.rlbench.bridge;

import org.jspecify.annotations.NullMarked;
