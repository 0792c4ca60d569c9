/** Model-agnostic meta-learning. */
@NullMarked
package org.adapt4j.method.maml;

import org.jspecify.annotations.NullMarked;
