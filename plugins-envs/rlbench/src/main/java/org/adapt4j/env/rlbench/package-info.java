/** RLBench's tasks on MuJoCo: a Panda arm, what stands on its table, sparse rewards, cameras, and an expert that shows how. */
@NullMarked
package org.adapt4j.env.rlbench;

import org.jspecify.annotations.NullMarked;
