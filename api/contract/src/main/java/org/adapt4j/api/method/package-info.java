/** Methods: ordinary programs over a metered session. A learner prepares, an adapter meets the new task. */
@NullMarked
package org.adapt4j.api.method;

import org.jspecify.annotations.NullMarked;
