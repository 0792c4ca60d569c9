@NullMarked
package org.adapt4j.data.minari;

import org.jspecify.annotations.NullMarked;
