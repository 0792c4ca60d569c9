@NullMarked
package org.adapt4j.method.bc;

import org.jspecify.annotations.NullMarked;
