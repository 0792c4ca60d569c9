/** A point that must find a goal. */
@NullMarked
package org.adapt4j.env.hiddengoal;

import org.jspecify.annotations.NullMarked;
