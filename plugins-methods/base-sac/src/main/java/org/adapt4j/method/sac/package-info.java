/** Soft actor-critic. */
@NullMarked
package org.adapt4j.method.sac;

import org.jspecify.annotations.NullMarked;
