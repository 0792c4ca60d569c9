/** Atari 2600 games as tasks: the benchmark, and its batched environment over the Arcade Learning Environment. */
@NullMarked
package org.adapt4j.env.ale;

import org.jspecify.annotations.NullMarked;
