/** A learner and an adapter that are not part of Adapt4J. */
@NullMarked
package org.example.shrink;

import org.jspecify.annotations.NullMarked;
