/** An adapter that is not part of Adapt4J. */
@NullMarked
package org.example.shrink;

import org.jspecify.annotations.NullMarked;
