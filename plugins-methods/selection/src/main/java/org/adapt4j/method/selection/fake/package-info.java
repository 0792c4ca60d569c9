/** Situations to choose in, for tests of strategies. */
@NullMarked
package org.adapt4j.method.selection.fake;

import org.jspecify.annotations.NullMarked;
