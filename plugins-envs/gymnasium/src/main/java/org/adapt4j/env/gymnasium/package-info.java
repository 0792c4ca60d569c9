/** A user's own Gymnasium environments, played in a Python of theirs. */
@NullMarked
package org.adapt4j.env.gymnasium;

import org.jspecify.annotations.NullMarked;
