/** Multi-task pre-training. */
@NullMarked
package org.adapt4j.method.multitask;

import org.jspecify.annotations.NullMarked;
