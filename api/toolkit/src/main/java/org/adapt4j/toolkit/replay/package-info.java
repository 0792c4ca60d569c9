/** Memory of past experience for off-policy algorithms: one buffer per task, and draws from them. Plain Java, no tensors. */
@NullMarked
package org.adapt4j.toolkit.replay;

import org.jspecify.annotations.NullMarked;
