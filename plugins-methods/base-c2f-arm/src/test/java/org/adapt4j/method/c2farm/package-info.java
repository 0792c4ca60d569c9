@NullMarked
package org.adapt4j.method.c2farm;

import org.jspecify.annotations.NullMarked;
