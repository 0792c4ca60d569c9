/** Action distributions: sampled on the host from a named random stream, differentiated as tensors. */
@NullMarked
package org.adapt4j.toolkit.distribution;

import org.jspecify.annotations.NullMarked;
