/** Returns and advantages, and the scale of rewards. Plain Java, no tensors. */
@NullMarked
package org.adapt4j.toolkit.returns;

import org.jspecify.annotations.NullMarked;
