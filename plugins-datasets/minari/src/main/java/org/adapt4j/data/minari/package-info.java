/** Episodes in the layout of Minari, to exchange them with programs in Python. */
@NullMarked
package org.adapt4j.data.minari;

import org.jspecify.annotations.NullMarked;
